package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
)

// Limits of an expression: its length, its nesting, and the steps it may take.
const (
	maxLength = 2000
	maxDepth  = 40
	maxCost   = 20_000
)

// newEnv declares the facts, the words of the scales, the functions, and the named
// numbers of the law data.
func newEnv(numbers ...string) (*cel.Env, error) {
	opts := []cel.EnvOption{cel.ParserExpressionSizeLimit(maxLength), cel.ParserRecursionLimit(maxDepth)}
	for _, code := range numbers {
		opts = append(opts, cel.Variable(numberPrefix+code, cel.IntType))
	}
	for _, f := range vocabulary {
		opts = append(opts, cel.Variable(f.name, f.typ))
	}
	for _, s := range scales {
		for i, step := range s {
			opts = append(opts, cel.Constant(step.word, cel.IntType, types.Int(i)))
		}
	}
	opts = append(opts, rowFunctions()...)
	opts = append(opts, countFunctions()...)
	return cel.NewEnv(append(opts, shareFunctions()...)...)
}

// rowFunctions are those over titles, ratings, initiatives and periods. The type
// checker has matched the types of the arguments before a binding runs.
func rowFunctions() []cel.EnvOption {
	return []cel.EnvOption{
		cel.Function("consecutive",
			cel.MemberOverload("titles_consecutive", []*cel.Type{titlesType, cel.StringType, cel.IntType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					return a[0].(subject).consecutiveTitles(string(a[1].(types.String)), int64(a[2].(types.Int)))
				})),
			cel.MemberOverload("ratings_consecutive", []*cel.Type{ratingsType, cel.IntType, cel.IntType}, cel.BoolType,
				cel.FunctionBinding(func(a ...ref.Val) ref.Val {
					found := ratingRun(a)
					if p, ok := found.(periods); ok {
						return types.Bool(!p.empty())
					}
					return found
				}))),
		cel.Function("run",
			cel.MemberOverload("ratings_run", []*cel.Type{ratingsType, cel.IntType, cel.IntType}, periodsType,
				cel.FunctionBinding(ratingRun0))),
		cel.Function("last",
			cel.MemberOverload("period_last", []*cel.Type{periodType, cel.IntType}, periodsType,
				cel.BinaryBinding(func(p, n ref.Val) ref.Val { return p.(subject).lastPeriods(int64(n.(types.Int))) }))),
	}
}

func ratingRun0(a ...ref.Val) ref.Val { return ratingRun(a) }

func ratingRun(a []ref.Val) ref.Val {
	atLeast, n := int64(a[1].(types.Int)), int64(a[2].(types.Int))
	if n < 1 || n > span {
		return types.NewErr("%d is not between 1 and %d", n, span)
	}
	p, ok := a[0].(subject).ratingRow(atLeast, n)
	if !ok {
		return perhaps()
	}
	return p
}

// program is a compiled expression, the facts that it reads and the named numbers.
type program struct {
	run     cel.Program
	tree    *ast.AST
	facts   []fact
	numbers []string // codes, in alphabetical order
}

func compile(env *cel.Env, expr string) (*program, error) {
	checked, issues := env.Compile(expr)
	if issues.Err() != nil {
		return nil, fmt.Errorf("expression: %w", issues.Err())
	}
	if !checked.OutputType().IsExactType(cel.BoolType) {
		return nil, fmt.Errorf("expression: gives %s; a criterion must give true or false", checked.OutputType())
	}
	tree := checked.NativeRep()
	if err := decimals(tree); err != nil {
		return nil, err
	}
	run, err := env.Program(checked, cel.EvalOptions(cel.OptPartialEval), cel.CostLimit(maxCost))
	if err != nil {
		return nil, fmt.Errorf("expression: %w", err)
	}
	p := &program{run: run, tree: tree}
	read := map[string]bool{}
	for _, r := range tree.ReferenceMap() {
		read[r.Name] = true
		if code, ok := strings.CutPrefix(r.Name, numberPrefix); ok && !slices.Contains(p.numbers, code) {
			p.numbers = append(p.numbers, code)
		}
	}
	slices.Sort(p.numbers)
	if read["titles"] || read["initiatives"] || read["ratings"] {
		read["period"] = true // rows are counted back from the item's period
	}
	if read["ratings"] {
		read["rating"] = true
	}
	for _, f := range vocabulary {
		if read[f.name] {
			p.facts = append(p.facts, f)
		}
	}
	return p, nil
}
