package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/postgres"
)

// auditable is a case of any kind as an auditor names it: by id or reference of a
// proposal, session or decision, or by the case's own id.
type auditable struct {
	Case     string
	Kind     string
	ID       string // of the proposal, session or decision
	Ref      string
	Award    string
	Title    string
	Unit     string
	Proposal *postgres.Proposal
}

// onlyAuditors puts anybody else's try on record.
func (a *App) onlyAuditors(ctx context.Context, s Session, action, target string) error {
	if s.anywhere("audit") {
		return nil
	}
	return a.refuse(ctx, s, action, target, fail(CodeForbidden, "auditors do this"))
}

// audited finds a case for an auditor.
func (a *App) audited(ctx context.Context, s Session, action, id string) (auditable, error) {
	if err := a.onlyAuditors(ctx, s, action, id); err != nil {
		return auditable{}, err
	}
	p, err := a.Store.ProposalIn(ctx, postgres.Scope{All: true}, id)
	if err == nil {
		return auditable{Case: p.CaseID, Kind: evidence.KindOf(p.CaseID), ID: p.ID, Ref: p.Ref, Award: p.Award, Unit: p.Unit, Proposal: &p}, nil
	}
	if !errors.Is(err, postgres.ErrNotFound) {
		return auditable{}, internal("read proposal", err)
	}
	ses, err := a.Store.SessionByID(ctx, id)
	if err == nil {
		return auditable{Case: ses.CaseID, Kind: evidence.KindOf(ses.CaseID), ID: ses.ID, Ref: ses.Ref, Title: ses.Title, Unit: ses.Unit}, nil
	}
	if !errors.Is(err, postgres.ErrNotFound) {
		return auditable{}, internal("read session", err)
	}
	v, err := a.Store.RevocationByID(ctx, id)
	if err == nil {
		return auditable{Case: v.CaseID, Kind: evidence.KindOf(v.CaseID), ID: v.ID, Ref: v.Ref, Award: v.Award, Unit: v.Authority}, nil
	}
	if !errors.Is(err, postgres.ErrNotFound) {
		return auditable{}, internal("read revocation", err)
	}
	d, err := a.Store.DecisionByID(ctx, id)
	if err != nil {
		return auditable{}, internal("read decision", err)
	}
	return auditable{Case: d.CaseID, Kind: evidence.KindOf(d.CaseID), ID: d.ID, Ref: d.Ref, Award: d.Award, Unit: d.Authority}, nil
}

// caseRecord is what PostgreSQL holds of a case's acts.
type caseRecord struct {
	rows     []postgres.TrailRow
	recorded []evidence.Recorded
	attempts []postgres.SettledAttempt
}

// acts reads a case's trail with the signed message behind each row.
func (a *App) acts(ctx context.Context, caseID string) (caseRecord, error) {
	var out caseRecord
	var err error
	if out.rows, err = a.Store.Trail(ctx, caseID); err != nil {
		return out, internal("read trail", err)
	}
	if len(out.rows) == 0 {
		return out, fail(CodeNotFound, "nothing is on record of it yet")
	}
	if out.attempts, err = a.Store.AttemptsOf(ctx, caseID); err != nil {
		return out, internal("read attempts", err)
	}
	messages := map[string]json.RawMessage{}
	for _, t := range out.attempts {
		messages[t.Nonce] = t.Message
	}
	for i, r := range out.rows {
		var step envelope.Step
		_ = json.Unmarshal(r.Body, &step) // a body that does not decode has no message, which the check names
		rec := evidence.Recorded{
			TrailRow: evidence.TrailRow{Number: r.Number, Body: r.Body, PrevHash: r.PrevHash, Hash: r.Hash},
			At:       step.At, Message: messages[step.Nonce],
		}
		if i == 0 {
			rec.Start, err = a.Store.StartOf(ctx, step.Nonce)
			if err != nil && !errors.Is(err, postgres.ErrNotFound) {
				return out, internal("read the case's input", err)
			}
		}
		out.recorded = append(out.recorded, rec)
	}
	return out, nil
}

// at is the number of the last row at an instant; 0 before the first.
func (r caseRecord) at(t time.Time) int {
	n := 0
	for i, row := range r.recorded {
		if !row.At.After(t) {
			n = i + 1
		}
	}
	return n
}
