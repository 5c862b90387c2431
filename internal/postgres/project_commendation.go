package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// projectCommendation lets a proposal and its items follow a transition.
func (s *Store) projectCommendation(ctx context.Context, tx pgx.Tx, caseID string, body []byte) error {
	var t proposal.Transition
	if err := json.Unmarshal(body, &t); err != nil {
		return fmt.Errorf("postgres: transition of %s: %w", caseID, err)
	}
	if t.Route != nil {
		// The successor of the nominating unit is the case's unit from now on.
		_, err := tx.Exec(ctx, `update proposals set route = $2, unit = $3 where case_id = $1`, caseID, t.Route, t.Route.Stages[0].Unit)
		if err != nil {
			return err
		}
	}
	head, err := s.moveProposal(ctx, tx, caseID, t)
	if err != nil {
		return err
	}
	for _, ch := range t.Items {
		if err := moveItem(ctx, tx, head.ID, ch); err != nil {
			return err
		}
	}
	if t.Above != nil {
		if err := recogniseAbove(ctx, tx, head.ID, *t.Above); err != nil {
			return err
		}
	}
	return s.notifyCommendation(ctx, tx, head, t)
}

// caseHead is what notices say of a case.
type caseHead struct {
	ID         string         `db:"id"`
	CaseID     string         `db:"case_id"`
	Ref        string         `db:"ref"`
	Unit       string         `db:"unit"`
	UnitName   string         `db:"unit_name"`
	Award      string         `db:"award"`
	Route      proposal.Route `db:"route"`
	StageIndex int            `db:"stage_index"`
	Since      *time.Time     `db:"stage_since"`
	OnHold     bool           `db:"on_hold"`
	Due        *time.Time     `db:"due_on"`
}

func (s *Store) moveProposal(ctx context.Context, tx pgx.Tx, caseID string, t proposal.Transition) (caseHead, error) {
	head, err := one[caseHead](ctx, tx, `
		select p.id::text, p.case_id, p.ref, p.unit, u.name as unit_name, p.award, p.route, p.stage_index, p.stage_since, p.on_hold, p.due_on
		from proposals p join units u on u.id = p.unit where p.case_id = $1`, caseID)
	if err != nil {
		return head, err
	}
	moved := head.StageIndex != t.After.Index || head.Since == nil ||
		t.Action == string(proposal.ActionResubmit) || t.After.Returned
	var due *time.Time
	if moved && !t.After.Closed && s.DueOn != nil && t.After.Index < len(head.Route.Stages) {
		due = s.DueOn(t.At, head.Route.Stages[t.After.Index].WorkingDays)
	}
	paused, err := s.paused(ctx, tx, head, t)
	if err != nil {
		return head, err
	}
	if paused != nil && !moved {
		due = paused
	}
	_, err = tx.Exec(ctx, `
		update proposals set number = $2, revision = $3, regime = $4, law_hash = $5, stage = $6, stage_index = $7,
			waiting_unit = nullif($8, ''), waiting_roles = $9, returned = $10, on_hold = $11, closed = $12, open_items = $13, sealed_at = null,
			stage_since = case when $14 then $15 else stage_since end,
			due_on = case when $12 then null when $14 or $17 then $16 else due_on end,
			opened_at = case when $14 then null else opened_at end,
			closed_at = case when $12 then coalesce(closed_at, $15) end
		where case_id = $1`,
		caseID, t.Number, t.Revision, t.Regime, t.LawHash, string(t.After.Stage), t.After.Index,
		t.After.Unit, roleNames(t.After.Roles), t.After.Returned, t.After.OnHold, t.After.Closed, t.After.Open,
		moved, t.At, due, paused != nil)
	return head, err
}

// paused is the due day of a case whose hold ends with this transition: the time on
// hold does not count. nil where no hold ends.
func (s *Store) paused(ctx context.Context, tx pgx.Tx, head caseHead, t proposal.Transition) (*time.Time, error) {
	if !head.OnHold || t.After.OnHold || head.Due == nil || s.Extend == nil {
		return nil, nil
	}
	var since *time.Time
	err := tx.QueryRow(ctx, `
		select max(at) from trail where case_id = $1 and action = $2 and number < $3 and (convert_from(body, 'UTF8')::jsonb -> 'after' ->> 'on_hold')::boolean`,
		head.CaseID, string(proposal.ActionHold), t.Number).Scan(&since)
	if err != nil || since == nil {
		return nil, err
	}
	return s.Extend(*head.Due, *since, t.At), nil
}

func moveItem(ctx context.Context, tx pgx.Tx, proposalID string, ch proposal.ItemChange) error {
	tag, err := tx.Exec(ctx, `
		update items set outcome = $3, opinion = coalesce(nullif($4, ''), opinion), held = $5, reconsider = $6,
			linked_to = coalesce(nullif($7, ''), linked_to), reason = coalesce(nullif($8, ''), reason)
		where id = $1::uuid and proposal = $2::uuid`,
		ch.Item, proposalID, string(ch.Outcome), string(ch.Opinion), ch.Held, ch.Reconsider, ch.Link, ch.Reason)
	if err == nil && tag.RowsAffected() != 1 {
		return fmt.Errorf("postgres: item %s is not in proposal %s", ch.Item, proposalID)
	}
	return err
}

func roleNames(roles []proposal.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = string(r)
	}
	return out
}
