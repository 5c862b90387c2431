package permissions

import (
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// page is the table, cut to the kind and the role that were asked for.
type page struct {
	Hash  string
	Kinds []part
	Roles []ui.Option
	Role  string
	Kind  string
	Whole []ui.Option // every kind, for the filter
}

// part is the rows on one kind of thing.
type part struct {
	Name   string
	Names  law.Text
	Does   []line
	Reads  []line
	Writes []line
}

// line is one action or field with its grants; none means everybody, about themselves.
type line struct {
	Text   law.Text
	Name   string
	Grants []grant
}

// grant is a grant in words.
type grant struct {
	Roles    []proposal.Role
	At       law.Text
	States   []law.Text
	InPerson bool
	Declared bool
}

func show(c *ui.Context) error {
	t, err := c.App.PermissionTable(c, c.Session)
	if err != nil {
		return err
	}
	p := page{Hash: t.Hash, Role: c.Field("role"), Kind: c.Field("kind")}
	for _, r := range t.Roles {
		p.Roles = append(p.Roles, ui.Option{Value: string(r.Code), Text: c.T("role." + string(r.Code))})
	}
	for _, k := range t.Kinds {
		name := k.Names.VI
		if c.Lang == "en" {
			name = k.Names.EN
		}
		p.Whole = append(p.Whole, ui.Option{Value: k.Name, Text: name})
		if p.Kind == "" || p.Kind == k.Name {
			if x := partOf(t, k, p.Role); len(x.Does)+len(x.Reads)+len(x.Writes) > 0 {
				p.Kinds = append(p.Kinds, x)
			}
		}
	}
	return c.Render("show", p)
}

// partOf gathers the rows on one kind, for one role if it is named.
func partOf(t app.PermissionTable, k permission.Kind, role string) part {
	out := part{Name: k.Name, Names: k.Names}
	add := func(into *[]line, name string, text law.Text, grants []permission.Grant, everybody bool) {
		l := line{Name: name, Text: text}
		for _, g := range grants {
			if role == "" || slices.Contains(g.Roles, proposal.Role(role)) {
				l.Grants = append(l.Grants, inWords(t, k, g, role))
			}
		}
		if len(l.Grants) > 0 || everybody {
			*into = append(*into, l)
		}
	}
	for _, a := range t.Actions {
		if a.On == k.Name {
			add(&out.Does, a.Name, a.Text, a.Grants, a.Everybody)
		}
	}
	for _, f := range t.Fields {
		if f.On == k.Name {
			add(&out.Reads, f.Name, f.Text, f.Read, false)
			add(&out.Writes, f.Name, f.Text, f.Write, false)
		}
	}
	return out
}

func inWords(t app.PermissionTable, k permission.Kind, g permission.Grant, role string) grant {
	out := grant{Roles: g.Roles, InPerson: g.InPerson, Declared: g.Declared}
	if role != "" {
		out.Roles = []proposal.Role{proposal.Role(role)}
	}
	for _, r := range t.Relations {
		if r.Name == g.At {
			out.At = r.Text
		}
	}
	for _, s := range k.States {
		if slices.Contains(g.States, s.Name) {
			out.States = append(out.States, s.Names)
		}
	}
	return out
}
