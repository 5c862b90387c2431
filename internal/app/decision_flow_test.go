package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

func now() int64    { return time.Now().Unix() }
func at() time.Time { return time.Now() }

// passed sends one case per name and takes all of them through one session.
func (w *world) passed(names ...string) []postgres.Proposal {
	w.t.Helper()
	var ps []postgres.Proposal
	for _, n := range names {
		ps = append(ps, w.send("BKT-PT", voting, person(n)))
	}
	require.Equal(w.t, len(ps), w.finishCouncil(w.vote(nil, ps...)).Delivered)
	return ps
}

func TestDraftRefusals(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	early := w.send("BKT-PT", voting, person("Chưa Qua Hội Đồng"))
	ps := w.passed("Nguyễn Văn Ví Dụ")
	head := w.as(w.standingLogin())
	draft := func(s Session, ids ...string) error {
		_, err := w.DraftDecision(ctx, s, DraftDecisionInput{Proposals: ids})
		return err
	}
	require.Equal(t, CodeInvalid, codeOf(draft(head)))
	require.Equal(t, CodeNotReady, codeOf(draft(head, early.ID)))
	require.Equal(t, CodeForbidden, codeOf(draft(w.as("pgd-head"), ps[0].ID)))
	groups, err := w.DecisionCandidates(ctx, head, CandidateQuery{})
	require.NoError(t, err)
	require.Len(t, groups.Rows, 1)
	require.Equal(t, []string{ps[0].ID}, groups.Rows[0].Proposals)

	require.NoError(t, draft(head, ps[0].ID))
	require.Equal(t, CodeConflict, codeOf(draft(head, ps[0].ID)), "an item stands in one decision")
	groups, err = w.DecisionCandidates(ctx, head, CandidateQuery{})
	require.NoError(t, err)
	require.Empty(t, groups.Rows)
	all, err := w.Decisions(ctx, head, 0, 0)
	require.NoError(t, err)
	require.Len(t, all, 1)
	pdf, err := w.PreviewDecision(ctx, head, all[0].ID)
	require.NoError(t, err)
	require.Equal(t, "%PDF-", string(pdf[:5]))
	for _, login := range []string{"pgd-clerk", w.holder(authority, proposal.RoleSigner)} {
		_, err = w.DecisionView(ctx, w.as(login), all[0].ID)
		require.Equal(t, CodeNotFound, codeOf(err), "%s sees no draft", login)
	}
	require.NoError(t, w.DiscardDecision(ctx, head, all[0].ID))
	require.NoError(t, draft(head, ps[0].ID), "a discarded draft frees its items")
}

func TestSendBackFreesTheItems(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ")
	head, signer := w.as(w.standingLogin()), w.as(w.holder(authority, proposal.RoleSigner))
	d, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{ps[0].ID}})
	require.NoError(t, err)
	_, err = w.SubmitDecision(ctx, w.as("pgd-head"), d.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	brief, err := w.Store.DecisionsWaiting(ctx, signer.Units(proposal.RoleSigner), nil)
	require.NoError(t, err)
	require.Len(t, brief, 1)
	_, err = w.SendBackDecision(ctx, signer, d.ID, CancelInput{Reason: "Sửa căn cứ pháp lý"})
	require.NoError(t, err)
	v, err := w.DecisionView(ctx, head, d.ID)
	require.NoError(t, err)
	require.Equal(t, proposal.IssuanceSentBack, v.Phase)
	require.Equal(t, "Sửa căn cứ pháp lý", v.Reasons[0].Body)
	_, err = w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{ps[0].ID}})
	require.NoError(t, err)
}

func TestSigningIsForWhoTheTextNames(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ")
	head := w.as(w.standingLogin())
	deputy := w.deputy()
	d, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{ps[0].ID}, Signer: deputy.User})
	require.NoError(t, err)
	require.Equal(t, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, d.Text.Signing.Lines())
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	_, err = w.SignDecision(ctx, w.as(w.holder(authority, proposal.RoleSigner)), d.ID, SignInput{Content: d.Content})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.SignDecision(ctx, deputy, d.ID, SignInput{Content: d.Content, Mode: "Q."})
	require.Equal(t, CodeConflict, codeOf(err))
	deputy.Self = w.subject(ps[0])
	_, err = w.SignDecision(ctx, deputy, d.ID, SignInput{Content: d.Content})
	require.Equal(t, envelope.CodeOwnCase, codeOf(err))
	deputy.Self = ""
	_, err = w.SignDecision(ctx, deputy, d.ID, SignInput{Content: d.Content, Mode: "KT."})
	require.NoError(t, err)
}

func (w *world) deputy() Session {
	w.t.Helper()
	all, err := w.Store.Officers(context.Background(), authority, proposal.RoleSigner, "2023-11-15")
	require.NoError(w.t, err)
	require.Greater(w.t, len(all), 1)
	return w.byID(all[len(all)-1].User)
}

func (w *world) subject(p postgres.Proposal) string {
	items, err := w.Store.ItemsOf(context.Background(), p.ID, 1)
	require.NoError(w.t, err)
	return items[0].Subject
}

func TestNumbersAreUniquePerAuthorityYearAndSymbol(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	one, two := w.decide(ps[0]), w.decide(ps[1])
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	number := func(d DecisionView, in NumberInput) error {
		_, err := w.NumberDecision(ctx, registrar, d.ID, in)
		return err
	}
	require.Equal(t, CodeInvalid, codeOf(number(one, NumberInput{})), "a number is entered")
	require.Equal(t, CodeInvalid, codeOf(number(one, NumberInput{Number: 1, Date: "2023-11-16"})), "in the future")
	require.Equal(t, CodeInvalid, codeOf(number(one, NumberInput{Number: 1, Date: "2023-11-14"})), "before the draft")
	_, err := w.NumberDecision(ctx, w.as("pgd-head"), one.ID, NumberInput{Number: 1})
	require.Equal(t, CodeNotFound, codeOf(err))
	w.issue(one, NumberInput{Number: 7})
	require.Equal(t, CodeNumberTaken, codeOf(number(two, NumberInput{Number: 7})))
	require.Equal(t, CodeNotReady, codeOf(number(one, NumberInput{Number: 8})), "it has its number")
	w.issue(two, NumberInput{Number: 9})
	v, err := w.DecisionView(ctx, registrar, two.ID)
	require.NoError(t, err)
	require.Equal(t, "09/QĐ-UBND", v.NumberText)
}

func TestMoneyOfTheDayOfIssue(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ")
	d := w.decide(ps...)
	w.Today = func() law.Date { return law.MustDate("2024-07-01") } // another regime and base salary
	_, err := w.NumberDecision(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), d.ID, NumberInput{Number: 3})
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = w.NumberDecision(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), d.ID, NumberInput{Number: 3, Date: "2023-12-29"})
	require.NoError(t, err)
}

func TestOwnRegisterHasNoGaps(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.OwnRegister = true
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Minh Họa")
	var ds []DecisionView
	for _, p := range ps {
		ds = append(ds, w.decide(p))
	}
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	_, err := w.NumberDecision(ctx, registrar, ds[0].ID, NumberInput{Number: 5})
	require.Equal(t, CodeInvalid, codeOf(err))
	w.issue(ds[0], NumberInput{})

	// The third's number is reserved, but its act has not been sent yet.
	slow := w.reservation(ds[2], "slow")
	n, _, err := w.Store.ReserveNext(ctx, slow)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	_, err = w.NumberDecision(ctx, registrar, ds[1].ID, NumberInput{})
	require.Equal(t, CodeNumberBusy, codeOf(err))
	require.NoError(t, w.Store.ReleaseNumber(ctx, slow))
	_, err = w.NumberDecision(ctx, registrar, ds[1].ID, NumberInput{})
	require.Equal(t, CodeNumberBusy, codeOf(err), "its act may be on its way")
	w.attempt(ds[2], "slow")
	require.NoError(t, w.Store.RefuseAttempt(ctx, "slow", "expired", ""))
	require.NoError(t, w.Store.ReleaseNumber(ctx, slow))
	w.issue(ds[1], NumberInput{})

	// An act that was prepared and never stored keeps nobody waiting for ever.
	lost := w.reservation(ds[2], "lost")
	_, _, err = w.Store.ReserveNext(ctx, lost)
	require.NoError(t, err)
	retry := w.reservation(ds[2], "retry")
	retry.Kept = 0
	n, _, err = w.Store.ReserveNext(ctx, retry)
	require.NoError(t, err)
	require.Equal(t, 3, n)
	w.attempt(ds[2], "retry")
	require.NoError(t, w.Store.RefuseAttempt(ctx, "retry", "expired", ""))
	w.issue(ds[2], NumberInput{})
	for i, d := range ds {
		v, err := w.DecisionView(ctx, registrar, d.ID)
		require.NoError(t, err)
		require.Equal(t, numberText(i+1, "QĐ-UBND"), v.NumberText)
	}
}

func TestDocumentSaysWhatWasSigned(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.decide(w.passed("Nguyễn Văn Ví Dụ")...)
	ask := workflows.FinishInput{Case: d.CaseID, Decision: d.ID, Number: "12/QĐ-UBND", Date: "2023-11-15", Content: d.Content}
	for name, change := range map[string]func(*workflows.FinishInput){
		"content": func(in *workflows.FinishInput) { in.Content = strings.Repeat("0", 64) },
		"symbol":  func(in *workflows.FinishInput) { in.Number = "12/QĐ-SNV" },
		"number":  func(in *workflows.FinishInput) { in.Number = "mười hai/QĐ-UBND" },
		"date":    func(in *workflows.FinishInput) { in.Date = "15/11/2023" },
	} {
		wrong := ask
		change(&wrong)
		_, err := w.documents.FinishDecision(ctx, wrong)
		var last *temporal.ApplicationError
		require.ErrorAs(t, err, &last, name)
		require.True(t, last.NonRetryable(), name)
	}
	_, err := w.DecisionPDF(ctx, w.as(w.standingLogin()), d.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = w.documents.FinishDecision(ctx, ask)
	require.NoError(t, err)
}

// What waits is read a page of cases at a time, by award; nothing is told twice or left out.
func TestWhatWaitsForADecisionIsPaged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	head := w.as(w.standingLogin())
	_, err := w.DecisionCandidates(t.Context(), head, CandidateQuery{After: "xyz"})
	require.Equal(t, CodeInvalid, codeOf(err))
	var want, got []string
	for _, p := range w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Mẫu", "Lê Văn Thử") {
		want = append(want, p.ID)
	}
	q := CandidateQuery{Limit: 1}
	for {
		page, err := w.DecisionCandidates(t.Context(), head, q)
		require.NoError(t, err)
		for _, g := range page.Rows {
			got = append(got, g.Proposals...)
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	require.ElementsMatch(t, want, got)
}
