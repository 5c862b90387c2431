package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// CodeFactor is an authenticator app of a person.
type CodeFactor struct {
	ID          string     `db:"id" json:"id"`
	Name        string     `db:"name" json:"name"`
	Secret      []byte     `db:"secret" json:"-"` // sealed
	CreatedAt   time.Time  `db:"created_at" json:"created_at"`
	ConfirmedAt *time.Time `db:"confirmed_at" json:"-"`
	LastUsedAt  *time.Time `db:"last_used_at" json:"last_used_at,omitempty"`
}

const codeFactorColumns = `id::text, name, secret, created_at, confirmed_at, last_used_at`

// AddCodeFactor stores an app that still has to show its first code, in place of
// any other that has not.
func (s *Store) AddCodeFactor(ctx context.Context, user string, f CodeFactor) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from code_factors where user_id = $1::uuid and confirmed_at is null`, user); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into code_factors (id, user_id, name, secret) values ($1::uuid, $2::uuid, $3, $4)`,
			f.ID, user, f.Name, f.Secret)
		return err
	})
}

// CodeFactors lists a person's apps that have shown a code.
func (s *Store) CodeFactors(ctx context.Context, user string) ([]CodeFactor, error) {
	return list[CodeFactor](ctx, s.pool, `
		select `+codeFactorColumns+` from code_factors where user_id = $1::uuid and confirmed_at is not null order by created_at`, user)
}

// PendingCodeFactor is the app that still has to show its first code.
func (s *Store) PendingCodeFactor(ctx context.Context, user string) (CodeFactor, error) {
	return one[CodeFactor](ctx, s.pool, `
		select `+codeFactorColumns+` from code_factors where user_id = $1::uuid and confirmed_at is null`, user)
}

// TakeCodeStep uses up a code: its step counts once, and none before it any more.
func (s *Store) TakeCodeStep(ctx context.Context, id string, step int64, name string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update code_factors set last_step = $2, last_used_at = now(), confirmed_at = coalesce(confirmed_at, now()),
			name = case when $3 = '' then name else $3 end
		where id = $1::uuid and last_step < $2`, id, step, name)
	return tag.RowsAffected() == 1, err
}

// Passkey is a key of a person.
type Passkey struct {
	ID         string          `db:"id" json:"id"`
	User       string          `db:"user_id" json:"-"`
	Credential []byte          `db:"credential" json:"-"`
	Record     json.RawMessage `db:"record" json:"-"`
	Name       string          `db:"name" json:"name"`
	CreatedAt  time.Time       `db:"created_at" json:"created_at"`
	LastUsedAt *time.Time      `db:"last_used_at" json:"last_used_at,omitempty"`
}

const passkeyColumns = `id::text, user_id::text, credential, record, name, created_at, last_used_at`

// AddPasskey stores a key; the authenticator's id of it is unique.
func (s *Store) AddPasskey(ctx context.Context, k Passkey) error {
	_, err := s.pool.Exec(ctx, `
		insert into passkeys (id, user_id, credential, record, name) values ($1::uuid, $2::uuid, $3, $4, $5)`,
		k.ID, k.User, k.Credential, k.Record, k.Name)
	return err
}

// Passkeys lists a person's keys.
func (s *Store) Passkeys(ctx context.Context, user string) ([]Passkey, error) {
	return list[Passkey](ctx, s.pool, `select `+passkeyColumns+` from passkeys where user_id = $1::uuid order by created_at`, user)
}

// PasskeyByCredential finds a key by the authenticator's id of it.
func (s *Store) PasskeyByCredential(ctx context.Context, credential []byte) (Passkey, error) {
	return one[Passkey](ctx, s.pool, `select `+passkeyColumns+` from passkeys where credential = $1`, credential)
}

// UsedPasskey stores the record after a sign-in.
func (s *Store) UsedPasskey(ctx context.Context, credential []byte, record json.RawMessage) error {
	_, err := s.pool.Exec(ctx, `update passkeys set record = $2, last_used_at = now() where credential = $1`, credential, record)
	return err
}

// RemoveFactor removes an app or a key of a person. false: there is none such.
func (s *Store) RemoveFactor(ctx context.Context, user, id string) (bool, error) {
	var gone int64
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		for _, table := range []string{"code_factors", "passkeys"} {
			tag, err := tx.Exec(ctx, `delete from `+table+` where user_id = $1::uuid and id = as_uuid($2)`, user, id)
			if err != nil {
				return err
			}
			gone += tag.RowsAffected()
		}
		return nil
	})
	return gone > 0, err
}

// RemoveFactors removes all second factors of a person and returns how many there were.
func (s *Store) RemoveFactors(ctx context.Context, user string) (int, error) {
	var gone int64
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		for _, table := range []string{"code_factors", "passkeys", "recovery_codes"} {
			tag, err := tx.Exec(ctx, `delete from `+table+` where user_id = $1::uuid`, user)
			if err != nil {
				return err
			}
			gone += tag.RowsAffected()
		}
		return nil
	})
	return int(gone), err
}

// Ceremony is a passkey's question between its two halves.
type Ceremony struct {
	ID      string          `db:"id"`
	Kind    string          `db:"kind"`
	User    *string         `db:"user_id"`
	Session *string         `db:"session"`
	Data    json.RawMessage `db:"data"`
}

// AddCeremony stores a question and drops those that expired.
func (s *Store) AddCeremony(ctx context.Context, c Ceremony, expires time.Time) error {
	if _, err := s.pool.Exec(ctx, `delete from passkey_ceremonies where expires_at < now()`); err != nil {
		return err
	}
	_, err := s.pool.Exec(ctx, `
		insert into passkey_ceremonies (id, kind, user_id, session, data, expires_at)
		values ($1::uuid, $2, $3::uuid, $4::uuid, $5, $6)`, c.ID, c.Kind, c.User, c.Session, c.Data, expires)
	return err
}

// TakeCeremony takes a question: it can be answered once.
func (s *Store) TakeCeremony(ctx context.Context, id, kind string) (Ceremony, error) {
	return one[Ceremony](ctx, s.pool, `
		delete from passkey_ceremonies where id = as_uuid($1) and kind = $2 and expires_at > now()
		returning id::text, kind, user_id::text, session::text, data`, id, kind)
}

// SetRecoveryCodes replaces a person's recovery codes by the digests of new ones.
func (s *Store) SetRecoveryCodes(ctx context.Context, user string, hashes [][]byte) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from recovery_codes where user_id = $1::uuid`, user); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into recovery_codes (user_id, hash) select $1::uuid, unnest($2::bytea[])`, user, hashes)
		return err
	})
}

// TakeRecoveryCode uses a code up. false: it is not one of the person's, or was used.
func (s *Store) TakeRecoveryCode(ctx context.Context, user string, hash []byte) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update recovery_codes set used_at = now() where user_id = $1::uuid and hash = $2 and used_at is null`, user, hash)
	return tag.RowsAffected() == 1, err
}

// RecoveryCodesLeft is how many codes a person still has.
func (s *Store) RecoveryCodesLeft(ctx context.Context, user string) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, `select count(*) from recovery_codes where user_id = $1::uuid and used_at is null`, user).Scan(&n)
	return n, err
}
