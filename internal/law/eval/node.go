package eval

import (
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/law"
)

func leafNode(id string, text law.Text, c law.Cite) Node {
	return Node{ID: id, Text: text, Article: c.Article, Mark: c.Mark, Source: c.Source, AssumedFrom: c.AssumedFrom, Draft: c.Draft}
}

// group is a node all of whose children must hold. A child taken from another
// regime already needs a person, so the group needs no flag of its own.
func group(id string, text law.Text, c law.Cite, children []Node) Node {
	n := leafNode(id, text, c)
	n.Children = children
	n.Result = combine(children, false)
	if w := combine(asAssumed(children), false); w != n.Result {
		n.WouldBe = w
	}
	return n
}

// asAssumed are nodes with the answers that texts taken from another regime give.
func asAssumed(nodes []Node) []Node {
	out := make([]Node, len(nodes))
	for i, n := range nodes {
		out[i].Result = n.Result
		if n.WouldBe != "" {
			out[i].Result = n.WouldBe
		}
	}
	return out
}

// combine joins answers: of all, one that fails decides; of any, one that holds.
func combine(nodes []Node, any bool) Verdict {
	decides, otherwise := NotMet, Met
	if any {
		decides, otherwise = Met, NotMet
	}
	result := otherwise
	for _, n := range nodes {
		switch n.Result {
		case decides:
			return decides
		case NeedsPerson:
			result = NeedsPerson
		}
	}
	return result
}

// settle applies what holds for every node: a rule whose own text nobody has
// seen decides nothing, it only says what it would be.
func (n *Node) settle() {
	if n.AssumedFrom != "" {
		n.WouldBe, n.Result = n.Result, NeedsPerson
		n.Reasons = append([]law.Text{{
			VI: "chưa có văn bản của quy định mới; theo " + n.AssumedFrom + " thì " + verdictText(n.WouldBe).VI,
			EN: "the new text was not seen; under " + n.AssumedFrom + " it would be: " + verdictText(n.WouldBe).EN,
		}}, n.Reasons...)
	}
}

// tell writes the sentence of each node, once all of them are answered.
func (n *Node) tell() {
	n.Sentence = sentence(n)
	for i := range n.Children {
		n.Children[i].tell()
	}
}

func verdictText(v Verdict) law.Text {
	switch v {
	case Met:
		return law.Text{VI: "đạt", EN: "met"}
	case NotMet:
		return law.Text{VI: "không đạt", EN: "not met"}
	}
	return law.Text{VI: "cần người xem", EN: "needs a person"}
}

// Incomplete is the word for an item against which nothing stands but papers that
// are not there yet: a dossier is completed (yêu cầu bổ sung), an item is not
// refused for it.
const Incomplete = "incomplete"

// Word is the answer as lists show it: the verdict, or Incomplete.
func (r Result) Word() string {
	if r.Verdict == NotMet && r.Dossier == NotMet && r.Criteria != NotMet && r.Global != NotMet {
		return Incomplete
	}
	return string(r.Verdict)
}

// Text is the verdict in words.
func (v Verdict) Text() law.Text { return verdictText(v) }

// sentence says a node in one line: answer, condition, facts, reasons, source.
func sentence(n *Node) law.Text {
	head, label := verdictText(n.Result), law.Cite{Article: n.Article, Mark: n.Mark, AssumedFrom: n.AssumedFrom, Draft: n.Draft}.Label()
	vi := []string{upperFirst(head.VI) + ": " + n.Text.VI}
	en := []string{upperFirst(head.EN) + ": " + n.Text.EN}
	var factsVI, factsEN, missingVI, missingEN []string
	for _, f := range n.Facts {
		if f.Missing {
			missingVI, missingEN = append(missingVI, f.Label.VI), append(missingEN, f.Label.EN)
			continue
		}
		factsVI, factsEN = append(factsVI, f.Label.VI+": "+f.Shown.VI), append(factsEN, f.Label.EN+": "+f.Shown.EN)
	}
	part := func(list []string, head string, items []string) []string {
		if len(items) == 0 {
			return list
		}
		return append(list, head+strings.Join(items, ", "))
	}
	vi, en = part(vi, "Dữ liệu: ", factsVI), part(en, "Facts: ", factsEN)
	if n.Result == NeedsPerson {
		vi, en = part(vi, "Còn thiếu: ", missingVI), part(en, "Missing: ", missingEN)
	}
	for _, x := range n.Numbers {
		l := x.Cite.Label()
		vi = append(vi, fmt.Sprintf("%s: %d (%s)", upperFirst(x.Label.VI), x.Value, l.VI))
		en = append(en, fmt.Sprintf("%s: %d (%s)", upperFirst(x.Label.EN), x.Value, l.EN))
	}
	for _, r := range slices.Concat(n.Notes, n.Reasons) {
		vi, en = append(vi, upperFirst(r.VI)), append(en, upperFirst(r.EN))
	}
	vi, en = append(vi, "Căn cứ: "+label.VI), append(en, "Source: "+label.EN)
	return law.Text{VI: strings.Join(vi, ". ") + ".", EN: strings.Join(en, ". ") + "."}
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// summary is the answer for an item in one sentence, with what stands against it.
func summary(award law.Text, r Result) law.Text {
	tree, v := r.Tree, verdictText(r.Verdict)
	if r.Word() == Incomplete {
		v = law.Text{VI: "thiếu giấy tờ", EN: "papers missing"}
	}
	if tree.Result == Met {
		return law.Text{VI: fmt.Sprintf("%s: %s.", award.VI, v.VI), EN: fmt.Sprintf("%s: %s.", award.EN, v.EN)}
	}
	var vi, en []string
	collect(tree, tree.Result, &vi, &en)
	if tree.WouldBe != "" { // the text of the regime was not seen
		w := verdictText(tree.WouldBe)
		v.VI, v.EN = v.VI+" (theo quy định trước: "+w.VI+")", v.EN+" (under the former rules: "+w.EN+")"
	}
	return law.Text{
		VI: fmt.Sprintf("%s: %s – %s.", award.VI, v.VI, strings.Join(vi, "; ")),
		EN: fmt.Sprintf("%s: %s – %s.", award.EN, v.EN, strings.Join(en, "; ")),
	}
}

// collect names the conditions that gave the answer, not their parts.
func collect(n Node, want Verdict, vi, en *[]string) {
	for _, c := range n.Children {
		switch {
		case c.Result != want:
		case c.ID == "CRITERIA" || c.ID == "GLOBAL" || c.ID == "DOSSIER":
			collect(c, want, vi, en)
		default:
			*vi, *en = append(*vi, c.Text.VI), append(*en, c.Text.EN)
		}
	}
}

func (e *Evaluator) kindNode(a *law.Award, rule law.AwardRule, f *Facts) Node {
	c := rule.Cite
	c.AssumedFrom = "" // who may receive an award is the catalogue's word, not a rule of the new text
	n := leafNode("SUBJECT_KIND", law.Text{VI: "Đúng loại đối tượng", EN: "The right kind of subject"}, c)
	ft, _ := factNamed("subject.kind")
	e.use(&n, ft, f)
	switch {
	case f.Kind == "":
		n.Result = NeedsPerson
	case a.HasKind(f.Kind):
		n.Result = Met
	default:
		n.Result = NotMet
	}
	n.settle()
	return n
}
