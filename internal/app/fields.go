package app

import (
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// seen is an item without the fields that its reader may not read, by the rows of
// the table of permissions; what the rules say of it counts as one of them.
func (s Session) seen(at permission.Place, v ItemView) ItemView {
	v.Item = s.seenItem(at, v.Item)
	if !s.reads("item.facts", at) {
		v.Verdict, v.Law = "", nil
	}
	return v
}

// seenItem is seen for the stored item.
func (s Session) seenItem(at permission.Place, it postgres.Item) postgres.Item {
	if !s.reads("item.birth_year", at) {
		it.Content.BirthYear = 0
	}
	if !s.reads("item.facts", at) {
		it.Content.Facts, it.Content.Note = nil, ""
	}
	if !s.reads("item.opinion", at) {
		it.Opinion, it.ReasonText = "", nil
	}
	return it
}

// readsSomewhere tells, for lists over many cases, whether the session holds any
// office that may read a field of cases at all.
func (s Session) readsSomewhere(field string) bool {
	m, held := s.permissions(), s.capacities()
	return slices.ContainsFunc([]permission.Relation{permission.Anywhere, permission.Own, permission.Reached}, func(rel permission.Relation) bool {
		return m.HeldFor(field, rel, held)
	})
}
