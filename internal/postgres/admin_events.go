package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// Doing is who changes what in the administration, and why. The nonce is that of
// the form: a change under a nonce that was used before is not done again.
type Doing struct {
	Actor  string // opaque user id
	Action string // user.create, unit.merge …
	Target string // id of what is changed
	Reason string
	Nonce  string
}

// AdminEvent is one change with what was and what is. It holds no secrets.
type AdminEvent struct {
	ID     int64           `db:"id" json:"id"`
	At     time.Time       `db:"at" json:"at"`
	Actor  string          `db:"actor" json:"actor"`
	Name   string          `db:"actor_name" json:"actor_name"`
	Action string          `db:"action" json:"action"`
	Target string          `db:"target" json:"target"`
	Before json.RawMessage `db:"before" json:"before,omitempty"`
	After  json.RawMessage `db:"after" json:"after,omitempty"`
	Reason string          `db:"reason" json:"reason,omitempty"`
}

// administer runs one change of the administration: one at a time in the whole
// installation, so that two administrators cannot undo each other's checks, and
// with its events in the same transaction. false means that the same form was taken
// before and nothing was done.
func (s *Store) administer(ctx context.Context, d Doing, change func(tx pgx.Tx) error) (bool, error) {
	fresh := true
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(7012)`); err != nil {
			return err
		}
		if d.Nonce != "" {
			err := tx.QueryRow(ctx, `select not exists (select 1 from admin_events where actor = $1 and nonce = $2)`, d.Actor, d.Nonce).Scan(&fresh)
			if err != nil || !fresh {
				return err
			}
		}
		before, err := topAdmins(ctx, tx, s.today())
		if err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		after, err := topAdmins(ctx, tx, s.today())
		if err == nil && before > 0 && after == 0 {
			return ErrLastAdmin
		}
		return err
	})
	return fresh, err
}

// ErrLastAdmin is returned when a change would leave the installation without an
// active administrator at its top.
var ErrLastAdmin = errors.New("postgres: the last administrator")

// topAdmins counts who administers the whole installation on a day: active admins of
// a unit without a parent.
func topAdmins(ctx context.Context, tx pgx.Tx, on string) (int, error) {
	var n int
	err := tx.QueryRow(ctx, `
		select count(distinct m.user_id) from memberships m join users p on p.id = m.user_id and p.active
		join units u on u.id = m.unit and u.parent is null
		where m.role = 'admin' and coalesce(m.valid_from, '-infinity') <= $1::date and coalesce(m.valid_to, 'infinity') >= $1::date`, on).Scan(&n)
	return n, err
}

// noted writes the event of a change; nil before or after says that it was not
// there, or is not any more.
func noted(ctx context.Context, tx pgx.Tx, d Doing, before, after any) error {
	_, err := tx.Exec(ctx, `
		insert into admin_events (actor, action, target, before, after, reason, nonce) values ($1, $2, $3, $4, $5, $6, $7)`,
		d.Actor, d.Action, d.Target, asJSON(before), asJSON(after), d.Reason, d.Nonce)
	return err
}

// asJSON keeps nil as no value at all.
func asJSON(v any) any {
	if v == nil {
		return nil
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return nil // plain structs, which always encode
	}
	return json.RawMessage(raw)
}

// NoteAdmin puts an act of an administrator on record that changes no row here:
// a schedule run by hand, a link handed out.
func (s *Store) NoteAdmin(ctx context.Context, d Doing, before, after any) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error { return noted(ctx, tx, d, before, after) })
}

// EventQuery narrows the list of events; empty values do not.
type EventQuery struct {
	Target string
	Actor  string
	Action string // begin of it: "user."
	Limit  int
	Offset int
}

// AdminEvents lists changes, newest first.
func (s *Store) AdminEvents(ctx context.Context, q EventQuery) ([]AdminEvent, error) {
	return list[AdminEvent](ctx, s.pool, `
		select e.id, e.at, e.actor, coalesce(u.full_name, '') as actor_name, e.action, e.target, e.before, e.after, e.reason
		from admin_events e left join users u on u.id::text = e.actor
		where ($1 = '' or e.target = $1) and ($2 = '' or e.actor = $2) and ($3 = '' or starts_with(e.action, $3))
		order by e.id desc limit $4 offset $5`, q.Target, q.Actor, q.Action, q.Limit, q.Offset)
}

// AdminNonce tells whether a form of a person was taken before.
func (s *Store) AdminNonce(ctx context.Context, actor, nonce string) (bool, error) {
	var there bool
	err := s.pool.QueryRow(ctx, `select exists (select 1 from admin_events where actor = $1 and nonce = $2)`, actor, nonce).Scan(&there)
	return there, err
}
