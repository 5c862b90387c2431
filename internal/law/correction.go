package law

// CorrectionRule is what is said of how an issued decision is put right.
type CorrectionRule struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	Code  string `yaml:"code" json:"code"`
	From  Date   `yaml:"from" json:"from"`
	To    Date   `yaml:"to" json:"to,omitzero"` // a zero To is open
	Text  Text   `yaml:"text" json:"text"`
	// Cites is the legal basis that a correcting decision names for it; empty: none.
	Cites string `yaml:"cites" json:"cites,omitempty"`
}

// Corrections lists the rules that hold on a day, in the order of the data.
func (l *Law) Corrections(on Date) []*CorrectionRule {
	var out []*CorrectionRule
	for _, r := range l.CorrectionRules {
		if on.within(r.From, r.To) {
			out = append(out, r)
		}
	}
	return out
}

// corrections checks the entries: code, text, a day on which it begins, no code twice.
func (k *checker) corrections() {
	seen := map[string]bool{}
	for _, r := range k.l.CorrectionRules {
		what := "rule of corrections " + r.Code
		k.cite(r.Pos, what, r.Cite)
		k.text(r.Pos, what, r.Text)
		if r.Code == "" || r.From == (Date{}) || seen[r.Code] {
			k.add(r.Pos, "%s: needs a code of its own and the day it begins", what)
		}
		seen[r.Code] = true
	}
}
