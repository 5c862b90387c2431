package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

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
			number_date = coalesce(nullif($7, '')::date, number_date),
			signed = coalesce(nullif($8, ''), signed), scan = coalesce(nullif($9, ''), scan)
		where case_id = $1`, caseID, t.Phase, t.Number, t.Mode, signer, t.Given, t.Date, t.Signed, t.Scan)
	if err != nil {
		return err
	}
	switch t.Phase {
	case proposal.IssuanceNumbered:
		if err := finalNumber(ctx, tx, caseID, t); err != nil {
			return err
		}
	case proposal.IssuanceSentBack:
		return freeItems(ctx, tx, caseID)
	}
	return s.notifyIssuance(ctx, tx, caseID, t)
}

// finalNumber enters the number that the transition gives into its register. The
// history is what counts: whatever was reserved in between makes way.
func finalNumber(ctx context.Context, tx pgx.Tx, caseID string, t proposal.IssuanceTransition) error {
	digits, symbol, _ := strings.Cut(t.Given, "/")
	number, err := strconv.Atoi(digits)
	if err != nil {
		return fmt.Errorf("postgres: the number %q of %s does not parse: %w", t.Given, caseID, err)
	}
	date, err := time.Parse(time.DateOnly, t.Date)
	if err != nil {
		return fmt.Errorf("postgres: the date %q of %s does not parse: %w", t.Date, caseID, err)
	}
	var id, authority string
	err = tx.QueryRow(ctx, `select id::text, authority from decisions where case_id = $1`, caseID).Scan(&id, &authority)
	if err != nil {
		return notFound(err)
	}
	register := Register(authority, symbol)
	_, err = tx.Exec(ctx, `
		delete from decision_numbers where not final and (decision = $1::uuid or (symbol = $2 and year = $3 and number = $4))`,
		id, register, date.Year(), number)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into decision_numbers (symbol, year, number, decision, nonce, final) values ($1, $2, $3, $4::uuid, $5, true)`,
		register, date.Year(), number, id, t.Nonce)
	if err != nil {
		return fmt.Errorf("postgres: register %s of %s: %w", t.Given, caseID, err)
	}
	_, err = tx.Exec(ctx, `update decisions set number = $2, symbol = $3, year = $4 where id = $1::uuid`,
		id, number, register, date.Year())
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
		select d.ref, d.id::text, d.authority, u.name, (select count(*) from decision_named i where i.decision = d.id)
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
