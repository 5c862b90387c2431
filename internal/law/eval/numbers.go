package eval

import (
	"fmt"

	"vinhdanh/internal/law"
)

// numberPrefix stands before the named numbers of the data in expressions.
const numberPrefix = "number."

// NumberUsed is a named number of the data as a node used it, with its own source:
// its mark may be weaker than the criterion's.
type NumberUsed struct {
	law.Cite
	Code  string   `json:"code"`
	Label law.Text `json:"label"`
	Value int64    `json:"value"`
}

// numberCodes are the named numbers of the data, each once.
func numberCodes(l *law.Law) []string {
	var codes []string
	seen := map[string]bool{}
	for _, n := range l.Numbers {
		if !seen[n.Code] {
			seen[n.Code] = true
			codes = append(codes, n.Code)
		}
	}
	return codes
}

// needsNumbers reports the regimes of a criterion in which a number that its
// expression names does not exist.
func (e *Evaluator) needsNumbers(c *law.Criterion) []error {
	p := e.programs[c.Expr]
	if p == nil {
		return nil
	}
	var problems []error
	for _, code := range p.numbers {
		for _, regime := range c.Regimes {
			if _, err := e.law.Number(code, regime); err != nil {
				problems = append(problems, law.Wrong(c.At("expr"), fmt.Sprintf("criterion %s: không có trị số %q theo %s", c.Code, code, regime),
					fmt.Sprintf("criterion %s: there is no number %q in %s", c.Code, code, regime)))
			}
		}
	}
	return problems
}

func (e *Evaluator) putNumbers(n *Node, p *program, regime string, vars map[string]any) {
	for _, code := range p.numbers {
		x, err := e.law.Number(code, regime)
		if err != nil {
			continue // New found them all; without it the expression gives no answer
		}
		vars[numberPrefix+code] = x.Value
		n.Numbers = append(n.Numbers, NumberUsed{Cite: x.Cite, Code: code, Label: x.Names, Value: x.Value})
	}
}
