package simulate

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

func judged(t *testing.T, rules *eval.Evaluator, regime, award, facts string) Past {
	t.Helper()
	f, err := eval.ParseFacts([]byte(facts))
	require.NoError(t, err)
	for _, p := range law.Default().Papers {
		f.Papers = append(f.Papers, p.Code)
	}
	r, err := rules.Evaluate(regime, award, f)
	require.NoError(t, err)
	return Past{Proposal: "p", Award: award, Regime: regime, Facts: f, Result: r}
}

func changedRules(t *testing.T, file, old, new string) *eval.Evaluator {
	t.Helper()
	files := law.Default().Files()
	require.Contains(t, files[file], old)
	files[file] = strings.ReplaceAll(files[file], old, new)
	l, err := law.FromFiles(files)
	require.NoError(t, err)
	e, err := eval.New(l)
	require.NoError(t, err)
	return e
}

const goodWorker = `{"kind":"individual","rating":"GOOD","period":{"kind":"calendar","label":"2023"}}`

func TestTheSameDataChangeNothing(t *testing.T) {
	t.Parallel()
	rules, err := eval.New(law.Default())
	require.NoError(t, err)
	tally := NewTally()
	out, err := tally.Run(context.Background(), rules, judged(t, rules, "R1", "LDTT", goodWorker))
	require.NoError(t, err)
	assert.Nil(t, out)
	assert.Equal(t, 1, tally.Judged)
	assert.Zero(t, tally.Changed)
}

func TestAStricterConditionNamesItself(t *testing.T) {
	t.Parallel()
	rules, err := eval.New(law.Default())
	require.NoError(t, err)
	stricter := changedRules(t, "criteria-titles.yaml", `expr: "rating >= GOOD"`, `expr: "rating >= EXCELLENT"`)
	tally := NewTally()
	past := judged(t, rules, "R1", "LDTT", goodWorker)
	require.NotEqual(t, eval.NotMet, past.Result.Verdict)
	out, err := tally.Run(context.Background(), stricter, past)
	require.NoError(t, err)
	require.NotNil(t, out)
	assert.Equal(t, eval.NotMet, out.Now)
	require.Len(t, out.By, 1)
	assert.Equal(t, "LDTT_RATING", out.By[0].ID)
	assert.Equal(t, eval.Met, out.By[0].Was)
	assert.Equal(t, eval.NotMet, out.By[0].Now)
	assert.Contains(t, out.By[0].Sentence.VI, "Không đạt")
	assert.Equal(t, 1, tally.By["LDTT_RATING"])
	assert.Equal(t, 1, tally.Moves[string(past.Result.Verdict)+">not_met"])
}

func TestAnAwardThatIsGoneIsSaid(t *testing.T) {
	t.Parallel()
	rules, err := eval.New(law.Default())
	require.NoError(t, err)
	past := judged(t, rules, "R1", "LDTT", goodWorker)
	past.Award = "GONE"
	tally := NewTally()
	out, err := tally.Run(context.Background(), rules, past)
	require.NoError(t, err)
	require.NotNil(t, out)
	assert.Empty(t, out.Now)
	assert.NotEmpty(t, out.Error)
}

func TestAConditionThatWentIsListed(t *testing.T) {
	t.Parallel()
	leaf := func(id string, v eval.Verdict) eval.Node { return eval.Node{ID: id, Result: v} }
	was := eval.Node{Children: []eval.Node{leaf("A", eval.Met), leaf("B", eval.NotMet)}}
	now := eval.Node{Children: []eval.Node{leaf("C", eval.Met), leaf("A", eval.Met)}}
	got := Compare(was, now)
	require.Len(t, got, 2)
	assert.Equal(t, Condition{ID: "C", Now: eval.Met}, got[0])
	assert.Equal(t, Condition{ID: "B", Was: eval.NotMet}, got[1])
}

func TestSimulationStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tally := NewTally()
	_, err := tally.Run(ctx, nil, Past{})
	require.ErrorIs(t, err, context.Canceled)
}

// Where only the joining of the parts changes, the joined condition names itself.
func TestAnotherJoiningNamesItself(t *testing.T) {
	t.Parallel()
	rules, err := eval.New(law.Default())
	require.NoError(t, err)
	both := changedRules(t, "criteria-titles.yaml", "any: [CSTDCS_EXCELLENT, CSTDCS_INITIATIVE]", "all: [CSTDCS_EXCELLENT, CSTDCS_INITIATIVE]")
	past := judged(t, rules, "R2", "CSTDCS", `{"kind":"individual","rating":"EXCELLENT","period":{"kind":"calendar","label":"2024"},"initiatives":[],"ledger_read":true,
		"on_hold":false,"already_rewarded":false,"proposer_manages":true,"unit_dissolved":false}`)
	tally := NewTally()
	out, err := tally.Run(context.Background(), both, past)
	require.NoError(t, err)
	require.NotNil(t, out)
	assert.Equal(t, eval.NotMet, out.Now)
	require.Len(t, out.By, 1)
	assert.Equal(t, "CSTDCS_EXCELLENT_OR_INITIATIVE", out.By[0].ID)
	assert.Equal(t, eval.Met, out.By[0].Was)
	assert.Equal(t, eval.NotMet, out.By[0].Now)
	assert.Equal(t, 1, tally.By["CSTDCS_EXCELLENT_OR_INITIATIVE"])
}
