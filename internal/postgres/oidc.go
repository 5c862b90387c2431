package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// OIDCRequest is a sign-in at an identity provider that is under way.
type OIDCRequest struct {
	Issuer   string `db:"issuer"` // our id of it
	State    string `db:"state"`
	Nonce    string `db:"nonce"`
	Verifier string `db:"verifier"`
	Next     string `db:"next"` // path to go on to
	// Session is the open session whose person is to be confirmed; nil opens one.
	Session *string   `db:"session"`
	Begun   time.Time `db:"begun_at"`
}

// BeginOIDC keeps a request for the browser with that secret's hash, and forgets
// those that have expired.
func (s *Store) BeginOIDC(ctx context.Context, browser []byte, r OIDCRequest, expires time.Time) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from oidc_requests where expires_at < now()`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into oidc_requests (browser, issuer, state, nonce, verifier, next, expires_at, session, begun_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8::uuid, $9)`,
			browser, r.Issuer, r.State, r.Nonce, r.Verifier, r.Next, expires, r.Session, r.Begun)
		return err
	})
}

// TakeOIDC takes a browser's request: once, whatever its answer is.
func (s *Store) TakeOIDC(ctx context.Context, browser []byte) (OIDCRequest, error) {
	return one[OIDCRequest](ctx, s.pool, `
		delete from oidc_requests where browser = $1 and expires_at > now() returning issuer, state, nonce, verifier, next, session::text, begun_at`, browser)
}

// OIDCUser finds whose a subject is.
func (s *Store) OIDCUser(ctx context.Context, issuer, subject string) (User, error) {
	return one[User](ctx, s.pool, `
		select `+userColumns+` from users where active and id = (
			select user_id from oidc_subjects where issuer = $1 and subject = $2 and ended_at is null)`, issuer, subject)
}

// OIDCIssuersOf lists the issuers at which a person has a subject in force.
func (s *Store) OIDCIssuersOf(ctx context.Context, user string) ([]string, error) {
	rows, err := s.pool.Query(ctx, `select distinct issuer from oidc_subjects where user_id = $1::uuid and ended_at is null order by 1`, user)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// OIDCUnknown is a subject that came and is mapped to nobody.
type OIDCUnknown struct {
	Issuer  string    `db:"issuer" json:"issuer"`
	Ref     string    `db:"ref" json:"ref"`
	Claimed string    `db:"claimed" json:"claimed,omitempty"` // name, as the provider claims
	Tries   int       `db:"tries" json:"tries"`
	FirstAt time.Time `db:"first_at" json:"first_at"`
	LastAt  time.Time `db:"last_at" json:"last_at"`
}

// NoteUnknownOIDC records that an unmapped subject came, and returns its reference:
// the one it got the first time.
func (s *Store) NoteUnknownOIDC(ctx context.Context, issuer, subject, ref, claimed string) (string, error) {
	err := s.pool.QueryRow(ctx, `
		insert into oidc_unknown (issuer, subject, ref, claimed) values ($1, $2, $3, $4)
		on conflict (issuer, subject) do update set tries = oidc_unknown.tries + 1, last_at = now(), claimed = $4
		returning ref`, issuer, subject, ref, claimed).Scan(&ref)
	return ref, err
}

// UnknownOIDC lists the unmapped subjects, the latest first.
func (s *Store) UnknownOIDC(ctx context.Context, limit int) ([]OIDCUnknown, error) {
	return list[OIDCUnknown](ctx, s.pool, `
		select issuer, ref, claimed, tries, first_at, last_at from oidc_unknown order by last_at desc, ref limit $1`, limit)
}

// OIDCLink is a subject that is mapped to a person.
type OIDCLink struct {
	ID           string     `db:"id" json:"id"`
	Issuer       string     `db:"issuer" json:"issuer"`
	Login        string     `db:"login" json:"login"`
	Name         string     `db:"full_name" json:"name"`
	MappedByName string     `db:"mapped_by_name" json:"mapped_by_name"`
	At           time.Time  `db:"at" json:"at"`
	EndedAt      *time.Time `db:"ended_at" json:"ended_at,omitempty"`
}

// OIDCLinks lists the mapped subjects, the latest first.
func (s *Store) OIDCLinks(ctx context.Context, limit int) ([]OIDCLink, error) {
	return list[OIDCLink](ctx, s.pool, `
		select o.id::text, o.issuer, u.login, u.full_name, b.full_name as mapped_by_name, o.at, o.ended_at
		from oidc_subjects o join users u on u.id = o.user_id join users b on b.id = o.mapped_by
		order by (o.ended_at is not null), o.at desc limit $1`, limit)
}

// MapOIDC maps the subject that came under a reference to a person. ErrNotFound: no
// such reference.
func (s *Store) MapOIDC(ctx context.Context, ref, user, by string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var issuer, subject string
		err := tx.QueryRow(ctx, `delete from oidc_unknown where ref = $1 returning issuer, subject`, ref).Scan(&issuer, &subject)
		if err != nil {
			return notFound(err)
		}
		_, err = tx.Exec(ctx, `
			insert into oidc_subjects (id, issuer, subject, user_id, mapped_by) values ($1, $2, $3, $4::uuid, $5::uuid)`,
			uuid.New(), issuer, subject, user, by)
		return err
	})
}

// EndOIDC ends a mapping; false means that there is none in force.
func (s *Store) EndOIDC(ctx context.Context, id, by string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update oidc_subjects set ended_at = now(), ended_by = $2::uuid where id = as_uuid($1) and ended_at is null`, id, by)
	return tag.RowsAffected() == 1, err
}

// OIDCLogin names the person of a mapping in force.
func (s *Store) OIDCLogin(ctx context.Context, id string) (string, error) {
	u, err := one[User](ctx, s.pool, `
		select `+userColumns+` from users where id = (select user_id from oidc_subjects where id = as_uuid($1) and ended_at is null)`, id)
	return u.Login, err
}
