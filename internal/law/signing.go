package law

import "vinhdanh/internal/proposal"

// SigningHow says in what way somebody may sign for the head.
type SigningHow string

// The ways of signing for the head.
const (
	SignsInOwnRole    SigningHow = "own_role"   // a deputy, who holds the role in person
	SignsByDelegation SigningHow = "delegation" // whoever has a dated delegation
	SignsNot          SigningHow = "none"
)

// SigningFor is what the law says of signing in the place of a role's holder.
type SigningFor struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	Role  proposal.Role `yaml:"role" json:"role"`
	Mode  string        `yaml:"mode" json:"mode"` // as documents write it: KT., TUQ.
	How   SigningHow    `yaml:"how" json:"how"`
	From  Date          `yaml:"from" json:"from"`
	To    Date          `yaml:"to" json:"to,omitzero"` // a zero To is open
	Text  Text          `yaml:"text" json:"text"`
}

// SigningModes lists what holds on a day for signing in the place of the role's
// holder, in the order of the data. Nothing listed means nothing is allowed.
func (l *Law) SigningModes(role proposal.Role, on Date) []*SigningFor {
	var out []*SigningFor
	for _, s := range l.SigningFor {
		if s.Role == role && on.within(s.From, s.To) {
			out = append(out, s)
		}
	}
	return out
}

// signing checks the entries: known roles and ways, and no mode twice at a time.
func (k *checker) signing() {
	for i, s := range k.l.SigningFor {
		what := "signing for " + string(s.Role) + " " + s.Mode
		k.cite(s.Pos, what, s.Cite)
		k.text(s.Pos, what, s.Text)
		if s.Role != proposal.RoleSigner || s.Mode == "" || s.From == (Date{}) {
			k.add(s.Pos, "%s: needs the role signer, a mode and the day it begins", what)
		}
		switch s.How {
		case SignsInOwnRole, SignsByDelegation, SignsNot:
		default:
			k.add(s.Pos, "%s: how is own_role, delegation or none, not %q", what, s.How)
		}
		for _, o := range k.l.SigningFor[:i] {
			if o.Role == s.Role && o.Mode == s.Mode && overlap(o, s) {
				k.add(s.Pos, "%s: its dates overlap those at %s", what, o.Pos)
			}
		}
	}
}

func overlap(a, b *SigningFor) bool {
	endsBefore := func(x, y *SigningFor) bool { return x.To != (Date{}) && x.To.Compare(y.From) < 0 }
	return !endsBefore(a, b) && !endsBefore(b, a)
}
