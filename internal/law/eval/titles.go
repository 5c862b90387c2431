package eval

import (
	"slices"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// titlesWithin counts the periods for which an award is held, each once however it is
// written: those that count for sure, and with what is claimed or unclear. A period of
// another kind that lies over one that was counted may be the same achievement.
func (s subject) titlesWithin(award string, when func(t Title) (yes, maybe bool)) (sure, all int64) {
	var counted []Period
	for _, evidence := range []bool{true, false} { // evidence first: a claim for the same period adds nothing
		for _, t := range s.facts.Titles {
			if t.Award != award && t.Award != "" || numbered(t.Number) != evidence || slices.ContainsFunc(counted, t.Period.Same) {
				continue
			}
			yes, maybe := when(t)
			if !yes && !maybe {
				continue
			}
			apart := !slices.ContainsFunc(counted, func(c Period) bool { return c.Kind != t.Period.Kind && c.overlaps(t.Period) })
			if t.Award == award { // a row that does not say for which award may be one of it
				counted = append(counted, t.Period)
			}
			all++
			if yes && evidence && apart && t.Award == award {
				sure++
			}
		}
	}
	return sure, all
}

func (s subject) heldAtLeast(award string, n int64, when func(t Title) (yes, maybe bool)) ref.Val {
	sure, all := s.titlesWithin(award, when)
	switch {
	case sure >= n:
		return types.True
	case all >= n:
		s.rec.because(award+": có lần chưa có số quyết định, hoặc thời gian chưa rõ hay thuộc loại khác",
			award+": a title without decision number, or whose period is unclear or of another kind")
		return perhaps()
	}
	return types.False
}

// titlesAtLeast answers titles.atLeast(award, n, periods).
func (s subject) titlesAtLeast(award string, n int64, within periods) ref.Val {
	return s.heldAtLeast(award, n, func(t Title) (bool, bool) {
		year, same := t.Period.at(s.facts.Period)
		if !same {
			return false, !within.empty()
		}
		return within.has(year)
	})
}

// titlesEver answers titles.ever(award, n): of any time and kind of period up to the
// item's.
func (s subject) titlesEver(award string, n int64) ref.Val {
	return s.heldAtLeast(award, n, func(t Title) (bool, bool) { return t.Period.before(s.facts.Period) })
}
