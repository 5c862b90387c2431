package postgres

import (
	"context"
	"time"
)

// Token is a personal access token; the token itself is shown once and not stored.
type Token struct {
	ID         string     `db:"id" json:"id"`
	Name       string     `db:"name" json:"name"`
	Hint       string     `db:"hint" json:"hint"` // its last letters
	Scopes     []string   `db:"scopes" json:"scopes"`
	CreatedAt  time.Time  `db:"created_at" json:"created_at"`
	ExpiresAt  time.Time  `db:"expires_at" json:"expires_at"`
	LastUsedAt *time.Time `db:"last_used_at" json:"last_used_at,omitempty"`
	RevokedAt  *time.Time `db:"revoked_at" json:"revoked_at,omitempty"`
}

// Alive tells whether the token still opens anything.
func (t Token) Alive() bool { return t.RevokedAt == nil && time.Now().Before(t.ExpiresAt) }

const tokenColumns = `id::text, name, hint, scopes, created_at, expires_at, last_used_at, revoked_at`

// TokenOwner is who holds a valid token and what it is good for.
type TokenOwner struct {
	User
	Token  string   `db:"token"`
	Scopes []string `db:"scopes"`
	MadeBy string   `db:"made_by"` // how its maker had signed in, or MadeByOperator
}

// MadeByOperator marks tokens issued at the machine, not by a person for themselves.
const MadeByOperator = "operator"

// OwnerOfToken finds the owner of a valid token by its SHA-256, and notes that it
// was used, once a minute.
func (s *Store) OwnerOfToken(ctx context.Context, hash []byte) (TokenOwner, error) {
	o, err := one[TokenOwner](ctx, s.pool, `
		select u.id::text, u.login, u.full_name, u.email, u.locale, u.self, t.id::text as token, t.scopes, t.made_by
		from tokens t join users u on u.id = t.user_id
		where t.hash = $1 and t.revoked_at is null and t.expires_at > now() and u.active`, hash)
	if err != nil {
		return o, err
	}
	_, err = s.pool.Exec(ctx, `
		update tokens set last_used_at = now()
		where id = $1::uuid and (last_used_at is null or last_used_at < now() - interval '1 minute')`, o.Token)
	return o, err
}

// NewToken is a token to be stored.
type NewToken struct {
	ID, User, Name, Hint string
	MadeBy               string
	Hash                 []byte
	Scopes               []string
	Expires              time.Time
}

// AddScopedToken stores a token's hash with what it is good for.
func (s *Store) AddScopedToken(ctx context.Context, t NewToken) error {
	_, err := s.pool.Exec(ctx, `
		insert into tokens (id, user_id, hash, name, hint, scopes, expires_at, made_by) values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)`,
		t.ID, t.User, t.Hash, t.Name, t.Hint, t.Scopes, t.Expires, t.MadeBy)
	return err
}

// Tokens lists a person's tokens, the newest first; revoked and expired ones too,
// for they are on record.
func (s *Store) Tokens(ctx context.Context, user string) ([]Token, error) {
	return list[Token](ctx, s.pool, `select `+tokenColumns+` from tokens where user_id = $1::uuid order by created_at desc, id`, user)
}

// RevokeToken ends a token of a person and returns its last letters; ErrNotFound
// if there is none such.
func (s *Store) RevokeToken(ctx context.Context, user, id string) (string, error) {
	var hint string
	err := s.pool.QueryRow(ctx, `
		update tokens set revoked_at = now() where user_id = $1::uuid and id = as_uuid($2) and revoked_at is null
		returning hint`, user, id).Scan(&hint)
	return hint, notFound(err)
}

// RevokeTokens ends all tokens of a person and returns how many there were.
func (s *Store) RevokeTokens(ctx context.Context, user string) (int, error) {
	tag, err := s.pool.Exec(ctx, `update tokens set revoked_at = now() where user_id = $1::uuid and revoked_at is null`, user)
	return int(tag.RowsAffected()), err
}
