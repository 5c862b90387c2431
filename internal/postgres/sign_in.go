package postgres

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/identity"
)

// Account is a person with the means to sign in.
type Account struct {
	User
	Sample bool   `db:"sample"`
	Active bool   `db:"active"`
	Hash   string `db:"hash"` // of the password; empty: none
}

const accountSQL = `
	select u.id::text, u.login, u.full_name, u.email, u.locale, u.self, u.sample, u.active, coalesce(c.hash, '') as hash
	from users u left join credentials c on c.user_id = u.id `

// AccountByLogin reads an account as its login is typed: case does not matter.
func (s *Store) AccountByLogin(ctx context.Context, login string) (Account, error) {
	return one[Account](ctx, s.pool, accountSQL+`where lower(u.login) = lower($1)`, login)
}

// AccountByID reads an account. The id is read once, not for every row: each page asks this.
func (s *Store) AccountByID(ctx context.Context, id string) (Account, error) {
	return one[Account](ctx, s.pool, accountSQL+`where u.id = (select as_uuid($1))`, id)
}

// SetPassword stores a password's hash.
func (s *Store) SetPassword(ctx context.Context, user, hash string) error {
	_, err := s.pool.Exec(ctx, `
		insert into credentials (user_id, hash) values ($1::uuid, $2)
		on conflict (user_id) do update set hash = $2, changed_at = now()`, user, hash)
	return err
}

// Rehash exchanges a hash for one of the same password, unless it changed in between.
func (s *Store) Rehash(ctx context.Context, user, before, after string) error {
	_, err := s.pool.Exec(ctx, `update credentials set hash = $3 where user_id = $1::uuid and hash = $2`, user, before, after)
	return err
}

// SampleData names the sample that the installation runs on; "" if it is a real one.
func (s *Store) SampleData(ctx context.Context) (string, error) {
	var name string
	err := s.pool.QueryRow(ctx, `select sample from installation`).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return name, err
}

// MarkSample says that the installation runs on sample data, unless it is known to
// be a real one.
func (s *Store) MarkSample(ctx context.Context, id, sample string) error {
	_, err := s.pool.Exec(ctx, `
		insert into installation (id, name, sample) values ($1, $2, $2) on conflict do nothing`, id, sample)
	return err
}

// SetSamplePassword gives a password to the sample people who have none.
func (s *Store) SetSamplePassword(ctx context.Context, hash string) error {
	_, err := s.pool.Exec(ctx, `
		insert into credentials (user_id, hash) select id, $1 from users where sample on conflict do nothing`, hash)
	return err
}

// PaceKey is one key that a guess counts under.
type PaceKey struct {
	Key  string
	Pace identity.Pace
}

// TakeGuess counts a guess under each key before it is looked at, so that guesses
// side by side are counted like those one after the other. While one of the keys
// has to wait nothing is counted and the longest wait is returned.
func (s *Store) TakeGuess(ctx context.Context, now time.Time, keys ...PaceKey) (time.Duration, error) {
	var wait time.Duration
	// In one order, so that two sign-ins never wait for each other.
	keys = slices.SortedFunc(slices.Values(keys), func(a, b PaceKey) int { return strings.Compare(a.Key, b.Key) })
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		counts := make([]int, len(keys))
		for i, k := range keys {
			var next time.Time
			err := tx.QueryRow(ctx, `
				insert into sign_in_pace (key, guesses, last_at, next_at) values ($1, 0, $2, $2)
				on conflict (key) do update set
					guesses = case when sign_in_pace.last_at < $3 then 0 else sign_in_pace.guesses end,
					next_at = case when sign_in_pace.last_at < $3 then $2 else sign_in_pace.next_at end
				returning guesses, next_at`, k.Key, now, now.Add(-k.Pace.Forget)).Scan(&counts[i], &next)
			if err != nil {
				return err
			}
			wait = max(wait, next.Sub(now))
		}
		if wait > 0 {
			return nil
		}
		for i, k := range keys {
			_, err := tx.Exec(ctx, `update sign_in_pace set guesses = $2, last_at = $3, next_at = $4 where key = $1`,
				k.Key, counts[i]+1, now, now.Add(k.Pace.Wait(counts[i]+1)))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return max(wait, 0), err
}

// ForgetGuesses clears keys after a success.
func (s *Store) ForgetGuesses(ctx context.Context, keys ...string) error {
	_, err := s.pool.Exec(ctx, `delete from sign_in_pace where key = any($1)`, keys)
	return err
}

// GiveBackGuess takes back one guess of a key that others share, after a success.
func (s *Store) GiveBackGuess(ctx context.Context, key string) error {
	_, err := s.pool.Exec(ctx, `update sign_in_pace set guesses = greatest(guesses - 1, 0) where key = $1`, key)
	return err
}

// SignInEvent is one row of the record of signing in.
type SignInEvent struct {
	At      time.Time `db:"at" json:"at"`
	User    *string   `db:"user_id" json:"user,omitempty"`
	Login   *string   `db:"login" json:"login,omitempty"`
	Kind    string    `db:"kind" json:"kind"`
	Method  string    `db:"method" json:"method,omitempty"`
	Detail  string    `db:"detail" json:"detail,omitempty"`
	ByUser  *string   `db:"by_user" json:"by_user,omitempty"`
	Session *string   `db:"session" json:"session,omitempty"`
	Address string    `db:"address" json:"address,omitempty"`
	Agent   string    `db:"agent" json:"agent,omitempty"`
}

// AddSignInEvent puts on record what happened.
func (s *Store) AddSignInEvent(ctx context.Context, e SignInEvent) error {
	_, err := s.pool.Exec(ctx, `
		insert into sign_in_events (user_id, kind, method, detail, by_user, session, address, agent)
		values ($1::uuid, $2, $3, $4, $5::uuid, $6::uuid, $7, $8)`,
		e.User, e.Kind, e.Method, e.Detail, e.ByUser, e.Session, e.Address, e.Agent)
	return err
}

// SignInEvents lists the record, newest first; of one person if user is not empty.
func (s *Store) SignInEvents(ctx context.Context, user string, limit, offset int) ([]SignInEvent, error) {
	return list[SignInEvent](ctx, s.pool, `
		select e.at, e.user_id::text, u.login, e.kind, e.method, e.detail, e.by_user::text, e.session::text, e.address, e.agent
		from sign_in_events e left join users u on u.id = e.user_id
		where $1 = '' or e.user_id = as_uuid($1)
		order by e.id desc limit $2 offset $3`, user, limit, offset)
}
