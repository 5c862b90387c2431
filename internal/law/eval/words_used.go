package eval

import (
	"errors"
	"fmt"
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"

	"vinhdanh/internal/law"
)

// codeArgument is where a function takes a code of the catalogue, by overload.
var codeArgument = map[string]int{"titles_consecutive": 0, "titles_at_least": 0, "titles_years_since": 0, "titles_ever": 0}

// stepArgument is where a function takes a word of a scale, by overload.
var stepArgument = map[string]struct {
	at int
	of scale
}{
	"ratings_consecutive": {0, ratingScale}, "ratings_run": {0, ratingScale},
	"initiatives_at_least": {1, scopeScale}, "initiatives_valid": {1, scopeScale}, "initiatives_ever": {1, scopeScale},
	"initiatives_of_kind": {0, workScale},
}

// compared are the facts that are text, with the words each of them may be.
var compared = map[string]func(l *law.Law, word string) bool{
	"subject.kind":      func(_ *law.Law, word string) bool { return law.KnownKind(word) },
	"commendation.type": func(_ *law.Law, word string) bool { return law.KnownType(word) },
	"papers": func(l *law.Law, word string) bool {
		_, err := l.Paper(word)
		return err == nil
	},
}

// dangling are the words of a compiled expression that name nothing: an award that is not
// in the catalogue, a number where a word of a scale is asked for, an unknown kind, type
// or paper.
func dangling(l *law.Law, tree *ast.AST) error {
	var problems []error
	ast.PostOrderVisit(tree.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.CallKind {
			return
		}
		args := e.AsCall().Args()
		for _, overload := range tree.GetOverloadIDs(e.ID()) {
			if i, ok := codeArgument[overload]; ok && i < len(args) {
				problems = append(problems, awardCode(l, args[i]))
			}
			if s, ok := stepArgument[overload]; ok && s.at < len(args) {
				problems = append(problems, stepWord(tree, args[s.at], s.of))
			}
		}
		if name := e.AsCall().FunctionName(); name == operators.Equals || name == operators.NotEquals || name == operators.In {
			problems = append(problems, comparedWords(l, tree, args)...)
		}
	}))
	return errors.Join(problems...)
}

func awardCode(l *law.Law, arg ast.Expr) error {
	code, ok := written(arg)
	if !ok {
		return errors.New("expression: the code of an award must be written out as text")
	}
	if _, err := l.Award(code); err != nil {
		return fmt.Errorf("expression: there is no award %q", code)
	}
	return nil
}

func stepWord(tree *ast.AST, arg ast.Expr, of scale) error {
	if ref, ok := tree.ReferenceMap()[arg.ID()]; ok {
		if _, known := of.place(ref.Name); known {
			return nil
		}
	}
	words := make([]string, len(of))
	for i, s := range of {
		words[i] = s.word
	}
	return fmt.Errorf("expression: one of %v is asked for here", words)
}

// comparedWords checks the texts that a fact is compared with.
func comparedWords(l *law.Law, tree *ast.AST, sides []ast.Expr) []error {
	var problems []error
	for i, side := range sides {
		ref, ok := tree.ReferenceMap()[side.ID()]
		if !ok || compared[ref.Name] == nil {
			continue
		}
		other := sides[1-i]
		list := []ast.Expr{other}
		if other.Kind() == ast.ListKind {
			list = slices.Clone(other.AsList().Elements())
		}
		for _, x := range list {
			if word, ok := written(x); ok && !compared[ref.Name](l, word) {
				problems = append(problems, fmt.Errorf("expression: %s is never %q", ref.Name, word))
			}
		}
	}
	return problems
}

// written is the text of a literal.
func written(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

// decimals refuses whatever is a decimal: counts and shares are exact.
func decimals(tree *ast.AST) error {
	for _, t := range tree.TypeMap() {
		if t.Kind() == types.DoubleKind {
			return errors.New("expression: decimals are not exact; compare with percentAtLeast(part, whole, percent), percentOver or percentAtMost")
		}
	}
	return nil
}
