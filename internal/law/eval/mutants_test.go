package eval

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"

	"vinhdanh/internal/law"
)

// mutant is a criterion with one thing changed that an editor of the data might get
// wrong: a threshold off by one, a comparison with or without its edge, all for any.
type mutant struct {
	law.Criterion
	name string // what stands there now: the expression, or the parts
}

// part finds what of an expression can be changed: strings, numbers, names, operators.
var part = regexp.MustCompile(`"[^"]*"|\d+|[A-Za-z_][A-Za-z0-9_.]*|>=|<=|==|!=|&&|\|\||[<>!]`)

// instead is what may be written by mistake for an operator or a function.
var instead = map[string][]string{
	">=": {">"}, ">": {">="}, "<=": {"<"}, "<": {"<="}, "==": {"!="}, "!=": {"=="}, "&&": {"||"}, "||": {"&&"}, "!": {""},
	"percentAtLeast": {"percentOver"}, "percentOver": {"percentAtLeast"}, "percentAtMost": {"percentAtLeast"},
	"titles.consecutive": {"titles.ever"}, "askIf": {"", "false && "},
}

// mutantsOf are all mutants of a criterion, in the order of what they change.
func mutantsOf(c *law.Criterion) []mutant {
	var out []mutant
	add := func(name string, change func(*law.Criterion)) {
		m := mutant{Criterion: *c, name: name}
		change(&m.Criterion)
		out = append(out, m)
	}
	for _, at := range part.FindAllStringIndex(c.Expr, -1) {
		for _, other := range alternatives(c.Expr[at[0]:at[1]]) {
			expr := c.Expr[:at[0]] + other + c.Expr[at[1]:]
			add(expr, func(m *law.Criterion) { m.Expr = expr })
		}
	}
	if c.Otherwise != "" {
		add("without otherwise", func(m *law.Criterion) { m.Otherwise = "" })
	}
	if c.Expr == "" {
		add("all for any, any for all", func(m *law.Criterion) { m.All, m.Any = c.Any, c.All })
	}
	for i, code := range c.All {
		add("all without "+code, func(m *law.Criterion) { m.All = slices.Delete(slices.Clone(c.All), i, i+1) })
	}
	for i, code := range c.Any {
		add("any without "+code, func(m *law.Criterion) { m.Any = slices.Delete(slices.Clone(c.Any), i, i+1) })
	}
	return out
}

func alternatives(word string) []string {
	if n, err := strconv.Atoi(word); err == nil {
		return []string{strconv.Itoa(n - 1), strconv.Itoa(n + 1)}
	}
	if strings.HasPrefix(word, numberPrefix) {
		return []string{"(" + word + " - 1)", "(" + word + " + 1)"}
	}
	if strings.HasPrefix(word, `"`) {
		return []string{`"X"`} // no award, no kind of subject
	}
	if f, ok := factNamed(word); ok && f.typ == cel.BoolType {
		return []string{"true", "false"}
	}
	for _, s := range scales {
		if i, ok := s.place(word); ok {
			return neighbours(s, int(i))
		}
	}
	return instead[word]
}

func neighbours(s scale, i int) []string {
	var out []string
	if i > 0 {
		out = append(out, s[i-1].word)
	}
	if i+1 < len(s) {
		out = append(out, s[i+1].word)
	}
	return out
}
