package eval

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// Judge answers what Evaluate answers, node by node, and only tells less of it.
func TestJudgeAnswersAsEvaluateDoes(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	for seed := range uint64(60) {
		f := randomFacts(rand.New(rand.NewPCG(seed, 11)))
		for _, regime := range []string{"R1", "R2", "R3", "R4"} {
			for _, award := range awardsIn(regime) {
				told, err := e.Evaluate(regime, award, f)
				require.NoError(t, err)
				bare, err := e.Judge(regime, award, f)
				require.NoError(t, err)
				require.Empty(t, bare.Tree.Children[0].Children[0].Facts)
				quiet(&told.Tree)
				require.Equal(t, told, bare, "seed %d, %s %s", seed, award, regime)
			}
		}
	}
}

// Facts that are alike get the same verdict and sentence, whatever their numbers are; two
// decisions of one number stay one.
func TestFactsThatAreAlikeAreJudgedAlike(t *testing.T) {
	t.Parallel()
	e := evaluator(t)
	renamed := 0
	for seed := range uint64(150) {
		f := randomFacts(rand.New(rand.NewPCG(seed, 13)))
		alike := f.Alike()
		for i := range alike.Titles {
			if alike.Titles[i].Number != f.Titles[i].Number {
				renamed++
			}
		}
		for _, regime := range []string{"R1", "R2", "R3", "R4"} {
			for _, award := range awardsIn(regime) {
				want, err := e.Judge(regime, award, f)
				require.NoError(t, err)
				got, err := e.Judge(regime, award, alike)
				require.NoError(t, err)
				require.Equal(t, []any{want.Verdict, want.WouldBe, want.Criteria, want.Global, want.Dossier, want.Sentence},
					[]any{got.Verdict, got.WouldBe, got.Criteria, got.Global, got.Dossier, got.Sentence}, "seed %d, %s %s", seed, award, regime)
			}
		}
	}
	require.NotZero(t, renamed)
}

// quiet takes from a tree what a bare one does not tell.
func quiet(n *Node) {
	n.Facts, n.Sentence = nil, law.Text{}
	for i := range n.Children {
		quiet(&n.Children[i])
	}
}

func BenchmarkJudge(b *testing.B) {
	e := evaluator(b)
	f := facts(b, `{"kind":"individual","period":{"kind":"school","label":"2022-2023"},"titles":[`+title("CSTDCS", "school", "2021-2022")+","+title("CSTDCS", "school", "2022-2023")+`],`+clean+`"rating":"GOOD"}`)
	for b.Loop() {
		if _, err := e.Judge("R1", "BKT-I", f); err != nil {
			b.Fatal(err)
		}
	}
}
