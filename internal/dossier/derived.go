package dossier

import (
	"context"
	"fmt"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// Tree is the units that are or were, as they stood on a day.
type Tree struct {
	units  map[string]postgres.TreeUnit
	byName map[string][]string // by folded name
	day    string              // ISO
}

// ReadTree reads the units for a day.
func ReadTree(ctx context.Context, store *postgres.Store, day string) (*Tree, error) {
	rows, err := store.UnitTree(ctx)
	if err != nil {
		return nil, fmt.Errorf("dossier: read units: %w", err)
	}
	return NewTree(rows, day), nil
}

// NewTree arranges units for a day.
func NewTree(rows []postgres.TreeUnit, day string) *Tree {
	t := &Tree{units: map[string]postgres.TreeUnit{}, byName: map[string][]string{}, day: day}
	for _, u := range rows {
		t.units[u.ID] = u
		for _, name := range []string{u.Name, u.ShortName} {
			if key := vietnamese.Fold(name); key != "" && !slices.Contains(t.byName[key], u.ID) {
				t.byName[key] = append(t.byName[key], u.ID)
			}
		}
	}
	return t
}

// exists tells whether a unit is there on the day.
func (t *Tree) exists(u postgres.TreeUnit) bool {
	return (u.From == "" || u.From <= t.day) && (u.To == "" || t.day <= u.To)
}

// heirs are a unit and those that succeeded it by the day, however often.
func (t *Tree) heirs(id string) []string {
	out := []string{id}
	for i := 0; i < len(out); i++ {
		u := t.units[out[i]]
		for j, next := range u.Successors {
			if (u.Since[j] == "" || u.Since[j] <= t.day) && !slices.Contains(out, next) {
				out = append(out, next)
			}
		}
	}
	return out
}

// below tells whether a unit, or one that succeeded it, is another one or stands below it.
func (t *Tree) below(id, top string) bool {
	seen := map[string]bool{}
	for todo := t.heirs(id); len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		if at == top {
			return true
		}
		if seen[at] || at == "" {
			continue
		}
		seen[at] = true
		if parent := t.units[at].Parent; parent != "" {
			todo = append(todo, t.heirs(parent)...)
		}
	}
	return false
}

// named is the one unit that a text names: among those of the name the one that is the
// proposing unit or below it; else the only one. False where none or several fit.
func (t *Tree) named(text, unit string) (postgres.TreeUnit, bool) {
	all := t.byName[vietnamese.Fold(text)]
	if vietnamese.Fold(text) == "" || len(all) == 0 {
		return postgres.TreeUnit{}, false
	}
	var own []string
	for _, id := range all {
		if t.below(id, unit) {
			own = append(own, id)
		}
	}
	if len(own) > 0 {
		all = own
	}
	if len(all) > 1 { // of a name that was taken over, the one that is there
		all = slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !t.exists(t.units[id]) })
	}
	if len(all) != 1 {
		return postgres.TreeUnit{}, false
	}
	return t.units[all[0]], true
}

// finding is what tree and ledger say of a fact: found is nil where they say that a
// person must look, and sure where the data are complete.
type finding struct {
	found *bool
	sure  bool
	why   law.Text
}

func yes(v bool) *bool { return &v }

// managed finds whether the proposing unit manages the subject; nil where there is
// nothing to go by. elsewhere are the units in which the subject is on record.
func (t *Tree) managed(unit string, c proposal.ItemContent, elsewhere []string) *finding {
	text := c.Workplace
	if c.Kind == string(law.KindCollective) {
		text = c.Name
	}
	if u, ok := t.named(text, unit); ok {
		in := t.below(u.ID, unit)
		why := law.Text{VI: u.Name + " thuộc đơn vị đề nghị theo cây đơn vị", EN: u.Name + " is the proposing unit or below it in the tree of units"}
		if !in {
			why = law.Text{VI: u.Name + " không thuộc đơn vị đề nghị theo cây đơn vị", EN: u.Name + " is not below the proposing unit in the tree of units"}
		}
		// Where a collective stands is the tree's word; where a person works is what the list says.
		return &finding{yes(in), in || c.Kind == string(law.KindCollective), why}
	}
	for _, other := range elsewhere {
		if !t.below(other, unit) {
			name := t.units[other].Name
			return &finding{yes(false), false, law.Text{VI: "sổ khen thưởng còn ghi ở " + name, EN: "the ledger has the subject in " + name + " too"}}
		}
	}
	return nil
}

// dissolved finds whether the subject's unit is no more: a collective's own, a person's
// proposing unit.
func (t *Tree) dissolved(unit string, c proposal.ItemContent) *finding {
	u, ok := t.units[unit]
	sure := c.Workplace == ""
	if c.Kind == string(law.KindCollective) {
		u, ok = t.named(c.Name, unit)
		sure = true
	} else if at, is := t.named(c.Workplace, unit); is {
		u, ok, sure = at, true, true
	}
	switch {
	case !ok:
		return nil
	case t.exists(u):
		return &finding{yes(false), sure, law.Text{VI: u.Name + " đang hoạt động theo cây đơn vị", EN: u.Name + " exists in the tree of units"}}
	case u.To == "" || u.To > t.day:
		return &finding{why: law.Text{VI: u.Name + " chưa thành lập vào ngày này theo cây đơn vị", EN: u.Name + " is not there yet on this day"}}
	}
	ended := law.Text{VI: u.Name + " đã kết thúc ngày " + vn(u.To), EN: u.Name + " ended on " + u.To}
	if heirs := t.heirs(u.ID)[1:]; len(heirs) > 0 {
		name := t.units[heirs[len(heirs)-1]].Name
		return &finding{why: law.Text{VI: ended.VI + ", kế thừa là " + name + ": cần người xem", EN: ended.EN + ", succeeded by " + name + ": a person must look"}}
	}
	return &finding{yes(true), sure, law.Text{VI: ended.VI + ", không có đơn vị kế thừa", EN: ended.EN + " and has no successor"}}
}

func vn(iso string) string {
	if d, err := law.ParseDate(iso); err == nil {
		return d.VN()
	}
	return iso
}

// Derive sets the facts that follow from the tree of units and the ledger. What they say
// wins where they are complete; else a word of the unit that differs needs a person.
// Without a tree the unit's word stands.
func (t *Tree) Derive(f *eval.Facts, unit string, c proposal.ItemContent, elsewhere []string) {
	if t == nil {
		return
	}
	f.ProposerManages = settle(f, "proposer_manages", f.ProposerManages, t.managed(unit, c, elsewhere))
	f.UnitDissolved = settle(f, "unit_dissolved", f.UnitDissolved, t.dissolved(unit, c))
}

func settle(f *eval.Facts, fact string, typed *bool, x *finding) *bool {
	if x == nil {
		return typed
	}
	differs := typed != nil && (x.found == nil || *typed != *x.found)
	out := typed
	switch {
	case x.found != nil && x.sure:
		out = x.found
	case differs || typed == nil:
		out = nil
	}
	said := x.why
	if differs {
		word := law.Text{VI: "không", EN: "no"}
		if *typed {
			word = law.Text{VI: "có", EN: "yes"}
		}
		said = law.Text{VI: "Khác với khai báo của đơn vị (" + word.VI + "): " + x.why.VI, EN: "Differs from the unit's word (" + word.EN + "): " + x.why.EN}
	}
	f.Derived = append(f.Derived, eval.Derived{Fact: fact, Differs: differs, Text: said})
	return out
}
