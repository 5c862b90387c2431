package activities

import (
	"context"
	"encoding/json"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/workflows"
)

// Signals puts on record what came by Signal, taken or refused.
type Signals struct {
	Store *postgres.Store
	Desk  *act.Desk
	Rings workflows.Rings
}

// Record writes the attempts and outcomes of Signals, and their transitions.
func (s *Signals) Record(ctx context.Context, records []workflows.SignalRecord) error {
	for _, r := range records {
		if err := s.record(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *Signals) record(ctx context.Context, r workflows.SignalRecord) error {
	o, ok := s.open(r.Message)
	if !ok {
		return s.Store.RefuseAtGate(ctx, "signal", "SignalWorkflowExecution", r.Case, workflows.SignalDecide, r.Code, r.Detail)
	}
	if r.Transition == nil {
		return s.Store.RefuseAtGate(ctx, o.Act.Actor, "SignalWorkflowExecution", r.Case, o.Act.Action, r.Code, r.Detail)
	}
	_, err := s.Store.SaveAttempt(ctx, postgres.Attempt{
		Nonce: o.Act.Nonce, CaseID: r.Case, Action: o.Act.Action, Workflow: workflows.TypeCommendation,
		Message: r.Message, Actor: o.Act.Actor,
	})
	if err != nil {
		return err
	}
	body, err := json.Marshal(r.Transition)
	if err != nil {
		return err
	}
	return s.Desk.Record(ctx, r.Case, body)
}

// open tells whether the message is an act of ours at all; one that is not has
// nobody whom the record could believe to be its sender.
func (s *Signals) open(raw json.RawMessage) (envelope.Opened, bool) {
	var msg envelope.Message
	if json.Unmarshal(raw, &msg) != nil {
		return envelope.Opened{}, false
	}
	o, err := s.Rings().Open(msg)
	return o, err == nil
}
