package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestALevelsListNamesWhatItProposedAndNothingOfOthers(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	v, err := w.Proposal(ctx, w.as("ph-reviewer"), p.ID, false)
	require.NoError(t, err)
	out := v.ItemList[1]
	_, err = w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "forward", Minutes: w.minutes(t, "ph-reviewer", p.ID),
		Exceptions: []OpinionInput{{Item: out.ID, Opinion: "not_propose", Reason: "chưa đủ"}}})
	require.NoError(t, err)
	list, err := w.LevelList(ctx, w.as("ph-reviewer"), LevelQuery{})
	require.NoError(t, err)
	assert.Equal(t, len(v.ItemList)-1, list.Proposed)
	assert.Equal(t, 1, list.Refused)
	assert.Equal(t, "Ủy ban nhân dân huyện Phụng Hiệp", list.Level)
	none, err := w.LevelList(ctx, w.as("ph-reviewer"), LevelQuery{To: "2000-01-01"})
	require.NoError(t, err)
	assert.Empty(t, none.Rows)
	for _, login := range []string{"vt-reviewer", "pgd-clerk", "pgd-head", "snv-appraiser", "hg-auditor", "hg-admin"} {
		other, err := w.LevelList(ctx, w.as(login), LevelQuery{})
		require.NoError(t, err)
		assert.Empty(t, other.Rows, login)
	}
	var b bytes.Buffer
	require.NoError(t, w.WriteLevelList(ctx, w.as("ph-reviewer"), LevelQuery{Number: "12/TTr-UBND", Date: "2023-11-20"}, "csv", "vi", &b))
	assert.Contains(t, b.String(), v.ItemList[0].Content.Name)
	assert.NotContains(t, b.String(), out.Content.Name, "what is not proposed stands in no letter")
	b.Reset()
	require.NoError(t, w.WriteLevelList(ctx, w.as("ph-reviewer"), LevelQuery{}, "xlsx", "en", &b))
	assert.Equal(t, "PK", b.String()[:2])
}
