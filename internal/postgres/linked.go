package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// OpenLinked opens a draft for a lower award, linked to the item it came from,
// and returns the new proposal's id. Each try to lower opens its own draft: which
// of them the item was closed for, only the act that is accepted says.
func (s *Store) OpenLinked(ctx context.Context, p Proposal, it Item, d DraftedItem) (string, error) {
	var id string
	return id, s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select 1 from proposals where id = $1::uuid for update`, p.ID); err != nil {
			return err
		}
		ref, err := linkedRef(ctx, tx, fmt.Sprintf("%s-%d", p.Ref, it.Position), d.Content.Award)
		if err != nil {
			return err
		}
		id, err = createProposal(ctx, tx, ref, caseOf{p.Submission, p.Unit, p.Campaign, p.Type},
			DraftedProposal{Award: d.Content.Award, Items: []DraftedItem{d}})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update proposals set linked_from = $2::uuid where id = $1::uuid`, id, p.ID); err != nil {
			return err
		}
		// The unit sends the linked proposal like any other draft.
		_, err = tx.Exec(ctx, `update submissions set status = 'draft', version = version + 1 where id = $1::uuid`, p.Submission)
		return err
	})
}

// linkedRef is the first reference that no other draft for the item has.
func linkedRef(ctx context.Context, tx pgx.Tx, base, award string) (string, error) {
	for ref, n := base, 2; ; ref, n = fmt.Sprintf("%s.%d", base, n), n+1 {
		var taken bool
		err := tx.QueryRow(ctx, `select exists (select 1 from proposals where ref = $1)`, ref+"/"+award).Scan(&taken)
		if err != nil || !taken {
			return ref, err
		}
	}
}

// DropLinked removes a linked draft older than age that no item was closed for,
// and is never going to be: no item names it, and every act that lowers an item of
// its case has its outcome. It tells whether the draft was removed.
func (s *Store) DropLinked(ctx context.Context, proposalID string, age time.Duration) (bool, error) {
	dropped := false
	return dropped, s.inTx(ctx, func(tx pgx.Tx) error {
		var submission string
		err := tx.QueryRow(ctx, `
			select p.submission::text from proposals p join proposals f on f.id = p.linked_from
			where p.id = $1::uuid and p.number = 0 and p.created_at <= now() - $2::interval
			  and not exists (select 1 from items i where i.proposal = f.id and i.linked_to = p.id::text)
			  and not exists (select 1 from attempts a where a.case_id = p.case_id)
			  and not exists (
				select 1 from attempts a where a.case_id = f.case_id and a.action = $3
				  and not exists (select 1 from attempt_outcomes o where o.nonce = a.nonce))
			for update of p`, proposalID, age, string(proposal.ActionLower)).Scan(&submission)
		if err == pgx.ErrNoRows {
			return nil
		}
		if err != nil {
			return err
		}
		dropped = true
		return dropLinked(ctx, tx, proposalID, submission)
	})
}

func dropLinked(ctx context.Context, tx pgx.Tx, proposalID, submission string) error {
	for _, q := range []string{
		`delete from item_contents where item in (select id from items where proposal = $1::uuid)`,
		`delete from items where proposal = $1::uuid`,
		`delete from proposals where id = $1::uuid`,
	} {
		if _, err := tx.Exec(ctx, q, proposalID); err != nil {
			return err
		}
	}
	// A submission that was sent, and has nothing left to send, is sent again.
	_, err := tx.Exec(ctx, `
		update submissions s set status = 'sent', version = version + 1
		where s.id = $1::uuid and s.status = 'draft' and s.sent_at is not null
		  and not exists (select 1 from proposals p where p.submission = s.id and p.number = 0)`, submission)
	return err
}
