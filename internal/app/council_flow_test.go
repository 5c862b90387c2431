package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

func chain(c *x509.Certificate) []*x509.Certificate { return []*x509.Certificate{c} }

// vote drafts a session over the proposals, convenes, opens with everybody, lets
// everybody vote yes but for the named exceptions of all but one, and closes.
func (w *world) vote(no map[string]bool, ps ...postgres.Proposal) postgres.CouncilSession {
	t, ctx := w.t, context.Background()
	t.Helper()
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Họp xét khen thưởng", HeldOn: "2023-11-20"})
	require.NoError(t, err)
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.ID)
	}
	v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: ids})
	require.NoError(t, err)
	_, err = w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	for _, seat := range v.Roster {
		in := CastInput{Default: "yes", Items: map[string]string{}}
		for _, it := range v.Agenda {
			if no[it.Content.Name] && !seat.Chair {
				in.Items[it.Item] = "no"
			}
		}
		w.declareNone(v.ID, seat.User)
		_, err = w.Cast(ctx, w.byID(seat.User), v.ID, in)
		require.NoError(t, err)
	}
	_, err = w.CloseSession(ctx, w.as(w.holder(theCouncil, proposal.RoleChair)), v.ID, "")
	require.NoError(t, err)
	return v.CouncilSession
}

// declareNone has a member say that there is no conflict.
func (w *world) declareNone(session, user string) {
	w.t.Helper()
	_, err := w.DeclareInterests(context.Background(), w.byID(user), session, InterestsInput{None: true})
	require.NoError(w.t, err)
}

func (w *world) byID(user string) Session {
	w.t.Helper()
	u, err := w.Store.UserByID(context.Background(), user)
	require.NoError(w.t, err)
	return w.as(u.Login)
}

func TestFromAgendaToLedger(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	a := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Trần Thị Giả Định"))
	b := w.send("BKT-PT", voting, person("Lê Văn Thiếu Phiếu"), person("Danh Mẫu"))

	s := w.vote(map[string]bool{"Lê Văn Thiếu Phiếu": true}, b, a)
	require.Equal(t, workflows.Delivery{Delivered: 2}, w.finishCouncil(s))
	require.Equal(t, workflows.Delivery{}, w.rounds(func(int) (workflows.Sealed, error) {
		return w.sealer.SealCouncil(ctx, workflows.SealCouncilInput{SealInput: workflows.SealInput{Case: s.CaseID, ID: s.ID, Round: 9}})
	}), "who was told is not told again")

	v, err := w.SessionView(ctx, w.as(w.holder(theCouncil, proposal.RoleSecretary)), s.ID)
	require.NoError(t, err)
	require.Equal(t, "HĐ-2023-0001", v.Ref)
	require.Len(t, v.Delivery, 2)
	require.Equal(t, "delivered", v.Delivery[0].Status)
	for _, it := range v.Agenda {
		require.Equal(t, it.Content.Name != "Lê Văn Thiếu Phiếu", it.Result.Passed, it.Content.Name)
		require.Len(t, it.Votes, len(v.Roster))
	}
	for _, seat := range v.Roster {
		require.True(t, seat.Present && seat.Voted, seat.Name)
	}

	d := w.decide(a, b)
	w.issue(d, NumberInput{Number: 328, Date: "2023-11-15"})
	w.checkIssued(d, a, b)
}

// decide drafts, submits and signs a decision.
func (w *world) decide(ps ...postgres.Proposal) DecisionView {
	w.t.Helper()
	return w.decideAs(DraftDecisionInput{Occasion: "trong phong trào thi đua chào mừng kỷ niệm 20 năm thành lập tỉnh Hậu Giang"}, ps...)
}

// decideAs drafts with the choices given, submits and signs.
func (w *world) decideAs(in DraftDecisionInput, ps ...postgres.Proposal) DecisionView {
	t, ctx := w.t, context.Background()
	t.Helper()
	head := w.as(w.standingLogin())
	for _, p := range ps {
		in.Proposals = append(in.Proposals, p.ID)
	}
	d, err := w.DraftDecision(ctx, head, in)
	require.NoError(t, err)
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.Equal(t, CodeConflict, codeOf(err))
	signer := w.as(w.holder(authority, proposal.RoleSigner))
	shown, err := w.DecisionView(ctx, signer, d.ID)
	require.NoError(t, err)
	_, err = w.SignDecision(ctx, signer, d.ID, SignInput{Content: hex.EncodeToString(make([]byte, 32))})
	require.Equal(t, CodeConflict, codeOf(err), "another text than was shown")
	_, err = w.SignDecision(ctx, signer, d.ID, SignInput{Content: shown.Content})
	require.NoError(t, err)
	return shown
}

// issue numbers the decision and does what its workflow does then.
func (w *world) issue(d DecisionView, in NumberInput) {
	t, ctx := w.t, context.Background()
	t.Helper()
	_, err := w.NumberDecision(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), d.ID, in)
	require.NoError(t, err)
	var acts []proposal.IssuanceTransition
	w.history(d.CaseID, &acts)
	last := acts[len(acts)-1]
	ask := workflows.FinishInput{Case: d.CaseID, Decision: d.ID, Number: last.Given, Date: last.Date, Content: d.Content, Signed: acts[1].Signed, Scan: last.Scan}
	done, err := w.documents.FinishDecision(ctx, ask)
	require.NoError(t, err)
	again, err := w.documents.FinishDecision(ctx, ask)
	require.NoError(t, err)
	require.Equal(t, done, again)
	issued := proposal.IssuedData{
		Decision: d.ID, Number: last.Given, Date: last.Date, Content: d.Content, Document: done.Document,
		Submitter: []string{acts[0].Actor}, Signer: []string{acts[1].Actor}, Registrar: []string{last.Actor},
	}
	got := w.rounds(func(round int) (workflows.Sealed, error) {
		return w.sealer.SealIssued(ctx, workflows.SealIssuedInput{
			SealInput: workflows.SealInput{Case: d.CaseID, ID: d.ID, Round: round}, Issued: issued})
	})
	require.Zero(t, got.Refused+got.Moved)
	require.NoError(t, w.ledger.WriteLedger(ctx, issued))
	require.NoError(t, w.ledger.WriteLedger(ctx, issued), "a second time changes nothing")
}

func (w *world) checkIssued(d DecisionView, ps ...postgres.Proposal) {
	t, ctx := w.t, context.Background()
	t.Helper()
	clerk := w.as("pgd-clerk")
	v, err := w.DecisionView(ctx, clerk, d.ID)
	require.NoError(t, err)
	require.Equal(t, "328/QĐ-UBND", v.NumberText)
	require.Equal(t, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẬU GIANG", v.Text.Authority)
	require.Equal(t, []string{"ỦY BAN NHÂN DÂN", "TỈNH HẬU GIANG"}, v.Text.Issuer)
	require.Equal(t, []string{"CHỦ TỊCH"}, v.Text.Signing.Lines())
	require.Equal(t, "Xét đề nghị của Giám đốc Sở Nội vụ,", v.Text.Bases[len(v.Text.Bases)-1])
	require.Len(t, v.Lines, 3)
	require.Equal(t, int64(3*1800000), v.Total, "1.0 × 1.800.000 under R1")
	pdf, err := w.DecisionPDF(ctx, clerk, d.ID)
	require.NoError(t, err)
	keep(t, "decision.pdf", pdf)
	sum := sha256.Sum256(pdf)
	require.Equal(t, v.Document, hex.EncodeToString(sum[:]))
	roots := x509.NewCertPool()
	roots.AddCert(w.documents.Org.Chain[0])
	signed, err := decision.Verify(pdf, roots)
	require.NoError(t, err)
	require.Len(t, signed, 1)
	require.True(t, bytes.Contains(pdf, []byte("%PDF-")))
	recognised := 0
	for _, p := range ps {
		got, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
		require.NoError(t, err)
		require.True(t, got.Closed)
		items, err := w.Store.ItemsOf(ctx, p.ID, 1)
		require.NoError(t, err)
		for _, it := range items {
			rows, err := w.Store.LedgerOf(ctx, []string{it.Subject})
			require.NoError(t, err)
			if it.Content.Name == "Lê Văn Thiếu Phiếu" {
				require.Equal(t, "not_passed", it.Outcome)
				require.Empty(t, rows)
				continue
			}
			require.Equal(t, "recognised", it.Outcome)
			require.Len(t, rows, 1)
			require.Equal(t, "328/QĐ-UBND", rows[0].Number)
			recognised++
		}
	}
	require.Equal(t, 3, recognised)
}
