package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// projectIssuance lets a decision follow a transition, and tells who is next.
func (s *Store) projectIssuance(ctx context.Context, tx pgx.Tx, caseID string, body []byte) error {
	var t proposal.IssuanceTransition
	if err := json.Unmarshal(body, &t); err != nil {
		return fmt.Errorf("postgres: transition of %s: %w", caseID, err)
	}
	signer := ""
	if t.Phase == proposal.IssuanceSigned {
		signer = t.Actor
	}
	_, err := tx.Exec(ctx, `
		update decisions set phase = $2, transition = $3, mode = coalesce(nullif($4, ''), mode),
			signer = coalesce(nullif($5, '')::uuid, signer),
			number_text = coalesce(nullif($6, ''), number_text),
			number_date = coalesce(nullif($7, '')::date, number_date)
		where case_id = $1`, caseID, t.Phase, t.Number, t.Mode, signer, t.Given, t.Date)
	if err != nil {
		return err
	}
	switch t.Phase {
	case proposal.IssuanceNumbered:
		if err := finalNumber(ctx, tx, caseID); err != nil {
			return err
		}
	case proposal.IssuanceSentBack:
		return freeItems(ctx, tx, caseID)
	}
	return s.notifyIssuance(ctx, tx, caseID, t)
}

// finalNumber turns the registrar's reservation into the decision's number.
func finalNumber(ctx context.Context, tx pgx.Tx, caseID string) error {
	tag, err := tx.Exec(ctx, `
		update decisions d set number = n.number, symbol = n.symbol, year = n.year
		from decision_numbers n where n.decision = d.id and d.case_id = $1`, caseID)
	if err != nil {
		return err
	}
	if tag.RowsAffected() != 1 {
		return fmt.Errorf("postgres: no number was reserved for %s", caseID)
	}
	_, err = tx.Exec(ctx, `
		update decision_numbers set final = true
		where decision = (select id from decisions where case_id = $1)`, caseID)
	return err
}

// freeItems lets the items of a decision that was sent back stand in a new draft.
func freeItems(ctx context.Context, tx pgx.Tx, caseID string) error {
	_, err := tx.Exec(ctx, `
		delete from decision_items where decision = (select id from decisions where case_id = $1)`, caseID)
	return err
}

func (s *Store) notifyIssuance(ctx context.Context, tx pgx.Tx, caseID string, t proposal.IssuanceTransition) error {
	var ref, id, authority, name string
	var items int
	err := tx.QueryRow(ctx, `
		select d.ref, d.id::text, d.authority, u.name, (select count(*) from decision_items i where i.decision = d.id)
		from decisions d join units u on u.id = d.authority where d.case_id = $1`, caseID).
		Scan(&ref, &id, &authority, &name, &items)
	if err != nil {
		return notFound(err)
	}
	n := Notice{Case: ref, Unit: name, Stage: string(proposal.StageIssuance), Body: name, Items: items, Path: "/decisions/" + id}
	role := map[string]proposal.Role{
		proposal.IssuanceSubmitted: proposal.RoleSigner, proposal.IssuanceSigned: proposal.RoleRegistrar,
	}[t.Phase]
	if role == "" {
		return nil
	}
	return s.notice(ctx, tx, caseID, t.Number, audience{kind: "forwarded", unit: authority, roles: []string{string(role)}}, t.Actor, n)
}
