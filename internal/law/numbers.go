package law

import "regexp"

var numberCode = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Number is a number that criteria use by its name (number.CODE), because it comes
// from elsewhere than the criterion that uses it: a local rule, a practice. It keeps
// its own article and mark, which travel to the screen beside those of the criterion.
type Number struct {
	Entry   `yaml:"-" json:"-"`
	Cite    `yaml:",inline"`
	Code    string   `yaml:"code" json:"code"` // lower case, as expressions write it
	Names   Text     `yaml:"names" json:"names"`
	Regimes []string `yaml:"regimes" json:"regimes"`
	Value   int64    `yaml:"value" json:"value"`
}

// Number is the named number of a regime, with its cite as it reads there.
func (l *Law) Number(code, regime string) (Number, error) {
	found, from, ok := pick(l, l.Numbers, regime, func(n *Number) ([]string, bool) { return n.Regimes, n.Code == code })
	if !ok {
		return Number{}, missing("number", code, regime)
	}
	n := *found
	n.Cite = n.Cite.assumed(from)
	return n, nil
}

// numbers checks the entries; eval.New checks that each expression finds its own.
func (k *checker) numbers() {
	for _, n := range k.l.Numbers {
		what := "number " + n.Code
		k.scoped(n.Pos, what, n.Regimes)
		k.cite(n.Pos, what, n.Cite)
		k.text(n.Pos, what, n.Names)
		if !numberCode.MatchString(n.Code) || n.Value < 0 {
			k.add(n.Pos, "%s: needs a code of small letters, digits and underscores, and a value of zero or more", what)
		}
	}
}
