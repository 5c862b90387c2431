package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/personal"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/vietnamese"
)

// Submission is what a unit sends, as the clerk sees it.
type Submission struct {
	ID           string     `db:"id" json:"id"`
	Ref          string     `db:"ref" json:"ref"`
	Unit         string     `db:"unit" json:"unit"`
	UnitName     string     `db:"unit_name" json:"unit_name"`
	Campaign     *string    `db:"campaign" json:"campaign,omitempty"`
	Type         string     `db:"type" json:"type,omitempty"` // of commendation; empty: nobody named it
	Title        string     `db:"title" json:"title"`
	LetterNumber string     `db:"letter_number" json:"letter_number"`
	LetterDate   *time.Time `db:"letter_date" json:"letter_date,omitempty"`
	LetterSigner string     `db:"letter_signer" json:"letter_signer"`
	Status       string     `db:"status" json:"status"`
	CreatedBy    string     `db:"created_by" json:"-"`
	CreatedAt    time.Time  `db:"created_at" json:"created_at"`
	SentAt       *time.Time `db:"sent_at" json:"sent_at,omitempty"`
	ReadyAt      *time.Time `db:"ready_at" json:"ready_at,omitempty"` // handed to the head
	ReadyVersion int        `db:"ready_version" json:"ready_version,omitempty"`
	Note         string     `db:"note" json:"note,omitempty"`             // the last word between clerk and head
	SignedHow    string     `db:"signed_how" json:"signed_how,omitempty"` // system, paper
	Version      int        `db:"version" json:"version"`
}

const submissionColumns = `
	select s.id::text, s.ref, s.unit, u.name as unit_name, s.campaign, s.type, s.title, s.letter_number, s.letter_date,
		s.letter_signer, s.status, s.created_by::text, s.created_at, s.sent_at, s.ready_at, s.ready_version, s.note,
		s.signed_how, s.version`

const submissionSelect = submissionColumns + `
	from submissions s join units u on u.id = s.unit `

// Drafted is a submission to be stored: its proposals with their items.
type Drafted struct {
	Submission
	Year       int
	CopiedFrom *string // the submission it was copied from
	Proposals  []DraftedProposal
	List       KeptList // of a staged list: the file as it is kept
}

// KeptList is the file of a list, as its submission shows it.
type KeptList struct {
	SHA256 string
	Size   int64
}

// DraftedProposal is one award's items, in the order of the tờ trình.
type DraftedProposal struct {
	Award string
	Items []DraftedItem
}

// DraftedItem is an item's content with its salt and commitment.
type DraftedItem struct {
	ID         string // chosen by the caller so that a repetition is known; usually empty
	Content    proposal.ItemContent
	Salt       []byte
	Commitment string
	Number     *NewNumber // of the person, from a list
}

// NewNumber is a personal number on its way into the vault.
type NewNumber struct {
	personal.Number
	Vault *personal.Vault
	By    string // user
}

// CreateSubmission stores a draft in one transaction and returns its id. A draft
// that names its id is stored once: who made it gets the same one again.
func (s *Store) CreateSubmission(ctx context.Context, d Drafted) (string, error) {
	id := d.ID
	if id == "" {
		id = uuid.NewString()
	}
	return id, s.inTx(ctx, func(tx pgx.Tx) error {
		if d.ID != "" {
			var made bool
			err := tx.QueryRow(ctx, `select exists (select 1 from submissions where id = $1::uuid and created_by = $2::uuid)`, id, d.CreatedBy).Scan(&made)
			if err != nil || made {
				return err
			}
		}
		return createSubmission(ctx, tx, id, d)
	})
}

func createSubmission(ctx context.Context, tx pgx.Tx, id string, d Drafted) error {
	ref, err := nextRef(ctx, tx, "HS", d.Year)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into submissions (id, ref, unit, campaign, title, letter_number, letter_date, letter_signer, created_by, copied_from, type)
		values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid, $11)`,
		id, ref, d.Unit, d.Campaign, d.Title, d.LetterNumber, d.LetterDate, d.LetterSigner, d.CreatedBy, d.CopiedFrom, d.Type)
	if err != nil {
		return err
	}
	for _, p := range d.Proposals {
		if _, err := createProposal(ctx, tx, ref, caseOf{id, d.Unit, d.Campaign, d.Type}, p); err != nil {
			return err
		}
	}
	return indexSubmission(ctx, tx, id)
}

// caseOf is what a case takes over from its submission.
type caseOf struct {
	submission, unit string
	campaign         *string
	typ              string
}

func createProposal(ctx context.Context, tx pgx.Tx, ref string, of caseOf, p DraftedProposal) (string, error) {
	id := uuid.NewString()
	_, err := tx.Exec(ctx, `
		insert into proposals (id, submission, ref, unit, award, campaign, case_id, type)
		values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)`,
		id, of.submission, ref+"/"+p.Award, of.unit, p.Award, of.campaign, "commendation/"+id, of.typ)
	if err != nil {
		return "", err
	}
	for i, it := range p.Items {
		if _, err := createItem(ctx, tx, id, of.unit, i+1, it); err != nil {
			return "", err
		}
	}
	return id, nil
}

func createItem(ctx context.Context, tx pgx.Tx, proposalID, unit string, position int, it DraftedItem) (string, error) {
	key := vietnamese.Fold(it.Content.Name)
	ref, err := subjectOf(ctx, tx, unit, key, it.Content)
	if err != nil {
		return "", err
	}
	id := it.ID
	if id == "" {
		id = uuid.NewString()
	}
	_, err = tx.Exec(ctx, `
		insert into items (id, proposal, position, subject, name_key) values ($1::uuid, $2::uuid, $3, $4, $5)`,
		id, proposalID, position, ref, key)
	if err != nil {
		return "", err
	}
	if err := putContent(ctx, tx, id, 1, it); err != nil {
		return "", err
	}
	if n := it.Number; n != nil {
		if err := putNumber(ctx, tx, n.Vault, n.By, ref, id, n.Number); err != nil {
			return "", err
		}
	}
	return id, putVersion(ctx, tx, id, 1, it.Content)
}

// subjectOf finds the subject that a content names, or adds it. Identity is kind,
// folded name, year of birth and unit; doubts are a person's to resolve. Whoever
// has no name yet is a subject of their own.
func subjectOf(ctx context.Context, tx pgx.Tx, unit, key string, c proposal.ItemContent) (string, error) {
	var ref string
	err := tx.QueryRow(ctx, `
		select ref from subjects
		where name_key = $1 and name_key <> '' and kind = $2 and birth_year is not distinct from nullif($3, 0) and unit = $4
		order by created_at limit 1`, key, c.Kind, c.BirthYear, unit).Scan(&ref)
	if err == nil {
		return ref, nil
	}
	if err != pgx.ErrNoRows {
		return "", err
	}
	ref = uuid.NewString()
	_, err = tx.Exec(ctx, `
		insert into subjects (ref, kind, name, name_key, birth_year, sex, unit)
		values ($1, $2, $3, $4, nullif($5, 0), $6, $7)`, ref, c.Kind, c.Name, key, c.BirthYear, c.Sex, unit)
	return ref, err
}

func putContent(ctx context.Context, q querier, item string, revision int, it DraftedItem) error {
	_, err := q.Exec(ctx, `
		insert into item_contents (item, revision, content, salt, commitment) values ($1::uuid, $2, $3, $4, $5)
		on conflict (item, revision) do update set content = $3, salt = $4, commitment = $5`,
		item, revision, it.Content, it.Salt, it.Commitment)
	return err
}

// nextRef numbers what people refer to: HS-2023-0001.
func nextRef(ctx context.Context, tx pgx.Tx, name string, year int) (string, error) {
	var n int
	err := tx.QueryRow(ctx, `
		insert into counters (name, year, value) values ($1, $2, 1)
		on conflict (name, year) do update set value = counters.value + 1 returning value`, name, year).Scan(&n)
	return fmt.Sprintf("%s-%d-%04d", name, year, n), err
}

// SubmissionByID reads one submission.
func (s *Store) SubmissionByID(ctx context.Context, id string) (Submission, error) {
	return one[Submission](ctx, s.pool, submissionSelect+`where s.id = as_uuid($1) or s.ref = $1`, id)
}

// SubmissionsOf lists the submissions of units, newest first.
func (s *Store) SubmissionsOf(ctx context.Context, units []string, limit, offset int) ([]Submission, error) {
	return list[Submission](ctx, s.pool, submissionSelect+`
		where s.unit = any($1) order by s.created_at desc, s.ref desc limit $2 offset $3`, units, limit, offset)
}

// TouchSubmission moves a submission's version; false when it has moved already.
func (s *Store) TouchSubmission(ctx context.Context, id string, version int) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update submissions set version = version + 1 where id = $1::uuid and version = $2`, id, version)
	return tag.RowsAffected() == 1, err
}

// MarkSent notes that the head sent the submission.
func (s *Store) MarkSent(ctx context.Context, id, signer string) error {
	_, err := s.pool.Exec(ctx, `
		update submissions set status = 'sent', sent_at = coalesce(sent_at, now()),
			letter_signer = coalesce(nullif($2, ''), letter_signer), version = version + 1
		where id = $1::uuid`, id, signer)
	return err
}
