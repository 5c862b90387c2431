package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// settleWait is how long a repeated act is waited for.
const settleWait = 15 * time.Second

// Act names an act that may have been done before: what it was for and how its
// message is marked.
type Act struct {
	Kind   string // proposal, session, decision or revocation
	ID     string // as the reader names it
	Action string
	Nonce  string
}

// formNonce turns the nonce that a reader's form or program chose into that of the
// act. It is bound to the person, so that nobody can take another act's nonce.
func formNonce(s Session, chosen string) string {
	if chosen == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s.User + "\n" + chosen))
	return "form-" + hex.EncodeToString(sum[:20])
}

// Repeated finds the act that the same person did before under the same nonce and
// brings it to its end. Where the case stands by now does not matter to it, so a
// repetition after a crash gets the first outcome. false means that there was none.
func (a *App) Repeated(ctx context.Context, s Session, t Act) (Done, bool, error) {
	if t.Nonce == "" {
		return Done{}, false, nil
	}
	at, err := a.Store.Attempt(ctx, formNonce(s, t.Nonce))
	if errors.Is(err, postgres.ErrNotFound) {
		return Done{}, false, nil
	}
	if err != nil {
		return Done{}, false, internal("read the attempt", err)
	}
	caseID, proposalID, err := a.caseOf(ctx, t)
	if err != nil {
		return Done{}, false, err
	}
	if at.CaseID != caseID || at.Action != t.Action || at.Actor != s.User {
		return Done{}, false, fromRefusal(envelope.CodeReplayed, "this form was already used for another act")
	}
	wait, cancel := context.WithTimeout(ctx, settleWait)
	defer cancel()
	res := a.Desk.Settle(wait, at)
	if res.Status == act.Refused {
		return Done{}, false, fromRefusal(res.Code, res.Detail)
	}
	return a.doneOf(ctx, s, proposalID, res), true, nil
}

// caseOf finds the case that an act was for. It is compared with the reader's own
// attempt only, so it looks without regard to what the reader may see.
func (a *App) caseOf(ctx context.Context, t Act) (caseID, proposalID string, err error) {
	switch t.Kind {
	case "session":
		row, err := a.Store.SessionByID(ctx, t.ID)
		if err != nil {
			return "", "", internal("read session", err)
		}
		return row.CaseID, "", nil
	case "revocation":
		row, err := a.Store.RevocationByID(ctx, t.ID)
		if err != nil {
			return "", "", internal("read revocation", err)
		}
		return row.CaseID, "", nil
	case "decision":
		row, err := a.Store.DecisionByID(ctx, t.ID)
		if err != nil {
			return "", "", internal("read decision", err)
		}
		return row.CaseID, "", nil
	}
	p, err := a.Store.ProposalIn(ctx, postgres.Scope{All: true}, t.ID)
	if err != nil {
		return "", "", internal("read proposal", err)
	}
	return p.CaseID, p.ID, nil
}
