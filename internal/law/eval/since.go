package eval

import (
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// yearsSince answers titles.yearsSince(award, n): n full years lie between the last
// decision on the award and the end of the item's period, by the regime's clock.
// Without such a decision they do not.
func (s subject) yearsSince(award string, n int64) ref.Val {
	if n < 1 || n > span {
		return types.NewErr("yearsSince: %d is not between 1 and %d", n, span)
	}
	last, state := s.facts.last(award, s.rec.from)
	item, ok := s.facts.Period.ends(s.facts.Period.Kind)
	switch {
	case state == clockNone:
		return types.False
	case state == clockUnclear || !ok:
		s.rec.because(award+": chưa rõ số, ngày quyết định hoặc thời gian lập thành tích để tính số năm từ lần khen trước",
			award+": number, date or period is not clear enough to count the years since the decision before")
		return perhaps()
	}
	between := int64(item.year - last.end.year)
	if !item.day.IsZero() && !last.end.day.IsZero() {
		then := last.end.day
		then.Year += int(n)
		return types.Bool(!then.After(item.day))
	}
	if between == n && last.title.Period.Kind != s.facts.Period.Kind {
		s.rec.because(award+": thời gian thuộc loại khác nhau (năm, năm học), chưa chắc đủ số năm",
			award+": periods of different kinds, the full years are not certain")
		return perhaps()
	}
	return types.Bool(between >= n)
}
