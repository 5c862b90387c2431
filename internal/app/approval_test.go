package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/importing"
	"vinhdanh/internal/proposal"
)

func TestTheHeadSeesWhatWasHandedOverAndWhatChangedSince(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	_, err := w.HandToHead(ctx, w.as("pgd-clerk"), HandInput{Submission: v.ID, Note: "mời thủ trưởng xem"})
	require.NoError(t, err)
	rows, err := w.ToApprove(ctx, w.as("pgd-head"))
	require.NoError(t, err)
	require.Len(t, rows, 1)
	assert.Equal(t, "ready", rows[0].State)
	check, err := w.Checkout(ctx, w.as("pgd-head"), v.ID)
	require.NoError(t, err)
	assert.False(t, check.Changed)
	assert.True(t, check.Sending.May)
	_, err = w.SaveLetter(ctx, w.as("pgd-clerk"), LetterInput{Submission: v.ID, Title: "mới", LetterNumber: "46", LetterDate: "2023-11-16"})
	require.NoError(t, err)
	check, err = w.Checkout(ctx, w.as("pgd-head"), v.ID)
	require.NoError(t, err)
	assert.True(t, check.Changed)
	_, err = w.GiveBack(ctx, w.as("pgd-clerk"), HandInput{Submission: v.ID})
	assert.Equal(t, CodeForbidden, asError(err).Code)
	row, err := w.GiveBack(ctx, w.as("pgd-head"), HandInput{Submission: v.ID, Note: "thiếu biên bản"})
	require.NoError(t, err)
	assert.Equal(t, "thiếu biên bản", row.Note)
}

func TestAHeadWhoIsASubjectCannotSendAndThePageSaysWhoCan(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	head := w.as("pgd-head")
	items, err := w.Store.ItemsOf(ctx, v.Proposals[0].ID, 1)
	require.NoError(t, err)
	head.Self = items[0].Subject
	check, err := w.Checkout(ctx, head, v.ID)
	require.NoError(t, err)
	assert.False(t, check.Sending.May)
	assert.Equal(t, "own-case", check.Sending.Why)
	check, err = w.Checkout(ctx, w.as("pgd-clerk"), v.ID)
	require.NoError(t, err)
	assert.Equal(t, "role", check.Sending.Why)
	assert.NotEmpty(t, check.Sending.Others, "the head is named")
	sent, err := w.Send(ctx, head, SendInput{Submission: v.ID})
	require.NoError(t, err)
	refused := 0
	for _, p := range sent.Proposals {
		if p.Error != nil && p.Error.Code == "own-case" {
			refused++
		}
	}
	assert.NotZero(t, refused, "the engine refuses it too")
}

func TestASignedScanIsKeptAsTheLetter(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	in := PaperSendInput{Submission: v.ID, LetterNumber: "77/TTr-PGDĐT", LetterDate: "2023-11-17", LetterSigner: "Trần Văn Minh Họa", FileName: "scan.pdf"}
	_, err := w.SendOnPaper(ctx, w.as("pgd-clerk"), in, []byte("%PDF-1.7 scan"))
	assert.Equal(t, CodeForbidden, asError(err).Code)
	for range 2 { // a second press of the button
		sent, err := w.SendOnPaper(ctx, w.as("pgd-head"), in, []byte("%PDF-1.7 scan"))
		if err != nil {
			assert.Equal(t, CodeNotReady, asError(err).Code, "it is on its way")
			continue
		}
		assert.Equal(t, "paper", sent.Submission.SignedHow)
		assert.Equal(t, "77/TTr-PGDĐT", sent.Submission.LetterNumber)
	}
	got, err := w.Submission(ctx, w.as("pgd-clerk"), v.ID, false)
	require.NoError(t, err)
	letters := 0
	for _, p := range got.Attachments {
		if p.Kind == paperLetter {
			letters++
			assert.Equal(t, CodeNotReady, asError(w.RemovePaper(ctx, w.as("pgd-clerk"), p.ID)).Code, "what was sent stays")
		}
	}
	assert.Equal(t, 1, letters)
}

func TestAReturnIsAnsweredFieldByField(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	view, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	one, two := view.ItemList[0], view.ItemList[1]
	_, err = w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "hồ sơ chưa rõ", Fields: []FieldRemark{
		{Item: one.ID, Field: "achievement", Remark: "nêu số liệu"}, {Item: two.ID, Field: "position", Remark: "ghi đúng chức vụ"},
	}})
	require.NoError(t, err)
	now, err := w.Item(ctx, w.as("pgd-clerk"), one.ID)
	require.NoError(t, err)
	w.save(t, "pgd-clerk", now, now.Version, func(c *proposal.ItemContent) { c.Achievement = "Huy động 120 hộ dân, vượt 20% kế hoạch" })
	r, err := w.AnswerTo(ctx, w.as("pgd-clerk"), p.ID)
	require.NoError(t, err)
	assert.Equal(t, "hồ sơ chưa rõ", r.Reason)
	assert.False(t, r.Recalled)
	assert.NotEmpty(t, r.UnitName)
	require.Len(t, r.Remarks, 2)
	assert.True(t, r.Remarks[0].Changed)
	assert.Equal(t, "Huy động 120 hộ dân, vượt 20% kế hoạch", r.Remarks[0].Now)
	assert.False(t, r.Remarks[1].Changed)
	require.Len(t, r.Changes.Items, 1)
	assert.Equal(t, "achievement", r.Changes.Items[0].Changes[0].Field)
	assert.NotEmpty(t, r.Changes.Items[0].Changes[0].Pieces)

	hidden, err := w.CompareRevisions(ctx, w.as("ph-reviewer"), p.ID, 1, 0)
	require.NoError(t, err)
	assert.Empty(t, hidden.Items, "what is still drafted is the unit's own")
	_, err = w.CompareRevisions(ctx, w.as("ph-reviewer"), p.ID, 1, 2)
	assert.Equal(t, CodeNotFound, asError(err).Code)
	_, err = w.Resubmit(ctx, w.as("pgd-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	shown, err := w.CompareRevisions(ctx, w.as("ph-reviewer"), p.ID, 0, 0)
	require.NoError(t, err)
	assert.Equal(t, [2]int{1, 2}, [2]int{shown.From, shown.To})
	require.Len(t, shown.Items, 1)
	assert.Equal(t, 5, shown.Same)
}

func TestAStagedListIsCorrectedInThePageAndTakenOverOnce(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	file, in := sheet(t)
	fixes := in.Corrections
	in.Corrections = nil
	clerk := w.as("pgd-clerk")
	v, err := w.StageList(ctx, clerk, file, "danh sách.xlsx", in)
	require.NoError(t, err)
	assert.NotZero(t, v.Preview.Counts.Errors)
	assert.Empty(t, v.Matched)
	_, err = w.TakeOver(ctx, clerk, v.ID, v.Version)
	assert.Equal(t, CodeNotReady, asError(err).Code)
	subs, err := w.MySubmissions(ctx, clerk, SubmissionQuery{Limit: 10})
	require.NoError(t, err)
	assert.Empty(t, subs, "nothing is written before it is taken over")
	_, err = w.StagedList(ctx, w.as("pgd-head"), v.ID)
	assert.Equal(t, CodeNotFound, asError(err).Code, "a list is its reader's")
	for _, c := range fixes {
		before := v
		v, err = w.ChangeList(ctx, clerk, ListChange{List: v.ID, Version: v.Version, Corrections: []importing.Correction{c}})
		require.NoError(t, err)
		_, err = w.ChangeList(ctx, clerk, ListChange{List: v.ID, Version: before.Version, Corrections: []importing.Correction{c}})
		assert.Equal(t, CodeConflict, asError(err).Code, "another tab")
	}
	assert.Zero(t, v.Preview.Counts.Errors)
	first, err := w.TakeOver(ctx, clerk, v.ID, v.Version)
	require.NoError(t, err)
	second, err := w.TakeOver(ctx, clerk, v.ID, v.Version)
	require.NoError(t, err)
	assert.Equal(t, first.ID, second.ID)
	assert.Len(t, first.Proposals, 6)
	again, err := w.StageList(ctx, clerk, file, "danh sách.xlsx", in)
	require.NoError(t, err)
	assert.NotEmpty(t, again.Matched, "the unit knows them by now")
	foreign, err := w.StageList(ctx, w.as("vt-clerk"), file, "x.xlsx", in)
	require.NoError(t, err)
	assert.Empty(t, foreign.Matched, "another unit's subjects are not known to it")
}
