package postgres

import (
	"context"
	"time"
)

// Sources of a recognition.
const (
	SourceDecision = "decision" // from a case that was processed here
	SourceImported = "imported" // a historical record, from a paper decision
	SourceAbove    = "above"    // from a case that was processed here, by a decision above the province
)

// TitleRow is one award of a subject's ledger that counts.
type TitleRow struct {
	Subject    string     `db:"subject" json:"-"` // as it was asked for
	Award      string     `db:"award" json:"award"`
	AwardText  string     `db:"award_text" json:"award_text,omitempty"` // where the catalogue has no such award
	Source     string     `db:"source" json:"source"`
	Number     string     `db:"decision_number" json:"number"`
	Date       *time.Time `db:"decision_date" json:"date,omitempty"`
	PeriodKind string     `db:"period_kind" json:"period_kind"`
	Period     string     `db:"period" json:"period"`
	Followed   bool       `db:"followed" json:"followed,omitempty"` // of a unit that the subject succeeds
	Item       string     `db:"item" json:"-"`                      // the item that led to it, "" of what was not processed here
}

// LedgerOf reads the awards that count for subjects: their own, those of subjects
// joined with them, and those of collectives that they succeed. What was corrected,
// withdrawn or revoked does not count.
func (s *Store) LedgerOf(ctx context.Context, subjects []string) ([]TitleRow, error) {
	return list[TitleRow](ctx, s.pool, `
		select a.ref as subject, r.award, r.award_text, r.source, r.decision_number, r.decision_date, r.period_kind, r.period, l.followed,
			coalesce(r.item::text, '') as item
		from (select distinct unnest($1::text[]) as ref) a
		cross join lateral subject_ledger_refs(a.ref) l
		join live_recognitions r on r.subject = l.ref
		order by 1, r.decision_date, r.decision_number, r.created_at`, subjects)
}

// LedgerRow is one award in a ledger with where it comes from, also when it counts
// no more.
type LedgerRow struct {
	ID           string     `db:"id" json:"id"`
	Subject      string     `db:"subject" json:"subject"`
	SubjectName  string     `db:"subject_name" json:"subject_name"`
	Followed     bool       `db:"followed" json:"followed,omitempty"`
	Source       string     `db:"source" json:"source"`
	Historical   bool       `db:"historical" json:"historical"`
	Award        string     `db:"award" json:"award,omitempty"`
	AwardText    string     `db:"award_text" json:"award_text,omitempty"`
	Number       string     `db:"decision_number" json:"number"`
	Date         *time.Time `db:"decision_date" json:"date,omitempty"`
	Issuer       string     `db:"issuer" json:"issuer"`
	PeriodKind   string     `db:"period_kind" json:"period_kind"`
	Period       string     `db:"period" json:"period"`
	Amount       int64      `db:"amount" json:"amount"` // đồng
	Named        string     `db:"named" json:"named,omitempty"`
	Workplace    string     `db:"workplace" json:"workplace,omitempty"`
	Scan         string     `db:"scan" json:"scan,omitempty"` // SHA-256
	ScanName     string     `db:"scan_name" json:"scan_name,omitempty"`
	Item         *string    `db:"item" json:"item,omitempty"`
	Proposal     *string    `db:"proposal" json:"proposal,omitempty"`
	Decision     *string    `db:"decision" json:"decision,omitempty"`
	Revises      *string    `db:"revises" json:"revises,omitempty"`
	RevisedBy    *string    `db:"revised_by" json:"revised_by,omitempty"`
	Reason       string     `db:"reason" json:"reason,omitempty"` // of the correction
	WithdrawnAt  *time.Time `db:"withdrawn_at" json:"withdrawn_at,omitempty"`
	WithdrawnWhy string     `db:"withdrawn_why" json:"withdrawn_why,omitempty"`
	RevokedBy    string     `db:"revoked_by" json:"revoked_by,omitempty"` // number of the revoking decision
	RevokedOn    *time.Time `db:"revoked_on" json:"revoked_on,omitempty"`
	RecordedBy   string     `db:"recorded_by" json:"recorded_by,omitempty"`
	At           time.Time  `db:"at" json:"at"`
}

// Counts tells whether the award counts: it was neither corrected nor withdrawn nor revoked.
func (r LedgerRow) Counts() bool {
	return r.RevisedBy == nil && r.WithdrawnAt == nil && r.RevokedBy == ""
}

const ledgerSelect = `
	select r.id::text, r.subject, s.name as subject_name, l.followed, r.source, r.source = 'imported' as historical, r.award, r.award_text,
		r.decision_number, r.decision_date, coalesce(nullif(r.issuer, ''), a.name, r.authority) as issuer, r.period_kind, r.period, r.amount,
		r.named, r.workplace, r.source_sha256 as scan, coalesce(c.file_name, '') as scan_name, r.item::text, i.proposal::text, r.decision::text,
		r.revises::text, n.id::text as revised_by, r.reason, w.at as withdrawn_at, coalesce(w.reason, '') as withdrawn_why, coalesce(q.by_number, '') as revoked_by, q.on_date as revoked_on,
		coalesce(u.full_name, '') as recorded_by, r.created_at as at
	from recognitions r join subjects s on s.ref = r.subject
	left join decisions d on d.id = r.decision left join units a on a.id = d.authority left join items i on i.id = r.item
	left join recognitions n on n.revises = r.id left join recognition_withdrawals w on w.recognition = r.id
	left join recognition_revocations q on q.recognition = r.id
	left join ledger_scans c on c.sha256 = r.source_sha256 left join users u on u.id = r.recorded_by `

// Ledger reads every award of a subject, of those joined with it and of those it
// succeeds, the oldest decision first; also what was corrected or withdrawn.
func (s *Store) Ledger(ctx context.Context, subject string) ([]LedgerRow, error) {
	return list[LedgerRow](ctx, s.pool, ledgerSelect+`
		join subject_ledger_refs($1) l on l.ref = r.subject
		order by r.decision_date, r.decision_number, r.created_at, r.id`, subject)
}

// LedgerRow reads one award.
func (s *Store) LedgerRow(ctx context.Context, id string) (LedgerRow, error) {
	return one[LedgerRow](ctx, s.pool, ledgerSelect+`
		cross join (select false as followed) l where r.id = as_uuid($1)`, id)
}
