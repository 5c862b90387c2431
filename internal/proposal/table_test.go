package proposal

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// situation is what else is true of a case besides its stage.
type situation string

const (
	normal     situation = "normal"
	held       situation = "held"
	away       situation = "returned"
	validating situation = "validating"
)

var (
	situations = []situation{normal, held, away, validating}
	allRoles   = []Role{
		RoleClerk, RoleUnitHead, RoleReviewer, RoleAppraiser, RoleStandingHead, RoleSecretary,
		RoleMember, RoleChair, RoleSigner, RoleRegistrar, RoleAuditor, RoleAdmin, "",
	}
	allUnits    = []string{school, district, standing, province, "u-other", ""}
	allPurposes = []envelope.Purpose{
		envelope.PurposeApp, envelope.PurposeSession, envelope.PurposeIssuance, "integration/portal", "",
	}
)

// spec is the transition table a second time, in the words of design.md: where
// an action is possible, in which situations, and by whom. The machine is held
// against it in every combination.
type spec struct {
	action     Action
	kinds      []StageKind
	situations []situation
	purposes   []envelope.Purpose
	who        func(k StageKind) map[Role]string // role to unit; "*" any unit
	any        bool                              // whoever holds the key, of the stage's own unit
	data       func(p *player) any
	code       func(k StageKind, s situation) string // what the data meets there, "" if nothing
}

func always(code string) func(StageKind, situation) string {
	return func(StageKind, situation) string { return code }
}

func whoOf(k StageKind) map[Role]string {
	m := map[Role]string{}
	for _, r := range stage(k).Roles {
		m[r] = stage(k).Unit
	}
	return m
}

// holders are the current stage's people and, once received, the standing body.
func holders(k StageKind) map[Role]string {
	m := whoOf(k)
	if slices.Index(order, k) >= slices.Index(order, StageReception) {
		m[RoleAppraiser], m[RoleStandingHead] = standing, standing
	}
	return m
}

func head(StageKind) map[Role]string { return map[Role]string{RoleUnitHead: school} }

var (
	app       = []envelope.Purpose{envelope.PurposeApp}
	appOrPort = []envelope.Purpose{envelope.PurposeApp, "integration/portal"}
	upTo      = func(k StageKind) []StageKind { return order[1 : slices.Index(order, k)+1] }
)

func specs() []spec {
	return []spec{
		{action: ActionDecide, kinds: upTo(StagePublication), situations: []situation{normal}, purposes: appOrPort, who: whoOf,
			data: func(p *player) any {
				if p.c.at().Kind == StageReview {
					return forwarding()
				}
				return returning()
			}, code: always("")},
		{action: ActionAccept, kinds: []StageKind{StageReception}, situations: []situation{normal}, purposes: appOrPort, who: whoOf,
			data: func(*player) any { return accepting() }, code: always("")},
		{action: ActionAppraise, kinds: []StageKind{StageAppraisal}, situations: []situation{normal}, purposes: appOrPort, who: whoOf,
			data: func(*player) any { return appraising() }, code: always("")},
		{action: ActionCouncilResult, kinds: []StageKind{StageCouncil}, situations: []situation{normal},
			purposes: []envelope.Purpose{envelope.PurposeSession}, any: true,
			data: func(p *player) any { return resulting(p.c, OutcomePassed) }, code: always("")},
		{action: ActionIssued, kinds: []StageKind{StageIssuance}, situations: []situation{normal},
			purposes: []envelope.Purpose{envelope.PurposeIssuance}, any: true,
			data: func(p *player) any { return issuing(p.c) }, code: always("")},
		{action: ActionResubmit, kinds: order, situations: []situation{away}, purposes: app, who: head,
			data: func(p *player) any { return resubmitting(p.c) }, code: always("")},
		{action: ActionRecall, kinds: upTo(StageReception), situations: []situation{normal}, purposes: app,
			who:  func(StageKind) map[Role]string { return map[Role]string{RoleUnitHead: school, RoleClerk: school} },
			data: func(*player) any { return ReasonData{Reason: "r"} },
			code: func(k StageKind, _ situation) string {
				if k != StageReview {
					return envelope.CodeStage // not the first level any more
				}
				return ""
			}},
		{action: ActionWithdraw, kinds: upTo(StageCouncil), situations: []situation{normal, held, away}, purposes: app, who: head,
			data: func(*player) any { return ReasonData{Reason: "r"} }, code: always("")},
		{action: ActionHold, kinds: order, situations: []situation{normal}, purposes: app, who: holders,
			data: func(*player) any { return ReasonData{Reason: "r"} }, code: always("")},
		{action: ActionRelease, kinds: order, situations: []situation{normal, held}, purposes: app, who: holders,
			data: func(*player) any { return ReasonData{} },
			code: func(_ StageKind, s situation) string {
				if s == normal {
					return envelope.CodeOnHold // nothing to release
				}
				return ""
			}},
		{action: ActionReconsider, kinds: upTo(StagePublication), situations: []situation{normal}, purposes: app, who: head,
			data: func(*player) any { return ItemsData{Items: []string{"i3"}} },
			code: func(k StageKind, _ situation) string {
				if k == StageReview {
					return envelope.CodeItem // nothing was refused yet
				}
				return ""
			}},
		{action: ActionLower, kinds: upTo(StagePublication), situations: []situation{normal}, purposes: app, who: head,
			data: func(*player) any { return LowerData{Item: "i1", Award: "GK", Link: "p2"} }, code: always("")},
		{action: ActionReassign, kinds: order, situations: []situation{normal, held, away}, purposes: app,
			who:  func(StageKind) map[Role]string { return map[Role]string{RoleAdmin: "*", RoleStandingHead: standing} },
			data: func(*player) any { return ReassignData{From: school, To: "u-successor"} }, code: always("")},
		{action: ActionConsult, kinds: []StageKind{StageConsultation}, situations: []situation{normal}, purposes: appOrPort, who: whoOf,
			data: func(*player) any { return consulting("POLICE") }, code: always("")},
		{action: ActionPublish, kinds: []StageKind{StagePublication}, situations: []situation{normal}, purposes: appOrPort, who: whoOf,
			data: func(*player) any { return opening() }, code: always("")},
		{action: ActionSubmitUp, kinds: []StageKind{StageSubmission}, situations: []situation{normal}, purposes: app,
			who:  func(StageKind) map[Role]string { return map[Role]string{RoleStandingHead: standing} },
			data: func(*player) any { return preparing() }, code: always("")},
		{action: ActionUpperOutcome, kinds: []StageKind{StageOutcome}, situations: []situation{normal}, purposes: appOrPort, who: whoOf,
			data: func(p *player) any { return awarding(p.c) }, code: always("")},
		{action: ActionSend, code: always("")},
		{action: "burn", code: always("")},
	}
}

// want says what the specification answers.
func (s spec) want(k StageKind, sit situation, role Role, unit string, p envelope.Purpose) string {
	switch {
	case len(s.kinds) == 0:
		return envelope.CodeStage
	case sit == validating:
		return envelope.CodeValidating
	case sit == held && !slices.Contains(s.situations, held):
		return envelope.CodeOnHold
	case !slices.Contains(s.situations, sit), !slices.Contains(s.kinds, k):
		return envelope.CodeStage
	case !slices.Contains(s.purposes, p):
		return envelope.CodePurpose
	}
	if s.any && unit != stage(k).Unit {
		return envelope.CodeUnit
	}
	if !s.any {
		u, ok := s.who(k)[role]
		if !ok {
			return envelope.CodeRole
		}
		if u != "*" && u != unit {
			return envelope.CodeUnit
		}
	}
	return s.code(k, sit)
}

// standingAt brings a case of three items, one of them not proposed by the
// district, to a stage and into a situation; nil if there is no such thing.
func standingAt(t *testing.T, k StageKind, sit situation) *player {
	r := provincial()
	if r.indexOf(k) < 0 {
		r = upwards()
	}
	r.Exclusive = nil // its own test; here every role is tried on every act
	p := newPlayer(t, input(r, 3))
	if k != StageReview {
		p.do(ActionDecide, RoleReviewer, district, forwarding(not("i3")))
	}
	p.until(k)
	s := stage(k)
	switch sit {
	case held:
		p.do(ActionHold, s.Roles[0], s.Unit, ReasonData{Reason: "r"})
	case away:
		if !s.MayReturn {
			return nil
		}
		p.do(ActionDecide, s.Roles[0], s.Unit, returning())
	case validating:
		p.c.validating = true
	}
	return p
}

func TestTableInEveryCombination(t *testing.T) {
	t.Parallel()
	tried, accepted := 0, 0
	for _, k := range order[1:] {
		for _, sit := range situations {
			p := standingAt(t, k, sit)
			if p == nil {
				continue
			}
			before := snapshot(p.c)
			for _, s := range specs() {
				var data any
				if s.data != nil {
					data = s.data(p)
				}
				for _, role := range allRoles {
					for _, unit := range allUnits {
						for _, purpose := range allPurposes {
							o := p.act(s.action, role, unit, data, key(purpose))
							want, got := s.want(k, sit, role, unit, purpose), envelope.CodeOf(p.c.Rehearse(o, p.now))
							if want != got {
								t.Errorf("%s by %q of %q with key %q at %s, %s: got %q, want %q", s.action, role, unit, purpose, k, sit, got, want)
							}
							tried++
							if got == "" {
								accepted++
							}
						}
					}
				}
			}
			require.Equal(t, before, snapshot(p.c), "rehearsing changed the case")
		}
	}
	t.Logf("%d combinations, %d accepted", tried, accepted)
	require.Positive(t, accepted)
}
