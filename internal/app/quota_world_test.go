package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func quotaOf(t *testing.T, all []QuotaCount, code string) QuotaCount {
	t.Helper()
	for _, q := range all {
		if q.Code == code {
			return q
		}
	}
	t.Fatalf("no quota %s in %+v", code, all)
	return QuotaCount{}
}

// A second award above the province in one calendar year is warned about before the list
// is sent, from a case, from the ledger, and in the result tree; another year does not count.
func TestOneStateLevelProposalAYearIsCounted(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.Store.Today = func() string { return w.Today().String() }
	_, a := w.begun(t, "BKTTG", "Nguyễn Văn Giả Định")
	v, err := w.Checkout(ctx, w.as("pgd-clerk"), w.submissionOf(t, a))
	require.NoError(t, err)
	q := quotaOf(t, v.Quotas, "STATE_LEVEL_A_YEAR")
	assert.False(t, q.Over)
	assert.Equal(t, "old", string(q.Mark))
	// The same person for an Order, in another submission of the year: sent.
	w.send("HCLD3", voting, proposal.ItemContent{Kind: "individual", Name: "Nguyễn Văn Giả Định", PeriodKind: "school", Period: "2022-2023"})
	v, err = w.Checkout(ctx, w.as("pgd-clerk"), w.submissionOf(t, a))
	require.NoError(t, err)
	q = quotaOf(t, v.Quotas, "STATE_LEVEL_A_YEAR")
	assert.True(t, q.Over)
	assert.Contains(t, q.Text.VI, "Nguyễn Văn Giả Định (2)")
	tree := v.Submission.Proposals[0].ItemList[0].Law.Tree
	var found bool
	for _, n := range tree.Children[1].Children {
		if n.ID == "ONE_STATE_LEVEL_A_YEAR" {
			found = true
			assert.Equal(t, "needs_person", string(n.Result))
		}
	}
	assert.True(t, found)
	w.on("2024-01-05") // the draft is of the next year; R2 has no such rule
	v, err = w.Checkout(ctx, w.as("pgd-clerk"), w.submissionOf(t, a))
	require.NoError(t, err)
	for _, q := range v.Quotas {
		assert.NotEqual(t, "STATE_LEVEL_A_YEAR", q.Code)
	}
}

func (w *world) submissionOf(t *testing.T, it ItemView) string {
	t.Helper()
	p, err := w.Store.ProposalIn(context.Background(), postgres.Scope{All: true}, it.Proposal)
	require.NoError(t, err)
	return p.Submission
}

// The numbers that a campaign sets are counted over what is sent for it and the list, for
// the whole campaign and for each unit, and stand in the item's facts.
func TestACampaignsNumbersAreCounted(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	s := w.as("pgd-clerk")
	c, err := w.SaveCampaign(ctx, w.as("hg-admin"), CampaignInput{Status: "open", CampaignText: CampaignText{
		Title: "Phong trào mẫu", Launcher: CampaignLauncher{Unit: authority},
		Numbers: []CampaignNumber{{Award: "BKT-PT", Kind: "individual", Per: "campaign", Limit: 1}, {Award: "BKT-PT", Per: "unit", Limit: 5}},
	}})
	require.NoError(t, err)
	v, err := w.NewSubmission(ctx, s, NewInput{Title: "Đề nghị", Campaign: c.ID})
	require.NoError(t, err)
	add := func(name string) ItemView {
		it, err := w.AddItem(ctx, s, AddInput{Submission: v.ID, Content: proposal.ItemContent{Kind: "individual", Award: "BKT-PT", Name: name, PeriodKind: "calendar", Period: "2023"}})
		require.NoError(t, err)
		return it
	}
	counts := func() []QuotaCount {
		out, err := w.Checkout(ctx, s, v.ID)
		require.NoError(t, err)
		var mine []QuotaCount
		for _, q := range out.Quotas {
			if q.Code == "CAMPAIGN" {
				mine = append(mine, q)
			}
		}
		return mine
	}
	first := add("Người Giả Định Một")
	got := counts()
	require.Len(t, got, 2)
	assert.Equal(t, []int64{1, 1}, []int64{got[0].Count, got[0].Limit})
	assert.False(t, got[0].Over)
	add("Người Giả Định Hai")
	got = counts()
	assert.True(t, got[0].Over)
	assert.Contains(t, got[0].Text.VI, "vượt 1")
	assert.False(t, got[1].Over)
	assert.Equal(t, int64(2), got[1].Count)
	p, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, first.Proposal)
	require.NoError(t, err)
	items, err := w.Store.ItemsOf(ctx, p.ID, 1)
	require.NoError(t, err)
	facts, err := dossier.Facts(ctx, w.Store, p, items)
	require.NoError(t, err)
	require.NotNil(t, facts[0].Campaign.QuotaStated)
	assert.Equal(t, []int64{1, 2}, []int64{*facts[0].Campaign.QuotaLimit, *facts[0].Campaign.QuotaProposed})
	_, err = w.SaveCampaign(ctx, w.as("hg-admin"), CampaignInput{CampaignText: CampaignText{ID: c.ID, Title: c.Title, Launcher: c.Launcher,
		Numbers: []CampaignNumber{{Award: "KHONG-CO", Per: "unit", Limit: 1}}}, Status: "open", Version: c.Version})
	assert.Equal(t, CodeInvalid, asError(err).Code)
}

// The ledger says where the time for the next award starts; who is new to the unit has none.
func TestTheLedgerStartsAnItemsClock(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	_, it := w.begun(t, "LDTT", "Trần Thị Giả Định")
	p, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, it.Proposal)
	require.NoError(t, err)
	items, err := w.Store.ItemsOf(ctx, p.ID, 1)
	require.NoError(t, err)
	refs, err := w.Store.SubjectsOfList(ctx, proposer, []postgres.Named{{Key: "tran thi gia dinh", Kind: "individual"}, {Key: "ai khac", Kind: "individual"}})
	require.NoError(t, err)
	assert.Equal(t, []string{items[0].Subject, ""}, refs)
	clock := func() eval.Node {
		res, err := w.judge(ctx, p, items)
		require.NoError(t, err)
		for _, n := range res[0].Tree.Children[1].Children {
			if n.ID == law.ClockNode {
				return n
			}
		}
		return eval.Node{}
	}
	assert.Equal(t, eval.Met, clock().Result, "nothing on record")
	w.recorded(paperRow("Trần Thị Giả Định", "birth_year", "", "award", "LDTT", "period", "2022"))
	n := clock()
	assert.Equal(t, eval.NeedsPerson, n.Result, n.Sentence.VI)
	assert.Contains(t, n.Sentence.VI, "Quyết định trước 15/QĐ-UBND ngày 20/01/2022, thời gian lập thành tích 2022")
}

// What the unit states of itself is compared with the tree of units, and shown as
// differing; the tree wins where it is complete.
func TestTheTreeOfUnitsOutweighsTheUnitsWord(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.Store.Today = func() string { return w.Today().String() }
	s := w.as("pgd-clerk")
	v, err := w.NewSubmission(ctx, s, NewInput{Title: "Đề nghị"})
	require.NoError(t, err)
	other, err := w.Store.UnitByID(ctx, authority)
	require.NoError(t, err)
	own, err := w.Store.UnitByID(ctx, proposer)
	require.NoError(t, err)
	node := func(name, id string) eval.Node {
		res, err := w.JudgeContent(ctx, s, JudgeInput{Submission: v.ID, Content: proposal.ItemContent{Kind: "collective", Award: "TTLDTT", Name: name,
			PeriodKind: "calendar", Period: "2023", Facts: []byte(`{"proposer_manages": true, "unit_dissolved": true}`)}})
		require.NoError(t, err)
		for _, n := range res.Tree.Children[1].Children {
			if n.ID == id {
				return n
			}
		}
		return eval.Node{}
	}
	n := node(other.Name, "PROPOSER_MANAGES")
	assert.Equal(t, eval.NotMet, n.Result, n.Sentence.VI)
	assert.Contains(t, n.Sentence.VI, "Khác với khai báo của đơn vị (có)")
	assert.Equal(t, eval.Met, node(own.Name, "PROPOSER_MANAGES").Result)
	n = node(own.Name, "UNIT_NOT_DISSOLVED")
	assert.Equal(t, eval.Met, n.Result, "the unit is there, whatever was typed: %s", n.Sentence.VI)
	assert.Contains(t, n.Sentence.VI, "Khác với khai báo")
	assert.Equal(t, eval.NeedsPerson, node("Tổ chuyên môn giả định", "UNIT_NOT_DISSOLVED").Result, "the tree does not know it: the unit's word stands")
}
