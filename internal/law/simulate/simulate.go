// Package simulate asks what a changed state of the law data would say of cases that
// were judged before: the facts are those that were stored then, the regime is the
// case's own, only the data differ.
//
// The model: a Past is one item as it was judged (facts, result). Run judges it again
// and, where the answer is another one, says by which conditions: the leaves of the
// result tree whose answer changed, came or went. It is pure; who may see which case
// is the caller's to decide.
package simulate

import (
	"context"
	"fmt"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

// Past is one item as it was judged.
type Past struct {
	Proposal string // opaque id
	Item     int    // position in the stored list, from 0
	Award    string
	Regime   string
	Facts    eval.Facts
	Result   eval.Result // as stored
}

// Outcome is one item whose answer would be another.
type Outcome struct {
	Proposal string       `json:"proposal"`
	Item     int          `json:"item"`
	Award    string       `json:"award"`
	Regime   string       `json:"regime"`
	Was      eval.Verdict `json:"was"`
	Now      eval.Verdict `json:"now"`             // empty where the data cannot judge it any more
	Error    string       `json:"error,omitempty"` // why it cannot
	By       []Condition  `json:"by"`
}

// Condition is one condition whose answer changed. An empty Was or Now says that the
// data on that side do not have it.
type Condition struct {
	ID       string       `json:"id"`
	Article  string       `json:"article"`
	Text     law.Text     `json:"text"`
	Was      eval.Verdict `json:"was,omitempty"`
	Now      eval.Verdict `json:"now,omitempty"`
	Sentence law.Text     `json:"sentence"`
}

// Tally counts what a simulation found.
type Tally struct {
	Judged  int            `json:"judged"`
	Changed int            `json:"changed"`
	Moves   map[string]int `json:"moves"` // "met>not_met" and the like
	By      map[string]int `json:"by"`    // of each condition, how many items it changes
}

// NewTally makes an empty tally.
func NewTally() Tally { return Tally{Moves: map[string]int{}, By: map[string]int{}} }

// Run judges one item again. nil means that the answer stays.
func (t *Tally) Run(ctx context.Context, rules *eval.Evaluator, p Past) (*Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t.Judged++
	out := &Outcome{Proposal: p.Proposal, Item: p.Item, Award: p.Award, Regime: p.Regime, Was: p.Result.Verdict, By: []Condition{}}
	now, err := rules.Evaluate(p.Regime, p.Award, p.Facts)
	if err != nil {
		out.Error = err.Error()
		t.note(out)
		return out, nil
	}
	if now.Verdict == p.Result.Verdict {
		return nil, nil
	}
	out.Now, out.By = now.Verdict, Compare(p.Result.Tree, now.Tree)
	t.note(out)
	return out, nil
}

func (t *Tally) note(o *Outcome) {
	t.Changed++
	t.Moves[fmt.Sprintf("%s>%s", o.Was, o.Now)]++
	for _, c := range o.By {
		t.By[c.ID]++
	}
}

// Compare lists the conditions whose answer differs between two results, in the
// order of the new one: those without parts, which decide the others; and those whose
// parts all answer as before, so that the way they are joined decides.
func Compare(was, now eval.Node) []Condition {
	before, after := leaves(was, map[string]eval.Node{}, nil), map[string]eval.Node{}
	var order []string
	leaves(now, after, &order)
	out := []Condition{}
	for _, id := range order {
		n, w := after[id], before[id]
		if n.Result == w.Result {
			continue
		}
		out = append(out, Condition{ID: id, Article: n.Article, Text: n.Text, Was: w.Result, Now: n.Result, Sentence: n.Sentence})
	}
	var old []string
	leaves(was, map[string]eval.Node{}, &old)
	for _, id := range old {
		if _, still := after[id]; !still {
			w := before[id]
			out = append(out, Condition{ID: id, Article: w.Article, Text: w.Text, Was: w.Result, Sentence: w.Sentence})
		}
	}
	joined(was, now, &out)
	return out
}

// joined adds to the conditions, deepest first, those with parts whose answer changed
// while nothing below them did: "any" that became "all". It tells whether something at or
// below the node is in the list.
func joined(was, now eval.Node, out *[]Condition) bool {
	explained := slices.ContainsFunc(*out, func(c Condition) bool { return c.ID == now.ID || named(was, c.ID) })
	before := map[string]eval.Node{}
	for _, c := range was.Children {
		before[c.ID] = c
	}
	for _, c := range now.Children {
		if w, ok := before[c.ID]; ok {
			explained = joined(w, c, out) || explained
		} else {
			explained = explained || slices.ContainsFunc(*out, func(x Condition) bool { return named(c, x.ID) })
		}
	}
	if explained || was.Result == now.Result || len(now.Children) == 0 {
		return explained
	}
	*out = append(*out, Condition{ID: now.ID, Article: now.Article, Text: now.Text, Was: was.Result, Now: now.Result, Sentence: now.Sentence})
	return true
}

// named tells whether a condition stands at or below a node.
func named(n eval.Node, id string) bool {
	return n.ID == id || slices.ContainsFunc(n.Children, func(c eval.Node) bool { return named(c, id) })
}

// leaves collects the conditions without parts by id.
func leaves(n eval.Node, into map[string]eval.Node, order *[]string) map[string]eval.Node {
	if len(n.Children) == 0 {
		if _, twice := into[n.ID]; !twice && order != nil {
			*order = append(*order, n.ID)
		}
		into[n.ID] = n
		return into
	}
	for _, c := range n.Children {
		leaves(c, into, order)
	}
	return into
}
