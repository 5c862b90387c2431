package app

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// evidencePDF is a file that the checks of papers take.
var evidencePDF = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

// awarded issues a decision over one case with two people and moves on to 2024, when
// Điều 93 is in force.
func (w *world) awarded(number int) DecisionView {
	w.t.Helper()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Trần Văn Giả Định"))
	require.Equal(w.t, 1, w.finishCouncil(w.vote(nil, p)).Delivered)
	d := w.decide(p)
	w.issue(d, NumberInput{Number: number})
	w.Today = func() law.Date { return law.MustDate("2024-03-01") }
	return d
}

func (w *world) opened(d DecisionView, recognitions ...string) RevocationView {
	w.t.Helper()
	head := w.as(w.standingLogin())
	done, err := w.OpenRevocation(context.Background(), head, OpenRevocationInput{
		Decision: d.ID, Recognitions: recognitions, Ground: "FRAUD", Reason: "Kê khai thành tích của người khác (giả định).", Due: "2024-03-15",
		Evidence: evidencePDF, EvidenceName: "ket-luan.pdf",
	})
	require.NoError(w.t, err)
	v, err := w.Revocation(context.Background(), head, done.ID)
	require.NoError(w.t, err)
	return v
}

// revokedBy takes a revocation that was opened to its mark in the ledger.
func (w *world) revokedBy(v RevocationView, number int) DecisionView {
	t, ctx := w.t, context.Background()
	t.Helper()
	head := w.as(w.standingLogin())
	_, err := w.AnswerRevocation(ctx, w.as("pgd-head"), v.ID, AnswerRevocationInput{Position: "agree"})
	require.NoError(t, err)
	_, err = w.AppraiseRevocation(ctx, head, v.ID, AppraiseRevocationInput{Verdict: "revoke", Reason: "Đủ căn cứ (giả định)."})
	require.NoError(t, err)
	_, err = w.SubmitRevocation(ctx, head, v.ID, RevokingDraftInput{})
	require.NoError(t, err)
	now, err := w.Revocation(ctx, head, v.ID)
	require.NoError(t, err)
	d, err := w.DecisionView(ctx, head, *now.Revoking)
	require.NoError(t, err)
	_, err = w.SignDecision(ctx, w.as(w.holder(authority, proposal.RoleSigner)), d.ID, SignInput{Content: d.Content})
	require.NoError(t, err)
	_, err = w.NumberDecision(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), d.ID, NumberInput{Number: number})
	require.NoError(t, err)
	var acts []proposal.RevocationTransition
	w.history(v.CaseID, &acts)
	last := acts[len(acts)-1]
	_, err = w.documents.FinishDecision(ctx, workflows.FinishInput{Case: v.CaseID, Decision: v.CaseID, Number: last.Given, Date: last.Date, Content: d.Content})
	require.NoError(t, err)
	for range 2 { // a second time changes nothing
		require.NoError(t, w.ledger.WriteRevocation(ctx, workflows.RevokedInput{Revocation: v.ID, Number: last.Given, Date: last.Date}))
	}
	d, err = w.DecisionView(ctx, head, d.ID)
	require.NoError(t, err)
	return d
}

func TestRevocationOfOneOfTwo(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head := w.as(w.standingLogin())
	f, err := w.RevocationForm(ctx, head, d.ID)
	require.NoError(t, err)
	require.Len(t, f.Grounds, 4)
	require.Equal(t, law.MarkConfirmed, f.Grounds[0].Mark)
	require.Len(t, f.Lines, 2)
	_, err = w.MarkHandover(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), d.ID, HandoverInput{
		Items: []string{f.Lines[0].Item}, State: "received", Receiver: "Người nhận (giả định)",
	})
	require.NoError(t, err)
	v := w.opened(d, f.Lines[0].Recognition)
	require.False(t, v.Whole)
	require.Positive(t, v.Owed)
	require.Equal(t, f.Lines[0].Amount, v.Owed)
	require.Equal(t, 1, v.ToReturn)

	again, err := w.OpenRevocation(ctx, head, OpenRevocationInput{
		Decision: d.ID, Recognitions: []string{f.Lines[0].Recognition}, Ground: "FRAUD", Reason: "x", Due: "2024-03-15", Evidence: evidencePDF, EvidenceName: "a.pdf",
	})
	require.Equal(t, CodeConflict, codeOf(err), again)

	revoking := w.revokedBy(v, 55)
	require.True(t, revoking.Revokes)
	require.Contains(t, revoking.Text.Abstract, "hủy bỏ một phần Quyết định số 41/QĐ-UBND")
	whole := strings.Join(revoking.Text.Articles[0].Paragraphs, "\n") + revoking.Text.Articles[1].Paragraphs[0]
	require.Contains(t, whole, "Nguyễn Văn Ví Dụ")
	require.NotContains(t, whole, "Giả Định")
	require.Contains(t, whole, "Điều 93")
	require.Contains(t, whole, "tổng số tiền phải nộp lại")
	pdf, err := w.DecisionPDF(ctx, head, revoking.ID)
	require.NoError(t, err)
	require.Equal(t, "%PDF-", string(pdf[:5]))

	// The ledger keeps the row, marked, and it counts no more.
	led, err := w.Ledger(ctx, head, f.Lines[0].Subject)
	require.NoError(t, err)
	require.Len(t, led.Rows, 1)
	require.Equal(t, "55/QĐ-UBND", led.Rows[0].RevokedBy)
	require.Zero(t, led.Counted)
	counts, err := w.Store.LedgerOf(ctx, []string{f.Lines[0].Subject, f.Lines[1].Subject})
	require.NoError(t, err)
	require.Len(t, counts, 1, "the other one's counts")
	require.Equal(t, f.Lines[1].Subject, counts[0].Subject)

	// The public is told which part of the decision is gone, and no name.
	w.public = newBounded()
	check, err := w.CheckDocument(ctx, From{Address: "192.0.2.1"}, DocumentCheckInput{Code: d.Text.Code})
	require.NoError(t, err)
	require.Equal(t, DocumentValid, check.State)
	require.Equal(t, []postgres.Cancelled{{Number: "55/QĐ-UBND", Date: "2024-03-01", Positions: []int{f.Lines[0].Position}}}, check.Parts)

	// The rest may be revoked too; then nothing is left.
	second := w.opened(d, f.Lines[1].Recognition)
	require.NotEqual(t, v.ID, second.ID)
	breaches, err := w.Store.Breaches(ctx)
	require.NoError(t, err)
	require.Empty(t, breaches)
}

func TestWholeDecisionCancelled(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	v := w.opened(d)
	require.True(t, v.Whole)
	w.revokedBy(v, 56)
	w.public = newBounded()
	check, err := w.CheckDocument(ctx, From{Address: "192.0.2.1"}, DocumentCheckInput{Code: d.Text.Code})
	require.NoError(t, err)
	require.Equal(t, DocumentCancelled, check.State)
	require.Equal(t, "56/QĐ-UBND", check.CancelledBy)
	_, err = w.RevocationForm(ctx, w.as(w.standingLogin()), v.CaseID)
	require.Equal(t, CodeNotReady, codeOf(err), "a revocation is not revoked")
	_, err = w.Handover(ctx, w.as(w.standingLogin()), v.CaseID)
	require.Equal(t, CodeNotReady, codeOf(err), "and hands nothing over")
}

func TestRevocationIsHeardAppraisedAndDecidedApart(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head, signer := w.as(w.standingLogin()), w.as(w.holder(authority, proposal.RoleSigner))
	for login, want := range map[string]string{"pgd-head": CodeForbidden, w.holder(authority, proposal.RoleSigner): CodeForbidden} {
		_, err := w.OpenRevocation(ctx, w.as(login), OpenRevocationInput{Decision: d.ID, Ground: "FRAUD", Reason: "x", Due: "2024-03-15", Evidence: evidencePDF, EvidenceName: "a.pdf"})
		require.Equal(t, want, codeOf(err), login)
	}
	for field, in := range map[string]OpenRevocationInput{
		"ground": {Decision: d.ID, Ground: "NONE", Reason: "x", Due: "2024-03-15", Evidence: evidencePDF, EvidenceName: "a.pdf"},
		"due":    {Decision: d.ID, Ground: "FRAUD", Reason: "x", Due: "2024-02-29", Evidence: evidencePDF, EvidenceName: "a.pdf"},
		"reason": {Decision: d.ID, Ground: "FRAUD", Due: "2024-03-15", Evidence: evidencePDF, EvidenceName: "a.pdf"},
	} {
		_, err := w.OpenRevocation(ctx, head, in)
		require.Equal(t, CodeInvalid, codeOf(err), field)
		require.Equal(t, field, err.(*Error).Fields[0].Field)
	}
	v := w.opened(d)
	_, err := w.AppraiseRevocation(ctx, head, v.ID, AppraiseRevocationInput{Verdict: "revoke", Reason: "x"})
	require.Equal(t, CodeNotReady, codeOf(err), "the unit has not answered")
	_, err = w.AnswerRevocation(ctx, w.as("vt-head"), v.ID, AnswerRevocationInput{Position: "agree"})
	require.Equal(t, CodeNotFound, codeOf(err), "another unit sees nothing")
	_, err = w.Revocation(ctx, signer, v.ID)
	require.Equal(t, CodeNotFound, codeOf(err), "nor the signer, before it is submitted")
	_, err = w.AnswerRevocation(ctx, w.as("pgd-head"), v.ID, AnswerRevocationInput{Position: "disagree"})
	require.Equal(t, CodeInvalid, codeOf(err), "who disagrees says why")
	_, err = w.AnswerRevocation(ctx, w.as("pgd-head"), v.ID, AnswerRevocationInput{Position: "disagree", Reason: "Không có gian dối (giả định).", Document: evidencePDF, Name: "giai-trinh.pdf"})
	require.NoError(t, err)
	_, err = w.AnswerRevocation(ctx, w.as("pgd-clerk"), v.ID, AnswerRevocationInput{Position: "agree"})
	require.Equal(t, envelope.CodeStage, codeOf(err), "a unit answers once")
	own, err := w.Revocation(ctx, w.as("pgd-clerk"), v.ID)
	require.NoError(t, err)
	require.Len(t, own.Lines, 2)
	f, err := w.RevocationFile(ctx, w.as("pgd-clerk"), v.ID, own.Evidence)
	require.NoError(t, err)
	got, err := io.ReadAll(f)
	require.NoError(t, err)
	require.Equal(t, evidencePDF, got)
	_, err = w.AppraiseRevocation(ctx, head, v.ID, AppraiseRevocationInput{Verdict: "revoke", Reason: "Mật của Ban (giả định)"})
	require.NoError(t, err)
	own, err = w.Revocation(ctx, w.as("pgd-clerk"), v.ID)
	require.NoError(t, err)
	require.Empty(t, own.Appraisal, "the appraisal is for who decides")
	_, err = w.SubmitRevocation(ctx, w.as("pgd-head"), v.ID, RevokingDraftInput{})
	require.Equal(t, CodeForbidden, codeOf(err))
	pdf, err := w.PreviewRevocation(ctx, head, v.ID, RevokingDraftInput{})
	require.NoError(t, err)
	require.Equal(t, "%PDF-", string(pdf[:5]))
	_, err = w.SubmitRevocation(ctx, head, v.ID, RevokingDraftInput{})
	require.NoError(t, err)
	seen, err := w.Revocation(ctx, signer, v.ID)
	require.NoError(t, err)
	require.True(t, seen.May.Refuse)
	_, err = w.SendBackDecision(ctx, signer, *seen.Revoking, CancelInput{Reason: "Sửa căn cứ"})
	require.NoError(t, err)
	_, err = w.SubmitRevocation(ctx, head, v.ID, RevokingDraftInput{})
	require.NoError(t, err, "the draft is made anew")
	_, err = w.RefuseRevocation(ctx, signer, v.ID, CancelInput{Reason: "Chưa đủ căn cứ (giả định)"})
	require.NoError(t, err)
	own, err = w.Revocation(ctx, w.as("pgd-clerk"), v.ID)
	require.NoError(t, err)
	require.Equal(t, proposal.RevocationRefused, own.Phase)
	require.Contains(t, own.Ended, "Chưa đủ căn cứ")
	_, err = w.WithdrawRevocation(ctx, head, v.ID, CancelInput{Reason: "x"})
	require.Equal(t, envelope.CodeStage, codeOf(err))
	w.opened(d) // what was refused may be asked again
	open, err := w.Store.ToArchive(ctx, "", 50)
	require.NoError(t, err)
	require.Contains(t, open, v.CaseID)
}
