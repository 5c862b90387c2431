package council

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// TestRandomSessions lives random sessions of legal and illegal acts and holds
// invariant 6 against each: votes counted equal ballots accepted, never more
// than entitled; and the same acts give the same transitions again.
func TestRandomSessions(t *testing.T) {
	t.Parallel()
	accepted, refused, passed, twice := map[string]int{}, map[string]int{}, 0, 0
	for seed := range uint64(4000) {
		g := newSession(t, seed)
		for range 20 + g.r.IntN(60) {
			o := g.next()
			_, err := g.apply(o)
			if err == nil {
				accepted[o.Act.Action]++
				continue
			}
			if envelope.CodeOf(err) == "" {
				t.Fatalf("seed %d: an error that is no refusal: %v", seed, err)
			}
			refused[envelope.CodeOf(err)]++
		}
		if g.s.Phase() == PhaseClosed {
			if passed += g.countAgain(); g.before != nil {
				twice++
			}
		}
		g.replay()
		if t.Failed() {
			t.Fatalf("seed %d: %s", seed, snapshot(g.s))
		}
	}
	t.Logf("accepted %v\nrefused %v\npassed %d", accepted, refused, passed)
	for _, a := range []string{ActionOpen, ActionCast, ActionCountPaper, ActionClose, ActionCancel, ActionRecuse} {
		require.Greater(t, accepted[a], 100, a)
	}
	for _, c := range []string{
		envelope.CodeStage, envelope.CodeRole, envelope.CodeData, envelope.CodeReplayed, envelope.CodeClosed,
		envelope.CodeOwnCase, envelope.CodeNumber, envelope.CodeSeparation,
	} {
		require.Greater(t, refused[c], 20, c)
	}
	require.Greater(t, passed, 200)
	require.Greater(t, twice, 50, "second ballots")
}

type session struct {
	*driver
	was Input // as it was convened
	in  Input // as recusals left it
	r   *rand.Rand
	// the onlooker's own record of the ballots accepted, by member
	ballots map[string]CastData
	papers  *PaperData
	before  *session // the first ballot, during a second
}

func newSession(t *testing.T, seed uint64) *session {
	r := rand.New(rand.NewPCG(seed, 11))
	n := 1 + r.IntN(9)
	var rules []Rule
	for range 1 + r.IntN(3) {
		th := thresholds[r.IntN(len(thresholds))]
		rules = append(rules, Rule{
			Mode: ModeMeeting, Base: []Base{BaseAll, BasePresent}[r.IntN(2)], Threshold: th.f, MoreThan: th.moreThan,
			Ballot: []BallotKind{BallotOpen, BallotOpen, BallotSecret}[r.IntN(3)],
			Absent: []AbsentMode{AbsentWritten, AbsentNone}[r.IntN(2)], ChairMustAgree: r.IntN(6) == 0,
			Second: []Fraction{{}, {1, 3}, {1, 2}}[r.IntN(3)], Tie: []Tie{TieFails, TieChair}[r.IntN(2)],
			Recusal: []RecusalBase{RecusalStays, RecusalLeaves}[r.IntN(2)],
		})
	}
	in := input(n, rules...)
	for i := range in.Agenda {
		if r.IntN(4) == 0 {
			in.Agenda[i].Recused = []string{member(1 + r.IntN(n))}
		}
	}
	return &session{driver: convene(t, in), was: in, in: in, r: r, ballots: map[string]CastData{}}
}

func (g *session) apply(o envelope.Opened) (Transition, error) {
	t, err := g.driver.apply(o)
	if err != nil {
		return t, err
	}
	switch o.Act.Action {
	case ActionCast:
		var d CastData
		require.NoError(g.t, json.Unmarshal(o.Act.Data, &d))
		if _, twice := g.ballots[d.Member]; twice {
			g.t.Errorf("two ballots of %s", d.Member)
		}
		g.ballots[d.Member] = d
	case ActionClose:
		if t.Phase == PhaseOpen {
			g.before = &session{driver: g.driver, in: g.in, ballots: g.ballots, papers: g.papers}
			g.in, g.ballots, g.papers = g.in.With(*t.Change), map[string]CastData{}, nil
		}
	case ActionRecuse:
		g.in = g.in.With(*t.Change)
		b, cast := g.ballots[t.Change.Recuse.Member]
		for i, it := range g.in.Agenda {
			if cast && slices.Contains(t.Change.Recuse.Items, it.ID) {
				b.Choices = b.Choices[:i] + string(rune(ChoiceNone)) + b.Choices[i+1:]
			}
		}
		if cast {
			g.ballots[b.Member] = b
		}
	case ActionCountPaper:
		if t.Entry == 2 {
			g.papers = &PaperData{}
			require.NoError(g.t, json.Unmarshal(o.Act.Data, g.papers))
		}
	}
	if t.Number != g.s.Number() || len(g.s.Transitions(0)) != t.Number {
		g.t.Errorf("transition %d after %d", t.Number, len(g.s.Transitions(0)))
	}
	return t, nil
}

func (g *session) next() envelope.Opened {
	m := member(1 + g.r.IntN(len(g.in.Roster)+1))
	late := func(o *envelope.Opened) {
		if g.r.IntN(20) == 0 {
			o.Act.Number -= g.r.IntN(3)
		}
	}
	if g.s.Phase() == PhaseConvened && g.r.IntN(4) > 0 {
		return g.act(ActionOpen, "chair", OpenData{Present: members(1, 1+g.r.IntN(len(g.in.Roster)))}, late)
	}
	switch x := g.r.IntN(100); {
	case x < 66:
		return g.act(ActionCast, "member", g.ballot(m), by(m))
	case x < 70:
		return g.act(ActionRecuse, "member", RecuseData{Member: m, Items: []string{g.in.Agenda[g.r.IntN(len(g.in.Agenda))].ID}}, by(m))
	case x < 78:
		return g.act(ActionCast, "secretary", g.ballot(m))
	case x < 92:
		return g.act(ActionCountPaper, "member", g.count(), by(m), late)
	case x < 96:
		return g.act(ActionClose, []string{"chair", "member"}[g.r.IntN(2)], nil, late)
	case x < 97:
		return g.act(ActionCancel, "chair", map[string]string{"reason": "r"}, late)
	}
	return g.act(ActionOpen, "chair", OpenData{Present: members(1, 2)})
}

// ballot is mostly one that fits the list, of a member present or not.
func (g *session) ballot(m string) CastData {
	d := CastData{Member: m, Written: !g.s.present[m], Round: g.in.Round()}
	if g.r.IntN(20) == 0 {
		d.Round = 1 + g.r.IntN(2)
	}
	if g.r.IntN(12) == 0 {
		d.Written = !d.Written
	}
	if d.Written {
		d.Paper = "scan"
	}
	for _, it := range g.in.Agenda {
		c := "yyyyna"[g.r.IntN(6)]
		if !g.s.asks(it, m, d.Written) && g.r.IntN(30) > 0 {
			c = ChoiceNone
		}
		d.Choices += string(c)
	}
	return d
}

func (g *session) count() PaperData {
	present := len(g.s.present)
	p := PaperData{Issued: len(g.in.Roster), Collected: present, Round: g.in.Round()}
	for _, it := range g.in.Agenda {
		if g.in.Rules[it.Rule].Ballot != BallotSecret || !g.in.Voting(it) {
			continue
		}
		x := PaperItem{Item: it.ID, Yes: present - g.r.IntN(2)}
		x.Invalid = p.Collected - x.Yes
		p.Items = append(p.Items, x)
	}
	if g.r.IntN(10) == 0 {
		p.Collected++
	}
	return p
}

// countAgain counts the session a second time from what the onlooker saw of the ballot
// that decided each item.
func (g *session) countAgain() int {
	passed := 0
	for i, row := range g.s.Results() {
		if row.Passed {
			passed++
		}
		if row.Item != g.in.Agenda[i].ID || row.Case != g.in.Agenda[i].Case || row.Passed != row.Sum.Met {
			g.t.Errorf("row %d: %+v", i, row)
		}
		saw := g
		if g.before != nil && !g.in.Voting(g.in.Agenda[i]) {
			saw = g.before
		}
		if (row.First != nil) != (g.before != nil && saw == g) {
			g.t.Errorf("row %d names no first ballot, or one too many: %+v", i, row)
		}
		saw.recount(i, row.Sum)
		if g.before != nil && saw == g {
			g.before.recount(i, *row.First)
			r := g.in.Rules[g.in.Agenda[i].Rule]
			if row.First.Met || r.Second.Den == 0 || row.First.Yes*r.Second.Den < r.Second.Num*row.First.Base {
				g.t.Errorf("row %d went to a second ballot by %+v from %+v", i, r, *row.First)
			}
		}
	}
	return passed
}

// recount counts item i of one ballot from what was seen of it.
func (g *session) recount(i int, sum Sum) {
	it, r := g.in.Agenda[i], g.in.Rules[g.in.Agenda[i].Rule]
	entitled := len(g.in.Roster) - len(it.Recused)
	votes, yes, chair := 0, 0, false
	if r.Ballot == BallotSecret {
		k := slices.IndexFunc(g.papers.Items, func(p PaperItem) bool { return p.Item == it.ID })
		p := g.papers.Items[k]
		votes, yes = p.Yes+p.No+p.Abstain, p.Yes
		if votes+sum.Invalid != g.papers.Collected {
			g.t.Errorf("%s: %d papers taken in, %+v", it.ID, g.papers.Collected, sum)
		}
	} else {
		for m, d := range g.ballots {
			if d.Choices[i] != ChoiceNone {
				votes++
			}
			if d.Choices[i] == ChoiceYes {
				yes++
				chair = chair || m == "m1"
			}
		}
	}
	if sum.Yes+sum.No+sum.Abstain != votes || sum.Yes != yes || votes > entitled || sum.Yes > sum.Base {
		g.t.Errorf("%s: %d votes, %d in favour, %d entitled, but %+v", it.ID, votes, yes, entitled, sum)
	}
	want := reaches(yes, sum.Base, r.Threshold, r.MoreThan) && (!r.ChairMustAgree || chair)
	tied := r.Tie == TieChair && r.MoreThan && sum.Base > 0 && yes*r.Threshold.Den == r.Threshold.Num*sum.Base
	took := tied && strings.ContainsRune("yn", rune(g.sideOf("m1", i)))
	if want = want || tied && chair; sum.Met != want || sum.Tie != took || sum.Untaken != (tied && !took) {
		g.t.Errorf("%s: %+v by %+v, want %v", it.ID, sum, r, want)
	}
}

// sideOf is what a member's open ballot says on item i.
func (g *session) sideOf(m string, i int) byte {
	if d, ok := g.ballots[m]; ok {
		return d.Choices[i]
	}
	return ChoiceNone
}

func (g *session) replay() {
	s, err := New(g.was, g.acts[0], g.times[0])
	require.NoError(g.t, err)
	for i, o := range g.acts[1:] {
		if _, err := s.Apply(o, g.times[i+1]); err != nil {
			g.t.Errorf("replaying act %d: %v", i+2, err)
			return
		}
	}
	if got, want := fmt.Sprint(string(raw(s.history))), string(raw(g.s.history)); got != want {
		g.t.Errorf("replayed otherwise:\n%s\n%s", got, want)
	}
}
