package app

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// adHoc is a draft for one certificate of the district, of a type of commendation.
func (w *world) adHoc(t *testing.T, typ string) (SubmissionView, ItemView) {
	t.Helper()
	ctx, clerk := context.Background(), w.as("pgd-clerk")
	v, err := w.NewSubmission(ctx, clerk, NewInput{Title: "Khen thưởng cứu người bị nạn", Type: typ, LetterNumber: "12/TTr", LetterDate: "2023-11-18"})
	require.NoError(t, err)
	c := proposal.ItemContent{Kind: "individual", Form: "Ông", Award: "GK-H", Name: "Nguyễn Văn Mẫu", PeriodKind: "calendar", Period: "2023",
		Achievement: "Cứu hai người bị lũ cuốn", Facts: json.RawMessage(`{"local_criteria_met":true,"adhoc":{"confirmed":true}}`)}
	it, err := w.AddItem(ctx, clerk, AddInput{Submission: v.ID, Content: c})
	require.NoError(t, err)
	v, err = w.Submission(ctx, clerk, v.ID, true)
	require.NoError(t, err)
	return v, it
}

func kindsOf(r *proposal.Route) []proposal.StageKind {
	var out []proposal.StageKind
	for _, s := range r.Stages {
		out = append(out, s.Kind)
	}
	return out
}

// The type of commendation chooses the way: an ad hoc certificate goes without the
// Council; its case keeps that type whatever is later typed in the letter.
func TestTheTypeOfCommendationChoosesTheWay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for typ, votes := range map[string]bool{"": true, "CONG_TRANG": true, "DOT_XUAT": false} {
		w := office(t, "2023-11-20")
		v, it := w.adHoc(t, typ)
		var text []string
		for _, n := range it.Law.Tree.Children[0].Children {
			text = append(text, n.ID+" "+string(n.Result))
		}
		assert.Equal(t, typ != "", slices.Contains(text, "COMMENDATION_TYPE met"), "%v", text)
		assert.Equal(t, !votes, slices.Contains(text, "GK_ADHOC met"), "%v", text)
		head := w.as("pgd-head")
		sent, err := w.Send(ctx, head, SendInput{Submission: v.ID})
		require.NoError(t, err)
		require.Nil(t, sent.Proposals[0].Error, "%+v", sent.Proposals[0].Error)
		p, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, sent.Proposals[0].Proposal.ID)
		require.NoError(t, err)
		assert.Equal(t, typ, p.Type)
		assert.Equal(t, votes, slices.Contains(kindsOf(p.Route), proposal.StageCouncil), "%s: %v", typ, kindsOf(p.Route))
	}
}

// An award that is not given for the type is said so beside the item; a type that the
// law does not know is refused, and what stood there stays.
func TestAnAwardThatIsNotGivenForTheType(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v, _ := w.adHoc(t, "DOT_XUAT")
	it, err := w.AddItem(ctx, w.as("pgd-clerk"), AddInput{Submission: v.ID, Content: proposal.ItemContent{Kind: "individual", Award: "LDTT", Name: "Trần Thị Mẫu"}})
	require.NoError(t, err)
	node := it.Law.Tree.Children[0].Children[1]
	assert.Equal(t, "COMMENDATION_TYPE", node.ID)
	assert.EqualValues(t, "not_met", node.Result)
	assert.Contains(t, node.Sentence.VI, "đột xuất")

	letter := LetterInput{Submission: v.ID, Title: "Khen thưởng", Type: "KHAC"}
	_, err = w.SaveLetter(ctx, w.as("pgd-clerk"), letter)
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "type", e.Fields[0].Field)
	sub, err := w.Store.SubmissionByID(ctx, v.ID)
	require.NoError(t, err)
	assert.Equal(t, "DOT_XUAT", sub.Type)
	letter.Type = "CONG_TRANG"
	_, err = w.SaveLetter(ctx, w.as("pgd-clerk"), letter)
	require.NoError(t, err)
	p, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, it.Proposal)
	require.NoError(t, err)
	assert.Equal(t, "CONG_TRANG", p.Type, "what was not sent follows its letter")
}
