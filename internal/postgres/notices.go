package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// Notice is what an outbox row says: reference, stage and counts, never a name.
// The reader opens the case behind the login to see more.
type Notice struct {
	Ref         string `json:"ref"`
	Unit        string `json:"unit"`
	Stage       string `json:"stage"`
	Award       string `json:"award,omitempty"`
	Items       int    `json:"items"`
	Recognised  int    `json:"recognised,omitempty"`
	NotProposed int    `json:"not_proposed,omitempty"`
	NotPassed   int    `json:"not_passed,omitempty"`
	Number      string `json:"number,omitempty"`
	Due         string `json:"due,omitempty"`
	Path        string `json:"path"`
}

// audience is who is told what.
type audience struct {
	kind  string
	unit  string
	roles []string
}

var unitPeople = []string{string(proposal.RoleClerk), string(proposal.RoleUnitHead)}

// notifyCommendation writes the outbox rows of a transition. A notice's kind is
// one of package notify's kinds.
func notifyCommendation(ctx context.Context, tx pgx.Tx, h caseHead, t proposal.Transition) error {
	n := Notice{
		Ref: h.Ref, Unit: h.UnitName, Stage: string(t.After.Stage), Award: h.Award, Items: t.After.Open,
		Path: "/proposals/" + h.ID,
	}
	for _, ch := range t.Items {
		switch ch.Outcome {
		case proposal.OutcomeRecognised:
			n.Recognised++
		case proposal.OutcomeNotProposed:
			n.NotProposed++
		case proposal.OutcomeNotPassed:
			n.NotPassed++
		}
	}
	if t.Decision != nil {
		n.Number = t.Decision.Number
	}
	for _, a := range audiencesOf(h, t, n) {
		if err := notice(ctx, tx, h.CaseID, t.Number, a, t.Actor, n); err != nil {
			return err
		}
	}
	return nil
}

// audiencesOf is the table of who hears of what.
func audiencesOf(h caseHead, t proposal.Transition, n Notice) []audience {
	next := audience{kind: "forwarded", unit: t.After.Unit, roles: roleNames(t.After.Roles)}
	own := func(kind string) audience { return audience{kind: kind, unit: h.Unit, roles: unitPeople} }
	switch proposal.Action(t.Action) {
	case proposal.ActionSend, proposal.ActionResubmit:
		next.kind = "case_sent"
		return []audience{next}
	case proposal.ActionDecide:
		return decideAudiences(t, n, next, own)
	case proposal.ActionAccept:
		return []audience{own("accepted")}
	case proposal.ActionAppraise:
		return []audience{own("appraised"), next}
	case proposal.ActionCouncilResult:
		return []audience{own("council_result"), next}
	case proposal.ActionIssued:
		return []audience{own("decision_issued")}
	case proposal.ActionReconsider:
		next.kind = "reconsider_asked"
		return []audience{next}
	case proposal.ActionHold:
		return []audience{own("held")}
	case proposal.ActionRelease:
		return []audience{own("released"), next}
	case proposal.ActionRecall:
		return []audience{{kind: "recalled", unit: h.Route.Stages[t.After.Index].Unit, roles: roleNames(h.Route.Stages[t.After.Index].Roles)}}
	case proposal.ActionWithdraw:
		i := h.StageIndex
		return []audience{{kind: "withdrawn", unit: h.Route.Stages[i].Unit, roles: roleNames(h.Route.Stages[i].Roles)}}
	}
	return []audience{next}
}

func decideAudiences(t proposal.Transition, n Notice, next audience, own func(string) audience) []audience {
	var out []audience
	if t.Verdict == proposal.VerdictReturn {
		return []audience{own("returned")}
	}
	if n.NotProposed > 0 {
		out = append(out, own("item_not_proposed"))
	}
	if n.Items > 0 {
		out = append(out, next, own("forwarded"))
	}
	return out
}

// notice writes one row per person of the audience, except who acted.
func notice(ctx context.Context, tx pgx.Tx, caseID string, number int, a audience, actor string, n Notice) error {
	if a.unit == "" {
		return nil
	}
	users, err := list[struct {
		ID string `db:"id"`
	}](ctx, tx, `
		select distinct u.id::text from memberships m join users u on u.id = m.user_id
		where m.unit = $1 and m.role = any($2) and u.active and u.id::text <> $3`, a.unit, a.roles, actor)
	if err != nil {
		return err
	}
	for _, u := range users {
		_, err := tx.Exec(ctx, `
			insert into outbox (id, case_id, number, user_id, kind, data)
			values ($1, $2, $3, $4::uuid, $5, $6) on conflict (case_id, number, kind, user_id) do nothing`,
			uuid.New(), caseID, number, u.ID, a.kind, n)
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `select pg_notify('outbox', '')`)
	return err
}
