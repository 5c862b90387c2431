package workflows_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// signing drives the issuance of one decision over two cases.
type signing struct {
	*desk
	in       proposal.IssuanceInput
	last     proposal.IssuanceTransition
	mu       sync.Mutex
	did      []string // the activities, in order
	finished workflows.FinishInput
	sealed   []workflows.SealIssuedInput
	rounds   []workflows.Delivery
	ledger   proposal.IssuedData
}

func newSigning(t *testing.T) *signing {
	s := &signing{desk: newDesk(t, workflows.IssuanceID("d1")), rounds: []workflows.Delivery{{Delivered: 1, Moved: 1}, {Delivered: 1}}}
	s.in = proposal.IssuanceInput{
		Case: s.id, Decision: "d1", Standing: standing, Authority: province, Content: "text",
		Cases: []proposal.IssuanceCase{
			{Case: workflows.CommendationID("p1"), Items: []string{"i1"}}, {Case: workflows.CommendationID("p2"), Items: []string{"i7"}},
		},
	}
	s.in.Submit = s.sign(envelope.PurposeApp, s.submission())
	s.last.Number = 1
	s.activity(workflows.ActivityFinishDecision, func(_ context.Context, in workflows.FinishInput) (workflows.Finished, error) {
		s.note("finish", func() { s.finished = in })
		return workflows.Finished{Document: "pdf"}, nil
	})
	s.activity(workflows.ActivitySealIssued, func(_ context.Context, in workflows.SealIssuedInput) (workflows.Sealed, error) {
		s.note("seal", func() { s.sealed = append(s.sealed, in) })
		return workflows.Sealed{Batch: "b", Count: 2}, nil
	})
	s.activity(workflows.ActivityDeliver, func(context.Context, workflows.Sealed) (d workflows.Delivery, _ error) {
		s.note("deliver", func() { d, s.rounds = s.rounds[0], s.rounds[1:] })
		return d, nil
	})
	s.activity(workflows.ActivityWriteLedger, func(_ context.Context, in proposal.IssuedData) error {
		s.note("ledger of "+in.Decision, func() { s.ledger = in })
		return nil
	})
	return s
}

func (s *signing) submission() envelope.Act {
	return s.act(proposal.ActionSubmit, "p-standing", string(proposal.RoleStandingHead), standing, proposal.SendData{Content: "text"})
}

func (s *signing) note(what string, f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.did = append(s.did, what)
	f()
}

func (s *signing) by(action, actor string, role proposal.Role, data any) envelope.Act {
	a := s.act(action, actor, string(role), province, data)
	a.Number = s.last.Number + 1
	return a
}

func (s *signing) do(action, actor string, role proposal.Role, data any) {
	s.t.Helper()
	var got *answer
	s.then(func() {
		a := s.by(action, actor, role, data)
		got = s.update(a.Action, a.Nonce, s.sign(envelope.PurposeApp, a))
	})
	s.then(func() {
		s.t.Helper()
		var took proposal.IssuanceTransition
		got.into(s.t, &took)
		s.last = took
	})
}

func (s *signing) refused(code string, key envelope.Purpose, action, actor string, role proposal.Role, data any) {
	s.t.Helper()
	var got *answer
	s.then(func() {
		a := s.by(action, actor, role, data)
		got = s.update(a.Action, a.Nonce, s.sign(key, a))
	})
	s.then(func() { s.t.Helper(); got.refused(s.t, code) })
}

func (s *signing) issue() { s.run((&workflows.Issuance{Rings: s.rings}).Run, s.in) }

func (s *signing) result() workflows.IssuanceResult {
	s.t.Helper()
	require.NoError(s.t, s.env.GetWorkflowError())
	var r workflows.IssuanceResult
	require.NoError(s.t, s.env.GetWorkflowResult(&r))
	return r
}

var signed = proposal.SignData{Content: "text", Mode: "KT"}

// TestIssuance: signed and numbered by their persons; then the document, the
// cases and the ledger, in this order.
func TestIssuance(t *testing.T) {
	t.Parallel()
	s := newSigning(t)
	s.do(proposal.ActionSign, "p-signer", proposal.RoleSigner, signed)
	s.then(func() { require.Empty(t, s.did, "nothing is done before the number") })
	s.do(proposal.ActionNumber, "p-registrar", proposal.RoleRegistrar, proposal.NumberData{Number: "328/QĐ-UBND", Date: "2023-12-01"})
	s.issue()
	require.Equal(t, workflows.IssuanceResult{
		Phase: proposal.IssuanceNumbered, Document: "pdf", Delivery: workflows.Delivery{Delivered: 2},
	}, s.result())
	require.Equal(t, []string{"finish", "seal", "deliver", "seal", "deliver", "ledger of d1"}, s.did)
	require.Equal(t, workflows.FinishInput{Case: s.id, Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "text"}, s.finished)
	require.Equal(t, proposal.IssuedData{
		Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "text", Document: "pdf",
		Submitter: []string{"p-standing"}, Signer: []string{"p-signer"}, Registrar: []string{"p-registrar"},
	}, s.sealed[0].Issued)
	require.Equal(t, s.sealed[0].Issued, s.ledger, "the ledger's number and date are the workflow's")
	require.Equal(t, workflows.SealInput{Case: s.id, ID: "d1", Round: 2}, s.sealed[1].SealInput)
	require.Len(t, ask[[]proposal.IssuanceTransition](s.desk, workflows.QueryTransitions, 0), 3)
}

func TestSendBack(t *testing.T) {
	t.Parallel()
	s := newSigning(t)
	s.do(proposal.ActionSendBack, "p-signer", proposal.RoleSigner, proposal.ReasonData{Reason: "reason"})
	s.issue()
	require.Equal(t, workflows.IssuanceResult{Phase: proposal.IssuanceSentBack}, s.result())
	require.Empty(t, s.did, "a decision that was sent back touched the world")
}

func TestRefusedSigning(t *testing.T) {
	t.Parallel()
	s := newSigning(t)
	number := proposal.NumberData{Number: "1/QĐ-UBND", Date: "2023-12-01"}
	s.refused(envelope.CodeRole, envelope.PurposeApp, proposal.ActionSign, "p-clerk", proposal.RoleClerk, signed)
	s.refused(envelope.CodeSeparation, envelope.PurposeApp, proposal.ActionSign, "p-standing", proposal.RoleSigner, signed)
	s.refused(envelope.CodeData, envelope.PurposeApp, proposal.ActionSign, "p-signer", proposal.RoleSigner, proposal.SignData{Content: "other"})
	s.refused(envelope.CodePurpose, envelope.PurposeIssuance, proposal.ActionSign, "p-signer", proposal.RoleSigner, signed)
	s.refused(envelope.CodeStage, envelope.PurposeApp, proposal.ActionNumber, "p-registrar", proposal.RoleRegistrar, number)
	s.do(proposal.ActionSign, "p-signer", proposal.RoleSigner, signed)
	s.refused(envelope.CodeStage, envelope.PurposeApp, proposal.ActionSendBack, "p-signer", proposal.RoleSigner, proposal.ReasonData{Reason: "late"})
	s.refused(envelope.CodeData, envelope.PurposeApp, proposal.ActionNumber, "p-registrar", proposal.RoleRegistrar, proposal.NumberData{Number: "1", Date: "01/12/2023"})
	s.issue()
	require.Equal(t, 2, s.last.Number)
	require.Empty(t, s.did)
}

func TestForgedSubmission(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code  string
		forge func(*signing)
	}{
		"other decision":   {envelope.CodeCase, func(s *signing) { s.in.Case = workflows.IssuanceID("d2") }},
		"under another id": {envelope.CodeCase, func(s *signing) { s.startAs(s.id + "-again") }},
		"other text":       {envelope.CodeData, func(s *signing) { s.in.Content = "swapped" }},
		"no cases":         {envelope.CodeData, func(s *signing) { s.in.Cases = nil }},
		"unknown key":      {envelope.CodeUnknownKey, func(s *signing) { s.in.Submit = stranger(s.t, s.submission()) }},
		"other unit":       {envelope.CodeUnit, func(s *signing) { s.in.Standing = school }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSigning(t)
			tc.forge(s)
			s.issue()
			require.Equal(t, tc.code, codeOf(s.env.GetWorkflowError()), "%v", s.env.GetWorkflowError())
			require.Empty(t, s.did)
		})
	}
}

// TestACorrectionTellsNoCase: after its document only the ledger is put right.
func TestACorrectionTellsNoCase(t *testing.T) {
	t.Parallel()
	s := newSigning(t)
	lines := []proposal.CorrectionLine{{Recognition: "r1", Item: "i1", Field: proposal.FieldName}}
	s.in.Cases, s.in.Corrects = nil, &proposal.Correction{Decision: "d0", Lines: lines}
	s.activity(workflows.ActivityWriteCorrection, func(_ context.Context, in workflows.CorrectedInput) error {
		s.note("correct", func() {
			require.Equal(t, workflows.CorrectedInput{Decision: "d1", Number: "57/QĐ-UBND", Date: "2024-03-01", Lines: lines}, in)
		})
		return nil
	})
	s.do(proposal.ActionSign, "p-signer", proposal.RoleSigner, signed)
	s.do(proposal.ActionNumber, "p-registrar", proposal.RoleRegistrar, proposal.NumberData{Number: "57/QĐ-UBND", Date: "2024-03-01"})
	s.issue()
	require.Equal(t, workflows.IssuanceResult{Phase: proposal.IssuanceNumbered, Document: "pdf"}, s.result())
	require.Equal(t, []string{"finish", "correct"}, s.did)
}
