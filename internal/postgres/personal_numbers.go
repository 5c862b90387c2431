package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/personal"
)

// PersonalNumber is a number as it is kept: closed.
type PersonalNumber struct {
	ID      string    `db:"id"`
	Subject string    `db:"subject"`
	Kind    string    `db:"kind"`
	KeyID   string    `db:"key_id"`
	Data    []byte    `db:"sealed"`
	Hash    []byte    `db:"hash"`
	At      time.Time `db:"at"`
}

// Sealed is what a vault opens.
func (n PersonalNumber) Sealed() personal.Sealed {
	return personal.Sealed{KeyID: n.KeyID, Data: n.Data, Hash: n.Hash}
}

const numberSelect = `select n.id::text, n.subject, n.kind, n.key_id, n.sealed, n.hash, n.at from personal_numbers n `

// NumbersOf reads the numbers of an identity.
func (s *Store) NumbersOf(ctx context.Context, ref string) ([]PersonalNumber, error) {
	return list[PersonalNumber](ctx, s.pool, numberSelect+`
		where n.ended_at is null and n.subject in (select ref from subjects where identity = (select identity from subjects where ref = $1))
		order by n.kind, n.at, n.id`, ref)
}

// PutNumber keeps a number of a subject in the place of an earlier one of its kind.
// item, if any, is the draft that it was written into.
func (s *Store) PutNumber(ctx context.Context, v *personal.Vault, by, subject, item string, n personal.Number) error {
	return s.inTx(ctx, func(tx pgx.Tx) error { return putNumber(ctx, tx, v, by, subject, item, n) })
}

func putNumber(ctx context.Context, tx pgx.Tx, v *personal.Vault, by, subject, item string, n personal.Number) error {
	var there bool
	err := tx.QueryRow(ctx, `select exists (select 1 from personal_numbers where subject = $1 and ended_at is null and hash = any($2))`,
		subject, v.Hashes(n)).Scan(&there)
	if err != nil || there {
		return err
	}
	if _, err := tx.Exec(ctx, `
		update personal_numbers set ended_at = now(), ended_by = $3::uuid where subject = $1 and kind = $2 and ended_at is null`,
		subject, string(n.Kind()), by); err != nil {
		return err
	}
	id := uuid.NewString()
	sealed, err := v.Seal(id, n)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into personal_numbers (id, subject, item, kind, key_id, sealed, hash, by_user)
		values ($1::uuid, $2, nullif($3, '')::uuid, $4, $5, $6, $7, $8::uuid)`,
		id, subject, item, string(n.Kind()), sealed.KeyID, sealed.Data, sealed.Hash, by)
	return err
}

// EndNumbers takes the numbers of a subject away.
func (s *Store) EndNumbers(ctx context.Context, by, subject string) error {
	_, err := s.pool.Exec(ctx, `
		update personal_numbers set ended_at = now(), ended_by = $2::uuid where subject = $1 and ended_at is null`, subject, by)
	return err
}

// NoteNumberRead puts on record that somebody sees a number in full.
func (s *Store) NoteNumberRead(ctx context.Context, by, number, subject, reason string) error {
	_, err := s.pool.Exec(ctx, `insert into personal_number_reads (number, subject, by_user, reason) values ($1::uuid, $2, $3::uuid, $4)`,
		number, subject, by, reason)
	return err
}

// NumberRead is one time that a number was seen in full.
type NumberRead struct {
	Subject string    `db:"subject" json:"subject"`
	By      string    `db:"by" json:"by"`
	Reason  string    `db:"reason" json:"reason"`
	At      time.Time `db:"at" json:"at"`
}

// NumberReads lists who saw a number of an identity in full, the latest first.
func (s *Store) NumberReads(ctx context.Context, ref string) ([]NumberRead, error) {
	return list[NumberRead](ctx, s.pool, `
		select r.subject, u.full_name as by, r.reason, r.at from personal_number_reads r join users u on u.id = r.by_user
		where r.subject in (select ref from subjects where identity = (select identity from subjects where ref = $1))
		order by r.id desc limit 100`, ref)
}

// SubjectsNumbered lists subjects that have a number with one of the hashes.
func (s *Store) SubjectsNumbered(ctx context.Context, hashes [][]byte) ([]SubjectKey, error) {
	return list[SubjectKey](ctx, s.pool, subjectKeySelect+`
		where s.ref in (select subject from personal_numbers where ended_at is null and hash = any($1)) order by s.created_at desc, s.ref desc`, hashes)
}

// Reseal closes up to limit numbers, that are closed under other keys, under the
// newest; it returns how many there were.
func (s *Store) Reseal(ctx context.Context, v *personal.Vault, limit int) (int, error) {
	rows, err := list[PersonalNumber](ctx, s.pool, numberSelect+`where n.key_id <> $1 order by n.id limit $2`, v.Current(), limit)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		n, err := v.Open(r.ID, r.Sealed())
		if err != nil {
			return 0, err
		}
		next, err := v.Seal(r.ID, n)
		if err != nil {
			return 0, err
		}
		if _, err := s.pool.Exec(ctx, `update personal_numbers set key_id = $2, sealed = $3, hash = $4 where id = $1::uuid and key_id = $5`,
			r.ID, next.KeyID, next.Data, next.Hash, r.KeyID); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}
