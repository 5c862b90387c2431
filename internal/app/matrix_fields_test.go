package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
)

// A reader who may see a case but not a field of it gets the case without it.
func TestFieldsAreHiddenByTheTable(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	_, err := w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
	require.NoError(t, err)
	p := byAward(v)["BKT-PT"].Proposal
	w.advance(p, "issuance")
	table := readRows(t)
	stands := caseRelation(stageIndex["issuance"], true)
	hidden := 0
	for _, s := range caseSeats() {
		got, err := w.Proposal(ctx, w.sitting(s), p.ID, true)
		if err != nil {
			require.Equal(t, CodeNotFound, codeOf(err))
			continue
		}
		reads := func(field string) bool { now, _ := granted(table.field(field), s, "issuance", stands); return now }
		year, facts := false, false
		for _, it := range got.ItemList {
			year, facts = year || it.Content.BirthYear != 0, facts || it.Verdict != "" || it.Law != nil || it.Content.Facts != nil
		}
		assert.Equal(t, reads("item.birth_year"), year, "%v: year of birth", s)
		assert.Equal(t, reads("item.facts"), facts, "%v: facts", s)
		papers, err := w.Papers(ctx, w.sitting(s), p.ID)
		require.NoError(t, err)
		assert.Equal(t, reads("case.papers"), len(papers) > 0, "%v: papers", s)
		account, err := w.Account(ctx, w.sitting(s), p.ID)
		require.NoError(t, err)
		assert.Equal(t, s.role == "auditor", account.Refusals != nil || reads("case.refusals") && s.role == "auditor", "%v: refusals", s)
		if !year {
			hidden++
		}
	}
	assert.NotZero(t, hidden, "somebody sees the case and not the field")
	_, err = w.Store.ProposalIn(ctx, postgres.Scope{}, p.ID)
	assert.ErrorIs(t, err, postgres.ErrNotFound, "no scope sees nothing")
}
