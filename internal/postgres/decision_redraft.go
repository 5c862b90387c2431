package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// SaveDraftWords keeps a draft with the wording that was edited outside. ErrFrozen: it was
// submitted, is being, or says something else by now than was read.
func (s *Store) SaveDraftWords(ctx context.Context, was Decision, input any, content string) error {
	tag, err := s.pool.Exec(ctx, `
		update decisions d set draft = $2, content = $3 where d.id = $1::uuid and d.phase = 'draft' and d.content = $4 and not exists (
			select 1 from attempts a left join attempt_outcomes o using (nonce)
			where a.case_id = d.case_id and o.status is distinct from 'refused')`, was.ID, input, content, was.Content)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrFrozen
	}
	return err
}

// ReplaceDraftDecision composes a draft anew under its own reference. ErrFrozen: it
// was submitted, or is being; ErrBusyProposal: a proposal stands in another decision.
func (s *Store) ReplaceDraftDecision(ctx context.Context, id string, d DecisionDraft) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		draft := false
		err := tx.QueryRow(ctx, `
			select d.phase = 'draft' and not exists (
				select 1 from attempts a left join attempt_outcomes o using (nonce)
				where a.case_id = d.case_id and o.status is distinct from 'refused')
			from decisions d where d.id = $1::uuid for update of d`, id).Scan(&draft)
		if err != nil {
			return notFound(err)
		}
		if !draft {
			return ErrFrozen
		}
		if _, err := tx.Exec(ctx, `delete from decision_items where decision = $1::uuid`, id); err != nil {
			return err
		}
		if err := lockForDecision(ctx, tx, d.Items); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			update decisions set authority = $2, standing = $3, award = $4, draft = $5, content = $6, signer = $7::uuid
			where id = $1::uuid`, id, d.Authority, d.Standing, d.Award, d.Input, d.Content, d.Signer)
		if err != nil {
			return err
		}
		rows := make([][]any, len(d.Items))
		for i, it := range d.Items {
			rows[i] = []any{id, i + 1, it.Item, it.Proposal, it.Amount}
		}
		return insertRows(ctx, tx, `insert into decision_items (decision, position, item, proposal, amount)
			values ($1::uuid, $2, $3::uuid, $4::uuid, $5)`, rows)
	})
}
