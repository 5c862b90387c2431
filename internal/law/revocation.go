package law

import "fmt"

// RevocationGround is a ground on which an award is revoked (Luật 06/2022/QH15 Điều 93).
type RevocationGround struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	Code  string `yaml:"code" json:"code"`
	From  Date   `yaml:"from" json:"from"`
	To    Date   `yaml:"to" json:"to,omitzero"` // a zero To is open
	Text  Text   `yaml:"text" json:"text"`
}

// Grounds lists the grounds that hold on a day, in the order of the data. Nothing
// listed means that no award can be revoked on that day by these data.
func (l *Law) Grounds(on Date) []*RevocationGround {
	var out []*RevocationGround
	for _, g := range l.RevocationGrounds {
		if on.within(g.From, g.To) {
			out = append(out, g)
		}
	}
	return out
}

// Ground finds a ground by its code, on whatever day it held.
func (l *Law) Ground(code string) (*RevocationGround, error) {
	for _, g := range l.RevocationGrounds {
		if g.Code == code {
			return g, nil
		}
	}
	return nil, fail("no_ground", fmt.Sprintf("không có căn cứ hủy bỏ %q", code), fmt.Sprintf("there is no ground of revocation %q", code))
}

// grounds checks the entries: code, text, a day on which it begins, and no code twice.
func (k *checker) grounds() {
	seen := map[string]bool{}
	for _, g := range k.l.RevocationGrounds {
		what := "ground of revocation " + g.Code
		k.cite(g.Pos, what, g.Cite)
		k.text(g.Pos, what, g.Text)
		if g.Code == "" || g.From == (Date{}) || seen[g.Code] {
			k.add(g.Pos, "%s: needs a code of its own and the day it begins", what)
		}
		seen[g.Code] = true
	}
}
