package law

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// AppliedDraft says that the draft entries of a regime are taken as its law. Data
// without one show what a draft would say and apply nothing of it.
type AppliedDraft struct {
	Entry  `yaml:"-" json:"-"`
	Cite   `yaml:",inline"`
	Regime string `yaml:"regime" json:"regime"`
}

// draftsFile is the file that WithDrafts adds. It is part of the data and of their
// hash: who reads a case later sees that drafts were applied.
const draftsFile = "apply-drafts.yaml"

// WithDrafts is the same data with the draft entries of some regimes taken as law.
// The result has another hash. Regimes that apply theirs already change nothing; the
// error of an unknown regime has the code no_regime.
func (l *Law) WithDrafts(regimes ...string) (*Law, error) {
	var add strings.Builder
	for _, id := range regimes {
		if _, err := l.Regime(id); err != nil {
			return nil, err
		}
		if !l.AppliesDrafts(id) {
			fmt.Fprintf(&add, "  - {regime: %s, article: \"Dự thảo, áp dụng theo thiết lập VINHDANH_DRAFT_LAW\", mark: unconfirmed}\n", id)
		}
	}
	if add.Len() == 0 {
		return l, nil
	}
	files := l.Files()
	if files[draftsFile] == "" {
		files[draftsFile] = "apply_drafts:\n"
	}
	files[draftsFile] += add.String()
	return FromFiles(files)
}

// AppliesDrafts tells whether the draft entries of a regime are taken as its law.
func (l *Law) AppliesDrafts(regime string) bool { return l.drafts[baseOf(regime)] }

// DraftCriterion is what a draft of a regime says of a criterion, where the data do
// not apply it.
func (l *Law) DraftCriterion(code, regime string) (*Criterion, bool) {
	if l.AppliesDrafts(regime) {
		return nil, false
	}
	return l.draftOf(code, regime)
}

func (l *Law) draftOf(code, regime string) (*Criterion, bool) {
	for _, c := range l.Criteria {
		if c.Code == code && c.Draft && slices.Contains(c.Regimes, baseOf(regime)) {
			return c, true
		}
	}
	return nil, false
}

// Drafts are the draft criteria of a regime, applied or not, in the order of the data.
func (l *Law) Drafts(regime string) []*Criterion {
	var list []*Criterion
	for _, c := range l.Criteria {
		if c.Draft && slices.Contains(c.Regimes, baseOf(regime)) {
			list = append(list, c)
		}
	}
	return list
}

// isDraft tells whether an entry is a draft; every entry with a cite can be asked.
func (c Cite) isDraft() bool { return c.Draft }

// draft tells whether an entry of any section is one.
func draft(entry any) bool {
	d, ok := entry.(interface{ isDraft() bool })
	return ok && d.isDraft()
}

// whose marks the keys of draft entries, which may stand beside the regime's own.
func whose(c Cite, what string) string {
	if c.Draft {
		return "draft of " + what
	}
	return what
}

// draftEntries checks that drafts stand only where they are understood: in criteria
// of regimes whose own text nobody has seen.
func (k *checker) draftEntries() {
	for _, d := range k.l.ApplyDrafts {
		what := "apply_drafts " + d.Regime
		k.cite(d.Pos, what, d.Cite)
		k.once(d.Pos, what)
		if !k.regimes[d.Regime] {
			k.add(d.Pos, "%s: there is no regime %q", what, d.Regime)
		}
	}
	k.l.Each(func(section string, entry any) {
		c, criterion := entry.(*Criterion)
		if !criterion {
			if hasDraft(reflect.ValueOf(entry)) {
				k.add(entry.(interface{ entry() *Entry }).entry().Pos, "%s: draft: true is for criteria only", section)
			}
			return
		}
		for _, id := range c.Regimes {
			if r, err := k.l.Regime(id); c.Draft && err == nil && r.AssumedFrom == "" {
				k.add(c.Pos, "criterion %s: a draft is for a regime whose text was not seen (assumed_from), not for %s", c.Code, id)
			}
		}
	})
}

// hasDraft looks for draft: true anywhere in an entry.
func hasDraft(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && hasDraft(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if hasDraft(v.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		if v.Type() == citeType {
			return v.Interface().(Cite).Draft
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && hasDraft(v.Field(i)) {
				return true
			}
		}
	}
	return false
}
