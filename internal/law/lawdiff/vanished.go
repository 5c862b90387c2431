package lawdiff

import (
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/law"
)

// Vanished says which quotas, rules for every award and sums of money held under a regime
// of the old data and no longer do in the new: data that load and pass their own tests may
// have lost them all the same, and nothing else notices. A sentence each, in the order of
// the old data.
func Vanished(old, new *law.Law) []law.Text {
	held := map[string]bool{}
	for _, h := range holdings(new) {
		for _, r := range h.regimes {
			held[h.key+"|"+r] = true
		}
	}
	var out []law.Text
	for _, h := range holdings(old) {
		lost := slices.DeleteFunc(slices.Clone(h.regimes), func(r string) bool { return held[h.key+"|"+r] })
		if len(lost) == 0 {
			continue
		}
		in := strings.Join(lost, ", ")
		out = append(out, law.Text{
			VI: fmt.Sprintf("Đã mất so với bộ đối chiếu: %s “%s” (%s).", h.what.VI, h.name.VI, in),
			EN: fmt.Sprintf("Vanished against what it is compared with: %s “%s” (%s).", h.what.EN, h.name.EN, in),
		})
	}
	return out
}

// holding is one quota, rule or sum of the data, with the regimes in which it holds.
type holding struct {
	key        string
	what, name law.Text
	regimes    []string
}

func holdings(l *law.Law) []holding {
	var out []holding
	l.Each(func(section string, v any) {
		what := sectionNames[section]
		switch x := v.(type) {
		case *law.Quota:
			if !x.Off {
				out = append(out, holding{"quota " + x.Code, what, x.Text, x.Regimes})
			}
		case *law.GlobalRules:
			for _, code := range x.Criteria {
				out = append(out, holding{"global " + code, what, criterionText(l, code, x.Regimes), x.Regimes})
			}
		case *law.Multiple:
			for _, kind := range x.Kinds {
				name := law.Text{VI: x.Award, EN: x.Award}
				if a, err := l.Award(x.Award); err == nil {
					name = a.Names
				}
				w := law.Word(kind)
				name = law.Text{VI: name.VI + ", " + w.VI, EN: name.EN + ", " + w.EN}
				out = append(out, holding{"multiple " + x.Award + " " + string(kind), what, name, x.Regimes})
			}
		}
	})
	return out
}

func criterionText(l *law.Law, code string, regimes []string) law.Text {
	for _, r := range regimes {
		if c, _, err := l.Criterion(code, r); err == nil {
			return c.Text
		}
	}
	return plain(code)
}
