package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErrReissued says that a certificate was replaced before.
var ErrReissued = errors.New("postgres: the certificate was replaced before")

// NewReissue is a certificate in place of another.
type NewReissue struct {
	Replaces   string // the certificate that becomes void
	Content    any    // decision.Certificate
	Kind       string // exchange or again
	Reason     string // code of the law's data
	LawHash    string
	Why        string
	ReturnedOn string // ISO; empty: the old one did not come back
	Nonce      string // of the form; empty: none
	User       string
}

// ReissueCertificate enters a certificate in place of another, with the next number of
// the same book and year. The same nonce changes nothing the second time; a
// certificate is replaced once (ErrReissued).
func (s *Store) ReissueCertificate(ctx context.Context, n NewReissue) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var authority, book string
		var year int
		err := tx.QueryRow(ctx, `select authority, book, year from certificates where id = as_uuid($1)`, n.Replaces).Scan(&authority, &book, &year)
		if err != nil {
			return notFound(err)
		}
		if err := lockGoldBook(ctx, tx, authority, book, year); err != nil {
			return err
		}
		var done, replaced bool
		err = tx.QueryRow(ctx, `
			select $2 <> '' and exists (select 1 from certificate_reissues e join certificates c on c.id = e.certificate where e.nonce = $2 and c.replaces = $1::uuid),
				exists (select 1 from certificates c where c.replaces = $1::uuid)`, n.Replaces, n.Nonce).Scan(&done, &replaced)
		switch {
		case err != nil || done:
			return err
		case replaced:
			return ErrReissued
		}
		last, err := lastGold(ctx, tx, authority, book, year)
		if err != nil {
			return err
		}
		id := uuid.NewString()
		_, err = tx.Exec(ctx, `
			insert into certificates (id, authority, book, year, number, decision, item, content, replaces, reason, by_user)
			select $1::uuid, authority, book, year, $3, decision, item, $4, id, $5, $6::uuid from certificates where id = $2::uuid`,
			id, n.Replaces, last+1, n.Content, n.Reason, n.User)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into certificate_reissues (certificate, kind, law_hash, why, returned_on, nonce)
			values ($1::uuid, $2, $3, $4, nullif($5, '')::date, nullif($6, ''))`, id, n.Kind, n.LawHash, n.Why, n.ReturnedOn, n.Nonce)
		return err
	})
}

// CertificateNumbered reads the certificate of a decision with a gold-book number.
func (s *Store) CertificateNumbered(ctx context.Context, decision string, year, number int) (Certificate, error) {
	return one[Certificate](ctx, s.pool, certificateSelect+`
		where c.decision = $1::uuid and c.year = $2 and c.number = $3 order by c.book limit 1`, decision, year, number)
}

// lockGoldBook makes those who enter a gold book take turns.
func lockGoldBook(ctx context.Context, tx pgx.Tx, authority, book string, year int) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, fmt.Sprintf("gold book %s %s %d", authority, book, year))
	return err
}

// lastGold is the last number of a gold book; 0 of an empty one.
func lastGold(ctx context.Context, tx pgx.Tx, authority, book string, year int) (int, error) {
	last := 0
	err := tx.QueryRow(ctx, `select coalesce(max(number), 0) from certificates where authority = $1 and book = $2 and year = $3`,
		authority, book, year).Scan(&last)
	return last, err
}
