package apitest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// number numbers a signed decision of any kind and makes its document; it returns the
// transition that gave the number.
func (w *World) number(t testing.TB, d app.DecisionView, decision string, number int) (given, date string) {
	t.Helper()
	ctx := context.Background()
	_, err := w.App.NumberDecision(ctx, w.Session(t, "hg-registrar"), d.ID, app.NumberInput{Number: number})
	require.NoError(t, err)
	raw, err := w.Temporal.QueryWorkflow(ctx, d.CaseID, "", workflows.QueryTransitions, 0)
	require.NoError(t, err)
	var acts []struct {
		Given string `json:"given"`
		Date  string `json:"date"`
	}
	require.NoError(t, raw.Get(&acts))
	last := acts[len(acts)-1]
	_, err = w.worker.documents.FinishDecision(ctx, workflows.FinishInput{Case: d.CaseID, Decision: decision, Number: last.Given, Date: last.Date, Content: d.Content})
	require.NoError(t, err)
	return last.Given, last.Date
}

// Corrected submits the draft of a correction, has it signed and numbered, and does what
// a worker does then.
func (w *World) Corrected(t testing.TB, d app.DecisionView, number int) app.DecisionView {
	t.Helper()
	ctx := context.Background()
	_, err := w.App.SubmitDecision(ctx, w.Session(t, "snv-director"), d.ID)
	require.NoError(t, err)
	w.Signed(t, d)
	given, date := w.number(t, d, d.ID, number)
	said, err := w.App.Store.CorrectionLines(ctx, d.ID)
	require.NoError(t, err)
	var lines []proposal.CorrectionLine
	for _, l := range said {
		lines = append(lines, proposal.CorrectionLine{Recognition: l.Recognition, Item: l.Item, Field: l.Field})
	}
	require.NoError(t, w.worker.ledger.WriteCorrection(ctx, workflows.CorrectedInput{Decision: d.ID, Number: given, Date: date, Lines: lines}))
	v, err := w.App.DecisionView(ctx, w.Session(t, "snv-director"), d.ID)
	require.NoError(t, err)
	return v
}

// Revoked opens a revocation of all that a decision of the education office names and
// takes it to the mark in the ledger. The law's day must be one on which that is possible.
func (w *World) Revoked(t testing.TB, d app.DecisionView, ground string, evidence []byte, number int) app.RevocationView {
	t.Helper()
	ctx, head := context.Background(), w.Session(t, "snv-director")
	done, err := w.App.OpenRevocation(ctx, head, app.OpenRevocationInput{
		Decision: d.ID, Ground: ground, Reason: "Kê khai sai (giả định).", Due: w.App.Today().String(), Evidence: evidence, EvidenceName: "ket-luan.pdf",
	})
	require.NoError(t, err)
	_, err = w.App.AnswerRevocation(ctx, w.Session(t, "pgd-head"), done.ID, app.AnswerRevocationInput{Position: "agree"})
	require.NoError(t, err)
	_, err = w.App.AppraiseRevocation(ctx, head, done.ID, app.AppraiseRevocationInput{Verdict: "revoke", Reason: "Đủ căn cứ (giả định)."})
	require.NoError(t, err)
	_, err = w.App.SubmitRevocation(ctx, head, done.ID, app.RevokingDraftInput{})
	require.NoError(t, err)
	v, err := w.App.Revocation(ctx, head, done.ID)
	require.NoError(t, err)
	revoking, err := w.App.DecisionView(ctx, head, *v.Revoking)
	require.NoError(t, err)
	w.Signed(t, revoking)
	given, date := w.number(t, revoking, v.CaseID, number)
	require.NoError(t, w.worker.ledger.WriteRevocation(ctx, workflows.RevokedInput{Revocation: v.ID, Number: given, Date: date}))
	v, err = w.App.Revocation(ctx, head, done.ID)
	require.NoError(t, err)
	return v
}
