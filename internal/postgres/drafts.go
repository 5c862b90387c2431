package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// ErrSealed says that a case's content is being sent: what was signed must be
// what is stored, so it is not edited until the sending has its outcome.
var ErrSealed = errors.New("postgres: the content is being sent")

// open attempts are those of which nobody knows yet that they were refused.
const sending = `exists (
	select 1 from attempts a where a.case_id = p.case_id and a.action in ('send', 'resubmit')
	  and not exists (select 1 from attempt_outcomes o where o.nonce = a.nonce))`

// unsealed locks a proposal's row and refuses while its content is being sent.
func unsealed(ctx context.Context, tx pgx.Tx, item string) error {
	var sealed bool
	err := tx.QueryRow(ctx, `
		select p.sealed_at is not null and (p.sealed_at > now() - interval '1 minute' or `+sending+`)
		from proposals p where p.id = (select proposal from items where id = $1::uuid) for update`, item).Scan(&sealed)
	if err == nil && sealed {
		return ErrSealed
	}
	return notFound(err)
}

// Pin fixes what a case starts with and seals its content, before it is started.
// false means that a sending is under way or done: nothing was changed.
func (s *Store) Pin(ctx context.Context, proposalID, regime, lawHash string, route proposal.Route, on string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update proposals p set regime = $2, law_hash = $3, route = $4, sent_on = $5::date, sealed_at = now()
		where id = $1::uuid and number = 0 and not `+sending, proposalID, regime, lawHash, route, on)
	return tag.RowsAffected() == 1, err
}

// Seal is Pin for a resubmission: only the content is fixed.
func (s *Store) Seal(ctx context.Context, proposalID string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update proposals p set sealed_at = now() where id = $1::uuid and returned and not `+sending, proposalID)
	return tag.RowsAffected() == 1, err
}

// Unseal lets the content be edited again, after its sending was refused.
func (s *Store) Unseal(ctx context.Context, proposalID string) error {
	_, err := s.pool.Exec(ctx, `update proposals p set sealed_at = null where id = $1::uuid and not `+sending, proposalID)
	return err
}

// OpenAttempt finds the attempt of an action on a case that has no outcome yet.
func (s *Store) OpenAttempt(ctx context.Context, caseID, action string) (Attempt, error) {
	return one[Attempt](ctx, s.pool, `
		select `+attemptColumns+` from attempts a where case_id = $1 and action = $2
		  and not exists (select 1 from attempt_outcomes o where o.nonce = a.nonce)
		order by at limit 1`, caseID, action)
}

// PutItemContent stores an item's content for a revision that is being drafted.
func (s *Store) PutItemContent(ctx context.Context, item string, revision int, it DraftedItem) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := unsealed(ctx, tx, item); err != nil {
			return err
		}
		_, err := putTyped(ctx, tx, item, revision, it)
		return err
	})
}

// RemoveDraftItem takes an item out of a draft that was never sent. The item of a
// draft for a lower award stays: the case it came from may name it.
func (s *Store) RemoveDraftItem(ctx context.Context, item string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := unsealed(ctx, tx, item); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `delete from item_contents where item = $1::uuid`, item); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			delete from items i using proposals p
			where i.id = $1::uuid and p.id = i.proposal and p.number = 0 and p.linked_from is null`, item)
		if err == nil && tag.RowsAffected() != 1 {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		// A proposal without items is no proposal.
		_, err = tx.Exec(ctx, `
			delete from proposals p where p.number = 0 and not exists (select 1 from items i where i.proposal = p.id)
			  and not exists (select 1 from attempts a where a.case_id = p.case_id)`)
		return err
	})
}

// LinkedReady tells whether a proposal may be sent: one opened for a lower award
// only once the item it came from is closed for it.
func (s *Store) LinkedReady(ctx context.Context, proposalID string) (bool, error) {
	var ready bool
	err := s.pool.QueryRow(ctx, `
		select p.linked_from is null or exists (
			select 1 from items i where i.proposal = p.linked_from and i.linked_to = p.id::text and i.outcome = 'lower_award')
		from proposals p where p.id = $1::uuid`, proposalID).Scan(&ready)
	return ready, notFound(err)
}
