package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Link is an address that works once: set-up, invitation, reset.
type Link struct {
	ID        string    `db:"id"`
	Kind      string    `db:"kind"`
	User      *string   `db:"user_id"`
	ExpiresAt time.Time `db:"expires_at"`
}

const linkColumns = `id::text, kind, user_id::text, expires_at`

// AddLink stores a link's digest; earlier unused links of the same kind and person
// die. by is empty for the operator at the machine.
func (s *Store) AddLink(ctx context.Context, l Link, hash []byte, by string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update one_time_links set expires_at = now()
			where kind = $1 and user_id is not distinct from $2::uuid and used_at is null and expires_at > now()`, l.Kind, l.User)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into one_time_links (id, hash, kind, user_id, created_by, expires_at)
			values ($1::uuid, $2, $3, $4::uuid, nullif($5, '')::uuid, $6)`, l.ID, hash, l.Kind, l.User, by, l.ExpiresAt)
		return err
	})
}

// LinkByHash reads a link that still works.
func (s *Store) LinkByHash(ctx context.Context, hash []byte) (Link, error) {
	return one[Link](ctx, s.pool, `
		select `+linkColumns+` from one_time_links where hash = $1 and used_at is null and expires_at > now()`, hash)
}

// UsePasswordLink takes a link and sets its person's password in one step, so that
// a link works once and is not lost to a crash. false: it was used or has expired.
func (s *Store) UsePasswordLink(ctx context.Context, hash []byte, passwordHash string) (bool, error) {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var user string
		err := tx.QueryRow(ctx, `
			update one_time_links set used_at = now()
			where hash = $1 and used_at is null and expires_at > now() and user_id is not null returning user_id::text`, hash).Scan(&user)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into credentials (user_id, hash) values ($1::uuid, $2)
			on conflict (user_id) do update set hash = $2, changed_at = now()`, user, passwordHash)
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// FirstAdmin is the person who sets a new installation up, and the body it serves.
type FirstAdmin struct {
	ID, Login, FullName, Email, Locale string
	UnitID, UnitName, UnitLevel        string
	PasswordHash                       string
}

// Administered tells whether somebody active is an admin.
func (s *Store) Administered(ctx context.Context) (bool, error) {
	return administered(ctx, s.pool)
}

func administered(ctx context.Context, q querier) (bool, error) {
	var yes bool
	err := q.QueryRow(ctx, `
		select exists (select 1 from memberships m join users u on u.id = m.user_id
		               where m.role = 'admin' and u.active and (u.sample = false or exists (select 1 from installation where sample <> '')))`).Scan(&yes)
	return yes, err
}

// UseSetupLink takes the set-up link and makes the first admin. false: the link
// was used or has expired, or there is an admin by now.
func (s *Store) UseSetupLink(ctx context.Context, hash []byte, f FirstAdmin) (bool, error) {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update one_time_links set used_at = now()
			where hash = $1 and kind = 'setup' and used_at is null and expires_at > now()`, hash)
		if err != nil {
			return err
		}
		have, err := administered(ctx, tx)
		if err != nil {
			return err
		}
		if have || tag.RowsAffected() == 0 {
			return pgx.ErrNoRows
		}
		return addFirstAdmin(ctx, tx, f)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func addFirstAdmin(ctx context.Context, tx pgx.Tx, f FirstAdmin) error {
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`insert into installation (id, name) values ($1, $2) on conflict do nothing`, []any{f.ID, f.UnitName}},
		{`insert into units (id, name, kind, level) values ($1, $2, 'province', $3) on conflict (id) do nothing`, []any{f.UnitID, f.UnitName, f.UnitLevel}},
		{`insert into users (id, login, full_name, email, locale) values ($1::uuid, $2, $3, $4, $5)`, []any{f.ID, f.Login, f.FullName, f.Email, f.Locale}},
		{`insert into memberships (user_id, unit, role, title) values ($1::uuid, $2, 'admin', '')`, []any{f.ID, f.UnitID}},
		{`insert into credentials (user_id, hash) values ($1::uuid, $2)`, []any{f.ID, f.PasswordHash}},
	} {
		if _, err := tx.Exec(ctx, q.sql, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// AdministeredBy tells whether every unit that a person has a role in lies in, or
// below, one of the given units. A person without a role belongs to the admins of
// units that have none above them.
func (s *Store) AdministeredBy(ctx context.Context, user string, units []string) (bool, error) {
	var yes bool
	err := s.pool.QueryRow(ctx, `
		with recursive below as (
			select id from units where id = any($2)
			union select u.id from units u join below b on u.parent = b.id)
		select case when exists (select 1 from memberships where user_id = $1::uuid)
			then not exists (select 1 from memberships where user_id = $1::uuid and unit not in (select id from below))
			else exists (select 1 from units where id = any($2) and parent is null) end`, user, units).Scan(&yes)
	return yes, err
}
