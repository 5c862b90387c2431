package postgres

import "context"

// FoundPerson is a person, collective or household as a search shows it: with the
// items of the reader's scope only.
type FoundPerson struct {
	Subject    string `db:"subject" json:"subject"`
	Kind       string `db:"kind" json:"kind"`
	Name       string `db:"name" json:"name"`
	BirthYear  *int   `db:"birth_year" json:"birth_year,omitempty"`
	Unit       string `db:"unit" json:"unit"`
	UnitName   string `db:"unit_name" json:"unit_name"`
	Items      int    `db:"items" json:"items"`           // cases that ask for something
	Recognised int    `db:"recognised" json:"recognised"` // of them, those that ended in an award
	Match      string `db:"match" json:"-"`
	Item       string `db:"item" json:"-"`
}

// ListPeople finds people, collectives and households by name, in the order of
// SearchItems; each stands once. An empty text finds nobody. Errors: ErrCursor.
func (s *Store) ListPeople(ctx context.Context, sc Scope, f CaseFilter, after Cursor, limit int) ([]FoundPerson, Cursor, error) {
	q, err := s.spell(ctx, f.Text)
	if err != nil || q.fold == "" {
		return []FoundPerson{}, "", err
	}
	// The items of one subject may stand apart: the first that the reader may see
	// stands for the subject.
	v, err := s.sightOf(ctx, sc)
	if err != nil {
		return nil, "", err
	}
	items, next, err := s.itemsNamed(ctx, v, f, q, after, limit)
	if err != nil || len(items) == 0 {
		return []FoundPerson{}, next, err
	}
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = it.ID
	}
	c := scoped(sc)
	c.and(`i.id = any(%s::uuid[])`, ids)
	place := c.arg(ids)
	own := &clause{args: c.args, conds: []string{visible}}
	v.items(own)
	c.args = own.args
	rows, err := list[FoundPerson](ctx, s.pool, `
		with found as (
			select i.id, i.subject from items i join proposals p on p.id = i.proposal where `+c.where()+`),
		seen as (
			select i.subject, count(*)::int as items, (count(*) filter (where i.outcome = 'recognised'))::int as recognised,
				(array_agg(i.id order by i.id))[1] as first
			from items i join proposals p on p.id = i.proposal
			where i.subject in (select subject from found) and `+own.where()+` group by i.subject)
		select f.subject, x.kind, x.name, x.birth_year, coalesce(x.unit, '') as unit, coalesce(u.name, '') as unit_name,
			n.items, n.recognised, '' as match, f.id::text as item
		from found f join seen n on n.subject = f.subject and n.first = f.id
		join subjects x on x.ref = f.subject left join units u on u.id = x.unit
		order by array_position(`+place+`::uuid[], f.id)`, c.args...)
	return rows, next, err
}
