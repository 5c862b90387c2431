package eval

import (
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// titlesWithin counts the periods for which an award is held: those that count for
// sure, and with what is claimed or unclear.
func (s subject) titlesWithin(award string, when func(year int, same bool) (yes, maybe bool)) (sure, all int64) {
	counted := map[Period]bool{}
	for _, numbered := range []bool{true, false} { // evidence first: a claim for the same period adds nothing
		for _, t := range s.facts.Titles {
			if t.Award != award || (t.Number != "") != numbered || counted[t.Period] {
				continue
			}
			year, same := t.Period.at(s.facts.Period)
			yes, maybe := when(year, same)
			if !yes && !maybe {
				continue
			}
			counted[t.Period] = true
			all++
			if yes && numbered {
				sure++
			}
		}
	}
	return sure, all
}

func (s subject) heldAtLeast(award string, n int64, when func(year int, same bool) (yes, maybe bool)) ref.Val {
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
	return s.heldAtLeast(award, n, func(year int, same bool) (bool, bool) {
		if !same {
			return false, !within.empty()
		}
		return within.has(year)
	})
}

// titlesEver answers titles.ever(award, n): of any time and kind of period up to the
// item's.
func (s subject) titlesEver(award string, n int64) ref.Val {
	item, dated := s.facts.Period.year()
	return s.heldAtLeast(award, n, func(year int, same bool) (bool, bool) {
		counts := !dated || !same || year <= item
		return counts, counts
	})
}
