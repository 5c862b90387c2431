package postgres

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// endings are the acts of which a letter of outcome tells: those that say what became of
// the items for good. A level's own word is told at once, as the law asks of it.
var endings = []string{string(proposal.ActionCouncilResult), string(proposal.ActionIssued), string(proposal.ActionUpperOutcome)}

// unitOf is the unit of the first stage of a kind; "" if the route has none.
func unitOf(r proposal.Route, kind proposal.StageKind) string {
	for _, st := range r.Stages {
		if st.Kind == kind {
			return st.Unit
		}
	}
	return ""
}

// lettersHeld tells whether letters of the case's standing body wait.
func lettersHeld(ctx context.Context, tx pgx.Tx, h caseHead) (bool, error) {
	standing := unitOf(h.Route, proposal.StageReception)
	if standing == "" {
		return false, nil
	}
	held := true
	err := tx.QueryRow(ctx, `
		select coalesce((select m.mode from outcome_letter_modes m where m.standing = $1 order by m.id desc limit 1), 'held') = 'held'`, standing).Scan(&held)
	return held, err
}

// closeLetter draws the letter of outcome of a case that closed: it waits, or the unit is
// told at once.
func (s *Store) closeLetter(ctx context.Context, tx pgx.Tx, h caseHead, t proposal.Transition, n Notice, held bool) error {
	err := tx.QueryRow(ctx, `
		select count(*) filter (where outcome = 'recognised')::int, count(*) filter (where outcome in ('not_proposed', 'not_passed', 'deferred', 'not_awarded'))::int
		from items where proposal = $1::uuid`, h.ID).Scan(&n.Passed, &n.Failed)
	if err != nil || n.Passed+n.Failed == 0 {
		return err
	}
	standing := unitOf(h.Route, proposal.StageReception)
	if standing == "" || !slices.Contains(endings, t.Action) {
		return s.tellReasons(ctx, tx, h, t.Number, t.Actor, n)
	}
	state, action := LetterReleased, "sent"
	if held {
		state, action = LetterHeld, "held"
	}
	id, council := uuid.NewString(), unitOf(h.Route, proposal.StageCouncil)
	tag, err := tx.Exec(ctx, `
		insert into outcome_letters (id, proposal, standing, council, session, number, awarded, others, state)
		values ($1::uuid, $2::uuid, $3, nullif($4, ''), (select z.id from session_items x join sessions z on z.id = x.session
			where x.proposal = $2::uuid and z.phase = 'closed' order by z.held_on desc, z.created_at desc limit 1), $5, $6, $7, $8)
		on conflict (proposal) do nothing`, id, h.ID, standing, council, t.Number, n.Passed, n.Failed, state)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, `insert into outcome_letter_events (letter, action) values ($1::uuid, $2)`, id, action); err != nil || held {
		return err
	}
	return s.tellReasons(ctx, tx, h, t.Number, t.Actor, n)
}

// tellReasons tells the unit that it can read why items were not awarded.
func (s *Store) tellReasons(ctx context.Context, tx pgx.Tx, h caseHead, number int, actor string, n Notice) error {
	if n.Failed == 0 {
		return nil
	}
	n.Items, n.Path = n.Failed, "/proposals/"+h.ID+"/reasons"
	return s.notice(ctx, tx, h.CaseID, number, audience{kind: "reasons_letter", unit: h.Unit, roles: unitPeople}, actor, n)
}

// tellLetter tells the unit that its letter of outcome has come.
func (s *Store) tellLetter(ctx context.Context, tx pgx.Tx, h caseHead, number int, actor string, n Notice) error {
	if n.Failed > 0 {
		return s.tellReasons(ctx, tx, h, number, actor, n)
	}
	n.Items, n.Path = n.Passed, "/proposals/"+h.ID+"/reasons"
	return s.notice(ctx, tx, h.CaseID, number, audience{kind: "outcome_letter", unit: h.Unit, roles: unitPeople}, actor, n)
}
