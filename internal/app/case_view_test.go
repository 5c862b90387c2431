package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// abilitiesOf is what a reader may do on a case, by action.
func (w *world) abilitiesOf(t *testing.T, login, id string) map[string]Ability {
	t.Helper()
	v, err := w.Case(context.Background(), w.as(login), id, false)
	require.NoError(t, err)
	out := map[string]Ability{}
	for _, b := range v.Abilities {
		out[b.Action] = b
	}
	return out
}

// minutes uploads a level's minutes to a case and returns their hash.
func (w *world) minutes(t *testing.T, login, id string) string {
	t.Helper()
	row, err := w.AddPaper(context.Background(), w.as(login), PaperInput{Proposal: id, Kind: "minutes", FileName: "bien-ban.pdf"}, []byte("%PDF-1.7 biên bản"))
	require.NoError(t, err)
	return row.SHA256
}

func TestACaseSaysWhereItStandsAndWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	v, err := w.Case(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	require.Len(t, v.Steps, 6)
	assert.Equal(t, StepDone, v.Steps[0].State)
	assert.NotEmpty(t, v.Steps[0].DoneBy)
	assert.Equal(t, StepHere, v.Steps[1].State)
	assert.NotNil(t, v.Steps[1].DaysLeft)
	assert.Contains(t, v.CalendarUnconfirmed, v.DueOn.Year(), "the due day rests on a calendar without an announcement seen")
	assert.Equal(t, StepAhead, v.Steps[2].State)
	assert.True(t, v.Mine)
	assert.False(t, v.Rules.Confirmed)
	assert.NotEmpty(t, v.Rules.Stack)
	assert.Len(t, v.History, 1)
	assert.NotContains(t, v.History[0].Vi, p.Unit, "units are named, not coded")

	for login, want := range map[string]map[string]bool{
		"ph-reviewer": {"forward": true, "return": true, "hold": true},
		"pgd-head":    {"lower": true, "withdraw": true, "recall": false},
		"pgd-clerk":   {"lower": false, "withdraw": false, "recall": false},
		"hg-auditor":  {},
	} {
		got := map[string]bool{}
		for action, b := range w.abilitiesOf(t, login, p.ID) {
			got[action] = b.Allowed
			if !b.Allowed {
				assert.NotEmpty(t, b.Vi, "%s %s says why", login, action)
				assert.NotEmpty(t, b.En, "%s %s says why", login, action)
				assert.NotEmpty(t, b.People, "%s %s says who can", login, action)
			}
		}
		assert.Equal(t, want, got, login)
	}
	assert.Equal(t, CodeAlreadyOpen, w.abilitiesOf(t, "pgd-head", p.ID)["recall"].Code)
}

func TestReturnsKeepTheWordsOnEachFieldAndWhenTheyWereAnswered(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	reviewer := w.as("ph-reviewer")
	v, err := w.Case(ctx, reviewer, p.ID, false)
	require.NoError(t, err)
	item := v.ItemList[0].ID
	in := DecideInput{Target: Target{Proposal: p.ID, Revision: 1, Number: 7}, Verdict: "return", Reason: "Bổ sung hồ sơ",
		Fields: []FieldRemark{{Item: item, Field: "achievement", Remark: "bản cũ"}}}
	_, err = w.Decide(ctx, reviewer, in) // too late: refused, and its remark must not stay
	require.Error(t, err)
	in.Number, in.Fields = 1, []FieldRemark{{Item: item, Field: "achievement", Remark: "Nêu số liệu"}, {Field: "paper/BAO_CAO", Remark: "Bản chụp mờ"}}
	_, err = w.Decide(ctx, reviewer, in)
	require.NoError(t, err)

	v, err = w.Case(ctx, w.as("pgd-clerk"), p.ID, false)
	require.NoError(t, err)
	require.Len(t, v.Returns, 1)
	r := v.Returns[0]
	assert.Equal(t, "Bổ sung hồ sơ", r.Reason)
	assert.ElementsMatch(t, []FieldSaid{{Item: item, Field: "achievement", Remark: "Nêu số liệu"}, {Field: "paper/BAO_CAO", Remark: "Bản chụp mờ"}}, r.Fields)
	assert.Nil(t, r.AnsweredAt)
	assert.True(t, v.Steps[1].Returned, "the step that returned it waits")
	assert.True(t, w.abilitiesOf(t, "pgd-head", p.ID)["resubmit"].Allowed)

	_, err = w.Resubmit(ctx, w.as("pgd-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	v, err = w.Case(ctx, reviewer, p.ID, false)
	require.NoError(t, err)
	assert.NotNil(t, v.Returns[0].AnsweredAt)
	assert.Equal(t, 2, v.Returns[0].Revision)
	assert.Equal(t, StepHere, v.Steps[1].State)
}

func TestTheAppraisalIsKeptInWordsOfTheWholeAndOfEachItem(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	_, err := w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: w.minutes(t, "ph-reviewer", p.ID)})
	require.NoError(t, err)
	appraiser := w.as("snv-appraiser")
	_, err = w.Accept(ctx, appraiser, AcceptInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	v, err := w.Case(ctx, appraiser, p.ID, false)
	require.NoError(t, err)
	assert.True(t, v.Rules.Confirmed)
	a, b := v.ItemList[0].ID, v.ItemList[1].ID
	_, err = w.Appraise(ctx, appraiser, AppraiseInput{
		Target: Target{Proposal: p.ID}, Text: "Hồ sơ đủ điều kiện trình Hội đồng.",
		Exceptions: []OpinionInput{{Item: a, Opinion: "propose", Reason: "Thành tích rõ ràng"}, {Item: b, Opinion: "not_propose", Reason: "Chưa đủ năm"}},
	})
	require.NoError(t, err)
	v, err = w.Case(ctx, w.as("pgd-clerk"), p.ID, false)
	require.NoError(t, err)
	require.Len(t, v.Appraisal, 1)
	assert.Equal(t, "Hồ sơ đủ điều kiện trình Hội đồng.", v.Appraisal[0].Reason)
	last := func(id string) Said { s := v.Opinions[id]; return s[len(s)-1] }
	assert.Equal(t, "Thành tích rõ ràng", last(a).Reason)
	assert.Equal(t, "propose", last(a).Opinion)
	assert.Equal(t, "not_propose", last(b).Opinion)
	assert.Equal(t, "review", v.Opinions[a][0].Stage, "the lower level's word is kept beside")
	assert.Equal(t, "council", v.Stage)
}

func TestOthersNeverSeeWhoLooks(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["LDTT"] // decided by the district: two people of its standing body
	both := []string{"ph-reviewer-2", "ph-standing"}
	for _, login := range both {
		_, err := w.Case(ctx, w.as(login), p.ID, false)
		require.NoError(t, err)
	}
	v, err := w.Case(ctx, w.as(both[0]), p.ID, false)
	require.NoError(t, err)
	require.Len(t, v.Viewers, 1)
	assert.Equal(t, w.as(both[1]).Name, v.Viewers[0].Name)
	for _, login := range []string{"pgd-clerk", "hg-auditor"} {
		v, err := w.Case(ctx, w.as(login), p.ID, false)
		require.NoError(t, err)
		assert.Empty(t, v.Viewers, login)
		pr, err := w.Presence(ctx, w.as(login), p.ID)
		require.NoError(t, err)
		assert.Empty(t, pr.Viewers, login)
	}
	v, err = w.Case(ctx, w.as(both[0]), p.ID, false)
	require.NoError(t, err)
	assert.Len(t, v.Viewers, 1, "an auditor's or a clerk's reading leaves no mark")
	_, err = w.Decide(ctx, w.as(both[0]), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
	require.NoError(t, err)
	v, err = w.Case(ctx, w.as("pgd-clerk"), p.ID, false)
	require.NoError(t, err)
	assert.True(t, v.Mine)
	assert.Empty(t, v.Viewers, "whom the case has left is not shown to whom it came")
}

func TestConfirmingAnotherRegimeShowsWhatChanges(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	_, err := w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: w.minutes(t, "ph-reviewer", p.ID)})
	require.NoError(t, err)
	same, err := w.ConfirmRegime(ctx, w.as("snv-appraiser"), p.ID, "")
	require.NoError(t, err)
	assert.True(t, same.Same)
	assert.Equal(t, "R1", same.To.Regime)
	other, err := w.ConfirmRegime(ctx, w.as("snv-appraiser"), p.ID, "R2")
	require.NoError(t, err)
	assert.False(t, other.Same)
	assert.NotEmpty(t, other.Steps)
	_, err = w.ConfirmRegime(ctx, w.as("vt-reviewer"), p.ID, "R2")
	assert.Equal(t, CodeNotFound, asError(err).Code)
	_, err = w.Accept(ctx, w.as("snv-appraiser"), AcceptInput{Target: Target{Proposal: p.ID}, Regime: "R2"})
	require.Equal(t, CodeInvalid, asError(err).Code, "R1 is in force and the case was sent under it: nothing to choose")
	assert.Equal(t, "regime", asError(err).Fields[0].Field)
}
