package law

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// BonusExplained says how a sum came about, with the source of each number.
type BonusExplained struct {
	Regime       string   `json:"regime"`
	Base         int64    `json:"base"` // đồng
	BaseCite     Cite     `json:"base_cite"`
	Hundredths   int64    `json:"hundredths"`
	Times        Ratio    `json:"times"`
	MultipleCite Cite     `json:"multiple_cite"`
	RoundedUpTo  int64    `json:"rounded_up_to"` // đồng
	RoundingCite Cite     `json:"rounding_cite"`
	Sentence     Text     `json:"sentence"`
	Marks        []string `json:"marks"` // the marks of all three, sorted, once each
}

// Bonus is the money that goes with an award, in đồng: the multiple of the
// regime and the base salary in force on the day of the decision, rounded up to
// the unit of the data. Integers only. Errors: no_regime, award_not_in_regime,
// no_base_salary, no_bonus.
func (l *Law) Bonus(award string, kind Kind, decided Date) (int64, BonusExplained, error) {
	r, err := l.RegimeOn(decided)
	if err != nil {
		return 0, BonusExplained{}, err
	}
	if _, err := l.AwardRule(award, r.ID); err != nil {
		return 0, BonusExplained{}, err
	}
	base, err := l.BaseSalaryOn(decided)
	if err != nil {
		return 0, BonusExplained{}, err
	}
	return l.BonusOn(award, kind, r.ID, base)
}

// BonusOfCase is Bonus by the data that a case keeps, with the base salary of the data in
// force: the case keeps its rules, not the wages of its day. An award that the regime of
// the day no longer has, in a case that goes on under its own, gets what its own regime says.
func (l *Law) BonusOfCase(award string, kind Kind, regime string, decided Date, base *BaseSalary) (int64, BonusExplained, error) {
	if r, err := l.RegimeOn(decided); err == nil {
		if _, err := l.AwardRule(award, r.ID); err == nil {
			regime = r.ID
		}
	}
	return l.BonusOn(award, kind, regime, base)
}

// BonusOn is the money of an award under a regime at a base salary. Errors: no_bonus.
func (l *Law) BonusOn(award string, kind Kind, regime string, base *BaseSalary) (int64, BonusExplained, error) {
	m, from, ok := pick(l, l.Multiples, regime, func(m *Multiple) ([]string, bool) {
		return m.Regimes, m.Award == award && slices.Contains(m.Kinds, kind)
	})
	if !ok {
		return 0, BonusExplained{}, fail("no_bonus",
			fmt.Sprintf("chưa có mức tiền thưởng của %s cho đối tượng này trong quy định %s; cần người xem", award, regime),
			fmt.Sprintf("the data has no bonus of %s for kind %q under %s; a person must say", award, kind, regime))
	}
	round, roundFrom, ok := pick(l, l.document.Rounding, regime, func(x *Rounding) ([]string, bool) { return x.Regimes, true })
	if !ok {
		return 0, BonusExplained{}, missing("rounding", "*", regime)
	}
	x := BonusExplained{Regime: regime, Base: base.Dong, BaseCite: base.Cite, Hundredths: m.Hundredths, Times: m.times(),
		MultipleCite: m.Cite.assumed(from), RoundedUpTo: round.UpTo, RoundingCite: round.Cite.assumed(roundFrom)}
	sum := x.sum()
	x.explain(sum)
	return sum, x, nil
}

// BaseSalaryOn is the base salary in force on a day.
func (l *Law) BaseSalaryOn(d Date) (*BaseSalary, error) {
	var found *BaseSalary
	for _, b := range l.BaseSalary {
		if !b.From.After(d) && (found == nil || b.From.After(found.From)) {
			found = b
		}
	}
	if found == nil {
		return nil, fail("no_base_salary",
			fmt.Sprintf("chưa có mức lương cơ sở cho ngày %s", d.VN()),
			fmt.Sprintf("the data has no base salary for %s", d))
	}
	return found, nil
}

func (m *Multiple) times() Ratio {
	if m.Times == (Ratio{}) {
		return Ratio{Num: 1, Den: 1}
	}
	return m.Times
}

// sum rounds the exact fraction up once, so that no half step rounds twice.
func (x BonusExplained) sum() int64 {
	num := x.Base * x.Hundredths * x.Times.Num
	unit := 100 * x.Times.Den * x.RoundedUpTo
	return (num + unit - 1) / unit * x.RoundedUpTo
}

func (x *BonusExplained) explain(sum int64) {
	factor := hundredths(x.Hundredths)
	if x.Times.Num != x.Times.Den {
		factor += fmt.Sprintf(" × %d/%d", x.Times.Num, x.Times.Den)
	}
	base, round, total := Dong(x.Base), Dong(x.RoundedUpTo), Dong(sum)
	m, b := x.MultipleCite.Label(), x.BaseCite.Label()
	x.Sentence = Text{
		VI: fmt.Sprintf("%s × mức lương cơ sở %s đồng, làm tròn lên hàng %s đồng = %s đồng. Hệ số: %s. Lương cơ sở: %s.",
			strings.ReplaceAll(factor, ".", ","), base, round, total, m.VI, b.VI),
		EN: fmt.Sprintf("%s × base salary of %s đồng, rounded up to %s đồng = %s đồng. Multiple: %s. Base salary: %s.",
			factor, base, round, total, m.EN, b.EN),
	}
	for _, c := range []Cite{x.MultipleCite, x.BaseCite, x.RoundingCite} {
		x.Marks = append(x.Marks, string(c.Mark))
	}
	slices.Sort(x.Marks)
	x.Marks = slices.Compact(x.Marks)
}

// hundredths writes 150 as "1.5" and 30 as "0.3".
func hundredths(n int64) string {
	s := fmt.Sprintf("%d.%02d", n/100, n%100)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Dong writes a sum with dots between thousands, as Vietnamese documents do:
// 1.800.000.
func Dong(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return sign + s
}
