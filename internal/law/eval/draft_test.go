package eval

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

func find(n Node, id string) *Node {
	if n.ID == id {
		return &n
	}
	for _, c := range n.Children {
		if f := find(c, id); f != nil {
			return f
		}
	}
	return nil
}

// A draft is shown beside what R4 takes from R3, and decides nothing; applied, it
// decides, and says what it is.
func TestADraftIsShownAndDecidesNothing(t *testing.T) {
	t.Parallel()
	f := Facts{Kind: law.KindIndividual, Rating: "EXCELLENT", Period: Period{Kind: "calendar", Label: "2026"}, Initiatives: []Initiative{}}
	plain, err := New(law.Default())
	require.NoError(t, err)
	r, err := plain.Evaluate("R4", "CSTDCS", f)
	require.NoError(t, err)
	n := find(r.Tree, "CSTDCS_EXCELLENT_OR_INITIATIVE")
	require.NotNil(t, n)
	assert.Equal(t, NeedsPerson, n.Result)
	assert.Equal(t, Met, n.WouldBe, "R3 takes one of the two")
	assert.False(t, n.Draft)
	last := n.Reasons[len(n.Reasons)-1]
	assert.Contains(t, last.VI, "Dự thảo R4 (chưa áp dụng)")
	assert.Contains(t, last.VI, "không đạt")
	assert.Contains(t, n.Sentence.EN, "Draft of R4 (not applied)")

	l, err := law.Default().WithDrafts("R4")
	require.NoError(t, err)
	applied, err := New(l)
	require.NoError(t, err)
	r, err = applied.Evaluate("R4", "CSTDCS", f)
	require.NoError(t, err)
	n = find(r.Tree, "CSTDCS_EXCELLENT_OR_INITIATIVE")
	assert.Equal(t, NotMet, n.Result)
	assert.True(t, n.Draft)
	assert.Contains(t, n.Sentence.VI, "dự thảo, chưa phải văn bản đã ban hành")
	assert.Equal(t, NotMet, r.Verdict)

	r, err = applied.Evaluate("R3", "CSTDCS", f)
	require.NoError(t, err)
	assert.Equal(t, Met, find(r.Tree, "CSTDCS_EXCELLENT_OR_INITIATIVE").Result, "R3 asks for one of the two only")
}

// In R4 nothing is decided without a person, and everybody sees what R3 would say.
func TestWhatTheFormerRulesWouldSay(t *testing.T) {
	t.Parallel()
	e, err := New(law.Default())
	require.NoError(t, err)
	no, yes := false, true
	f := Facts{Kind: law.KindIndividual, Rating: "GOOD", Period: Period{Kind: "calendar", Label: "2026"}, Papers: []string{"TO_TRINH", "BAO_CAO", "BIEN_BAN"},
		OnHold: &no, AlreadyRewarded: &no, UnitDissolved: &no, ProposerManages: &yes}
	r3, err := e.Evaluate("R3", "LDTT", f)
	require.NoError(t, err)
	r4, err := e.Evaluate("R4", "LDTT", f)
	require.NoError(t, err)
	assert.Equal(t, NeedsPerson, r4.Verdict)
	assert.Empty(t, r3.WouldBe)
	if r3.Verdict == NeedsPerson {
		assert.Empty(t, r4.WouldBe)
	} else {
		assert.Equal(t, r3.Verdict, r4.WouldBe)
	}
	f.Rating = "DONE"
	r4, err = e.Evaluate("R4", "LDTT", f)
	require.NoError(t, err)
	assert.Equal(t, NotMet, r4.WouldBe)
	assert.Contains(t, r4.Sentence.VI, "theo quy định trước: không đạt")
	assert.Equal(t, NeedsPerson, r4.Verdict)
}
