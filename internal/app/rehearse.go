package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// StatusRehearsed is the status of an act that was rehearsed: it would be
// accepted, and nothing was done.
const StatusRehearsed = "rehearsed"

// A rehearsal runs the same function as the act itself, so that what it says is
// what the act does when nothing changes in between. Only the last step differs:
// the pure state machine is asked instead of the workflow. Nothing is stored: no
// reason, no refusal, no attempt.
type rehearsalKey struct{}

// rehearsal marks a context: acts done under it are only rehearsed.
func rehearsal(ctx context.Context) context.Context {
	return context.WithValue(ctx, rehearsalKey{}, true)
}

func rehearsing(ctx context.Context) bool { return ctx.Value(rehearsalKey{}) != nil }

// rehearse asks the rules about an act on a case as it is recorded.
func (a *App) rehearse(ctx context.Context, r act.Request) (Done, error) {
	c, err := a.restored(ctx, r.Case)
	if err != nil {
		return Done{}, err
	}
	t, err := a.foresee(c, r)
	if err != nil {
		return Done{}, err
	}
	return Done{Status: StatusRehearsed, Number: t.Number, After: &t.After}, nil
}

// foresee tells what a case would answer to a request.
func (a *App) foresee(c *proposal.Case, r act.Request) (proposal.Transition, error) {
	asked, err := a.Desk.Act(r)
	if err != nil {
		return proposal.Transition{}, err
	}
	o := envelope.Opened{Act: asked, Key: envelope.Key{Purpose: envelope.PurposeApp}}
	t, err := c.Foresee(o, time.Now())
	var refusal *envelope.Refusal
	if errors.As(err, &refusal) {
		return t, fromRefusal(refusal.Code, refusal.Detail)
	}
	return t, err
}

// restored builds the state of a case from its record.
func (a *App) restored(ctx context.Context, caseID string) (*proposal.Case, error) {
	rows, err := a.Store.Trail(ctx, caseID)
	if err != nil {
		return nil, internal("read trail", err)
	}
	if len(rows) == 0 {
		return nil, fail(CodeNotReady, "the case was not sent yet")
	}
	return a.restoredFrom(ctx, rows)
}

// restoredFrom is restored for who has read the trail already.
func (a *App) restoredFrom(ctx context.Context, rows []postgres.TrailRow) (*proposal.Case, error) {
	if len(rows) == 0 {
		return nil, internal("read how the case began", errors.New("the case has moved, and its trail is empty: run reconcile"))
	}
	first, err := a.Store.Attempt(ctx, rows[0].Nonce)
	if err != nil {
		return nil, internal("read how the case began", err)
	}
	var in proposal.Input
	if err := json.Unmarshal(first.Start, &in); err != nil {
		return nil, internal("read how the case began", err)
	}
	history, err := transitionsOf(rows)
	if err != nil {
		return nil, err
	}
	c, err := proposal.Restore(in, history)
	if err != nil {
		return nil, internal("restore the case", err)
	}
	return c, nil
}

// transitionsOf decodes the trail of a commendation case.
func transitionsOf(rows []postgres.TrailRow) ([]proposal.Transition, error) {
	out := make([]proposal.Transition, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal(r.Body, &out[i]); err != nil {
			return nil, internal("read the trail", err)
		}
	}
	return out, nil
}
