package law

import "fmt"

// Kinds of making a certificate anew, and whether the old one comes back.
const (
	ReissueExchange = "exchange" // cấp đổi
	ReissueAgain    = "again"    // cấp lại
	OldMustReturn   = "must"
	OldIsGone       = "gone"
)

// ReissueReason is why a certificate is made anew.
type ReissueReason struct {
	Entry `yaml:"-" json:"-"`
	Cite  `yaml:",inline"`
	Code  string `yaml:"code" json:"code"`
	From  Date   `yaml:"from" json:"from"`
	To    Date   `yaml:"to" json:"to,omitzero"` // a zero To is open
	Kind  string `yaml:"kind" json:"kind"`      // ReissueExchange or ReissueAgain
	Back  string `yaml:"back" json:"back"`      // OldMustReturn or OldIsGone
	Text  Text   `yaml:"text" json:"text"`
}

// Reissues lists the reasons that hold on a day, in the order of the data. Nothing
// listed means that no certificate is made anew on that day by these data.
func (l *Law) Reissues(on Date) []*ReissueReason {
	var out []*ReissueReason
	for _, r := range l.ReissueReasons {
		if on.within(r.From, r.To) {
			out = append(out, r)
		}
	}
	return out
}

// Reissue finds a reason by its code, on whatever day it held.
func (l *Law) Reissue(code string) (*ReissueReason, error) {
	for _, r := range l.ReissueReasons {
		if r.Code == code {
			return r, nil
		}
	}
	return nil, fail("no_reissue_reason", fmt.Sprintf("không có lý do cấp đổi, cấp lại %q", code), fmt.Sprintf("there is no reason of reissue %q", code))
}

// reissues checks the entries: code, text, kind, a day on which it begins, no code twice.
func (k *checker) reissues() {
	seen := map[string]bool{}
	for _, r := range k.l.ReissueReasons {
		what := "reason of reissue " + r.Code
		k.cite(r.Pos, what, r.Cite)
		k.text(r.Pos, what, r.Text)
		if r.Code == "" || r.From == (Date{}) || seen[r.Code] {
			k.add(r.Pos, "%s: needs a code of its own and the day it begins", what)
		}
		if (r.Kind != ReissueExchange && r.Kind != ReissueAgain) || (r.Back != OldMustReturn && r.Back != OldIsGone) {
			k.add(r.Pos, "%s: kind is exchange or again, back is must or gone", what)
		}
		seen[r.Code] = true
	}
}
