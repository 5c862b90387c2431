package law

import (
	"errors"
	"regexp"
)

var numberName = regexp.MustCompile(`\bnumber\.([a-z][a-z0-9_]*)`)

func (l *Law) accountCriteria(a *Account, regime string) error {
	var err error
	if a.Criteria, err = l.parts(a.Rule.Criteria, regime); err != nil {
		return err
	}
	global, err := l.GlobalCriteria(regime)
	if err != nil {
		return err
	}
	if a.Global, err = l.parts(global, regime); err != nil {
		return err
	}
	if c, ok := l.Clock(regime); ok {
		a.Global = append(a.Global, CriterionPart{Criterion: Criterion{Cite: c.Cite, Code: ClockNode, Text: c.Text, Otherwise: c.Otherwise}})
	}
	return nil
}

// parts are criteria with their parts and named numbers, their cites as they read in
// the regime. Data that loaded contain no circle.
func (l *Law) parts(codes []string, regime string) ([]CriterionPart, error) {
	var out []CriterionPart
	for _, code := range codes {
		c, assumed, err := l.Criterion(code, regime)
		if err != nil {
			return nil, err
		}
		p := CriterionPart{Criterion: *c}
		p.Cases = nil // test cases are for the makers of the data
		if assumed {
			p.Cite = l.Assumed(p.Cite, regime)
		}
		for _, m := range numberName.FindAllStringSubmatch(c.Expr, -1) {
			n, err := l.Number(m[1], regime)
			if err != nil {
				return nil, err
			}
			p.Numbers = append(p.Numbers, n)
		}
		if p.Parts, err = l.parts(append(append([]string{}, c.All...), c.Any...), regime); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func (l *Law) accountDossier(a *Account, regime string) error {
	d, err := l.Dossier(a.Rule.Dossier, regime)
	if err != nil {
		return err
	}
	a.Dossier = DossierAccount{Cite: d.Cite, Sets: d.Sets}
	for _, n := range d.Papers {
		p, err := l.Paper(n.Paper)
		if err != nil {
			return err
		}
		a.Dossier.Papers = append(a.Dossier.Papers, PaperPart{NeededPaper: n, Names: p.Names})
	}
	return nil
}

func (l *Law) accountKeeping(a *Account, code string) error {
	award, err := l.Award(code)
	if err != nil {
		return err
	}
	r, err := l.RetentionClass(award.Retention)
	if err != nil {
		return err
	}
	a.Retention = *r
	return nil
}

// accountMoney is the sums of the day; a sum that the data do not have says so.
func (l *Law) accountMoney(a *Account, code string, on Date) {
	award, err := l.Award(code)
	if err != nil {
		return // AwardRule found it
	}
	for _, kind := range award.Kinds {
		m := Money{Kind: kind}
		sum, how, err := l.Bonus(code, kind, on)
		var e *Error
		switch {
		case err == nil:
			m.Dong, m.How = sum, &how
		case errors.As(err, &e):
			m.Missing = &e.Text
		}
		a.Money = append(a.Money, m)
	}
}
