package prove

import (
	"fmt"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// walk proves one route, and tells how many states it looked at.
func walk(r proposal.Route, must []string) ([]Problem, int) {
	if p := misplaced(r); len(p) > 0 {
		return p, 0
	}
	g, err := explore(r, 2, everybody, nil)
	if err != nil {
		return []Problem{{Text: law.Text{
			VI: "hồ sơ không đi được theo quy trình này: " + err.Error(), EN: "no case can go this route: " + err.Error(),
		}}}, len(g.nodes)
	}
	var out []Problem
	if p, ok := g.skipped(must); ok {
		out = append(out, p)
	}
	out = append(out, g.stuck()...)
	more, states := alone(r)
	return append(out, more...), len(g.nodes) + states
}

// skipped finds the shortest path to a recognition that went past a required stage.
func (g *graph) skipped(must []string) (Problem, bool) {
	for i, n := range g.nodes {
		passed := passedBy(n.c)
		for _, it := range n.c.Items() {
			if it.Outcome != proposal.OutcomeRecognised {
				continue
			}
			need := must
			if slices.Contains(must, string(proposal.StageCouncil)) {
				need = append(slices.Clone(must), "voted "+it.ID)
			}
			for _, stage := range need {
				if !passed[stage] {
					return Problem{Steps: g.path(i), Text: law.Text{
						VI: "có đường đi đến công nhận mà không qua bước bắt buộc: " + law.Word(stage).VI, EN: "a path reaches a recognition without a required stage: " + law.Word(stage).EN,
					}}, true
				}
			}
		}
	}
	return Problem{}, false
}

// stuck finds states from which nobody awaited can bring the case to its end, and
// returns after which nothing can be recognised any more.
func (g *graph) stuck() []Problem {
	ends := g.backward(func(n node) bool { return n.c.Closed() })
	wins := g.backward(func(n node) bool {
		return slices.ContainsFunc(n.c.Items(), func(it proposal.Item) bool { return it.Outcome == proposal.OutcomeRecognised })
	})
	var out []Problem
	if !wins[0] {
		out = append(out, Problem{Steps: g.path(0), Text: law.Text{VI: "không có đường đi nào đến công nhận", EN: "no path leads to a recognition"}})
	}
	for i := range g.nodes {
		if !ends[i] {
			at := law.Word(g.nodes[i].c.Place().Stage)
			out = append(out, Problem{Steps: g.path(i), Text: law.Text{
				VI: "hồ sơ bị kẹt, không ai được chờ có thể kết thúc: bước " + at.VI, EN: "a dead end: nobody awaited can bring the case to its end: stage " + at.EN,
			}})
			break
		}
	}
	if p, ok := g.lost(wins); ok && wins[0] {
		out = append(out, p)
	}
	return out
}

// lost finds a return after which no way forward is left.
func (g *graph) lost(wins []bool) (Problem, bool) {
	for i, n := range g.nodes {
		for _, e := range n.edges {
			if e.back && wins[i] && !wins[e.to] {
				from := law.Word(n.c.Place().Stage)
				return Problem{Steps: append(g.path(i), g.between(i, e.to)), Text: law.Text{
					VI: "trả lại mà không có đường đi tiếp: bước " + from.VI, EN: "a return has no way forward: stage " + from.EN,
				}}, true
			}
		}
	}
	return Problem{}, false
}

// between is the step from a node to one that may have been reached before.
func (g *graph) between(from, to int) Step {
	if g.nodes[to].from == from {
		return g.nodes[to].step
	}
	at := string(g.nodes[from].c.Place().Stage)
	return Step{Stage: at, Action: string(proposal.ActionDecide), Verdict: proposal.VerdictReturn, Role: "", After: string(g.nodes[to].c.Place().Stage)}
}

// backward marks the nodes from which a goal can be reached, without the unit giving up.
func (g *graph) backward(goal func(node) bool) []bool {
	before := make([][]int, len(g.nodes))
	var todo []int
	reached := make([]bool, len(g.nodes))
	for i, n := range g.nodes {
		for _, e := range n.edges {
			if !e.withdraw {
				before[e.to] = append(before[e.to], i)
			}
		}
		if goal(n) {
			reached[i], todo = true, append(todo, i)
		}
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, b := range before[at] {
			if !reached[b] {
				reached[b], todo = true, append(todo, b)
			}
		}
	}
	return reached
}

// apart are the roles of which none may be the signer's earlier one: whoever sent,
// reviewed, appraised or submitted does not sign.
var apart = []proposal.Role{proposal.RoleUnitHead, proposal.RoleReviewer, proposal.RoleAppraiser, proposal.RoleStandingHead}

// alone lets one person do everything, then one role and the signature.
func alone(r proposal.Route) ([]Problem, int) {
	casts := []struct {
		who    cast
		vi, en string
	}{{func(proposal.Role) string { return one }, "một người đi được từ dự thảo đến ký", "one person carries a case from draft to signature"}}
	for _, role := range apart {
		who := func(x proposal.Role) string {
			if x == role || x == proposal.RoleSigner {
				return one
			}
			return everybody(x)
		}
		casts = append(casts, struct {
			who    cast
			vi, en string
		}{who, "người đã làm " + law.Word(role).VI + " ký được chính hồ sơ đó", "who acted as " + law.Word(role).EN + " signs the same case"})
	}
	states := 0
	var out []Problem
	for i, c := range casts {
		at := -1
		g, err := explore(r, 1, c.who, func(g *graph, n int) bool {
			if signedBy(g.nodes[n].c, one) && (i == 0 || played(g.nodes[n].c, r, apart[i-1])) {
				at = n
			}
			return at >= 0
		})
		states += len(g.nodes)
		if err != nil {
			return append(out, Problem{Text: law.Text{VI: "không chứng minh được: " + err.Error(), EN: "not proved: " + err.Error()}}), states
		}
		if at >= 0 {
			out = append(out, Problem{Steps: g.path(at), Text: law.Text{VI: c.vi, EN: c.en}})
		}
	}
	return out, states
}

// played tells whether the one person acted in the role before signing: in the case
// itself, or by submitting the decision.
func played(c *proposal.Case, r proposal.Route, role proposal.Role) bool {
	if slices.Contains(c.HeldBy(one), role) {
		return true
	}
	return slices.ContainsFunc(c.Transitions(0), func(t proposal.Transition) bool {
		return role == proposal.RoleStandingHead && t.Decision != nil && slices.Contains(t.Decision.Submitter, one)
	})
}

// Sentence says in one line what was proved.
func (rep Report) Sentence(locale string) string {
	if locale == "vi" {
		return fmt.Sprintf("Quy trình: đã kiểm tra %d quy trình (%d dạng, %d trạng thái), %d vấn đề", rep.Routes, rep.Shapes, rep.States, len(rep.Problems))
	}
	return fmt.Sprintf("Routes: %d walked (%d shapes, %d states), %d problems", rep.Routes, rep.Shapes, rep.States, len(rep.Problems))
}
