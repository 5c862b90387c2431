package main

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"

	"vinhdanh/internal/app"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

var proof = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

// TestCostOfARevocation revokes an award on the real house, from its opening to the
// mark in the ledger, counts its history, and has what raw clients try refused.
func TestCostOfARevocation(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.appraised("ph-reviewer-2", w.atRest(w.sent("LDTT", 2)))
	_, err := local.hold(w.ctx, w.stage, []string{p.ID})
	require.NoError(t, err)
	d, err := w.stage.decide(w.ctx, districtOffice, p.ID, 3201)
	require.NoError(t, err)
	later := *w.app // Điều 93 is in force from 2024 on
	later.Today = func() law.Date { return law.MustDate("2024-03-01") }
	w.stage.app = &later
	head := w.who(districtOffice.prepares)
	w.waitFor("the ledger", func() (bool, error) {
		f, err := w.app.RevocationForm(w.ctx, head, d.ID)
		return err == nil && len(f.Lines) == 2, err
	})
	opened, err := w.app.OpenRevocation(w.ctx, head, app.OpenRevocationInput{
		Decision: d.ID, Ground: "CONCLUSION", Reason: "Kết luận thanh tra (giả định).", Due: "2024-03-20", Evidence: proof, EvidenceName: "ket-luan.pdf",
	})
	require.NoError(t, err)
	now := func() app.RevocationView {
		v, err := w.app.Revocation(w.ctx, head, opened.ID)
		require.NoError(t, err)
		return v
	}
	until := func(phase string) app.RevocationView {
		w.waitFor(phase, func() (bool, error) { return now().Phase == phase, nil })
		return now()
	}
	v := until(proposal.RevocationOpened)
	w.rawOn(v, p)
	_, err = w.app.AnswerRevocation(w.ctx, w.who("pgd-head"), v.ID, app.AnswerRevocationInput{Position: "agree"})
	require.NoError(t, err)
	w.waitFor("the answer", func() (bool, error) { return now().Number == 2, nil })
	_, err = w.app.AppraiseRevocation(w.ctx, head, v.ID, app.AppraiseRevocationInput{Verdict: "revoke", Reason: "Đủ căn cứ (giả định)."})
	require.NoError(t, err)
	until(proposal.RevocationAppraised)
	_, err = w.app.SubmitRevocation(w.ctx, head, v.ID, app.RevokingDraftInput{})
	require.NoError(t, err)
	v = until(proposal.RevocationSubmitted)
	text, err := w.app.DecisionView(w.ctx, head, *v.Revoking)
	require.NoError(t, err)
	_, err = w.app.SignDecision(w.ctx, w.who(districtOffice.signs), text.ID, app.SignInput{Content: text.Content})
	require.NoError(t, err)
	until(proposal.RevocationSigned)
	_, err = w.app.NumberDecision(w.ctx, w.who(districtOffice.numbers), text.ID, app.NumberInput{Number: 3202})
	require.NoError(t, err)
	w.waitFor("the mark in the ledger", func() (bool, error) {
		led, err := w.app.Ledger(w.ctx, head, v.Lines[0].Subject)
		return err == nil && slices.ContainsFunc(led.Rows, func(r app.LedgerEntry) bool { return r.RevokedBy != "" }), err // others award the same people
	})
	w.waitFor("the end", func() (bool, error) {
		a, err := w.app.Account(w.ctx, w.who("hg-auditor"), v.CaseID)
		return err == nil && a.Archive != nil, err
	})
	keepForCorpus(w, v.CaseID)
	w.clean()

	c := count(w.history(v.CaseID))
	t.Log(c)
	require.Equal(t, 5, c.updates)
	require.Equal(t, revocationEvents+5*c.updates, c.events)
	require.Equal(t, 3+c.updates, c.actions) // start, document, mark; and one each
}

// revocationEvents is what a revocation costs beside five events for each of its acts:
// start and first task, two activities with their tasks, and the end.
const revocationEvents = 17

// rawOn: with the credentials of anybody, no key but the app's opens or moves a
// revocation, and the app's only in the right role and unit.
func (w *town) rawOn(v app.RevocationView, p postgres.Proposal) {
	w.t.Helper()
	before, err := w.app.Store.Trail(w.ctx, v.CaseID)
	require.NoError(w.t, err)
	data, err := json.Marshal(proposal.AnswerData{Position: "agree"})
	require.NoError(w.t, err)
	aim := func(a *envelope.Act) {
		a.Case, a.Number, a.Action, a.Role, a.Unit, a.Data = v.CaseID, v.Number+1, "answer", "unit_head", v.Lines[0].Unit, data
		a.Stage, a.Revision = v.Phase, 0
	}
	with := func(more func(*envelope.Act)) func(*envelope.Act) {
		return func(a *envelope.Act) { aim(a); more(a) }
	}
	for _, sender := range senders {
		c := w.raw(sender)
		for _, a := range []attack{
			{name: "a key of the forger's own", code: envelope.CodeUnknownKey, signer: "forged", change: aim},
			{name: "the issuance's key", code: envelope.CodePurpose, signer: envelope.PurposeIssuance, change: aim},
			{name: "another case", code: envelope.CodeCase, signer: envelope.PurposeApp, change: with(func(a *envelope.Act) { a.Case = "revocation/" + uuid.NewString() })},
			{name: "another unit", code: envelope.CodeUnit, signer: envelope.PurposeApp, change: with(func(a *envelope.Act) { a.Unit = "ubnd-vi-thuy" })},
			{name: "a number gone by", code: envelope.CodeNumber, signer: envelope.PurposeApp, change: with(func(a *envelope.Act) { a.Number-- })},
			{name: "signed before it is submitted", code: envelope.CodeStage, signer: envelope.PurposeApp, change: with(func(a *envelope.Act) { a.Action, a.Role = "sign", "signer" })},
		} {
			name, id, args := w.ready(a, p)
			err := update(w.ctx, c, v.CaseID, name, id, args)
			require.Error(w.t, err, "%s: %s", sender, a.name)
			if sender == gate.App {
				require.Equal(w.t, a.code, refusalOf(err), "%s: %v", a.name, err)
			}
		}
		_, err := c.WorkflowService().StartWorkflowExecution(w.ctx, &workflowservice.StartWorkflowExecutionRequest{
			Namespace: cases, WorkflowId: "issuance/" + uuid.NewString(), WorkflowType: &commonpb.WorkflowType{Name: workflows.TypeRevocation},
			RequestId: uuid.NewString(), TaskQueue: &taskqueuepb.TaskQueue{Name: workflows.QueueCases},
		})
		require.Error(w.t, err, "%s starts a revocation under another kind's id", sender)
	}
	after, err := w.app.Store.Trail(w.ctx, v.CaseID)
	require.NoError(w.t, err)
	require.Equal(w.t, before, after)
}
