package app

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/proposal"
)

// begun is a new submission with one item that has a name.
func (w *world) begun(t *testing.T, award, name string) (SubmissionView, ItemView) {
	t.Helper()
	ctx, clerk := context.Background(), w.as("pgd-clerk")
	v, err := w.NewSubmission(ctx, clerk, NewInput{Title: "Đề nghị khen thưởng năm học 2022-2023"})
	require.NoError(t, err)
	it, err := w.AddItem(ctx, clerk, AddInput{Submission: v.ID, Content: proposal.ItemContent{
		Kind: "individual", Award: award, Name: name, PeriodKind: "school", Period: "2022-2023",
	}})
	require.NoError(t, err)
	return v, it
}

func (w *world) save(t *testing.T, login string, it ItemView, base int, change func(*proposal.ItemContent)) SavedItem {
	t.Helper()
	c := it.Content
	change(&c)
	out, err := w.SaveItem(context.Background(), w.as(login), SaveInput{Item: it.ID, Base: base, Content: c})
	require.NoError(t, err)
	return out
}

func TestTwoTabsAreMergedAndATrueClashIsAsked(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	_, it := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	first := w.save(t, "pgd-clerk", it, it.Version, func(c *proposal.ItemContent) { c.Position, c.Note = "Giáo viên", "một" })
	assert.Empty(t, first.Clashes)
	second := w.save(t, "pgd-head", it, it.Version, func(c *proposal.ItemContent) { c.Workplace, c.Note = "Trường Mẫu", "hai" })
	require.Len(t, second.Clashes, 1)
	assert.Equal(t, "note", second.Clashes[0].Field)
	assert.Equal(t, []string{"hai", "một"}, []string{second.Clashes[0].Mine, second.Clashes[0].Theirs})
	got := second.Item.Content
	assert.Equal(t, []string{"Giáo viên", "Trường Mẫu", "một"}, []string{got.Position, got.Workplace, got.Note})
	again := w.save(t, "pgd-head", it, second.Version, func(c *proposal.ItemContent) { c.Workplace, c.Note = "Trường Mẫu", "hai" })
	require.Len(t, again.Clashes, 1, "it is asked until somebody chooses")
	assert.Equal(t, "Giáo viên", again.Item.Content.Position, "a form that does not show it does not undo it")
	third := w.save(t, "pgd-head", again.Item, again.Item.Version, func(c *proposal.ItemContent) { c.Note = "hai" })
	assert.Empty(t, third.Clashes, "who has seen both chooses")
	assert.Equal(t, "hai", third.Item.Content.Note)
}

// One tab goes on typing after the other one saved: nothing of either is undone.
func TestATabThatGoesOnTypingUndoesNothing(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	_, it := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	w.save(t, "pgd-clerk", it, it.Version, func(c *proposal.ItemContent) { c.Position = "Giáo viên" })
	base, typed := it.Version, it.Content
	for _, note := range []string{"m", "mộ", "một", "một hai"} {
		typed.Note = note
		out, err := w.SaveItem(context.Background(), w.as("pgd-head"), SaveInput{Item: it.ID, Base: base, Content: typed})
		require.NoError(t, err)
		require.Empty(t, out.Clashes, note)
		assert.True(t, out.Foreign)
		assert.Equal(t, []string{"Giáo viên", note}, []string{out.Item.Content.Position, out.Item.Content.Note})
		base = out.Version
	}
}

func TestFactsOfTwoTabsAreMergedRowByRow(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	_, it := w.begun(t, "CSTDT", "Trần Văn Mẫu")
	with := func(year string) func(*proposal.ItemContent) {
		return func(c *proposal.ItemContent) {
			c.Facts = json.RawMessage(`{"titles":[{"award":"CSTDCS","period":{"kind":"school","label":"` + year + `"},"number":"12/QĐ"}]}`)
		}
	}
	w.save(t, "pgd-clerk", it, it.Version, with("2020-2021"))
	got := w.save(t, "pgd-head", it, it.Version, with("2021-2022"))
	assert.Empty(t, got.Clashes)
	f, err := eval.ParseFacts(got.Item.Content.Facts)
	require.NoError(t, err)
	assert.Len(t, f.Titles, 2, "both rows are kept")
}

// The subject follows the name while it is typed, so that the ledger of the right
// person speaks; names typed in between leave nothing behind.
func TestTheSubjectFollowsTheNameUntilItIsSent(t *testing.T) {
	t.Parallel()
	w := office(t, "2023-11-20")
	_, other := w.begun(t, "LDTT", "Lê Thị Mẫu")
	_, it := w.begun(t, "LDTT", "")
	for _, name := range []string{"L", "Lê", "Lê Thị", "Lê Thị Mẫu"} {
		now, err := w.Item(context.Background(), w.as("pgd-clerk"), it.ID)
		require.NoError(t, err)
		w.save(t, "pgd-clerk", now, now.Version, func(c *proposal.ItemContent) { c.Name = name })
	}
	a, err := w.Store.ItemByID(context.Background(), other.ID)
	require.NoError(t, err)
	b, err := w.Store.ItemByID(context.Background(), it.ID)
	require.NoError(t, err)
	assert.Equal(t, a.Subject, b.Subject)
	check, err := w.Checkout(context.Background(), w.as("pgd-clerk"), submissionOf(t, w, it))
	require.NoError(t, err)
	require.Len(t, check.Doubles, 1)
	assert.Equal(t, "Lê Thị Mẫu", check.Doubles[0].Name)
}

func submissionOf(t *testing.T, w *world, it ItemView) string {
	t.Helper()
	p, err := w.Proposal(context.Background(), w.as("pgd-clerk"), it.Proposal, false)
	require.NoError(t, err)
	return p.Submission
}

func TestTheSameFormMakesOneDraftAndOneItem(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	clerk := w.as("pgd-clerk")
	a, err := w.NewSubmission(ctx, clerk, NewInput{Title: "x", Nonce: "n1"})
	require.NoError(t, err)
	b, err := w.NewSubmission(ctx, clerk, NewInput{Title: "x", Nonce: "n1"})
	require.NoError(t, err)
	assert.Equal(t, a.ID, b.ID)
	in := AddInput{Submission: a.ID, Content: proposal.ItemContent{Kind: "individual", Award: "LDTT"}, Nonce: "n2"}
	x, err := w.AddItem(ctx, clerk, in)
	require.NoError(t, err)
	y, err := w.AddItem(ctx, clerk, in)
	require.NoError(t, err)
	assert.Equal(t, x.ID, y.ID)
	in.Content.Kind, in.Nonce = "household", "n3"
	_, err = w.AddItem(ctx, clerk, in)
	assert.Equal(t, CodeInvalid, asError(err).Code, "LĐTT is for individuals")
	_, err = w.HandToHead(ctx, clerk, HandInput{Submission: a.ID})
	assert.Equal(t, CodeNotReady, asError(err).Code, "nobody is sent without a name")
}

func TestADraftOfAnotherUnitIsNotThere(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, it := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	for _, login := range []string{"vt-clerk", "ph-reviewer", "hg-admin"} {
		s := w.as(login)
		for what, err := range map[string]error{
			"add":      second(w.AddItem(ctx, s, AddInput{Submission: v.ID, Content: it.Content})),
			"save":     second(w.SaveItem(ctx, s, SaveInput{Item: it.ID, Base: 1, Content: it.Content})),
			"item":     second(w.Item(ctx, s, it.ID)),
			"judge":    second(w.JudgeContent(ctx, s, JudgeInput{Submission: v.ID, Content: it.Content})),
			"checkout": second(w.Checkout(ctx, s, v.ID)),
			"copy":     second(w.CopySubmission(ctx, s, CopyInput{From: v.ID})),
			"handover": second(w.HandToHead(ctx, s, HandInput{Submission: v.ID})),
			"remove":   w.RemoveSubmission(ctx, s, v.ID),
			"letter":   second(w.SaveLetter(ctx, s, LetterInput{Submission: v.ID})),
			"compare":  second(w.CompareRevisions(ctx, s, it.Proposal, 0, 0)),
			"return":   second(w.AnswerTo(ctx, s, it.Proposal)),
		} {
			assert.Equal(t, CodeNotFound, asError(err).Code, "%s: %s", login, what)
		}
		rows, err := w.MySubmissions(ctx, s, SubmissionQuery{Limit: 10})
		require.NoError(t, err)
		assert.Empty(t, rows, login)
	}
}

func second[T any](_ T, err error) error { return err }

func TestACopyMovesTheYearsOnAndAsksAnew(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, it := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	w.save(t, "pgd-clerk", it, it.Version, func(c *proposal.ItemContent) {
		c.Achievement = "Dạy tốt năm học 2022-2023"
		c.Facts = json.RawMessage(`{"rating":"GOOD","on_hold":false,"already_rewarded":false}`)
	})
	clerk := w.as("pgd-clerk")
	certificate, err := w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Kind: "SANG_KIEN", FileName: "sk.pdf"}, []byte("%PDF-1.7"))
	require.NoError(t, err)
	copied, err := w.CopySubmission(ctx, clerk, CopyInput{From: v.ID, Papers: []string{certificate.ID}})
	require.NoError(t, err)
	assert.Equal(t, "Đề nghị khen thưởng năm học 2023-2024", copied.Title)
	got := copied.Proposals[0].ItemList[0]
	assert.Equal(t, "2023-2024", got.Content.Period)
	assert.Empty(t, got.Content.Achievement, "an achievement is not rewarded twice by oversight")
	f, err := eval.ParseFacts(got.Content.Facts)
	require.NoError(t, err)
	assert.Empty(t, f.Rating)
	assert.Nil(t, f.AlreadyRewarded)
	require.Len(t, f.Ratings, 1)
	assert.Equal(t, eval.PeriodRating{Period: eval.Period{Kind: "school", Label: "2022-2023"}, Rating: "GOOD"}, f.Ratings[0])
	require.Len(t, copied.Attachments, 1)
	assert.Equal(t, certificate.SHA256, copied.Attachments[0].SHA256)
	again, err := w.CopyItem(ctx, clerk, CopyItemInput{Item: it.ID, Submission: copied.ID, Award: "CSTDCS", Years: 1})
	require.NoError(t, err)
	assert.Equal(t, "CSTDCS", again.Content.Award)
	assert.Equal(t, "Nguyễn Thị Mẫu", again.Content.Name)
}

func TestTheLawSpeaksOfWhatIsTypedAndStoresNothing(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, it := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	c := it.Content
	for rating, want := range map[string]eval.Verdict{"DONE": eval.NotMet, "GOOD": eval.Met, "": eval.NeedsPerson} {
		c.Facts, _ = json.Marshal(map[string]string{"rating": rating})
		res, err := w.JudgeContent(ctx, w.as("pgd-clerk"), JudgeInput{Submission: v.ID, Item: it.ID, Content: c})
		require.NoError(t, err)
		assert.Equal(t, want, res.Criteria, rating)
	}
	now, err := w.Item(ctx, w.as("pgd-clerk"), it.ID)
	require.NoError(t, err)
	assert.Equal(t, it.Version, now.Version)
}

func TestAPaperOfOneItemCountsForThatItemOnly(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, it := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	clerk := w.as("pgd-clerk")
	_, err := w.AddItem(ctx, clerk, AddInput{Submission: v.ID, Content: proposal.ItemContent{Kind: "individual", Award: "LDTT", Name: "Trần Văn Mẫu"}})
	require.NoError(t, err)
	row, err := w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Item: it.ID, Kind: "BAO_CAO", FileName: "../x/báo cáo.exe"}, []byte("%PDF-1.7"))
	require.NoError(t, err)
	assert.Equal(t, "báo cáo.exe.pdf", row.FileName)
	check, err := w.Checkout(ctx, clerk, v.ID)
	require.NoError(t, err)
	states := map[string]Task{}
	for _, task := range check.Tasks {
		states[task.Code+task.Paper] = task
	}
	assert.Equal(t, TaskMissing, states["paperBAO_CAO"].State)
	assert.Equal(t, [2]int{1, 2}, [2]int{states["paperBAO_CAO"].Done, states["paperBAO_CAO"].Of})
	assert.Equal(t, TaskTodo, states["paperTO_TRINH"].State)
	assert.Equal(t, TaskDone, states["items"].State)
	assert.Equal(t, TaskDoing, states["letter"].State)
	_, foreign := w.begun(t, "LDTT", "Lê Văn Mẫu")
	_, err = w.AddPaper(ctx, clerk, PaperInput{Submission: v.ID, Item: foreign.ID, Kind: "BAO_CAO", FileName: "x.pdf"}, []byte("%PDF-1.7"))
	assert.Equal(t, CodeNotFound, asError(err).Code, "an item of another submission")
	require.NoError(t, w.RemovePaper(ctx, clerk, row.ID))
	assert.Equal(t, CodeNotFound, asError(w.RemovePaper(ctx, w.as("vt-clerk"), row.ID)).Code)
	require.NoError(t, w.RemoveSubmission(ctx, clerk, v.ID))
	_, err = w.Submission(ctx, clerk, v.ID, false)
	assert.Equal(t, CodeNotFound, asError(err).Code)
}

// silent is a scanner that does not answer.
type silent struct{}

func (silent) Scan(context.Context, []byte) error { return context.DeadlineExceeded }

func TestASVS_5_4_3_WithoutTheScannerNothingIsKept(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, _ := w.begun(t, "LDTT", "Nguyễn Thị Mẫu")
	w.Scanner = silent{}
	in := PaperInput{Submission: v.ID, Kind: "BAO_CAO", FileName: "x.pdf"}
	_, err := w.AddPaper(ctx, w.as("pgd-clerk"), in, []byte("%PDF-1.7"))
	assert.Equal(t, CodeUnavailable, asError(err).Code)
	w.Scanner = nil
	_, err = w.AddPaper(ctx, w.as("pgd-clerk"), in, bytes.Repeat([]byte("%PDF-1.7 "), MaxPaper/9+1))
	assert.Equal(t, CodeTooLarge, asError(err).Code)
	_, err = w.AddPaper(ctx, w.as("pgd-clerk"), in, []byte("MZ"+strings.Repeat("\x00", 80)))
	assert.Equal(t, CodeBadFile, asError(err).Code)
}
