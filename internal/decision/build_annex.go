package decision

import "strings"

// annex composes the list of the awards that are not named in their articles,
// or nil when all are.
func (in Input) annex() *Annex {
	a := &Annex{Title: "DANH SÁCH", By: in.AuthorityText}
	var subjects []string
	listed := 0
	for _, p := range in.Awards {
		if !in.inline(p) {
			listed++
		}
	}
	for _, p := range in.Awards {
		if in.inline(p) {
			continue
		}
		section := Section{Groups: groups(p.Items)}
		if listed > 1 {
			section.Heading = capitalise(p.Verb) + " " + p.Award
		}
		for _, item := range p.Items {
			a.Money = a.Money || item.Entry.Money > 0
		}
		a.Sections = append(a.Sections, section)
		subjects = append(subjects, nouns(section.Groups)+" được "+p.Verb+" "+p.Award)
	}
	if listed == 0 {
		return nil
	}
	a.Subtitle = capitalise(strings.Join(subjects, "; "))
	return a
}

func groups(items []Item) []Group {
	var out []Group
	for _, k := range Kinds() {
		if entries := ofKind(items, k); len(entries) > 0 {
			out = append(out, Group{Kind: k, Entries: entries})
		}
	}
	return out
}

func nouns(groups []Group) string {
	var parts []string
	for _, g := range groups {
		parts = append(parts, g.Kind.Noun())
	}
	return strings.Join(parts, ", ")
}
