package apitest

import (
	"context"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/activities"
	"vinhdanh/internal/act"
	"vinhdanh/internal/app"
	"vinhdanh/internal/blob"
	"vinhdanh/internal/council"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// worker is what a worker does after a session and for a decision.
type worker struct {
	sealer    *activities.Sealer
	documents *activities.Documents
	ledger    *activities.Ledger
}

// workers makes the worker's activities over the same store, with keys of their
// own in the ring.
func (w *World) workers(t testing.TB, store *postgres.Store, blobs blob.Store, ring *envelope.Ring) {
	t.Helper()
	signers := map[envelope.Purpose]*envelope.Signer{}
	for _, p := range []envelope.Purpose{envelope.PurposeSession, envelope.PurposeIssuance} {
		s, err := envelope.GenerateSigner(p)
		require.NoError(t, err)
		signers[p], ring.Keys = s, append(ring.Keys, s.Public())
	}
	key, cert, err := decision.SelfSigned("Ủy ban nhân dân tỉnh mẫu", "mẫu", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	w.worker = worker{
		sealer:    &activities.Sealer{Store: store, Signers: signers, Install: "test"},
		documents: &activities.Documents{Store: store, Blobs: blobs, Org: activities.OrgSigner{Key: key, Chain: []*x509.Certificate{cert}, Name: "UBND tỉnh mẫu"}},
		ledger:    &activities.Ledger{Store: store},
	}
}

// Session is a sample person's session with the application.
func (w *World) Session(t testing.TB, login string) app.Session {
	t.Helper()
	s, err := w.App.SignInByToken(context.Background(), w.Tokens[login])
	require.NoError(t, err)
	return s
}

// Sent drafts a list of the education office and has its head send it; each name is
// proposed for the province's certificate of merit.
func (w *World) Sent(t testing.TB, names ...string) app.ProposalRow {
	t.Helper()
	ctx := context.Background()
	sub, err := w.App.AcceptImport(ctx, w.Session(t, "pgd-clerk"), List(t, names...), app.ImportInput{Period: "2023", LetterNumber: "45/TTr-PGDĐT", LetterDate: "2023-11-10"})
	require.NoError(t, err)
	out, err := w.App.Send(ctx, w.Session(t, "pgd-head"), app.SendInput{Submission: sub.ID})
	require.NoError(t, err)
	require.Len(t, out.Proposals, 1)
	require.Nil(t, out.Proposals[0].Error)
	return w.after(t, out.Proposals[0].Proposal.ID, 0)
}

// after is a case's row once an act beyond number before stands in it. On a busy
// machine an act may be told as pending; what serve's sweeps do then is done here.
func (w *World) after(t testing.TB, id string, before int) app.ProposalRow {
	t.Helper()
	desk := &act.Desk{Store: w.App.Store, Temporal: w.Temporal, Install: "test", Queue: "cases", Wait: 20 * time.Second}
	for range 30 {
		if p := w.Row(t, id); p.Number > before {
			return p
		}
		_, err := desk.Sweep(context.Background(), 0)
		require.NoError(t, err)
		time.Sleep(100 * time.Millisecond)
	}
	require.Fail(t, "the act was never recorded", id)
	return app.ProposalRow{}
}

// Row is a case as its row stands.
func (w *World) Row(t testing.TB, id string) app.ProposalRow {
	t.Helper()
	p, err := w.App.Store.ProposalIn(context.Background(), postgres.Scope{All: true}, id)
	require.NoError(t, err)
	return p
}

// AtCouncil takes a sent case through district, reception and appraisal; the
// district does not propose whoever is named in not, with a reason.
func (w *World) AtCouncil(t testing.TB, p app.ProposalRow, not ...string) app.ProposalRow {
	t.Helper()
	p = w.after(t, p.ID, 0)
	ctx, to := context.Background(), app.Target{Proposal: p.ID}
	reviewer := w.Session(t, "ph-reviewer")
	view, err := w.App.Proposal(ctx, reviewer, p.ID, false)
	require.NoError(t, err)
	in := app.DecideInput{Target: to, Verdict: "forward", Minutes: strings.Repeat("a", 64)}
	for _, it := range view.ItemList {
		for _, n := range not {
			if it.Content.Name == n {
				in.Exceptions = append(in.Exceptions, app.OpinionInput{Item: it.ID, Opinion: "not_propose", Reason: "Chưa đủ thời gian công tác."})
			}
		}
	}
	_, err = w.App.Decide(ctx, reviewer, in)
	require.NoError(t, err)
	p = w.after(t, p.ID, p.Number)
	_, err = w.App.Accept(ctx, w.Session(t, "snv-appraiser"), app.AcceptInput{Target: to})
	require.NoError(t, err)
	p = w.after(t, p.ID, p.Number)
	_, err = w.App.Appraise(ctx, w.Session(t, "snv-appraiser"), app.AppraiseInput{Target: to})
	require.NoError(t, err)
	return w.after(t, p.ID, p.Number)
}

// Voted holds a session of the province's Council over the cases; everybody votes
// in favour, but against is how many vote against the first item.
func (w *World) Voted(t testing.TB, against int, ps ...app.ProposalRow) app.SessionView {
	t.Helper()
	ctx, secretary := context.Background(), w.Session(t, "hd-secretary")
	v, err := w.App.DraftSession(ctx, secretary, app.DraftSessionInput{Title: "Họp xét khen thưởng", HeldOn: "2023-11-15"})
	require.NoError(t, err)
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.ID)
	}
	_, err = w.App.PutOnAgenda(ctx, secretary, v.ID, app.AgendaInput{Proposals: ids})
	require.NoError(t, err)
	_, err = w.App.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	v, err = w.App.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.App.OpenSession(ctx, secretary, v.ID, app.OpenInput{Present: present})
	require.NoError(t, err)
	w.ballots(t, v, against)
	_, err = w.App.CloseSession(ctx, w.Session(t, "hg-chair"), v.ID, "")
	require.NoError(t, err)
	w.deliver(t, func(round int) (workflows.Sealed, error) {
		closed, err := w.App.SessionView(ctx, secretary, v.ID)
		require.NoError(t, err)
		var rows []council.ResultRow
		for _, it := range closed.Agenda {
			rows = append(rows, council.ResultRow{Item: it.Item, Case: w.Row(t, it.Proposal).CaseID, Passed: it.Result.Passed, Sum: it.Result.Sum})
		}
		return w.worker.sealer.SealCouncil(ctx, workflows.SealCouncilInput{SealInput: workflows.SealInput{Case: v.CaseID, ID: v.ID, Round: round}, Results: rows})
	})
	return v
}

func (w *World) ballots(t testing.TB, v app.SessionView, against int) {
	t.Helper()
	ctx := context.Background()
	for i, seat := range v.Roster {
		u, err := w.App.Store.UserByID(ctx, seat.User)
		require.NoError(t, err)
		who := w.Session(t, u.Login)
		_, err = w.App.DeclareInterests(ctx, who, v.ID, app.InterestsInput{None: true})
		require.NoError(t, err)
		in := app.CastInput{Default: "yes"}
		if i > 0 && i <= against {
			in.Items = map[string]string{v.Agenda[0].Item: "no"}
		}
		_, err = w.App.Cast(ctx, who, v.ID, in)
		require.NoError(t, err)
	}
}

// deliver seals and delivers as a worker does until everything has arrived.
func (w *World) deliver(t testing.TB, seal func(round int) (workflows.Sealed, error)) {
	t.Helper()
	d := &activities.Deliverer{Store: w.App.Store, Desk: &act.Desk{Store: w.App.Store, Temporal: w.Temporal, Install: "test", Queue: "cases"}}
	for round := 1; round <= 5; round++ {
		sealed, err := seal(round)
		require.NoError(t, err)
		if sealed.Count == 0 {
			return
		}
		got, err := d.Deliver(context.Background(), sealed)
		require.NoError(t, err)
		require.Zero(t, got.Refused)
		if got.Moved == 0 {
			return
		}
	}
}

// Submitted drafts a decision over the cases and submits it to the head of the
// province for signature.
func (w *World) Submitted(t testing.TB, ps ...app.ProposalRow) app.DecisionView {
	t.Helper()
	ctx, head := context.Background(), w.Session(t, "snv-director")
	var in app.DraftDecisionInput
	for _, p := range ps {
		in.Proposals = append(in.Proposals, p.ID)
	}
	d, err := w.App.DraftDecision(ctx, head, in)
	require.NoError(t, err)
	_, err = w.App.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	return d
}

// Signed has the head of the province sign a submitted decision.
func (w *World) Signed(t testing.TB, d app.DecisionView) app.DecisionView {
	t.Helper()
	_, err := w.App.SignDecision(context.Background(), w.Session(t, "hg-chair"), d.ID, app.SignInput{Content: d.Content})
	require.NoError(t, err)
	return d
}

// Issued numbers a signed decision and does what a worker does then: the document,
// the delivery to its cases, the ledger.
func (w *World) Issued(t testing.TB, d app.DecisionView, number int) app.DecisionView {
	t.Helper()
	ctx := context.Background()
	_, err := w.App.NumberDecision(ctx, w.Session(t, "hg-registrar"), d.ID, app.NumberInput{Number: number})
	require.NoError(t, err)
	return w.Finished(t, d)
}

// Finished is what a worker does once a decision has its number.
func (w *World) Finished(t testing.TB, d app.DecisionView) app.DecisionView {
	t.Helper()
	ctx := context.Background()
	raw, err := w.Temporal.QueryWorkflow(ctx, d.CaseID, "", workflows.QueryTransitions, 0)
	require.NoError(t, err)
	var acts []proposal.IssuanceTransition
	require.NoError(t, raw.Get(&acts))
	last := acts[len(acts)-1]
	done, err := w.worker.documents.FinishDecision(ctx, workflows.FinishInput{
		Case: d.CaseID, Decision: d.ID, Number: last.Given, Date: last.Date, Content: d.Content,
	})
	require.NoError(t, err)
	issued := proposal.IssuedData{
		Decision: d.ID, Number: last.Given, Date: last.Date, Content: d.Content, Document: done.Document,
		Submitter: []string{acts[0].Actor}, Signer: []string{acts[1].Actor}, Registrar: []string{last.Actor},
	}
	w.deliver(t, func(round int) (workflows.Sealed, error) {
		return w.worker.sealer.SealIssued(ctx, workflows.SealIssuedInput{SealInput: workflows.SealInput{Case: d.CaseID, ID: d.ID, Round: round}, Issued: issued})
	})
	require.NoError(t, w.worker.ledger.WriteLedger(ctx, issued))
	v, err := w.App.DecisionView(ctx, w.Session(t, "snv-director"), d.ID)
	require.NoError(t, err)
	return v
}
