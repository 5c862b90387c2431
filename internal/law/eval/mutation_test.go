package eval

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/cel-go/cel"

	"vinhdanh/internal/law"
)

// equivalent is a mutant that no facts tell from the criterion, or that none need tell.
type equivalent struct {
	Code   string `yaml:"code"`
	Mutant string `yaml:"mutant"`
	Reason string `yaml:"reason"`
}

// TestCasesSeeEveryMutant changes every threshold, operator, word and part of every
// criterion of the shipped law, one at a time: the criterion's own test cases must see
// each change, or an editor could make it without being told.
func TestCasesSeeEveryMutant(t *testing.T) {
	t.Parallel()
	l := law.Default()
	e, err := New(l)
	if err != nil {
		t.Fatal(err)
	}
	env, err := newEnv(numberCodes(l)...)
	if err != nil {
		t.Fatal(err)
	}
	equal := readEquivalents(t)
	seen, tried := map[equivalent]bool{}, 0
	for _, c := range l.Criteria {
		mutants := mutantsOf(c)
		if len(mutants) == 0 {
			t.Errorf("%s: criterion %s has nothing that could be changed", c.Pos, c.Code)
		}
		for _, m := range mutants {
			tried++
			e.learn(t, env, m.Expr)
			key := equivalent{Code: c.Code, Mutant: m.name}
			survives := e.survives(&m.Criterion)
			if reason, listed := equal[key]; listed {
				seen[key] = true
				if reason == "" || !survives {
					t.Errorf("%s: the mutant %q of %s stands among the equivalent ones without a reason, or a case sees it", c.Pos, m.name, c.Code)
				}
			} else if survives {
				t.Errorf("%s: no case of %s (%v) sees: %s", c.Pos, c.Code, c.Regimes, m.name)
			}
		}
	}
	for key := range equal {
		if !seen[key] {
			t.Errorf("there is no mutant %q of %s any more: take it out of the list", key.Mutant, key.Code)
		}
	}
	t.Logf("%d mutants of %d criteria, %d of them equivalent", tried, len(l.Criteria), len(seen))
}

// learn compiles an expression that the evaluator does not know yet.
func (e *Evaluator) learn(t *testing.T, env *cel.Env, expr string) {
	t.Helper()
	if expr == "" || e.programs[expr] != nil {
		return
	}
	p, err := compile(env, expr)
	if err != nil {
		t.Fatalf("the mutant %q is no expression: %v", expr, err)
	}
	e.programs[expr] = p
}

func (e *Evaluator) survives(m *law.Criterion) bool {
	for _, k := range m.Cases {
		if e.checkCase(m, k, Verdict(k.Want)) != nil {
			return false
		}
	}
	return true
}

func readEquivalents(t *testing.T) map[equivalent]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/equivalent-mutants.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list []equivalent
	if err := yaml.UnmarshalWithOptions(raw, &list, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	out := map[equivalent]string{}
	for _, one := range list {
		out[equivalent{Code: one.Code, Mutant: one.Mutant}] = strings.TrimSpace(one.Reason)
	}
	return out
}
