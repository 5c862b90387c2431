package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// ErrCorrecting says that a field is being corrected by another decision that is not
// issued, or sent back, yet.
type ErrCorrecting struct {
	Decision, Ref, Phase string // of that decision
}

func (e ErrCorrecting) Error() string { return "postgres: being corrected by " + e.Ref }

// CorrectionLine is what a correcting decision says of one field of a recognition.
type CorrectionLine struct {
	Recognition string `db:"recognition" json:"recognition"`
	Item        string `db:"item" json:"item"`
	Field       string `db:"field" json:"field"` // name, position or unit
	Was         string `db:"was" json:"was"`
	Is          string `db:"becomes" json:"is"`
	Reason      string `db:"reason" json:"reason"`
}

// Corrected is a field that was corrected, by which decision. The latest stands.
type Corrected struct {
	Item        string     `db:"item" json:"item"`
	Recognition string     `db:"recognition" json:"recognition"`
	Decision    string     `db:"decision" json:"decision"` // that corrects
	Field       string     `db:"field" json:"field"`
	Was         string     `db:"was" json:"was"`
	Is          string     `db:"becomes" json:"is"`
	Number      string     `db:"number" json:"number"` // 12/QĐ-UBND
	Date        *time.Time `db:"on_date" json:"date"`
}

const correctedSelect = `
	select coalesce(r.item::text, '') as item, x.recognition::text, x.decision::text, x.field, x.was, x.becomes, x.by_number as number, x.on_date
	from recognition_corrections x join recognitions r on r.id = x.recognition `

// CorrectionsOf lists what of a decision's recognitions was corrected, the oldest first.
func (s *Store) CorrectionsOf(ctx context.Context, decision string) ([]Corrected, error) {
	return list[Corrected](ctx, s.pool, correctedSelect+`where r.decision = $1::uuid order by x.seq`, decision)
}

// CorrectionsOfItems lists what of items' recognitions was corrected, the oldest first.
func (s *Store) CorrectionsOfItems(ctx context.Context, items []string) ([]Corrected, error) {
	return list[Corrected](ctx, s.pool, correctedSelect+`where r.item = any(as_uuids($1)) order by x.seq`, items)
}

// CorrectionsOfSubject lists what of a subject's awards was corrected, under all its
// references, the oldest first.
func (s *Store) CorrectionsOfSubject(ctx context.Context, subject string) ([]Corrected, error) {
	return list[Corrected](ctx, s.pool, correctedSelect+`
		where r.subject in (select ref from subject_ledger_refs($1)) order by x.seq`, subject)
}

// CorrectionLines lists what a correcting decision says, in its order.
func (s *Store) CorrectionLines(ctx context.Context, decision string) ([]CorrectionLine, error) {
	return list[CorrectionLine](ctx, s.pool, `
		select recognition::text, item::text, field, was, becomes, reason from correction_lines where decision = $1::uuid order by position`, decision)
}

// CreateCorrection stores the draft of a decision that corrects another one. A field that
// another draft, or one on its way, corrects is ErrCorrecting.
func (s *Store) CreateCorrection(ctx context.Context, corrects string, d DecisionDraft, lines []CorrectionLine) (string, error) {
	id := uuid.NewString()
	return id, s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select 1 from decisions where id = $1::uuid for update`, corrects); err != nil {
			return err
		}
		if err := correcting(ctx, tx, lines); err != nil {
			return err
		}
		ref, err := nextRef(ctx, tx, "QĐ", d.Year)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into decisions (id, ref, case_id, authority, standing, award, draft, content, signer, created_by, corrects)
			values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid, $11::uuid)`,
			id, ref, "issuance/"+id, d.Authority, d.Standing, d.Award, d.Input, d.Content, d.Signer, d.User, corrects)
		if err != nil {
			return err
		}
		rows := make([][]any, len(lines))
		for i, l := range lines {
			rows[i] = []any{id, i + 1, l.Recognition, l.Item, l.Field, l.Was, l.Is, l.Reason}
		}
		return insertRows(ctx, tx, `
			insert into correction_lines (decision, position, recognition, item, proposal, field, was, becomes, reason)
			select $1::uuid, $2, $3::uuid, i.id, i.proposal, $5, $6, $7, $8 from items i where i.id = $4::uuid`, rows)
	})
}

// correcting looks for another decision, not yet issued and written to the ledger, that
// corrects one of the fields.
func correcting(ctx context.Context, tx pgx.Tx, lines []CorrectionLine) error {
	recognitions, fields := make([]string, len(lines)), make([]string, len(lines))
	for i, l := range lines {
		recognitions[i], fields[i] = l.Recognition, l.Field
	}
	var e ErrCorrecting
	err := tx.QueryRow(ctx, `
		select d.id::text, d.ref, d.phase from correction_lines l join decisions d on d.id = l.decision
		join unnest(as_uuids($1), $2::text[]) a(recognition, field) on a.recognition = l.recognition and a.field = l.field
		where d.phase <> 'sent_back' and not exists (
			select 1 from recognition_corrections x where x.recognition = l.recognition and x.decision = l.decision and x.field = l.field)
		order by d.created_at limit 1`, recognitions, fields).Scan(&e.Decision, &e.Ref, &e.Phase)
	switch err {
	case nil:
		return e
	case pgx.ErrNoRows:
		return nil
	}
	return err
}

// WriteCorrection puts beside each recognition what an issued correction says of it, and
// lets the subject bear the right name where it bore the wrong one. Done twice it changes
// nothing. It returns how many fields the decision has corrected then, and fails when a
// line that was signed is not there.
func (s *Store) WriteCorrection(ctx context.Context, decision, number, date string, lines []proposal.CorrectionLine) (int, error) {
	done := 0
	return done, s.inTx(ctx, func(tx pgx.Tx) error {
		rows := make([][]any, len(lines))
		for i, l := range lines {
			rows[i] = []any{decision, l.Recognition, l.Field, number, date}
		}
		err := insertRows(ctx, tx, `
			insert into recognition_corrections (recognition, decision, field, was, becomes, by_number, on_date)
			select l.recognition, l.decision, l.field, l.was, l.becomes, $4, $5::date from correction_lines l
			where l.decision = $1::uuid and l.recognition = $2::uuid and l.field = $3
			on conflict (recognition, decision, field) do nothing`, rows)
		if err != nil {
			return err
		}
		if err := renameSubjects(ctx, tx, decision); err != nil {
			return err
		}
		if err := s.notifyCorrection(ctx, tx, decision, number, date); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `select count(*) from recognition_corrections where decision = $1::uuid`, decision).Scan(&done); err != nil {
			return err
		}
		if done != len(lines) {
			return fmt.Errorf("postgres: correction %s: %d of %d lines are there", decision, done, len(lines))
		}
		return nil
	})
}

// renameSubjects lets subjects bear the name that was corrected; a subject that bears
// another name by now keeps it.
func renameSubjects(ctx context.Context, tx pgx.Tx, decision string) error {
	named, err := list[struct {
		Subject string `db:"subject"`
		Was     string `db:"was"`
		Is      string `db:"becomes"`
	}](ctx, tx, `
		select r.subject, x.was, x.becomes from recognition_corrections x join recognitions r on r.id = x.recognition
		where x.decision = $1::uuid and x.field = 'name' order by x.seq`, decision)
	if err != nil {
		return err
	}
	rows := make([][]any, len(named))
	for i, n := range named {
		rows[i] = []any{n.Subject, n.Was, n.Is, vietnamese.Fold(n.Is)}
	}
	return insertRows(ctx, tx, `update subjects set name = $3, name_key = $4 where ref = $1 and name = $2`, rows)
}
