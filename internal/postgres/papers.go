package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Attachment is a paper of a submission or case; the file is in blob storage.
type Attachment struct {
	ID         string    `db:"id" json:"id"`
	Submission *string   `db:"submission" json:"submission,omitempty"`
	CaseID     string    `db:"case_id" json:"case,omitempty"`
	Kind       string    `db:"kind" json:"kind"`
	FileName   string    `db:"file_name" json:"file_name"`
	SHA256     string    `db:"sha256" json:"sha256"`
	Size       int64     `db:"size" json:"size"`
	SecretRef  string    `db:"secret_ref" json:"secret_ref,omitempty"`
	Item       *string   `db:"item" json:"item,omitempty"` // of this item only; none: of the whole submission
	CreatedBy  string    `db:"created_by" json:"-"`
	CreatedAt  time.Time `db:"created_at" json:"created_at"`
}

const attachmentSelect = `
	select id::text, submission::text, case_id, kind, file_name, sha256, size, secret_ref, item::text,
		created_by::text, created_at
	from attachments `

// AddAttachment stores the row of an uploaded (or secret, named only) paper.
func (s *Store) AddAttachment(ctx context.Context, a Attachment) (string, error) {
	id := uuid.NewString()
	_, err := s.pool.Exec(ctx, `
		insert into attachments (id, submission, case_id, kind, file_name, sha256, size, secret_ref, created_by, item)
		values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid)`,
		id, a.Submission, a.CaseID, a.Kind, a.FileName, a.SHA256, a.Size, a.SecretRef, a.CreatedBy, a.Item)
	return id, err
}

// PaperByID reads one paper's row.
func (s *Store) PaperByID(ctx context.Context, id string) (Attachment, error) {
	return one[Attachment](ctx, s.pool, attachmentSelect+`where id = as_uuid($1)`, id)
}

// RemovePaper takes a paper out of a submission, unless it was there already when
// one of its proposals moved: what somebody has read stays. false means that it stays.
func (s *Store) RemovePaper(ctx context.Context, id string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		delete from attachments a where a.id = $1::uuid and a.submission is not null
		  and not exists (select 1 from proposals p where p.submission = a.submission
			and (p.sealed_at is not null or p.number > 0 and p.stage_since >= a.created_at))`, id)
	return tag.RowsAffected() == 1, err
}

// AttachmentsOf lists the papers of a submission.
func (s *Store) AttachmentsOf(ctx context.Context, submission string) ([]Attachment, error) {
	return list[Attachment](ctx, s.pool, attachmentSelect+`where submission = $1::uuid order by created_at, id`, submission)
}

// AttachmentsOfCase lists the papers given with acts on a case.
func (s *Store) AttachmentsOfCase(ctx context.Context, caseID string) ([]Attachment, error) {
	return list[Attachment](ctx, s.pool, attachmentSelect+`where case_id = $1 order by created_at, id`, caseID)
}

// PapersBy lists the papers of a kind that a user gave with cases within a while,
// each content once, newest first.
func (s *Store) PapersBy(ctx context.Context, user, kind string, within time.Duration, limit int) ([]Attachment, error) {
	return list[Attachment](ctx, s.pool, attachmentSelect+`
		where id in (
			select distinct on (sha256) id from attachments
			where created_by = $1::uuid and kind = $2 and case_id <> '' and sha256 <> '' and created_at > now() - $3::interval
			order by sha256, created_at, id)
		order by created_at desc limit $4`, user, kind, within, limit)
}

// PutReason stores free text under its salted commitment.
func (s *Store) PutReason(ctx context.Context, commitment string, salt []byte, caseID, body, field, item, user string) error {
	_, err := s.pool.Exec(ctx, `
		insert into reasons (commitment, salt, case_id, body, field, item, created_by)
		values ($1, $2, $3, $4, $5, nullif($6, '')::uuid, $7::uuid) on conflict (commitment) do nothing`,
		commitment, salt, caseID, body, field, item, user)
	return err
}

// Reason is free text that a history knows by commitment.
type Reason struct {
	Commitment string    `db:"commitment" json:"commitment"`
	Salt       []byte    `db:"salt" json:"salt"`
	CaseID     string    `db:"case_id" json:"case"`
	Body       string    `db:"body" json:"body"`
	Field      string    `db:"field" json:"field,omitempty"`
	Item       *string   `db:"item" json:"item,omitempty"`
	CreatedBy  string    `db:"created_by" json:"-"`
	CreatedAt  time.Time `db:"created_at" json:"created_at"`
}

// ReasonsOf lists the reasons given on cases, oldest first.
func (s *Store) ReasonsOf(ctx context.Context, caseIDs ...string) ([]Reason, error) {
	return list[Reason](ctx, s.pool, `
		select commitment, salt, case_id, body, field, item::text, created_by::text, created_at
		from reasons where case_id = any($1) order by created_at`, caseIDs)
}
