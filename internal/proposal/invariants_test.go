package proposal

import (
	"encoding/json"
	"slices"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// recognised: invariant 2. What was recognised passed each stage of its route.
func (l *life) recognised() {
	for _, it := range l.c.Items() {
		if it.Outcome != OutcomeRecognised {
			continue
		}
		for _, s := range l.c.route.Stages[1:] {
			if !slices.ContainsFunc(l.acts, func(o envelope.Opened) bool { return passes(o, s.Kind, it.ID) }) {
				l.t.Errorf("%s was recognised without %s", it.ID, s.Kind)
			}
		}
	}
}

// passes reads from the act itself whether it took the item through the stage.
func passes(o envelope.Opened, k StageKind, item string) bool {
	a := Action(o.Act.Action)
	switch {
	case k == StageReview && a == ActionDecide:
		var d DecideData
		return json.Unmarshal(o.Act.Data, &d) == nil && d.Verdict != VerdictReturn && d.Minutes != "" &&
			!slices.ContainsFunc(d.Opinions.Exceptions, func(x ItemOpinion) bool { return x.Item == item })
	case k == StageReception:
		return a == ActionAccept
	case k == StageAppraisal:
		return a == ActionAppraise
	case k == StageCouncil && a == ActionCouncilResult:
		var d CouncilData
		return o.Key.Purpose == envelope.PurposeSession && json.Unmarshal(o.Act.Data, &d) == nil &&
			slices.ContainsFunc(d.Items, func(r ItemResult) bool {
				return r.Item == item && r.Outcome == OutcomePassed && r.Sum.Met && 10*r.Sum.Yes >= 7*r.Sum.Base
			})
	case k == StageConsultation || k == StagePublication:
		return a == ActionConsult || a == ActionPublish
	case k == StageSubmission && a == ActionSubmitUp:
		var d SubmitUpData
		return Role(o.Act.Role) == RoleSigner && json.Unmarshal(o.Act.Data, &d) == nil && d.Verdict == VerdictSigned
	case k == StageOutcome && a == ActionUpperOutcome:
		var d AboveData
		return json.Unmarshal(o.Act.Data, &d) == nil && d.Number != "" &&
			slices.ContainsFunc(d.Items, func(x AboveItem) bool { return x.Item == item && x.Outcome == OutcomeRecognised })
	case k == StageIssuance && a == ActionIssued:
		var d IssuedData
		return o.Key.Purpose == envelope.PurposeIssuance && json.Unmarshal(o.Act.Data, &d) == nil &&
			len(d.Signer) > 0 && slices.Contains(d.Items, item)
	}
	return false
}

// separated: invariant 3. Nobody stands in the case in roles that exclude each other.
func (l *life) separated() {
	roles := map[string]map[Role]bool{}
	add := func(role Role, persons ...string) {
		for _, p := range persons {
			if roles[p] == nil {
				roles[p] = map[Role]bool{}
			}
			roles[p][role] = p != ""
		}
	}
	for _, tr := range l.c.Transitions(0) {
		add(Role(tr.Role), tr.Actor, tr.OnBehalfOf)
		if d := tr.Decision; d != nil {
			add(RoleStandingHead, d.Submitter...)
			add(RoleSigner, d.Signer...)
			add(RoleRegistrar, d.Registrar...)
		}
	}
	for person, held := range roles {
		for _, pair := range exclusive {
			if held[pair[0]] && held[pair[1]] {
				l.t.Errorf("%s acted as %s and as %s", person, pair[0], pair[1])
			}
		}
	}
}

// replay: the recorded acts, put to a fresh case, give the same transitions byte
// for byte; that is what the verifier and a new worker rely on.
func (l *life) replay() {
	var in Input
	require.NoError(l.t, json.Unmarshal(raw(l.in), &in))
	c, err := New(in, l.acts[0], l.times[0])
	require.NoError(l.t, err)
	checks := l.checks
	for i, o := range l.acts[1:] {
		for len(checks) > 0 && checks[0] == c.Number() {
			c.Validated(Validation{Revision: c.Revision()})
			checks = checks[1:]
		}
		if _, err := c.Apply(o, l.times[i+1]); err != nil {
			l.t.Errorf("replaying act %d: %v", i+2, err)
			return
		}
	}
	if got, want := string(raw(c.Transitions(0))), string(raw(l.c.Transitions(0))); got != want {
		l.t.Errorf("replayed otherwise:\n%s\n%s", got, want)
	}
	if c.Place().Closed != l.c.Place().Closed {
		l.t.Errorf("replayed to another place")
	}
}
