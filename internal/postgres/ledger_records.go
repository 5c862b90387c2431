package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/personal"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// Errors of historical records.
var (
	ErrNotHistorical = errors.New("postgres: the award comes from a case that was processed here")
	ErrReplaced      = errors.New("postgres: the record was corrected or withdrawn before")
)

// HistoricalRecord is an award that a paper decision gave.
type HistoricalRecord struct {
	Subject    string // reference; "": found by name, kind, year of birth and unit, or new
	Kind       string
	Name       string // as the paper names the subject, NFC
	BirthYear  int    // 0: not known
	Sex        string
	Unit       string // of the subject
	Workplace  string
	Award      string // code of the catalogue, or
	AwardText  string // as the paper says it
	Number     string
	Date       string // ISO
	Issuer     string
	PeriodKind string
	Period     string
	Amount     int64  // đồng
	Scan       string // SHA-256 of a scan that is kept
	Personal   personal.Number
}

// Scan is a scanned paper decision.
type Scan struct {
	SHA256   string    `db:"sha256" json:"sha256"`
	FileName string    `db:"file_name" json:"file_name"`
	Size     int64     `db:"size" json:"size"`
	By       string    `db:"by" json:"by"`
	At       time.Time `db:"at" json:"at"`
}

// PutScan notes a scan whose file is in blob storage; the same file stands once,
// under the name it had first.
func (s *Store) PutScan(ctx context.Context, by string, sc Scan) error {
	_, err := s.pool.Exec(ctx, `
		insert into ledger_scans (sha256, file_name, size, by_user) values ($1, $2, $3, $4::uuid) on conflict (sha256) do nothing`,
		sc.SHA256, sc.FileName, sc.Size, by)
	return err
}

// Scans lists the newest scans.
func (s *Store) Scans(ctx context.Context, limit int) ([]Scan, error) {
	return list[Scan](ctx, s.pool, `
		select c.sha256, c.file_name, c.size, u.full_name as by, c.at from ledger_scans c join users u on u.id = c.by_user
		order by c.at desc, c.sha256 limit $1`, limit)
}

// ScanBy reads one scan.
func (s *Store) ScanBy(ctx context.Context, sha256 string) (Scan, error) {
	return one[Scan](ctx, s.pool, `
		select c.sha256, c.file_name, c.size, u.full_name as by, c.at from ledger_scans c join users u on u.id = c.by_user
		where c.sha256 = $1`, sha256)
}

// ImportRecords writes records from one workbook, whole or not at all. It returns
// the references of their subjects in order, and false when the same form was taken
// before (and then nothing is written, and the references are those of then). Personal
// numbers are closed in v, which may be nil where rows have none.
func (s *Store) ImportRecords(ctx context.Context, d Doing, v *personal.Vault, fileName, sha256 string, rows []HistoricalRecord) ([]string, bool, error) {
	refs, fresh := []string{}, true
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(7022)`); err != nil {
			return err
		}
		var old string
		err := tx.QueryRow(ctx, `select id::text from ledger_imports where by_user = $1::uuid and nonce = $2`, d.Actor, d.Nonce).Scan(&old)
		if err == nil {
			fresh = false
			got, err := tx.Query(ctx, `select subject from recognitions where import = $1::uuid and revises is null order by created_at, id`, old)
			if err == nil {
				refs, err = pgx.CollectRows(got, pgx.RowTo[string])
			}
			return err
		}
		if err != pgx.ErrNoRows {
			return err
		}
		id := uuid.NewString()
		_, err = tx.Exec(ctx, `insert into ledger_imports (id, file_name, sha256, rows, by_user, nonce) values ($1::uuid, $2, $3, $4, $5::uuid, $6)`,
			id, fileName, sha256, len(rows), d.Actor, d.Nonce)
		if err != nil {
			return err
		}
		for _, r := range rows {
			ref, err := putRecord(ctx, tx, id, d, r, nil)
			if err != nil {
				return err
			}
			if !r.Personal.IsZero() {
				if err := putNumber(ctx, tx, v, d.Actor, ref, "", r.Personal); err != nil {
					return err
				}
			}
			refs = append(refs, ref)
		}
		return nil
	})
	return refs, fresh, err
}

// putRecord writes one record and says whose it is.
func putRecord(ctx context.Context, tx pgx.Tx, imp string, d Doing, r HistoricalRecord, revises *string) (string, error) {
	ref := r.Subject
	if ref == "" {
		var err error
		ref, err = subjectOf(ctx, tx, r.Unit, vietnamese.Fold(r.Name), proposal.ItemContent{
			Kind: r.Kind, Name: r.Name, BirthYear: r.BirthYear, Sex: r.Sex,
		})
		if err != nil {
			return "", err
		}
	}
	_, err := tx.Exec(ctx, `
		insert into recognitions (id, subject, award, award_text, source, decision_number, decision_date, issuer, period_kind, period,
			amount, source_sha256, import, named, workplace, revises, reason, recorded_by, created_at)
		values ($1, $2, $3, $4, 'imported', $5, $6::date, $7, $8, $9, $10, $11, $12::uuid, $13, $14, $15::uuid, $16, $17::uuid, clock_timestamp())`,
		uuid.New(), ref, r.Award, r.AwardText, r.Number, r.Date, r.Issuer, r.PeriodKind, r.Period, r.Amount, r.Scan, imp, r.Name, r.Workplace,
		revises, d.Reason, d.Actor)
	return ref, err
}

// RecordedBefore lists, of awards that rows would add, those that count already for
// the subject they would be added to: as folded name, award or its text, number, date.
func (s *Store) RecordedBefore(ctx context.Context, numbers []string) ([]KnownRecord, error) {
	return list[KnownRecord](ctx, s.pool, `
		select s.ref, s.identity, s.kind, s.name_key, coalesce(s.birth_year, 0) as birth_year, coalesce(s.unit, '') as unit, r.award, r.award_text,
			r.decision_number, to_char(r.decision_date, 'YYYY-MM-DD') as decision_date
		from live_recognitions r join subjects s on s.ref = r.subject where r.decision_number = any($1)`, numbers)
}

// KnownRecord is an award that counts, as rows of a workbook are compared with it.
type KnownRecord struct {
	Ref       string `db:"ref"`
	Identity  string `db:"identity"`
	Kind      string `db:"kind"`
	NameKey   string `db:"name_key"`
	BirthYear int    `db:"birth_year"`
	Unit      string `db:"unit"`
	Award     string `db:"award"`
	AwardText string `db:"award_text"`
	Number    string `db:"decision_number"`
	Date      string `db:"decision_date"`
}

// CorrectRecord puts a corrected record in the place of one, which stays. Errors:
// ErrNotFound, ErrNotHistorical, ErrReplaced.
func (s *Store) CorrectRecord(ctx context.Context, d Doing, id string, r HistoricalRecord) (string, error) {
	var ref string
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		was, done, err := lockRecord(ctx, tx, d, id)
		if err != nil || done {
			ref = was
			return err
		}
		imp := uuid.NewString()
		_, err = tx.Exec(ctx, `insert into ledger_imports (id, rows, by_user, nonce) values ($1::uuid, 1, $2::uuid, $3)`, imp, d.Actor, d.Nonce)
		if err != nil {
			return err
		}
		ref, err = putRecord(ctx, tx, imp, d, r, &id)
		return err
	})
	return ref, err
}

// WithdrawRecord says that a record should not be there; it stays and says so. It
// returns whose record it is. Errors as of CorrectRecord.
func (s *Store) WithdrawRecord(ctx context.Context, d Doing, id string) (string, error) {
	var ref string
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		was, done, err := lockRecord(ctx, tx, d, id)
		ref = was
		if err != nil || done {
			return err
		}
		_, err = tx.Exec(ctx, `insert into recognition_withdrawals (recognition, reason, by_user, nonce) values ($1::uuid, $2, $3::uuid, $4)`,
			id, d.Reason, d.Actor, d.Nonce)
		return err
	})
	return ref, err
}

// lockRecord finds a historical record that still counts; done tells that the same
// form changed it before.
func lockRecord(ctx context.Context, tx pgx.Tx, d Doing, id string) (subject string, done bool, err error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(7022)`); err != nil {
		return "", false, err
	}
	var historical, replaced bool
	err = tx.QueryRow(ctx, `
		select r.subject, r.source = 'imported', n.id is not null or w.recognition is not null,
			coalesce(w.by_user = $2::uuid and w.nonce = $3, false) or coalesce(i.by_user = $2::uuid and i.nonce = $3, false)
		from recognitions r left join recognitions n on n.revises = r.id left join ledger_imports i on i.id = n.import
		left join recognition_withdrawals w on w.recognition = r.id
		where r.id = as_uuid($1)`, id, d.Actor, d.Nonce).Scan(&subject, &historical, &replaced, &done)
	switch {
	case err != nil:
		return "", false, notFound(err)
	case !historical:
		return subject, false, ErrNotHistorical
	case replaced && !done:
		return subject, false, ErrReplaced
	}
	return subject, done, nil
}
