package app

import (
	"context"
	"encoding/json"
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
)

// office is a world with the law loaded, as the clerk's side needs it.
func office(t *testing.T, today string) *world {
	t.Helper()
	w := newWorld(t)
	rules, err := eval.New(w.Law)
	require.NoError(t, err)
	w.Rules, w.Pinned, w.Laws = rules, dossier.NewPinned(w.Store, w.Law, rules), nil
	w.withLaws()
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
	assert.Equal(t, []string{"Trường Mẫu giáo Hoa Mai", "Bà Nguyễn Thị Bích Thủy", "Ông LÊ HOÀNG PHÚC", "Ông Danh Lắm",
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
