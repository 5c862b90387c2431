package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/roster"
)

// PersonRow is a person with all roles, past and to come.
type PersonRow struct {
	ID     string `json:"id"`
	Active bool   `json:"active"`
	Sample bool   `json:"sample"`
	roster.Person
}

// PersonQuery narrows the list of people; empty values do not.
type PersonQuery struct {
	Text   string   // folded; in login and name
	Unit   string   // holds a role there
	Role   string   // holds that role
	Units  []string // nil: everybody; otherwise only people of these units, and nobody's
	Active *bool
	Limit  int
	Offset int
}

const personColumns = `u.id::text, u.active, u.sample, u.login, u.full_name, u.email, u.locale,
	(select coalesce(json_agg(json_build_object('unit', m.unit, 'role', m.role, 'title', m.title, 'standing', m.standing,
		'from', coalesce(to_char(m.valid_from, 'YYYY-MM-DD'), ''), 'to', coalesce(to_char(m.valid_to, 'YYYY-MM-DD'), ''))
		order by m.unit, m.role), '[]') from memberships m where m.user_id = u.id)`

func scanPerson(r pgx.CollectableRow) (PersonRow, error) {
	var p PersonRow
	var seats json.RawMessage
	if err := r.Scan(&p.ID, &p.Active, &p.Sample, &p.Login, &p.FullName, &p.Email, &p.Locale, &seats); err != nil {
		return p, err
	}
	return p, json.Unmarshal(seats, &p.Seats)
}

// FindPeople lists people with their roles, by login. Text compares without accents
// in Go's folding, so names are folded by the caller of the query.
func (s *Store) FindPeople(ctx context.Context, q PersonQuery) ([]PersonRow, error) {
	rows, err := s.pool.Query(ctx, `
		select `+personColumns+` from users u
		where ($1 = '' or exists (select 1 from memberships m where m.user_id = u.id and m.unit = $1))
		  and ($2 = '' or exists (select 1 from memberships m where m.user_id = u.id and m.role = $2))
		  and ($3::text[] is null or exists (select 1 from memberships m where m.user_id = u.id and m.unit = any($3))
		       or not exists (select 1 from memberships m where m.user_id = u.id))
		  and ($4::boolean is null or u.active = $4)
		order by u.login`, q.Unit, q.Role, q.Units, q.Active)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanPerson)
}

// PersonByID reads a person with all roles.
func (s *Store) PersonByID(ctx context.Context, id string) (PersonRow, error) {
	return personIn(ctx, s.pool, `u.id = as_uuid($1)`, id)
}

func personIn(ctx context.Context, q querier, where, arg string) (PersonRow, error) {
	rows, err := q.Query(ctx, `select `+personColumns+` from users u where `+where, arg)
	if err != nil {
		return PersonRow{}, err
	}
	p, err := pgx.CollectExactlyOneRow(rows, scanPerson)
	return p, notFound(err)
}

// PutRoster writes units and people with their roles, each with its event: a whole
// workbook, or nothing of it.
func (s *Store) PutRoster(ctx context.Context, d Doing, units []roster.Unit, people []roster.Person) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		if err := noted(ctx, tx, d, nil, map[string]int{"units": len(units), "people": len(people)}); err != nil {
			return err
		}
		d.Nonce = ""
		if err := putUnits(ctx, tx, d, units); err != nil {
			return err
		}
		for _, p := range people {
			if _, err := putPerson(ctx, tx, d, "", p); err != nil {
				return fmt.Errorf("person %s: %w", p.Login, err)
			}
		}
		return nil
	})
}

// PutPerson writes a person: id empty makes a new one. Roles named are added or
// changed; none is taken away. It returns the id.
func (s *Store) PutPerson(ctx context.Context, d Doing, id string, p roster.Person) (string, bool, error) {
	fresh, err := s.administer(ctx, d, func(tx pgx.Tx) error {
		var err error
		id, err = putPerson(ctx, tx, d, id, p)
		return err
	})
	if err == nil && !fresh {
		err = s.pool.QueryRow(ctx, `select id::text from users where login = $1`, p.Login).Scan(&id)
	}
	return id, fresh, notFound(err)
}

func putPerson(ctx context.Context, tx pgx.Tx, d Doing, id string, p roster.Person) (string, error) {
	if p.Locale == "" {
		p.Locale = "vi"
	}
	where, arg := `u.id = as_uuid($1)`, id
	if id == "" {
		where, arg = `u.login = $1`, p.Login
	}
	was, err := personIn(ctx, tx, where, arg)
	known := err == nil
	if err != nil && err != ErrNotFound {
		return "", err
	}
	if known {
		id = was.ID
	} else {
		id = uuid.NewString()
	}
	_, err = tx.Exec(ctx, `
		insert into users (id, login, full_name, email, locale) values ($1::uuid, $2, $3, $4, $5)
		on conflict (id) do update set login = $2, full_name = $3, email = $4, locale = $5`, id, p.Login, p.FullName, p.Email, p.Locale)
	if err != nil {
		return "", err
	}
	for _, seat := range p.Seats {
		if err := putSeat(ctx, tx, id, seat); err != nil {
			return "", err
		}
	}
	is, err := personIn(ctx, tx, `u.id = as_uuid($1)`, id)
	if err != nil {
		return "", err
	}
	d.Target = id
	if !known {
		d.Action = "user.create"
		return id, noted(ctx, tx, d, nil, is)
	}
	d.Action = "user.edit"
	return id, noted(ctx, tx, d, was, is)
}

func putSeat(ctx context.Context, tx pgx.Tx, user string, s roster.Seat) error {
	_, err := tx.Exec(ctx, `
		insert into memberships (user_id, unit, role, title, valid_from, valid_to, standing)
		values ($1::uuid, $2, $3, $4, nullif($5, '')::date, nullif($6, '')::date, $7)
		on conflict (user_id, unit, role) do update set title = $4, valid_from = nullif($5, '')::date, valid_to = nullif($6, '')::date, standing = $7`,
		user, s.Unit, s.Role, s.Title, s.From, s.To, s.Standing)
	return err
}

// changePerson runs a change of one person with its event.
func (s *Store) changePerson(ctx context.Context, d Doing, change func(tx pgx.Tx) error) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		was, err := personIn(ctx, tx, `u.id = as_uuid($1)`, d.Target)
		if err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		is, err := personIn(ctx, tx, `u.id = as_uuid($1)`, d.Target)
		if err != nil {
			return err
		}
		return noted(ctx, tx, d, was, is)
	})
}

// PutSeat gives a person a role in a unit, or changes its title and dates.
func (s *Store) PutSeat(ctx context.Context, d Doing, seat roster.Seat) (bool, error) {
	return s.changePerson(ctx, d, func(tx pgx.Tx) error { return putSeat(ctx, tx, d.Target, seat) })
}

// CloseSeat ends a role; on is its last day, ISO. The row stays, for the record.
func (s *Store) CloseSeat(ctx context.Context, d Doing, unit, role, on string) (bool, error) {
	return s.changePerson(ctx, d, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update memberships set valid_to = $4::date, valid_from = least(valid_from, $4::date)
			where user_id = $1::uuid and unit = $2 and role = $3`, d.Target, unit, role, on)
		if err == nil && tag.RowsAffected() == 0 {
			return ErrNotFound
		}
		return err
	})
}

// SetActive lets a person in or keeps the person out; out, all tokens end.
func (s *Store) SetActive(ctx context.Context, d Doing, active bool) (bool, error) {
	return s.changePerson(ctx, d, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `update users set active = $2 where id = $1::uuid`, d.Target, active); err != nil || active {
			return err
		}
		_, err := tx.Exec(ctx, `update tokens set revoked_at = now() where user_id = $1::uuid and revoked_at is null`, d.Target)
		return err
	})
}
