package postgres

import "context"

// TreeUnit is a unit as facts are derived from the tree: when it was, below what, and
// which units succeeded it since when (parallel lists; "" where no day is on record).
type TreeUnit struct {
	ID         string   `db:"id"`
	Name       string   `db:"name"`
	ShortName  string   `db:"short_name"`
	Parent     string   `db:"parent"`
	From       string   `db:"valid_from"` // ISO; "": always
	To         string   `db:"valid_to"`
	Successors []string `db:"successors"`
	Since      []string `db:"since"`
}

// UnitTree reads every unit that is or was.
func (s *Store) UnitTree(ctx context.Context) ([]TreeUnit, error) {
	return list[TreeUnit](ctx, s.pool, `
		select u.id, u.name, u.short_name, coalesce(u.parent, '') as parent,
			coalesce(to_char(u.valid_from, 'YYYY-MM-DD'), '') as valid_from, coalesce(to_char(u.valid_to, 'YYYY-MM-DD'), '') as valid_to,
			array(select x.successor from unit_successors x where x.unit = u.id order by x.successor) as successors,
			array(select coalesce(to_char(x.since, 'YYYY-MM-DD'), '') from unit_successors x where x.unit = u.id order by x.successor) as since
		from units u order by u.id`)
}

// SubjectUnit is a unit in which a subject is on record.
type SubjectUnit struct {
	Subject string `db:"subject"` // as it was asked for
	Unit    string `db:"unit"`
}

// UnitsOfSubjects lists the units in which subjects are on record, under any of the
// references of their identity.
func (s *Store) UnitsOfSubjects(ctx context.Context, subjects []string) ([]SubjectUnit, error) {
	return list[SubjectUnit](ctx, s.pool, `
		select distinct me.ref as subject, m.unit
		from subjects me join subjects m on m.identity = me.identity
		where me.ref = any($1) and m.unit is not null order by 1, 2`, subjects)
}
