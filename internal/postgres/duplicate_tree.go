package postgres

import (
	"context"
	"slices"

	"vinhdanh/internal/vietnamese"
)

// tree is the units with what is above them and what came after them: some hundreds,
// read whole.
type tree struct {
	parent map[string]string
	next   map[string][]string
	byName map[string][]string // folded names, also former ones
}

func readTree(ctx context.Context, q querier) (tree, error) {
	t := tree{parent: map[string]string{}, next: map[string][]string{}, byName: map[string][]string{}}
	units, err := list[struct {
		ID     string   `db:"id"`
		Name   string   `db:"name"`
		Parent string   `db:"parent"`
		Next   []string `db:"next"`
	}](ctx, q, `
		select u.id, u.name, coalesce(u.parent, '') as parent,
			array(select s.successor from unit_successors s where s.unit = u.id order by 1) as next from units u`)
	for _, u := range units {
		t.parent[u.ID], t.next[u.ID] = u.Parent, u.Next
		f := vietnamese.Fold(u.Name)
		t.byName[f] = append(t.byName[f], u.ID)
	}
	if err != nil {
		return t, err
	}
	former, err := list[struct {
		Unit string `db:"unit"`
		Name string `db:"name"`
	}](ctx, q, `select unit, name from unit_former_names order by 1, 2`)
	for _, u := range former {
		if f := vietnamese.Fold(u.Name); !slices.Contains(t.byName[f], u.Unit) {
			t.byName[f] = append(t.byName[f], u.Unit)
		}
	}
	return t, err
}

// roots are the last successors of a unit: itself while it stands.
func (t tree) roots(unit string) []string {
	out, seen := []string{}, map[string]bool{}
	var walk func(string)
	walk = func(u string) {
		if seen[u] {
			return
		}
		seen[u] = true
		if len(t.next[u]) == 0 {
			out = append(out, u)
		}
		for _, n := range t.next[u] {
			walk(n)
		}
	}
	if unit != "" {
		walk(unit)
	}
	return out
}

// above are the units above one.
func (t tree) above(unit string) []string {
	var out []string
	for u := t.parent[unit]; u != "" && !slices.Contains(out, u); u = t.parent[u] {
		out = append(out, u)
	}
	return out
}

// named are the last successors of the unit that a collective is, by its name; none
// where no unit, or more than one, is called so.
func (t tree) named(kind, name string) []string {
	if kind != "collective" {
		return nil
	}
	if ids := t.byName[vietnamese.Fold(name)]; len(ids) == 1 {
		return t.roots(ids[0])
	}
	return nil
}
