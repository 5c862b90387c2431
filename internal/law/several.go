package law

import "fmt"

// SeveralAwards says what is paid where one subject gets several awards at once.
type SeveralAwards struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	When    string   `yaml:"when" json:"when"` // same_period, other_periods, forms or title_and_form
	Pay     string   `yaml:"pay" json:"pay"`   // each, or highest
	Text    Text     `yaml:"text" json:"text"`
}

// Situations of SeveralAwards.
const (
	TitlesOfOnePeriod    = "same_period"
	TitlesOfOtherPeriods = "other_periods"
	SeveralForms         = "forms"
	TitleAndForm         = "title_and_form"

	PayEach    = "each"
	PayHighest = "highest"
)

// Claim is one award of a subject in decisions of the same time. Own and Regime are the
// data and the regime that its case keeps; without them the data that are asked say.
type Claim struct {
	Award      string
	Kind       Kind
	PeriodKind string
	Period     string
	Own        *Law `json:"-"`
	Regime     string
}

// by is the data that a claim goes by, and bonus its sum by them, see BonusOfCase.
func (c Claim) by(l *Law) *Law {
	if c.Own != nil {
		return c.Own
	}
	return l
}

func (c Claim) bonus(l *Law, decided Date) (int64, BonusExplained, error) {
	if c.Own == nil {
		return l.Bonus(c.Award, c.Kind, decided)
	}
	base, err := l.BaseSalaryOn(decided)
	if err != nil {
		return 0, BonusExplained{}, err
	}
	return c.Own.BonusOfCase(c.Award, c.Kind, c.Regime, decided, base)
}

// Paid is what one claim of several comes to.
type Paid struct {
	Claim Claim          `json:"claim"`
	Sum   int64          `json:"sum"`  // đồng, as for the award alone
	Pay   bool           `json:"pay"`  // false: another title of the same period pays more
	Why   Text           `json:"why"`  // empty where it stands alone
	Cite  Cite           `json:"cite"` // of the rule about several
	Bonus BonusExplained `json:"bonus"`
}

// BonusOfSeveral is the money of one subject that gets several awards at once: each
// claim with its sum and whether it is paid, and the total in đồng. Each goes by the
// multiples and the rule of the data that its case keeps, at the base salary of the data
// that are asked. The errors are those of Bonus; no_several where the data have no rule.
func (l *Law) BonusOfSeveral(claims []Claim, decided Date) ([]Paid, int64, error) {
	out := make([]Paid, len(claims))
	for i, c := range claims {
		sum, x, err := c.bonus(l, decided)
		if err != nil {
			return nil, 0, err
		}
		out[i] = Paid{Claim: c, Sum: sum, Pay: true, Bonus: x}
	}
	for i := range out {
		for j := range out {
			if i == j {
				continue
			}
			if err := out[i].Claim.by(l).weigh(&out[i], out[j], i > j); err != nil {
				return nil, 0, err
			}
		}
	}
	total := int64(0)
	for _, p := range out {
		if p.Pay {
			total += p.Sum
		}
	}
	return out, total, nil
}

// weigh applies the rule of a pair to its first; of two equal sums the first stays.
func (l *Law) weigh(p *Paid, other Paid, later bool) error {
	when, err := l.situation(p.Claim, other.Claim)
	if err != nil {
		return err
	}
	found, from, ok := pick(l, l.document.Several, p.Bonus.Regime, func(s *SeveralAwards) ([]string, bool) { return s.Regimes, s.When == when })
	if !ok {
		return fail("no_several",
			fmt.Sprintf("chưa có quy định về tiền thưởng khi đạt nhiều danh hiệu, hình thức cùng lúc (%s) theo %s; cần người xem", when, p.Bonus.Regime),
			fmt.Sprintf("the data have no rule for several awards at once (%s) under %s; a person must say", when, p.Bonus.Regime))
	}
	loses := found.Pay == PayHighest && (other.Sum > p.Sum || other.Sum == p.Sum && later)
	if loses || p.Pay && p.Why == (Text{}) {
		p.Why, p.Cite = found.Text, found.Cite.assumed(from)
		if when == TitlesOfOnePeriod && (!readable(p.Claim) || !readable(other.Claim)) {
			p.Why.VI += " (thời gian ghi không đọc được thành năm: cần người xem)"
			p.Why.EN += " (a period that cannot be read as years: a person must look)"
		}
	}
	p.Pay = p.Pay && !loses
	return nil
}

func (l *Law) situation(a, b Claim) (string, error) {
	x, err := l.Award(a.Award)
	if err != nil {
		return "", err
	}
	y, err := l.Award(b.Award)
	if err != nil {
		return "", err
	}
	switch {
	case x.Class != y.Class:
		return TitleAndForm, nil
	case x.Class == "form":
		return SeveralForms, nil
	case onePeriod(a, b):
		return TitlesOfOnePeriod, nil
	}
	return TitlesOfOtherPeriods, nil
}

// onePeriod compares the years, not their spelling. Of one kind, a period that cannot be
// read may be the other: the lesser title is not paid on a guess.
func onePeriod(a, b Claim) bool {
	return a.PeriodKind == b.PeriodKind &&
		(!readable(a) || !readable(b) || PlainPeriod(a.PeriodKind, a.Period) == PlainPeriod(b.PeriodKind, b.Period))
}

func readable(c Claim) bool {
	_, ok := YearsOf(c.PeriodKind, c.Period)
	return ok
}

func (k *checker) several() {
	for _, s := range k.l.document.Several {
		what := "several_awards " + s.When
		k.scoped(s.Pos, what, s.Regimes)
		k.cite(s.Pos, what, s.Cite)
		k.text(s.Pos, what, s.Text)
		switch s.When {
		case TitlesOfOnePeriod, TitlesOfOtherPeriods, SeveralForms, TitleAndForm:
		default:
			k.add(s.Pos, "%s: when is not one of same_period, other_periods, forms, title_and_form", what)
		}
		if s.Pay != PayEach && s.Pay != PayHighest {
			k.add(s.Pos, "%s: pay is neither each nor highest", what)
		}
	}
}
