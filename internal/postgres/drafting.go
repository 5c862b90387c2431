package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Letter is what a submission says of its tờ trình.
type Letter struct {
	Title        string
	LetterNumber string
	LetterDate   *time.Time
	LetterSigner string
	Campaign     *string
	Type         string // of commendation
}

// PutLetter stores the letter's particulars if the version is still the one that
// was read; false means that it moved.
func (s *Store) PutLetter(ctx context.Context, id string, version int, l Letter) (bool, error) {
	done := false
	return done, s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update submissions set title = $3, letter_number = $4, letter_date = $5, letter_signer = $6, campaign = $7, type = $8,
				version = version + 1
			where id = $1::uuid and version = $2`,
			id, version, l.Title, l.LetterNumber, l.LetterDate, l.LetterSigner, l.Campaign, l.Type)
		if done = err == nil && tag.RowsAffected() == 1; err != nil || !done {
			return err
		}
		_, err = tx.Exec(ctx, `update proposals set campaign = $2, type = $3 where submission = $1::uuid and number = 0 and sealed_at is null`, id, l.Campaign, l.Type)
		return err
	})
}

// ErrTaken says that the award's proposal of this submission was sent already.
var ErrTaken = errors.New("postgres: the award's proposal was sent")

// AppendItem adds an item at the end of the award's list in a submission, which
// begins with it if need be. most bounds the list; it returns the item's id.
func (s *Store) AppendItem(ctx context.Context, submission string, most int, it DraftedItem) (string, error) {
	var item string
	return item, s.inTx(ctx, func(tx pgx.Tx) error {
		sub, err := one[Submission](ctx, tx, submissionSelect+`where s.id = $1::uuid for update of s`, submission)
		if err != nil {
			return err
		}
		if it.ID != "" {
			var made bool
			if err := tx.QueryRow(ctx, `select exists (select 1 from items where id = $1::uuid)`, it.ID).Scan(&made); err != nil || made {
				item = it.ID
				return err
			}
		}
		var id string
		var number, last int
		var sealed bool
		err = tx.QueryRow(ctx, `
			select p.id::text, p.number, p.sealed_at is not null, coalesce((select max(position) from items i where i.proposal = p.id), 0)
			from proposals p where p.submission = $1::uuid and p.award = $2 and p.linked_from is null for update`,
			submission, it.Content.Award).Scan(&id, &number, &sealed, &last)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			id, err = createProposal(ctx, tx, sub.Ref, caseOf{sub.ID, sub.Unit, sub.Campaign, sub.Type}, DraftedProposal{Award: it.Content.Award})
		case err == nil && (number > 0 || sealed):
			return ErrTaken
		case err == nil && last >= most:
			return ErrFull
		}
		if err != nil {
			return err
		}
		if item, err = createItem(ctx, tx, id, sub.Unit, last+1, it); err != nil {
			return err
		}
		if err := indexItems(ctx, tx, item); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update submissions set version = version + 1, status = 'draft' where id = $1::uuid`, sub.ID)
		return err
	})
}

// ErrFull says that a list holds as many items as one may.
var ErrFull = errors.New("postgres: the list is full")

// CopyPapers names papers of one submission in another; the files are the same.
func (s *Store) CopyPapers(ctx context.Context, from, to, user string, ids []string) error {
	for _, id := range ids {
		_, err := s.pool.Exec(ctx, `
			insert into attachments (id, submission, kind, file_name, sha256, size, secret_ref, created_by)
			select $1::uuid, $2::uuid, kind, file_name, sha256, size, secret_ref, $3::uuid
			from attachments where id = as_uuid($4) and submission = $5::uuid`, uuid.NewString(), to, user, id, from)
		if err != nil {
			return err
		}
	}
	return nil
}

// HandOver notes that the clerk handed a submission to the head, at its version.
func (s *Store) HandOver(ctx context.Context, id, user, note string) error {
	_, err := s.pool.Exec(ctx, `
		update submissions set ready_at = now(), ready_by = $2::uuid, ready_version = version, note = $3
		where id = $1::uuid`, id, user, note)
	return err
}

// HandBack gives a submission back to its clerk, with the head's word.
func (s *Store) HandBack(ctx context.Context, id, note string) error {
	_, err := s.pool.Exec(ctx, `
		update submissions set ready_at = null, ready_by = null, ready_version = 0, note = $2 where id = $1::uuid`, id, note)
	return err
}

// SignedHow notes whether the head signed in the system or on paper.
func (s *Store) SignedHow(ctx context.Context, id, how string) error {
	_, err := s.pool.Exec(ctx, `update submissions set signed_how = $2 where id = $1::uuid`, id, how)
	return err
}

// RemoveDraft removes a submission of which nothing was ever sent.
func (s *Store) RemoveDraft(ctx context.Context, id string) (bool, error) {
	removed := false
	return removed, s.inTx(ctx, func(tx pgx.Tx) error {
		var sent bool
		err := tx.QueryRow(ctx, `
			select s.sent_at is not null or exists (
				select 1 from proposals p where p.submission = s.id and (p.number > 0 or p.sealed_at is not null
				  or exists (select 1 from attempts a where a.case_id = p.case_id)))
			from submissions s where s.id = $1::uuid for update`, id).Scan(&sent)
		if err != nil || sent {
			return notFound(err)
		}
		removed = true
		for _, q := range []string{
			`delete from attachments where submission = $1::uuid`,
			`delete from item_contents where item in (select i.id from items i join proposals p on p.id = i.proposal where p.submission = $1::uuid)`,
			`delete from items where proposal in (select id from proposals where submission = $1::uuid)`,
			`delete from proposals where submission = $1::uuid`,
			`update staged_imports set submission = null where submission = $1::uuid`,
			`update submissions set copied_from = null where copied_from = $1::uuid`,
			`delete from submissions where id = $1::uuid`,
		} {
			if _, err := tx.Exec(ctx, q, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// CampaignTitle is a campaign in a list to choose from.
type CampaignTitle struct {
	ID    string `db:"id" json:"id"`
	Title string `db:"title" json:"title"`
}

// CampaignTitles lists the campaigns by title.
func (s *Store) CampaignTitles(ctx context.Context) ([]CampaignTitle, error) {
	return list[CampaignTitle](ctx, s.pool, `select id, coalesce(data ->> 'title', id) as title from campaigns order by 2, 1`)
}
