package proposal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// sequences is how many random lives of a case are lived.
const sequences = 20_000

// TestASVS_2_3_1_RandomSequences lives random lives of legal and illegal acts and holds the
// invariants of design.md section 4 against each of them.
func TestASVS_2_3_1_RandomSequences(t *testing.T) {
	t.Parallel()
	accepted, refused := map[Action]int{}, map[string]int{}
	ends := map[Outcome]int{}
	for seed := range uint64(sequences) {
		l := newLife(t, seed)
		l.live(6 + l.r.IntN(25))
		l.finish()
		if seed%4 == 0 {
			l.replay()
		}
		for _, o := range l.acts {
			accepted[Action(o.Act.Action)]++
		}
		for code, n := range l.refusals {
			refused[code] += n
		}
		for _, it := range l.c.Items() {
			ends[it.Outcome]++
		}
		if t.Failed() {
			t.Fatalf("seed %d: %s", seed, raw(l.c.history))
		}
	}
	t.Logf("accepted %v\nrefused %v\nends %v", accepted, refused, ends)
	// A generator that never gets somewhere proves nothing.
	for a := range table {
		require.Greater(t, accepted[a], 100, a)
	}
	for _, code := range []string{
		envelope.CodeCase, envelope.CodeReplayed, envelope.CodeClosed, envelope.CodeExpired, envelope.CodeRevision, envelope.CodeNumber,
		envelope.CodeStage, envelope.CodeOnHold, envelope.CodePurpose, envelope.CodeRole, envelope.CodeUnit, envelope.CodeOwnCase,
		envelope.CodeSeparation, envelope.CodeData, envelope.CodeItem,
	} {
		require.Greater(t, refused[code], 100, code)
	}
	for _, o := range []Outcome{
		OutcomeRecognised, OutcomeNotProposed, OutcomeNotPassed, OutcomeDeferred, OutcomeLower, OutcomeWithdrawn, OutcomeNotAwarded,
	} {
		require.Greater(t, ends[o], 100, o)
	}
}

// life is one random life and what an onlooker knows of it.
type life struct {
	*gen
	before   []Item
	looks    map[string]int // second looks answered, by item
	checks   []int          // after how many transitions the rules were checked
	deep     bool
	refusals map[string]int
}

func newLife(t *testing.T, seed uint64) *life {
	r := rand.New(rand.NewPCG(seed, 7))
	routes := allRoutes()
	p := newPlayer(t, input(routes[seed%uint64(len(routes))], 1+r.IntN(4)), by(fmt.Sprint("q", r.IntN(14))))
	return &life{
		gen: &gen{player: p, r: r}, before: p.c.Items(), looks: map[string]int{}, checks: []int{1},
		deep: seed%16 == 0, refusals: map[string]int{},
	}
}

func (l *life) live(steps int) {
	for range steps {
		if l.c.Validating() && l.chance(80) {
			l.check()
		}
		l.try(l.next())
		if l.c.Closed() && l.chance(50) {
			return
		}
	}
}

func (l *life) check() {
	l.valid()
	l.checks = append(l.checks, l.c.Number())
}

// try applies an act and holds the step invariants.
func (l *life) try(o envelope.Opened) bool {
	snap := ""
	if l.deep {
		snap = snapshot(l.c)
	}
	number, rehearsed := l.c.Number(), l.c.Rehearse(o, l.now)
	if l.deep && snap != snapshot(l.c) {
		l.t.Errorf("rehearsing %s changed the case", o.Act.Action)
	}
	tr, err := l.apply(o)
	if envelope.CodeOf(err) != envelope.CodeOf(rehearsed) || (err == nil) != (rehearsed == nil) {
		l.t.Errorf("%s: rehearsed %v, applied %v", o.Act.Action, rehearsed, err)
	}
	if err != nil {
		if envelope.CodeOf(err) == "" {
			l.t.Errorf("an error that is no refusal: %v", err)
		}
		l.refusals[envelope.CodeOf(err)]++
		if l.c.Number() != number || l.deep && snap != snapshot(l.c) {
			l.t.Errorf("refused %s changed the case", o.Act.Action)
		}
		return false
	}
	l.stepped(o, tr)
	return true
}

func (l *life) stepped(o envelope.Opened, tr Transition) {
	if tr.Number != len(l.c.history) || tr.Number != l.c.Number() {
		l.t.Errorf("number %d after %d transitions", tr.Number, len(l.c.history))
	}
	l.visiblyWaits()
	for i, it := range l.c.Items() {
		was := l.before[i]
		if was.Outcome != it.Outcome {
			l.changed(was, it, o, tr)
		}
		if o.Act.Self == was.Subject && (was.Outcome == OutcomeNone || was.Outcome == OutcomePassed || was.Reconsider) &&
			o.Act.Action != string(ActionRecall) && o.Act.Action != string(ActionWithdraw) {
			l.t.Errorf("%s decides on themselves by %s", was.Subject, o.Act.Action)
		}
	}
	l.before = l.c.Items()
}

// visiblyWaits: invariant 1. Every item has its outcome, or somebody is named.
func (l *life) visiblyWaits() {
	place, open := l.c.Place(), 0
	for _, it := range l.c.items {
		if it.Outcome == OutcomeNone || it.Outcome == OutcomePassed {
			open++
		}
		if place.Closed && it.Reconsider {
			l.t.Errorf("closed while %s waits for a second look", it.ID)
		}
	}
	if place.Closed != l.c.Closed() || place.Open != open {
		l.t.Errorf("place %+v, %d open", place, open)
	}
	if place.Closed && open > 0 {
		l.t.Errorf("closed with %d items in play", open)
	}
	if !place.Closed && (place.Unit == "" || len(place.Roles) == 0) {
		l.t.Errorf("open, but waits for nobody: %+v", place)
	}
}

// lawful are the ways an outcome may change; one answered second look is the
// only way back.
var lawful = map[Outcome][]Outcome{
	OutcomeNone:        {OutcomePassed, OutcomeNotProposed, OutcomeNotPassed, OutcomeDeferred, OutcomeLower, OutcomeWithdrawn, OutcomeRecognised},
	OutcomePassed:      {OutcomeRecognised, OutcomeNotAwarded},
	OutcomeNotProposed: {OutcomeNone},
}

// changed: invariant 4. One outcome per item, and the transition says so.
func (l *life) changed(was, is Item, o envelope.Opened, tr Transition) {
	if !slices.Contains(lawful[was.Outcome], is.Outcome) {
		l.t.Errorf("%s went from %q to %q by %s", is.ID, was.Outcome, is.Outcome, o.Act.Action)
	}
	if was.Outcome == OutcomeNotProposed {
		l.looks[is.ID]++
		if !was.Reconsider || tr.Verdict != VerdictReconsidered || l.looks[is.ID] > 1 {
			l.t.Errorf("%s came back by %s %s, time %d", is.ID, o.Act.Action, tr.Verdict, l.looks[is.ID])
		}
	}
	if is.Outcome == OutcomeNotProposed && is.DecidedReason == "" {
		l.t.Errorf("%s was not proposed without a reason", is.ID)
	}
	said := slices.ContainsFunc(tr.Items, func(x ItemChange) bool { return x.Item == is.ID && x.Outcome == is.Outcome })
	if !said {
		l.t.Errorf("%s became %q, but the transition does not say so", is.ID, is.Outcome)
	}
}

// finish shows that there is a way forward from wherever the life came to: those
// whom the case waits for, and they alone, bring it to its end.
func (l *life) finish() {
	for step := 0; !l.c.Closed(); step++ {
		if step > 60 {
			l.t.Errorf("no end in sight: %+v", l.c.Place())
			return
		}
		if l.c.Validating() {
			l.check()
			continue
		}
		if !l.try(l.forward(l.c.Place())) {
			l.t.Errorf("dead end: %+v", l.c.Place())
			return
		}
	}
	l.recognised()
	l.separated()
	nonces := map[string]bool{}
	for i, tr := range l.c.Transitions(0) {
		if tr.Number != i+1 || nonces[tr.Nonce] {
			l.t.Errorf("transition %d is numbered %d, nonce %s", i+1, tr.Number, tr.Nonce)
		}
		nonces[tr.Nonce] = true
	}
}

// forward is the act that the awaited role does next, by a person not yet seen.
func (l *life) forward(p Place) envelope.Opened {
	fresh := by(fmt.Sprint("fresh", l.nonce))
	role := p.Roles[len(p.Roles)-1]
	does := func(a Action, data any) envelope.Opened { return l.act(a, role, p.Unit, data, fresh) }
	var onHold []string
	for _, it := range l.c.items {
		if it.Held && it.inPlay() {
			onHold = append(onHold, it.ID)
		}
	}
	switch {
	case p.OnHold:
		return does(ActionRelease, ReasonData{})
	case p.Returned:
		return does(ActionResubmit, resubmitting(l.c))
	case l.c.secondLook():
		return does(ActionDecide, answering())
	case p.Open == 0:
		return does(ActionWithdraw, ReasonData{})
	case len(onHold) > 0:
		return does(ActionRelease, ReasonData{Items: onHold})
	}
	switch p.Stage {
	case StageReview:
		return does(ActionDecide, forwarding())
	case StageReception:
		return does(ActionAccept, AcceptData{Regime: l.c.regime, LawHash: l.c.lawHash})
	case StageAppraisal:
		return does(ActionAppraise, appraising())
	case StageCouncil:
		return does(ActionCouncilResult, resulting(l.c, OutcomePassed))
	}
	if a, role, data, ok := upNext(l.c); ok {
		if d, is := data.(AboveData); is && l.chance(30) {
			d.Items[0] = AboveItem{Item: d.Items[0].Item, Outcome: OutcomeNotAwarded, Reason: "r"}
			data = d
		}
		return l.act(a, role, p.Unit, data, fresh)
	}
	return does(ActionIssued, issuing(l.c))
}
