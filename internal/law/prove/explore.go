package prove

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// Step is one act of a path.
type Step struct {
	Stage   string `json:"stage"`
	Action  string `json:"action"`
	Verdict string `json:"verdict,omitempty"`
	Role    string `json:"role"`
	Person  string `json:"person,omitempty"`
	After   string `json:"after"` // the stage that the case stands at then
}

// in is the step in words, in "vi" or "en".
func (s Step) in(locale string) string {
	what := say(locale, law.Word(s.Action))
	if s.Verdict != "" {
		what += " (" + say(locale, law.Word(s.Verdict)) + ")"
	}
	who := say(locale, law.Word(s.Role))
	if s.Person == one {
		who += say(locale, law.Text{VI: ", vẫn người đó", EN: ", the same person"})
	}
	return fmt.Sprintf("%s: %s, %s → %s", say(locale, law.Word(s.Stage)), what, who, say(locale, law.Word(s.After)))
}

func say(locale string, t law.Text) string {
	if locale == "vi" {
		return t.VI
	}
	return t.EN
}

// one is the person whose way through a case is followed.
const one = "one"

// cast says who plays a role: the one person, or somebody of their own.
type cast func(proposal.Role) string

func everybody(r proposal.Role) string { return "a-" + string(r) }

// node is a state that was reached, with the act that first led there.
type node struct {
	c     *proposal.Case
	from  int // -1: the sending
	step  Step
	edges []edge
}

type edge struct {
	to       int
	withdraw bool // the unit gives up: no way forward
	back     bool // a return
}

// graph is every state of a case.
type graph struct {
	nodes []node
	known map[string]int
	who   cast
	items int
	nonce int
}

// limit bounds a walk. A route that needs more is not proved, and that is told.
const limit = 60_000

// now is the time of every act; no rule of a route asks for it.
var now = time.Date(2025, 1, 6, 2, 0, 0, 0, time.UTC)

// explore walks every state that a case of the route can come to. stop ends the walk
// at the first node of which it says so.
func explore(r proposal.Route, items int, who cast, stop func(*graph, int) bool) (*graph, error) {
	g := &graph{known: map[string]int{}, who: who, items: items}
	in := proposal.Input{Case: "commendation/p", Proposal: "p", Revision: 1, Content: "c1", Award: "A", Regime: "R", LawHash: "l", Route: r}
	for i := range items {
		in.Items = append(in.Items, proposal.InputItem{ID: fmt.Sprint("i", i+1), Subject: fmt.Sprint("s", i+1), Commitment: "m"})
	}
	sent := g.opened(nil, move{action: proposal.ActionSend, role: proposal.RoleUnitHead, unit: r.Stages[0].Unit, data: proposal.SendData{Content: "c1"}})
	c, err := proposal.New(in, sent, now)
	if err != nil {
		return g, err
	}
	c.Validated(proposal.Validation{Revision: 1})
	g.add(c, -1, sent.Act, c.Transitions(0)[0])
	for at := 0; at < len(g.nodes); at++ {
		if stop != nil && stop(g, at) {
			return g, nil
		}
		if len(g.nodes) > limit {
			return g, fmt.Errorf("more than %d states", limit)
		}
		g.expand(at)
	}
	return g, nil
}

// expand tries every act at a node.
func (g *graph) expand(at int) {
	c := g.nodes[at].c
	if c.Closed() {
		return
	}
	for _, m := range moves(c, g.who, g.items == 1) {
		o := g.opened(c, m)
		if c.Check(o, now) != nil {
			continue
		}
		next := c.Fork()
		t, err := next.Apply(o, now)
		if err != nil {
			continue // the rules do not allow it here
		}
		if next.Validating() {
			next.Validated(proposal.Validation{Revision: next.Revision()})
		}
		to := g.add(next, at, o.Act, t)
		g.nodes[at].edges = append(g.nodes[at].edges, edge{
			to: to, withdraw: m.action == proposal.ActionWithdraw, back: t.Verdict == proposal.VerdictReturn,
		})
	}
}

func (g *graph) add(c *proposal.Case, from int, a envelope.Act, t proposal.Transition) int {
	key := g.key(c)
	if i, ok := g.known[key]; ok {
		return i
	}
	s := Step{Stage: string(t.Stage), Action: t.Action, Verdict: t.Verdict, Role: a.Role, Person: a.Actor, After: string(t.After.Stage)}
	if t.After.Returned {
		s.After = string(proposal.StageNomination)
	}
	if t.After.Closed {
		s.After = "closed"
	}
	if t.Decision != nil && slices.Contains(t.Decision.Signer, one) {
		s.Role, s.Person = string(proposal.RoleSigner), one
	}
	g.nodes = append(g.nodes, node{c: c, from: from, step: s})
	g.known[key] = len(g.nodes) - 1
	return len(g.nodes) - 1
}

// key tells states apart: by the machine, by what was passed on the way there, and by
// what the one person did.
func (g *graph) key(c *proposal.Case) string {
	var passed []string
	for kind := range passedBy(c) {
		passed = append(passed, kind)
	}
	slices.Sort(passed)
	return c.Key() + "|" + strings.Join(passed, ",") + "|" + fmt.Sprint(c.HeldBy(one), signedBy(c, one))
}

// passedBy are the stages that the case went through, and which items were voted on.
func passedBy(c *proposal.Case) map[string]bool {
	out := map[string]bool{}
	for _, t := range c.Transitions(0) {
		if t.Stage == proposal.StageNomination || t.After.Closed || t.After.Stage != t.Stage && t.Verdict != proposal.VerdictReturn {
			out[string(t.Stage)] = true
		}
		if t.Stage == proposal.StageCouncil {
			for _, ch := range t.Items {
				if ch.Outcome == proposal.OutcomePassed {
					out["voted "+ch.Item] = true
				}
			}
		}
		if t.Decision != nil && len(t.Decision.Signer) > 0 || t.Letter != nil && t.Letter.Verdict == proposal.VerdictSigned {
			out["signature"] = true
		}
	}
	return out
}

// signedBy tells whether a person signed the decision or the letter upward.
func signedBy(c *proposal.Case, person string) bool {
	return slices.ContainsFunc(c.Transitions(0), func(t proposal.Transition) bool {
		return t.Decision != nil && slices.Contains(t.Decision.Signer, person) ||
			t.Letter != nil && t.Letter.Verdict == proposal.VerdictSigned && t.Actor == person
	})
}

// opened is a move as an act that fits the case.
func (g *graph) opened(c *proposal.Case, m move) envelope.Opened {
	g.nonce++
	data, err := json.Marshal(m.data)
	if err != nil {
		panic(err) // our own types
	}
	a := envelope.Act{
		Case: "commendation/p", Revision: 1, Number: 1, Stage: string(proposal.StageNomination), Action: string(m.action), Data: data,
		Actor: g.who(m.role), Role: string(m.role), Unit: m.unit, Nonce: fmt.Sprint("n", g.nonce),
		IssuedAt: now.Unix(), Expires: now.Add(10 * time.Minute).Unix(),
	}
	if c != nil {
		a.Revision, a.Number, a.Stage = c.Revision(), c.Number()+1, string(c.Place().Stage)
		if m.action == proposal.ActionResubmit {
			a.Revision++
		}
	}
	key := envelope.Key{Purpose: envelope.PurposeApp}
	switch m.action {
	case proposal.ActionCouncilResult:
		key.Purpose, a.Actor = envelope.PurposeSession, "session"
	case proposal.ActionIssued:
		key.Purpose, a.Actor = envelope.PurposeIssuance, "decision"
	}
	return envelope.Opened{Act: a, Key: key, Digest: a.Nonce}
}

// path is how a node was reached first.
func (g *graph) path(at int) []Step {
	var out []Step
	for ; at >= 0; at = g.nodes[at].from {
		out = append(out, g.nodes[at].step)
	}
	slices.Reverse(out)
	return out
}
