package eval

import (
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// use notes that a node looks at a fact.
func (e *Evaluator) use(n *Node, ft fact, f *Facts) {
	if !e.bare {
		n.Facts = append(n.Facts, ft.used(f))
	}
}

// leaf runs an expression. Whatever goes wrong while it runs needs a person.
func (e *Evaluator) leaf(n *Node, expr, otherwise, regime string, f *Facts) {
	p, rec := e.programs[expr], &recorder{}
	if slices.ContainsFunc(p.facts, func(ft fact) bool { return ft.name == "titles" }) {
		if c, ok := e.law.Clock(regime); ok {
			rec.from = c.From
		}
	}
	vars := make(map[string]any, len(p.facts))
	var unknown []*cel.AttributePatternType
	for _, ft := range p.facts {
		e.use(n, ft, f)
		if value, ok := ft.value(f, rec); ok {
			vars[ft.name] = value
		} else {
			unknown = append(unknown, cel.AttributePattern(ft.name))
		}
	}
	for _, d := range f.Derived {
		if slices.ContainsFunc(p.facts, func(ft fact) bool { return ft.name == d.Fact }) {
			n.Notes = append(n.Notes, d.Text)
		}
	}
	e.putNumbers(n, p, regime, vars)
	n.Result = NeedsPerson
	if partial, err := cel.PartialVars(vars, unknown...); err == nil {
		out, _, err := p.run.Eval(partial)
		switch {
		case err != nil:
			rec.because("biểu thức không tính được với dữ liệu này", "the expression cannot be computed with these facts")
		case out == types.True:
			n.Result = Met
		case out == types.False:
			n.Result = NotMet
		}
	}
	if n.Result == NotMet && otherwise != "" {
		n.Result = NeedsPerson
		rec.because("điều kiện chưa thỏa, nhưng đây không phải là từ chối: người có trách nhiệm quyết định",
			"the condition does not hold, but that is no refusal: the responsible person decides")
	}
	if n.Result == NeedsPerson {
		if len(rec.reasons) == 0 && len(unknown) == 0 {
			rec.because("dữ liệu chưa đủ để kết luận hoặc mâu thuẫn nhau", "the facts do not decide it, or contradict each other")
		}
		n.Reasons = rec.reasons
	}
	n.settle()
}
