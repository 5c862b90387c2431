package law

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
)

// walk goes through the text of a file once: it notes the line of every part
// and finds numbers and expressions that stand without article and mark.
type walk struct {
	file     string
	lines    map[string]int
	problems []error
}

func newWalk(file string) *walk { return &walk{file: file, lines: map[string]int{}} }

func (w *walk) node(at string, n ast.Node, cited bool) {
	if n == nil {
		return
	}
	line := n.GetToken().Position.Line
	if _, known := w.lines[at]; !known {
		w.lines[at] = line
	}
	switch v := n.(type) {
	case *ast.MappingNode:
		w.mapping(at, v.Values, cited)
	case *ast.MappingValueNode:
		w.mapping(at, []*ast.MappingValueNode{v}, cited)
	case *ast.SequenceNode:
		for i, child := range v.Values {
			w.node(fmt.Sprintf("%s[%d]", at, i), child, cited)
		}
	case *ast.IntegerNode:
		if !cited {
			w.problem(line, "%s: a number without article and mark", at)
		}
	case *ast.FloatNode:
		w.problem(line, "%s: a decimal; write hundredths or a fraction (num, den)", at)
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		w.problem(line, "%s: anchors, aliases and tags are not used in law data; write the value out", at)
	}
}

func (w *walk) mapping(at string, values []*ast.MappingValueNode, cited bool) {
	var article, mark bool
	for _, v := range values {
		switch keyOf(v) {
		case "article":
			article = true
		case "mark":
			mark = true
		}
	}
	cited = cited || article && mark
	for _, v := range values {
		key := keyOf(v)
		if key == "cases" { // the facts of test cases are not the law's numbers
			w.node(join(at, key), v.Value, true)
			continue
		}
		if (key == "expr" || key == "unless") && !cited {
			w.problem(v.GetToken().Position.Line, "%s: an expression without article and mark", join(at, key))
		}
		w.node(join(at, key), v.Value, cited)
	}
}

func keyOf(v *ast.MappingValueNode) string { return v.Key.String() }

func join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

func (w *walk) problem(line int, format string, args ...any) {
	w.problems = append(w.problems, wrong(Pos{File: w.file, Line: line}, format, args...))
}

// locate writes file and lines into the entries of one section.
func locate[T interface{ entry() *Entry }](w *walk, section string, list []T) {
	for i, item := range list {
		at := fmt.Sprintf("%s[%d]", section, i)
		*item.entry() = Entry{Pos: Pos{File: w.file, Line: w.lines[at]}, path: at, lines: w.lines}
	}
}
