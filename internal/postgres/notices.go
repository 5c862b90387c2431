package postgres

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// Notice is what an outbox row says: reference, stage and counts, never a name.
// Its keys are the facts of package notify; the reader opens the case behind the
// login to see more.
type Notice struct {
	Case      string `json:"case_ref"`
	Unit      string `json:"unit"`           // the proposing unit's name
	Stage     string `json:"stage"`          // where the case is, or who spoke
	Body      string `json:"body,omitempty"` // name of the unit that acted
	Items     int    `json:"items"`
	Points    int    `json:"points,omitempty"` // things asked for by a return
	Passed    int    `json:"passed"`
	Failed    int    `json:"failed"`
	Deferred  int    `json:"deferred"`
	Due       string `json:"due_date,omitempty"`
	Days      int    `json:"days"` // working days left, or late
	Decision  string `json:"decision,omitempty"`
	DecidedOn string `json:"signed_on,omitempty"`
	Path      string `json:"path"`

	notProposed int
}

// audience is who is told what.
type audience struct {
	kind  string
	unit  string
	roles []string
	only  []string // of them, these people; nil: all
}

// voters hear of a council's sessions; of single cases on their way to one they
// hear nothing, since they may not open them before they have declared interests.
var voters = []string{string(proposal.RoleChair), string(proposal.RoleMember)}

var unitPeople = []string{string(proposal.RoleClerk), string(proposal.RoleUnitHead)}

// notifyCommendation writes the outbox rows of a transition. A notice's kind is
// one of package notify's kinds.
func (s *Store) notifyCommendation(ctx context.Context, tx pgx.Tx, h caseHead, t proposal.Transition) error {
	n, err := noticeOf(ctx, tx, h, t)
	if err != nil {
		return err
	}
	held, err := lettersHeld(ctx, tx, h)
	if err != nil {
		return err
	}
	for _, a := range audiencesOf(h, t, n) {
		n := n
		if a.kind == "council_result" && held {
			continue // the letter of outcome, or the decision, says it
		}
		a.roles = butVoters(a.roles)
		if a.kind == "item_not_proposed" {
			n.Items, n.Stage = n.notProposed, string(t.Stage)
		}
		if err := s.notice(ctx, tx, h.CaseID, t.Number, a, t.Actor, n); err != nil {
			return err
		}
	}
	if !t.After.Closed {
		return nil
	}
	return s.closeLetter(ctx, tx, h, t, n, held)
}

// noticeOf counts what the transition did.
func noticeOf(ctx context.Context, tx pgx.Tx, h caseHead, t proposal.Transition) (Notice, error) {
	n := Notice{Case: h.Ref, Unit: h.UnitName, Stage: string(t.After.Stage), Items: t.After.Open, Path: "/proposals/" + h.ID}
	if t.Verdict == proposal.VerdictReturn {
		n.Stage = string(t.Stage)
	}
	for _, ch := range t.Items {
		switch ch.Outcome {
		case proposal.OutcomePassed, proposal.OutcomeRecognised:
			n.Passed++
		case proposal.OutcomeNotProposed:
			n.notProposed++
		case proposal.OutcomeNotPassed, proposal.OutcomeNotAwarded:
			n.Failed++
		case proposal.OutcomeDeferred:
			n.Deferred++
		}
	}
	if t.Decision != nil {
		n.Decision, n.DecidedOn, n.Items = t.Decision.Number, t.Decision.Date, n.Passed
	}
	err := tx.QueryRow(ctx, `
		select coalesce((select name from units where id = $1), ''),
			greatest(1, (select count(*) from reasons where case_id = $2 and field <> '' and created_at > coalesce(
				(select max(at) from trail where case_id = $2 and number < $3), '-infinity'))),
			coalesce((select to_char(due_on, 'YYYY-MM-DD') from proposals where case_id = $2), '')`,
		t.Unit, h.CaseID, t.Number).Scan(&n.Body, &n.Points, &n.Due)
	return n, err
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
	case proposal.ActionConsult, proposal.ActionPublish:
		if t.Verdict != proposal.VerdictForward {
			return nil // the standing body's own work; the next one waits for the end of it
		}
	case proposal.ActionSubmitUp:
		if t.Verdict == proposal.VerdictNumbered {
			return []audience{own("sent_upward")}
		}
	case proposal.ActionUpperOutcome:
		return []audience{own("above_decided")}
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
		if t.To != "" { // to a level, which does its part again
			next.kind = "returned"
			return []audience{next}
		}
		return []audience{own("returned")}
	}
	if n.notProposed > 0 {
		out = append(out, own("item_not_proposed"))
	}
	if n.Items > 0 {
		out = append(out, next, own("forwarded"))
	}
	return out
}

func butVoters(roles []string) []string {
	return slices.DeleteFunc(slices.Clone(roles), func(r string) bool { return slices.Contains(voters, r) })
}

// notifySession tells a council's voters that a session was convened, that it is open,
// and that there is a second ballot: its page leads from the declaration to the ballot.
func (s *Store) notifySession(ctx context.Context, tx pgx.Tx, caseID string, t council.Transition) error {
	kind := map[string]string{council.ActionConvene: "session_convened", council.ActionOpen: "session_opened"}[t.Action]
	items := 0
	if t.Change != nil && len(t.Change.Second) > 0 {
		kind, items = "session_second", len(t.Change.Second)
	}
	if t.Change != nil && t.Change.Late != nil {
		kind, items = "session_late", len(t.Change.Late.Items)
	}
	if kind == "" {
		return nil
	}
	a, n, err := sessionNotice(ctx, tx, caseID)
	if err != nil {
		return err
	}
	a.kind, a.roles = kind, voters
	if items > 0 {
		n.Items = items
	}
	return s.notice(ctx, tx, caseID, t.Number, a, t.Actor, n)
}

// notifyLate tells the chair that the secretary asks for late items. It is no act of the
// session, so each asking has a number of its own, below all of theirs.
func (s *Store) notifyLate(ctx context.Context, tx pgx.Tx, session, by string) error {
	var caseID string
	var number, items int
	err := tx.QueryRow(ctx, `
		select z.case_id, (select max(l.id) from session_late l where l.session = z.id)::int,
			(select count(*) from session_late l where l.session = z.id and l.ended_at is null and l.admitted_at is null)::int
		from sessions z where z.id = $1::uuid`, session).Scan(&caseID, &number, &items)
	if err != nil {
		return err
	}
	a, n, err := sessionNotice(ctx, tx, caseID)
	if err != nil {
		return err
	}
	a.kind, a.roles, n.Items = "session_late_asked", []string{string(proposal.RoleChair)}, items
	n.Path += "/late"
	return s.notice(ctx, tx, caseID, -number, a, by, n)
}

// sessionNotice is what every notice of a session says, and whom of its council it
// concerns.
func sessionNotice(ctx context.Context, tx pgx.Tx, caseID string) (a audience, n Notice, err error) {
	err = tx.QueryRow(ctx, `
		select z.unit, u.name, z.ref, '/sessions/' || z.id::text, to_char(z.held_on, 'YYYY-MM-DD'),
			(select count(*) from session_items i where i.session = z.id),
			case when z.mode = 'standing' then array(select e ->> 'person' from jsonb_array_elements(z.input -> 'roster') e) end
		from sessions z join units u on u.id = z.unit where z.case_id = $1`, caseID).Scan(&a.unit, &n.Unit, &n.Case, &n.Path, &n.Due, &n.Items, &a.only)
	return a, n, err
}

// notice writes one row per person of the audience, except who acted. Whoever
// holds one of the roles for somebody else today is told too.
func (s *Store) notice(ctx context.Context, tx pgx.Tx, caseID string, number int, a audience, actor string, n Notice) error {
	if a.unit == "" {
		return nil
	}
	users, err := list[struct {
		ID string `db:"id"`
	}](ctx, tx, `
		select u.id::text from users u where u.active and u.id::text <> $3 and u.id in (
			select m.user_id from memberships m where m.unit = $1 and m.role = any($2)
			  and coalesce(m.valid_from, '-infinity') <= $4::date and coalesce(m.valid_to, 'infinity') >= $4::date
			union
			select d.delegate from delegated_roles d where d.unit = $1 and d.role = any($2)
			  and $4::date between d.valid_from and d.valid_to)
		  and ($5::text[] is null or u.id::text = any($5))`,
		a.unit, a.roles, actor, s.today(), a.only)
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
