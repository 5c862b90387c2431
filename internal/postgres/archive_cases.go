package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// ToArchive lists the cases that are over by their projection and have no
// bundle yet, after the given case id, in order of id.
func (s *Store) ToArchive(ctx context.Context, after string, limit int) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		select case_id from (
			select case_id from proposals where closed and archived_at is null
			union all
			select case_id from sessions where number > 0 and phase in ('closed', 'cancelled')
			union all
			select case_id from decisions where phase in ('numbered', 'sent_back') and case_id like 'issuance/%'
			union all
			select case_id from revocations where phase in ('numbered', 'refused', 'withdrawn')
		) over
		where case_id > $1 and not exists (select 1 from archives a where a.case_id = over.case_id)
		order by case_id limit $2`, after, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// SaveArchive notes the stored bundle of a case. The first one stands.
func (s *Store) SaveArchive(ctx context.Context, caseID, sha256 string, size int64) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into archives (case_id, sha256, size) values ($1, $2, $3) on conflict (case_id) do nothing`,
			caseID, sha256, size)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			update proposals set archived_at = (select at from archives where case_id = $1)
			where case_id = $1 and archived_at is null`, caseID)
		return err
	})
}

// SettledAttempt is an attempt with what became of it; Status is null while
// nobody knows.
type SettledAttempt struct {
	Nonce   string          `db:"nonce"`
	Action  string          `db:"action"`
	Actor   string          `db:"actor"`
	At      time.Time       `db:"at"`
	Message json.RawMessage `db:"message"`
	Status  *string         `db:"status"`
	Number  *int            `db:"number"`
	Code    *string         `db:"code"`
}

// AttemptsOf lists the attempts on a case with their outcomes, oldest first.
func (s *Store) AttemptsOf(ctx context.Context, caseID string) ([]SettledAttempt, error) {
	return list[SettledAttempt](ctx, s.pool, `
		select a.nonce, a.action, a.actor, a.at, a.message, o.status, o.number, o.code
		from attempts a left join attempt_outcomes o using (nonce)
		where a.case_id = $1 order by a.at, a.nonce`, caseID)
}

// ItemRevision is what an item said at one revision, with its salt.
type ItemRevision struct {
	Item       string               `db:"item"`
	Revision   int                  `db:"revision"`
	Content    proposal.ItemContent `db:"content"`
	Salt       []byte               `db:"salt"`
	Commitment string               `db:"commitment"`
}

// RevisionsOfCase lists all contents of a case's items, by position and revision.
func (s *Store) RevisionsOfCase(ctx context.Context, caseID string) ([]ItemRevision, error) {
	return list[ItemRevision](ctx, s.pool, `
		select c.item::text, c.revision, c.content, c.salt, c.commitment
		from item_contents c join items i on i.id = c.item join proposals p on p.id = i.proposal
		where p.case_id = $1 order by i.position, c.revision`, caseID)
}

// PapersOfCase lists the papers of a case: its submission's, and those given
// with acts on it.
func (s *Store) PapersOfCase(ctx context.Context, caseID string) ([]Attachment, error) {
	return list[Attachment](ctx, s.pool, attachmentSelect+`
		where case_id = $1 or submission = (select submission from proposals where case_id = $1)
		order by created_at, id`, caseID)
}

// FindingsOfCase lists the validations of a case, by revision.
func (s *Store) FindingsOfCase(ctx context.Context, caseID string) ([]Validation, error) {
	return list[Validation](ctx, s.pool, validationSelect+`
		where proposal = (select id from proposals where case_id = $1) order by revision, at, law_hash`, caseID)
}

// DraftOfCase reads what an issuance's decision says, with the hash of its
// document; ErrNotFound for other kinds of case.
func (s *Store) DraftOfCase(ctx context.Context, caseID string) (draft json.RawMessage, document string, err error) {
	err = s.pool.QueryRow(ctx, `select draft, document from decisions where case_id = $1`, caseID).Scan(&draft, &document)
	return draft, document, notFound(err)
}
