package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/roster"
)

// UnitRow is a unit with its neighbours in time and the number of people in it.
type UnitRow struct {
	roster.Unit
	Successors   []string `json:"successors,omitempty"`
	Predecessors []string `json:"predecessors,omitempty"`
	People       int      `json:"people"`
}

const rosterUnitColumns = `u.id, u.name, u.short_name, u.kind, u.level, coalesce(u.parent, '') as parent, u.place, u.symbol,
	coalesce(u.authority, '') as authority, coalesce(u.standing_body, '') as standing_body, coalesce(u.council, '') as council,
	u.protocol_order, coalesce(to_char(u.valid_from, 'YYYY-MM-DD'), '') as valid_from, coalesce(to_char(u.valid_to, 'YYYY-MM-DD'), '') as valid_to`

// AllUnits lists every unit that is or was, in protocol order.
func (s *Store) AllUnits(ctx context.Context) ([]UnitRow, error) {
	rows, err := s.pool.Query(ctx, `
		select `+rosterUnitColumns+`,
			array(select successor from unit_successors where unit = u.id order by 1),
			array(select unit from unit_successors where successor = u.id order by 1),
			(select count(distinct m.user_id) from memberships m join users p on p.id = m.user_id and p.active
			 where m.unit = u.id and coalesce(m.valid_to, 'infinity') >= $1::date)
		from units u order by u.protocol_order, u.id`, s.today())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (UnitRow, error) {
		var u UnitRow
		err := r.Scan(append(unitFields(&u.Unit), &u.Successors, &u.Predecessors, &u.People)...)
		return u, err
	})
}

func unitFields(u *roster.Unit) []any {
	return []any{
		&u.ID, &u.Name, &u.ShortName, &u.Kind, &u.Level, &u.Parent, &u.Place, &u.Symbol,
		&u.Authority, &u.StandingBody, &u.Council, &u.Order, &u.ValidFrom, &u.ValidTo,
	}
}

// unitIn reads one unit inside a change; nil when there is none.
func unitIn(ctx context.Context, tx pgx.Tx, id string) (*roster.Unit, error) {
	var u roster.Unit
	err := tx.QueryRow(ctx, `select `+rosterUnitColumns+` from units u where u.id = $1`, id).Scan(unitFields(&u)...)
	if notFound(err) == ErrNotFound {
		return nil, nil
	}
	return &u, err
}

// PutUnits writes units, new or changed, each with its event.
func (s *Store) PutUnits(ctx context.Context, d Doing, units []roster.Unit) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error { return putUnits(ctx, tx, d, units) })
}

func putUnits(ctx context.Context, tx pgx.Tx, d Doing, units []roster.Unit) error {
	for i, u := range units {
		e := d
		if i > 0 {
			e.Nonce = "" // one form, one nonce; its other events follow from it
		}
		if err := putUnit(ctx, tx, e, u); err != nil {
			return err
		}
	}
	return nil
}

func putUnit(ctx context.Context, tx pgx.Tx, d Doing, u roster.Unit) error {
	was, err := unitIn(ctx, tx, u.ID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into units (id, name, short_name, kind, level, parent, place, symbol, authority, standing_body, council,
			protocol_order, valid_from, valid_to)
		values ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8, nullif($9, ''), nullif($10, ''), nullif($11, ''), $12,
			nullif($13, '')::date, nullif($14, '')::date)
		on conflict (id) do update set name = $2, short_name = $3, kind = $4, level = $5, parent = nullif($6, ''), place = $7,
			symbol = $8, authority = nullif($9, ''), standing_body = nullif($10, ''), council = nullif($11, ''), protocol_order = $12,
			valid_from = nullif($13, '')::date, valid_to = nullif($14, '')::date`,
		u.ID, u.Name, u.ShortName, u.Kind, u.Level, u.Parent, u.Place, u.Symbol, u.Authority, u.StandingBody, u.Council,
		u.Order, u.ValidFrom, u.ValidTo)
	if err != nil {
		return err
	}
	d.Target = u.ID
	if was == nil {
		d.Action = "unit.create"
		return noted(ctx, tx, d, nil, u)
	}
	d.Action = "unit.edit"
	return noted(ctx, tx, d, was, u)
}

// Ending says how units end: merged into a successor, or dissolved with one or
// none. What hangs on them moves as told.
type Ending struct {
	Units     []string // what ends
	Successor string   // id, or empty
	On        string   // the successor's first day, ISO; the units end the day before
	// MoveChildren puts the units below under the successor; MoveLinks lets other
	// units act through the successor; CarryPeople gives their people the same roles there.
	MoveChildren, MoveLinks, CarryPeople bool
}

// EndUnits ends units on a day. They stay, with all that was done in them.
func (s *Store) EndUnits(ctx context.Context, d Doing, e Ending) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		for _, id := range e.Units {
			if err := endUnit(ctx, tx, d, e, id); err != nil {
				return fmt.Errorf("end unit %s: %w", id, err)
			}
			d.Nonce = ""
		}
		return nil
	})
}

func endUnit(ctx context.Context, tx pgx.Tx, d Doing, e Ending, id string) error {
	was, err := unitIn(ctx, tx, id)
	if err != nil {
		return err
	}
	if was == nil {
		return ErrNotFound
	}
	for _, step := range endSteps(e, id) {
		if _, err := tx.Exec(ctx, step.sql, step.args...); err != nil {
			return err
		}
	}
	is, err := unitIn(ctx, tx, id)
	if err != nil {
		return err
	}
	d.Target = id
	return noted(ctx, tx, d, was, map[string]any{"unit": is, "ending": e})
}

type step struct {
	sql  string
	args []any
}

// endSteps is what the end of one unit moves.
func endSteps(e Ending, id string) []step {
	steps := []step{{`update units set valid_to = $2::date - 1 where id = $1`, []any{id, e.On}}}
	if e.Successor != "" {
		steps = append(steps, step{`
			insert into unit_successors (unit, successor, since) values ($1, $3, $2::date)
			on conflict (unit, successor) do update set since = $2::date`, []any{id, e.On, e.Successor}})
	}
	if e.MoveChildren {
		steps = append(steps, step{`
			update units set parent = $3 where parent = $1 and id <> $3 and coalesce(valid_to, 'infinity') >= $2::date`,
			[]any{id, e.On, e.Successor}})
	}
	if e.MoveLinks {
		for _, link := range []string{"authority", "standing_body", "council"} {
			steps = append(steps, step{`update units set ` + link + ` = $3
				where ` + link + ` = $1 and id <> $1 and coalesce(valid_to, 'infinity') >= $2::date`, []any{id, e.On, e.Successor}})
		}
	}
	if e.CarryPeople {
		steps = append(steps, step{`
			insert into memberships (user_id, unit, role, title, valid_from, valid_to)
			select user_id, $3, role, title, $2::date, valid_to from memberships
			where unit = $1 and coalesce(valid_to, 'infinity') >= $2::date
			on conflict (user_id, unit, role) do nothing`, []any{id, e.On, e.Successor}})
	}
	return append(steps, step{`
		update memberships set valid_to = $2::date - 1
		where unit = $1 and coalesce(valid_to, 'infinity') >= $2::date and coalesce(valid_from, '-infinity') < $2::date`, []any{id, e.On}})
}
