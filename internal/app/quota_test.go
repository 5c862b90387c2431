package app

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// peopleFor is a proposal of a submission with n people.
func peopleFor(award string, n int) ProposalView {
	p := ProposalView{Proposal: postgres.Proposal{Award: award, Unit: "u"}}
	for i := range n {
		c := proposal.ItemContent{Kind: "individual", Name: fmt.Sprint("Người giả định ", i), PeriodKind: "calendar", Period: "2023"}
		p.ItemList = append(p.ItemList, ItemView{Item: postgres.Item{Subject: fmt.Sprint("s", i), Content: c}})
	}
	return p
}

// A submission is counted as a whole: 3 fighters of 20 advanced workers fit, the fourth
// is over; an item that is out of play does not count; another regime has no share.
func TestASubmissionIsCountedAgainstTheQuotas(t *testing.T) {
	t.Parallel()
	day := "2023-11-20"
	a := &App{Law: law.Default(), Today: func() law.Date { return law.MustDate(day) }}
	a.withLaws()
	v := SubmissionView{Proposals: []ProposalView{peopleFor("LDTT", 20), peopleFor("CSTDCS", 4)}}
	ctx := t.Context()
	of := func(v SubmissionView) []QuotaCount {
		t.Helper()
		got, err := a.quotasOf(ctx, v)
		require.NoError(t, err)
		return got
	}
	agendaOf := func(items []postgres.CouncilItem) []QuotaCount {
		t.Helper()
		got, err := a.quotasOfAgenda(ctx, items)
		require.NoError(t, err)
		return got
	}
	got := of(v)
	require.Len(t, got, 1)
	assert.True(t, got[0].Over)
	assert.Equal(t, []int64{4, 20, 3}, []int64{got[0].Count, got[0].Base, got[0].Limit})
	v.Proposals[1].ItemList[3].Outcome = "withdrawn"
	assert.False(t, of(v)[0].Over)

	agenda := []postgres.CouncilItem{}
	for i := range 4 {
		agenda = append(agenda, postgres.CouncilItem{Award: "CSTDCS", Regime: "R1", Unit: "u", Subject: fmt.Sprint(i), Content: proposal.ItemContent{PeriodKind: "calendar", Period: "2023"}})
	}
	got = agendaOf(agenda)
	require.Len(t, got, 1)
	assert.False(t, got[0].Known, "the agenda does not say how many advanced workers there are")
	agenda[0].Content.Facts = []byte(`{"quota": {"ldtt": 20}}`)
	got = agendaOf(agenda)
	assert.True(t, got[0].Over)
	day = "2024-03-01"
	assert.Empty(t, of(v), "R2 sets no share")
}
