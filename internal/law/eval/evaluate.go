package eval

import (
	"errors"
	"fmt"

	"vinhdanh/internal/law"
)

// Verdict is the answer of a node.
type Verdict string

const (
	Met         Verdict = "met"
	NotMet      Verdict = "not_met"
	NeedsPerson Verdict = "needs_person"
)

// Node is one condition with its answer.
type Node struct {
	ID          string       `json:"id"`
	Article     string       `json:"article"`
	Mark        law.Mark     `json:"mark"`
	Source      string       `json:"source,omitempty"`
	AssumedFrom string       `json:"assumed_from,omitempty"`
	Draft       bool         `json:"draft,omitempty"` // the condition of a draft, which the data apply
	Text        law.Text     `json:"text"`
	Result      Verdict      `json:"result"`
	WouldBe     Verdict      `json:"would_be,omitempty"` // what the text assumed from another regime answers
	Facts       []FactUsed   `json:"facts,omitempty"`
	Numbers     []NumberUsed `json:"numbers,omitempty"` // named numbers of the data, each with its own source
	Reasons     []law.Text   `json:"reasons,omitempty"` // why a person must look
	Notes       []law.Text   `json:"notes,omitempty"`   // what a reader should know, whatever the answer
	Sentence    law.Text     `json:"sentence"`
	Children    []Node       `json:"children,omitempty"`
}

// Result is what the law says of one item.
type Result struct {
	LawHash string  `json:"law_hash"`
	Regime  string  `json:"regime"`
	Award   string  `json:"award"`
	Verdict Verdict `json:"verdict"`
	// WouldBe is what the texts answer that a regime takes from another one, where its
	// own were not seen; empty where that is the verdict anyway.
	WouldBe Verdict `json:"would_be,omitempty"`
	// The three parts of the verdict, for readers who look before the papers are in.
	Criteria Verdict `json:"criteria"`
	Global   Verdict `json:"global"`
	Dossier  Verdict `json:"dossier"`

	Sentence       law.Text   `json:"sentence"`
	JudgedByPeople []law.Text `json:"judged_by_people,omitempty"` // conditions that no fact decides
	Tree           Node       `json:"tree"`
}

// Evaluator holds the compiled criteria of one law. It is safe for concurrent use.
type Evaluator struct {
	law      *law.Law
	programs map[string]*program // by expression
	bare     bool                // answers only: no facts used, no sentences but the item's
}

// New compiles every expression of the law. The error names file and line of
// each that does not compile.
func New(l *law.Law) (*Evaluator, error) {
	env, err := newEnv(numberCodes(l)...)
	if err != nil {
		return nil, fmt.Errorf("expression language: %w", err)
	}
	e := &Evaluator{law: l, programs: map[string]*program{}}
	var problems []error
	add := func(expr string, at law.Pos, what string) {
		if e.programs[expr] != nil {
			return
		}
		p, err := compile(env, expr)
		if err == nil {
			err = dangling(l, p.tree)
		}
		if err != nil {
			text := said(err)
			problems = append(problems, law.Wrong(at, what+": điều kiện không dùng được: "+text.VI, what+": "+text.EN))
			return
		}
		e.programs[expr] = p
	}
	for _, c := range l.Criteria {
		if c.Expr != "" {
			add(c.Expr, c.At("expr"), "criterion "+c.Code)
			problems = append(problems, e.needsNumbers(c)...)
		}
	}
	for _, d := range l.Dossiers {
		for i, n := range d.Papers {
			add(paperExpr(n), d.At(fmt.Sprintf("papers[%d]", i)), "dossier "+d.Code)
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return e, nil
}

// EvaluateOn is Evaluate under the regime in force on a day.
func (e *Evaluator) EvaluateOn(d law.Date, award string, f Facts) (Result, error) {
	r, err := e.law.RegimeOn(d)
	if err != nil {
		return Result{}, err
	}
	return e.Evaluate(r.ID, award, f)
}

// Evaluate says what a regime's law says of an item. The errors are those of
// law.AwardRule: an unknown award, or one that the regime does not have. Facts
// never cause an error.
func (e *Evaluator) Evaluate(regime, award string, f Facts) (Result, error) {
	r, err := e.evaluate(regime, award, f)
	r.Tree.tell()
	return r, err
}

// Judge is Evaluate for readers of thousands of items at once: the same answers and the
// same sentence, in a tree whose nodes tell neither their facts nor a sentence.
func (e *Evaluator) Judge(regime, award string, f Facts) (Result, error) {
	bare := *e
	bare.bare = true
	return bare.evaluate(regime, award, f)
}

func (e *Evaluator) evaluate(regime, award string, f Facts) (Result, error) {
	a, err := e.law.Award(award)
	if err != nil {
		return Result{}, err
	}
	rule, err := e.law.RuleFor(award, regime, f.Type)
	if err != nil {
		return Result{}, err
	}
	e.level(rule, regime, &f)
	own, err := e.own(a, rule, regime, &f)
	if err != nil {
		return Result{}, err
	}
	global, err := e.global(a, rule, regime, &f, own)
	if err != nil {
		return Result{}, err
	}
	dossier, err := e.dossier(rule, regime, &f)
	if err != nil {
		return Result{}, err
	}
	tree := group(award, law.Text{VI: a.Names.VI, EN: a.Names.EN}, rule.Cite, []Node{own, global, dossier})
	r := Result{LawHash: e.law.Hash(), Regime: regime, Award: award, Verdict: tree.Result, WouldBe: tree.WouldBe,
		Criteria: own.Result, Global: global.Result, Dossier: dossier.Result,
		JudgedByPeople: rule.JudgedByPeople, Tree: tree}
	r.Sentence = summary(a.Names, r)
	return r, nil
}

// own is the kind of subject, the type of commendation where one is named, and the
// criteria of the award.
func (e *Evaluator) own(a *law.Award, rule law.AwardRule, regime string, f *Facts) (Node, error) {
	children := []Node{e.kindNode(a, rule, f)}
	if f.Type != "" {
		children = append(children, e.typeNode(a, rule, f))
	}
	for _, code := range rule.Criteria {
		n, err := e.criterion(code, regime, f)
		if err != nil {
			return Node{}, err
		}
		children = append(children, n)
	}
	return group("CRITERIA", law.Text{VI: "Tiêu chuẩn " + a.Names.VI, EN: "Criteria of " + a.Names.EN}, rule.Cite, children), nil
}

func (e *Evaluator) global(a *law.Award, rule law.AwardRule, regime string, f *Facts, own Node) (Node, error) {
	codes, err := e.law.GlobalCriteria(regime)
	if err != nil {
		return Node{}, err
	}
	var children []Node
	for _, code := range codes {
		n, err := e.criterion(code, regime, f)
		if err != nil {
			return Node{}, err
		}
		children = append(children, n)
	}
	n, ok, err := e.clock(a, rule, regime, f, own)
	if err != nil {
		return Node{}, err
	}
	if ok {
		children = append(children, n)
	}
	return group("GLOBAL", law.Text{VI: "Quy định chung", EN: "Rules for every award"}, rule.Cite, children), nil
}

func (e *Evaluator) dossier(rule law.AwardRule, regime string, f *Facts) (Node, error) {
	d, err := e.law.Dossier(rule.Dossier, regime)
	if err != nil {
		return Node{}, err
	}
	var children []Node
	for _, needed := range d.Papers {
		if needed.AddedBy != "" {
			continue // comes when the case is submitted upward
		}
		paper, err := e.law.Paper(needed.Paper)
		if err != nil {
			return Node{}, err
		}
		n := leafNode("PAPER_"+paper.Code, paper.Names, d.Cite)
		e.leaf(&n, paperExpr(needed), "", regime, f)
		children = append(children, n)
	}
	return group("DOSSIER", law.Text{VI: "Thành phần hồ sơ", EN: "Papers of the dossier"}, d.Cite, children), nil
}

// paperExpr asks for a paper; the code is one of the catalogue's and needs no quoting.
func paperExpr(n law.NeededPaper) string {
	expr := fmt.Sprintf("%q in papers", n.Paper)
	if n.Unless != "" {
		expr = "(" + n.Unless + ") || " + expr
	}
	return expr
}

// criterion evaluates one criterion and what it is made of.
func (e *Evaluator) criterion(code, regime string, f *Facts) (Node, error) {
	c, assumed, err := e.law.Criterion(code, regime)
	if err != nil {
		return Node{}, err
	}
	n, err := e.entry(c, assumed, regime, f)
	if err != nil || !assumed {
		return n, err
	}
	d, ok := e.law.DraftCriterion(code, regime)
	if !ok {
		return n, nil
	}
	said, err := e.entry(d, false, regime, f)
	if err != nil {
		return Node{}, err
	}
	v := verdictText(said.Result)
	n.Reasons = append(n.Reasons, law.Text{
		VI: fmt.Sprintf("Dự thảo %s (chưa áp dụng): %s – %s", regime, d.Text.VI, v.VI),
		EN: fmt.Sprintf("Draft of %s (not applied): %s – %s", regime, d.Text.EN, v.EN),
	})
	return n, nil
}

// entry evaluates one entry of a criterion under a regime.
func (e *Evaluator) entry(c *law.Criterion, assumed bool, regime string, f *Facts) (Node, error) {
	cite := c.Cite
	if assumed {
		cite = e.law.Assumed(cite, regime)
	}
	n := leafNode(c.Code, c.Text, cite)
	if c.Expr != "" {
		e.leaf(&n, c.Expr, c.Otherwise, regime, f)
		return n, nil
	}
	for _, part := range append(append([]string{}, c.All...), c.Any...) {
		child, err := e.criterion(part, regime, f)
		if err != nil {
			return Node{}, err
		}
		n.Children = append(n.Children, child)
	}
	parts := n.Children
	if assumed { // what the former text answers, from what it answers of the parts
		parts = asAssumed(parts)
	}
	n.Result = combine(parts, len(c.Any) > 0)
	if n.Result == NotMet && c.Otherwise != "" {
		n.Result = NeedsPerson
	}
	n.settle()
	return n, nil
}
