package app

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// office is a world with the law loaded, as the clerk's side needs it.
func office(t *testing.T, today string) *world {
	t.Helper()
	w := newWorld(t)
	rules, err := eval.New(w.Law)
	require.NoError(t, err)
	w.Rules, w.Pinned = rules, dossier.NewPinned(w.Store, w.Law, rules)
	w.Today = func() law.Date { return law.MustDate(today) }
	w.Store.DueOn = func(at time.Time, days int) *time.Time {
		due := at.AddDate(0, 0, days)
		return &due
	}
	return w
}

// sheet is the sample list with its planted faults, and how a clerk corrects it.
func sheet(t *testing.T) ([]byte, ImportInput) {
	t.Helper()
	file, err := os.ReadFile("../importing/testdata/danh-sach-trich-ngang.xlsx")
	require.NoError(t, err)
	wb, err := importing.ReadBytes(context.Background(), file, importing.Options{})
	require.NoError(t, err)
	name := wb.Sheets[0].Name
	return file, ImportInput{
		PeriodKind: "school", Period: "2022-2023", Choices: []importing.Choice{{Code: "BKT-PT"}, {Code: "GK-H"}},
		Corrections: []importing.Correction{
			{Sheet: name, Line: 20, Field: importing.FieldBirth, Value: "1986"},
			{Sheet: name, Line: 21, Remove: true},
			{Sheet: name, Line: 22, Field: importing.FieldBirthMale, Value: "1993"},
			{Sheet: name, Line: 25, Field: importing.FieldAward, Value: "BKT-PT"},
		},
	}
}

func (w *world) imported(t *testing.T) SubmissionView {
	t.Helper()
	file, in := sheet(t)
	v, err := w.AcceptImport(context.Background(), w.as("pgd-clerk"), file, in)
	require.NoError(t, err)
	return v
}

func byAward(v SubmissionView) map[string]ProposalView {
	out := map[string]ProposalView{}
	for _, p := range v.Proposals {
		out[p.Award] = p
	}
	return out
}

func TestAListWithFaultsIsRefusedAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	file, in := sheet(t)
	in.Corrections = nil
	_, err := w.AcceptImport(ctx, w.as("pgd-clerk"), file, in)
	e := asError(err)
	assert.Equal(t, CodeNotReady, e.Code)
	assert.NotEmpty(t, e.Fields, "each faulty cell is named")
	subs, err := w.Submissions(ctx, w.as("pgd-clerk"), 10, 0)
	require.NoError(t, err)
	assert.Empty(t, subs)
}

func TestAListSplitsByAwardInItsOwnOrderWithExactNames(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	v := w.imported(t)
	assert.Equal(t, "45/TTr-PGDĐT", v.LetterNumber)
	require.NotNil(t, v.LetterDate)
	assert.Equal(t, "2023-11-15", v.LetterDate.Format("2006-01-02"))
	ps := byAward(v)
	require.Len(t, ps, 6)
	var names []string
	for _, it := range ps["BKT-PT"].ItemList {
		names = append(names, it.Content.PrintedLine())
	}
	assert.Equal(t, []string{"Trường Mẫu giáo Hoa Mai", "Nguyễn Thị Bích Thủy", "LÊ HOÀNG PHÚC", "Danh Lắm",
		"Hộ ông Võ Văn Út", "Hộ bà Ngô Thị Sáu"}, names)
	assert.Equal(t, "H'Hen Niê Kđăm", ps["LDTT"].ItemList[0].Content.Name)
	assert.Equal(t, "Thượng tọa Thích Thiện Hòa", ps["GK-H"].ItemList[0].Content.PrintedLine())
}

func TestTheLawSpeaksBesideEachItemAndUnknownIsNeverMet(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	for _, p := range v.Proposals {
		for _, it := range p.ItemList {
			assert.NotEqual(t, "met", it.Verdict, "no papers, nothing declared: %s", it.Content.Name)
		}
	}
	clerk := w.as("pgd-clerk")
	yes, no := true, false
	v, err := w.Declare(ctx, clerk, Declaration{
		Submission: v.ID, Version: v.Version, ProposerManages: &yes, OnHold: &no, AlreadyRewarded: &no, UnitDissolved: &no, Discipline: "NONE",
	})
	require.NoError(t, err)
	for _, kind := range []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN"} {
		_, err := w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Kind: kind, FileName: kind + ".pdf"}, []byte("%PDF-1.7 mẫu"))
		require.NoError(t, err)
	}
	v, err = w.Submission(ctx, clerk, v.ID, true)
	require.NoError(t, err)
	ldtt := byAward(v)["LDTT"].ItemList
	assert.Equal(t, "met", ldtt[0].Verdict, "hoàn thành tốt nhiệm vụ")
	assert.Equal(t, "not_met", ldtt[1].Verdict, "only hoàn thành nhiệm vụ")
	assert.NotEmpty(t, ldtt[0].Law.Tree.Children)
}

// From 01/10/2026 on the law is R4, whose text nobody has seen: every criterion
// taken over from R3 needs a person.
func TestUnderR4AffectedCriteriaNeedAPerson(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2026-11-20"), context.Background()
	file, in := sheet(t)
	pre, err := w.PreviewImport(ctx, w.as("pgd-clerk"), file, in)
	require.NoError(t, err)
	require.NotEmpty(t, pre.Verdicts)
	for _, v := range pre.Verdicts {
		assert.NotEqual(t, "met", v.Criteria, "%s, line %d", v.Award, v.Line)
	}
	raw, err := json.Marshal(w.Law.Regimes)
	require.NoError(t, err)
	assert.Contains(t, string(raw), `"id":"R4"`)
	res, err := w.Rules.EvaluateOn(w.Today(), "LDTT", eval.Facts{Kind: law.KindIndividual, Rating: "EXCELLENT"})
	require.NoError(t, err)
	assert.Equal(t, eval.NeedsPerson, res.Criteria)
	assert.Equal(t, "R4", res.Regime)
}

func TestTwoTabsDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	item := v.Proposals[0].ItemList[0]
	content := item.Content
	content.Note = "sửa ở tab thứ nhất"
	_, err := w.EditItem(ctx, w.as("pgd-clerk"), EditInput{Item: item.ID, Version: v.Version, Content: content})
	require.NoError(t, err)
	content.Note = "sửa ở tab thứ hai"
	_, err = w.EditItem(ctx, w.as("pgd-clerk"), EditInput{Item: item.ID, Version: v.Version, Content: content})
	assert.Equal(t, CodeConflict, asError(err).Code)
	got, err := w.Submission(ctx, w.as("pgd-clerk"), v.ID, false)
	require.NoError(t, err)
	assert.Equal(t, "sửa ở tab thứ nhất", got.Proposals[0].ItemList[0].Content.Note)
}

func TestASecretPaperIsNamedNeverUploaded(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, clerk := w.imported(t), w.as("pgd-clerk")
	in := PaperInput{Submission: v.ID, Kind: "BAO_CAO", SecretRef: "Số 01/BC-M ngày 01/11/2023"}
	_, err := w.AddPaper(ctx, clerk, in, []byte("%PDF-1.7"))
	assert.Equal(t, CodeSecretPaper, asError(err).Code)
	_, err = w.AddPaper(ctx, clerk, in, nil)
	require.NoError(t, err)
	_, err = w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Kind: "BAO_CAO", FileName: "x.pdf"}, []byte("#!/bin/sh"))
	assert.Equal(t, CodeBadFile, asError(err).Code, "by content, not by name")
}

// sent sends the sample list as its head.
func (w *world) sent(t *testing.T) map[string]postgres.Proposal {
	t.Helper()
	v := w.imported(t)
	s, err := w.Send(context.Background(), w.as("pgd-head"), SendInput{Submission: v.ID})
	require.NoError(t, err)
	out := map[string]postgres.Proposal{}
	for _, p := range s.Proposals {
		require.Nil(t, p.Error, "%+v", p.Error)
		out[p.Proposal.Award] = p.Proposal
	}
	return out
}

func TestOnlyTheHeadSendsAndARepeatSendsNothingTwice(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	_, err := w.Send(ctx, w.as("pgd-clerk"), SendInput{Submission: v.ID})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	for range 2 {
		s, err := w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
		require.NoError(t, err)
		for _, p := range s.Proposals {
			assert.Equal(t, 1, p.Proposal.Number, "%s", p.Proposal.Ref)
			rows, err := w.Store.Trail(ctx, p.Proposal.CaseID)
			require.NoError(t, err)
			assert.Len(t, rows, 1)
		}
	}
	refusals, err := w.Refusals(ctx, w.as("hg-auditor"), "", 10)
	require.NoError(t, err)
	require.NotEmpty(t, refusals, "the clerk's attempt is on record")
	assert.Equal(t, "send", refusals[0].Action)
}

func TestRoutesFollowTheLawOf2023(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	ps := w.sent(t)
	assert.Equal(t, "R1", ps["BKT-PT"].Regime)
	assert.Equal(t, "ubnd-phung-hiep", deref(ps["BKT-PT"].WaitingUnit), "the district reviews what the province decides")
	assert.Equal(t, "phong-noi-vu-phung-hiep", deref(ps["LDTT"].WaitingUnit), "the district decides LĐTT itself")
	last := ps["LDTT"].Route.Stages[len(ps["LDTT"].Route.Stages)-1]
	assert.Equal(t, "ubnd-phung-hiep", last.Unit)
	assert.NotEmpty(t, ps["BKT-PT"].Route.Exclusive)
	require.NotNil(t, ps["BKT-PT"].DueOn, "the review has a deadline in working days")
}

func TestRecallUntilOpened(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	ps := w.sent(t)
	done, err := w.Recall(ctx, w.as("pgd-clerk"), ReasonInput{Target: Target{Proposal: ps["CSTDT"].ID}, Reason: "sửa số liệu"})
	require.NoError(t, err)
	assert.True(t, done.Proposal.Returned)

	_, err = w.Proposal(ctx, w.as("ph-reviewer"), ps["BKT-PT"].ID, false)
	require.NoError(t, err)
	_, err = w.Recall(ctx, w.as("pgd-clerk"), ReasonInput{Target: Target{Proposal: ps["BKT-PT"].ID}})
	assert.Equal(t, CodeAlreadyOpen, asError(err).Code)
}

func TestReviewersNeverSeeARevisionThatIsStillDrafted(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	view, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	item := view.ItemList[0]
	_, err = w.Decide(ctx, w.as("ph-reviewer"), DecideInput{
		Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung", Fields: []FieldRemark{{Item: item.ID, Field: "achievement", Remark: "nêu số liệu"}},
	})
	require.NoError(t, err)
	sub, err := w.Submission(ctx, w.as("pgd-clerk"), p.Submission, false)
	require.NoError(t, err)
	content := item.Content
	content.Achievement = "bản nháp chưa gửi"
	_, err = w.EditItem(ctx, w.as("pgd-clerk"), EditInput{Item: item.ID, Version: sub.Version, Content: content})
	require.NoError(t, err)

	for login, want := range map[string]string{"ph-reviewer": item.Content.Achievement, "pgd-clerk": "bản nháp chưa gửi"} {
		got, err := w.Proposal(ctx, w.as(login), p.ID, false)
		require.NoError(t, err)
		assert.Equal(t, want, got.ItemList[0].Content.Achievement, login)
	}
	done, err := w.Resubmit(ctx, w.as("pgd-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	assert.Equal(t, 2, done.Proposal.Revision)
	got, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	assert.Equal(t, "bản nháp chưa gửi", got.ItemList[0].Content.Achievement)
}

func TestALowerAwardOpensALinkedDraft(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	view, err := w.Proposal(ctx, w.as("pgd-head"), p.ID, false)
	require.NoError(t, err)
	item := view.ItemList[1]
	_, err = w.Lower(ctx, w.as("ph-reviewer"), LowerInput{Target: Target{Proposal: p.ID}, Item: item.ID, Award: "GK-H"})
	assert.Equal(t, CodeForbidden, asError(err).Code, "the proposing level consents, nobody else")
	before, err := w.Store.ProposalsOfSubmission(ctx, p.Submission)
	require.NoError(t, err)
	done, err := w.Lower(ctx, w.as("pgd-head"), LowerInput{Target: Target{Proposal: p.ID}, Item: item.ID, Award: "GK-H"})
	require.NoError(t, err)
	assert.Equal(t, 5, done.Proposal.OpenItems)
	after, err := w.Store.ProposalsOfSubmission(ctx, p.Submission)
	require.NoError(t, err)
	assert.Len(t, after, len(before)+1, "one linked draft; the refused try left none behind")
}

func TestNobodyOutsideTheRouteSeesACase(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	missing := "00000000-0000-0000-0000-000000000000"
	for _, login := range []string{"vt-clerk", "vt-reviewer", "hg-admin", "hg-registrar", "snv-appraiser"} {
		s := w.as(login)
		_, hidden := w.Proposal(ctx, s, p.ID, false)
		_, gone := w.Proposal(ctx, s, missing, false)
		assert.Equal(t, asError(gone), asError(hidden), "%s: hidden and missing read the same", login)
		list, err := w.Proposals(ctx, s, postgres.Filter{Limit: 10})
		require.NoError(t, err)
		assert.Empty(t, list, login)
		_, err = w.Submission(ctx, s, p.Submission, false)
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
		_, err = w.Account(ctx, s, p.ID)
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
		_, _, err = w.OpenPaper(ctx, s, p.ID, missing)
		assert.Equal(t, CodeNotFound, asError(err).Code, login)
	}
	nobody := Session{User: "x"}
	list, err := w.Proposals(ctx, nobody, postgres.Filter{Limit: 10})
	require.NoError(t, err)
	assert.Empty(t, list, "no scope means nothing is seen")
}

func TestPapersAreReadByWhoeverSeesTheCase(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, clerk := w.imported(t), w.as("pgd-clerk")
	row, err := w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Kind: "BAO_CAO", FileName: "x.pdf"}, []byte("%PDF-1.7 báo cáo"))
	require.NoError(t, err)
	_, err = w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
	require.NoError(t, err)
	p := byAward(v)["BKT-PT"]
	_, r, err := w.OpenPaper(ctx, w.as("ph-reviewer"), p.ID, row.ID)
	require.NoError(t, err)
	defer r.Close()
	data, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, "%PDF-1.7 báo cáo", string(data))
}

func TestHoldIsNotARefusal(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["LDTT"]
	who := w.as("ph-reviewer-2")
	_, err := w.Hold(ctx, who, ReasonInput{Target: Target{Proposal: p.ID}, Reason: "đang xác minh đơn khiếu nại"})
	require.NoError(t, err)
	_, err = w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}})
	assert.Equal(t, "on-hold", asError(err).Code)
	done, err := w.Release(ctx, who, ReasonInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	assert.False(t, done.Proposal.OnHold)
	_, err = w.Accept(ctx, who, AcceptInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
}

func TestNotProposedIsReasonedAndLookedAtOnceMore(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["CSTDT"]
	reviewer := w.as("ph-reviewer")
	view, err := w.Proposal(ctx, reviewer, p.ID, false)
	require.NoError(t, err)
	item := view.ItemList[0].ID
	minutes, err := w.AddPaper(ctx, reviewer, PaperInput{Proposal: p.ID, Kind: "minutes", FileName: "bb.pdf"}, []byte("%PDF-1.7 biên bản"))
	require.NoError(t, err)
	in := DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: minutes.SHA256,
		Exceptions: []OpinionInput{{Item: item, Opinion: "not_propose"}}}
	_, err = w.Decide(ctx, reviewer, in)
	assert.Equal(t, CodeInvalid, asError(err).Code, "a reason is required")
	in.Exceptions[0].Reason = "chưa đủ 3 năm liên tục"
	done, err := w.Decide(ctx, reviewer, in)
	require.NoError(t, err)
	assert.Equal(t, []string{string(proposal.RoleUnitHead)}, done.Proposal.WaitingRoles, "the unit may ask once, or withdraw")
	_, err = w.Reconsider(ctx, w.as("pgd-head"), ReconsiderInput{Target: Target{Proposal: p.ID}, Items: []string{item}})
	require.NoError(t, err)
	done, err = w.Decide(ctx, reviewer, DecideInput{Target: Target{Proposal: p.ID}, Verdict: "reconsidered", Default: "propose", Minutes: minutes.SHA256})
	require.NoError(t, err)
	assert.Equal(t, "reception", done.Proposal.Stage)
	notices, err := w.Store.NoticesOf(ctx, w.users["pgd-head"], 50)
	require.NoError(t, err)
	var kinds []string
	for _, n := range notices {
		kinds = append(kinds, n.Kind)
		assert.NotContains(t, string(n.Data), "Trần Văn Đẫm", "no name leaves in a notice")
		assert.NotContains(t, string(n.Data), "3 năm", "no reason leaves in a notice")
	}
	assert.Contains(t, kinds, "item_not_proposed")
}
