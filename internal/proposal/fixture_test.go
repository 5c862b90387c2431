package proposal

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

// Units of the invented province of these tests.
const (
	school   = "u-school"
	district = "u-district"
	standing = "u-standing"
	province = "u-province"
)

var start = time.Date(2023, 11, 20, 1, 0, 0, 0, time.UTC)

var meeting = council.Rule{
	Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 7, Den: 10},
	Ballot: council.BallotOpen, Absent: council.AbsentWritten,
}

// exclusive is the separation of duties of the routes below.
var exclusive = [][2]Role{
	{RoleUnitHead, RoleReviewer}, {RoleUnitHead, RoleSigner}, {RoleReviewer, RoleSigner},
	{RoleAppraiser, RoleSigner}, {RoleStandingHead, RoleSigner}, {RoleClerk, RoleReviewer},
}

func stage(kind StageKind) Stage {
	switch kind {
	case StageNomination:
		return Stage{Kind: kind, Level: LevelUnit, Unit: school, Roles: []Role{RoleClerk, RoleUnitHead}}
	case StageReview:
		return Stage{Kind: kind, Level: LevelDistrict, Unit: district, Roles: []Role{RoleReviewer}, Minutes: true, MayReturn: true}
	case StageConsultation, StagePublication, StageOutcome:
		return Stage{Kind: kind, Level: LevelProvince, Unit: standing, Roles: []Role{RoleAppraiser, RoleStandingHead}, MayReturn: kind != StageOutcome}
	case StageReception:
		return Stage{Kind: kind, Level: LevelProvince, Unit: standing, Roles: []Role{RoleAppraiser, RoleStandingHead}, MayReturn: true}
	case StageAppraisal:
		return Stage{Kind: kind, Level: LevelProvince, Unit: standing, Roles: []Role{RoleAppraiser, RoleStandingHead}, MayReturn: true}
	case StageCouncil:
		r := meeting
		return Stage{Kind: kind, Level: LevelProvince, Unit: province, Roles: []Role{RoleSecretary, RoleChair}, Council: &r}
	}
	return Stage{Kind: kind, Level: LevelProvince, Unit: province, Roles: []Role{RoleSigner, RoleRegistrar}}
}

func route(code string, kinds ...StageKind) Route {
	r := Route{Code: code, Exclusive: exclusive}
	for _, k := range kinds {
		r.Stages = append(r.Stages, stage(k))
	}
	return r
}

// provincial is the law of 2023, district the unit's own authority, simplified
// the way of ad hoc merit; the last two are the other shapes a route may have.
func provincial() Route {
	return route("provincial", StageNomination, StageReview, StageReception, StageAppraisal, StageCouncil, StageIssuance)
}
func districtDecided() Route {
	return route("district", StageNomination, StageReception, StageAppraisal, StageCouncil, StageIssuance)
}
func simplified() Route {
	return route("simplified", StageNomination, StageReception, StageAppraisal, StageIssuance)
}
func reviewedSimplified() Route {
	return route("reviewed-simplified", StageNomination, StageReview, StageReception, StageAppraisal, StageIssuance)
}
func unappraised() Route {
	return route("unappraised", StageNomination, StageReview, StageReception, StageCouncil, StageIssuance)
}

// upwards is the way of what is decided above the province.
func upwards() Route {
	r := route("state", StageNomination, StageReview, StageReception, StageAppraisal, StageConsultation, StagePublication,
		StageCouncil, StageSubmission, StageOutcome)
	r.Above = "PRIME_MINISTER"
	return r
}

// sentBack is provincial where the standing body may send back to the district too,
// and each stage decides what the law's data gives it.
func sentBack() Route {
	r := provincial()
	r.Code = "sent-back"
	opinions := []Choice{ChoosePropose, ChooseNotPropose, ChooseReturn, ChooseHold}
	decides := map[StageKind][]Choice{
		StageReview: opinions, StageAppraisal: opinions, StageReception: {ChooseAccept, ChooseReturn, ChooseHold},
		StageCouncil: {ChoosePass, ChooseNotPass, ChooseDefer, ChooseHold}, StageIssuance: {ChooseSign, ChooseHold},
	}
	for i := range r.Stages {
		r.Stages[i].Decides = decides[r.Stages[i].Kind]
		if r.Stages[i].Unit == standing {
			r.Stages[i].ReturnsTo = []StageKind{StageNomination, StageReview}
		}
	}
	return r
}

func allRoutes() []Route {
	return []Route{provincial(), districtDecided(), simplified(), reviewedSimplified(), unappraised(), upwards(), sentBack()}
}

func input(r Route, items int) Input {
	in := Input{
		Case: "commendation/p1", Proposal: "p1", Revision: 1, Content: "c1", Award: "BKT", Regime: "R1", LawHash: "law1", Route: r,
	}
	for i := 1; i <= items; i++ {
		in.Items = append(in.Items, InputItem{ID: fmt.Sprint("i", i), Subject: fmt.Sprint("s", i), Unit: school, Commitment: fmt.Sprint("m", i)})
	}
	return in
}

// player drives one case and remembers what was done to it.
type player struct {
	t     testing.TB
	in    Input
	c     *Case
	nonce int
	now   time.Time
	acts  []envelope.Opened // accepted, in order
	times []time.Time
}

type mod func(*envelope.Opened)

func by(person string) mod { return func(o *envelope.Opened) { o.Act.Actor = person } }
func on(person string) mod { return func(o *envelope.Opened) { o.Act.OnBehalfOf = person } }
func self(ref string) mod  { return func(o *envelope.Opened) { o.Act.Self = ref } }
func at(unit string) mod   { return func(o *envelope.Opened) { o.Act.Unit = unit } }
func numbered(n int) mod   { return func(o *envelope.Opened) { o.Act.Number = n } }
func revised(n int) mod    { return func(o *envelope.Opened) { o.Act.Revision = n } }
func nonce(s string) mod   { return func(o *envelope.Opened) { o.Act.Nonce = s } }
func key(p envelope.Purpose) mod {
	return func(o *envelope.Opened) { o.Key.Purpose = p }
}

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func newPlayer(t testing.TB, in Input, mods ...mod) *player {
	p := &player{t: t, in: in, now: start}
	o := p.sending(mods...)
	c, err := New(in, o, p.now)
	require.NoError(t, err)
	p.c, p.acts, p.times = c, append(p.acts, o), append(p.times, p.now)
	c.Validated(Validation{Revision: 1})
	return p
}

func (p *player) sending(mods ...mod) envelope.Opened {
	o := p.blank(ActionSend, RoleUnitHead, school, SendData{Content: p.in.Content})
	o.Act.Case, o.Act.Revision, o.Act.Number, o.Act.Stage = p.in.Case, p.in.Revision, 1, string(StageNomination)
	for _, m := range mods {
		m(&o)
	}
	return o
}

func (p *player) blank(a Action, role Role, unit string, data any) envelope.Opened {
	p.nonce++
	p.now = p.now.Add(time.Minute)
	o := envelope.Opened{Key: envelope.Key{ID: "k-app", Purpose: envelope.PurposeApp}, Digest: fmt.Sprint("d", p.nonce)}
	o.Act = envelope.Act{
		Installation: "test", Nonce: fmt.Sprint("n", p.nonce), Actor: "p-" + string(role), Role: string(role), Unit: unit,
		SignedIn: "password", Action: string(a), Data: raw(data),
		IssuedAt: p.now.Unix(), Expires: p.now.Add(10 * time.Minute).Unix(),
	}
	switch a {
	case ActionCouncilResult:
		o.Key = envelope.Key{ID: "k-session", Purpose: envelope.PurposeSession}
	case ActionIssued:
		o.Key = envelope.Key{ID: "k-issuance", Purpose: envelope.PurposeIssuance}
	}
	return o
}

// act makes an act that fits the case's present number, revision and stage.
func (p *player) act(a Action, role Role, unit string, data any, mods ...mod) envelope.Opened {
	o := p.blank(a, role, unit, data)
	o.Act.Case, o.Act.Number, o.Act.Stage, o.Act.Revision = p.in.Case, p.c.number+1, string(p.c.at().Kind), p.c.revision
	if a == ActionResubmit {
		o.Act.Revision++
	}
	for _, m := range mods {
		m(&o)
	}
	return o
}

// do applies an act that must be accepted.
func (p *player) do(a Action, role Role, unit string, data any, mods ...mod) Transition {
	p.t.Helper()
	o := p.act(a, role, unit, data, mods...)
	t, err := p.apply(o)
	require.NoError(p.t, err, "%s by %s of %s at %s", a, role, unit, o.Act.Stage)
	return t
}

// valid lets the validation activity answer.
func (p *player) valid() { p.c.Validated(Validation{Revision: p.c.revision}) }

func (p *player) apply(o envelope.Opened) (Transition, error) {
	t, err := p.c.Apply(o, p.now)
	if err == nil {
		p.acts, p.times = append(p.acts, o), append(p.times, p.now)
	}
	return t, err
}

// refuse applies an act that must be refused with this code and change nothing.
func (p *player) refuse(code string, a Action, role Role, unit string, data any, mods ...mod) {
	p.t.Helper()
	o := p.act(a, role, unit, data, mods...)
	before := snapshot(p.c)
	require.Error(p.t, p.c.Rehearse(o, p.now), "rehearse %s", a)
	_, err := p.c.Apply(o, p.now)
	require.Equal(p.t, code, envelope.CodeOf(err), "%s by %s of %s at %s: %v", a, role, unit, o.Act.Stage, err)
	require.Equal(p.t, before, snapshot(p.c), "a refused act changed the case")
}

// snapshot writes down everything a case holds.
func snapshot(c *Case) string {
	return string(raw(map[string]any{
		"in": c.in, "route": c.route, "regime": c.regime, "lawHash": c.lawHash, "content": c.content, "covered": c.covered, "revision": c.revision,
		"number": c.number, "stage": c.stage, "items": c.items, "returned": fmt.Sprintf("%+v", c.returned), "held": c.held,
		"touched": c.touched, "validating": c.validating, "validation": c.validation, "closed": c.closed,
		"traces": fmt.Sprintf("%+v", c.traces), "spent": c.spent, "history": c.history, "upward": c.upward,
	}))
}

func TestSnapshotKnowsEveryField(t *testing.T) {
	p := newPlayer(t, input(provincial(), 1))
	var seen map[string]any
	require.NoError(t, json.Unmarshal([]byte(snapshot(p.c)), &seen))
	typ := reflect.TypeFor[Case]()
	for i := range typ.NumField() {
		require.Contains(t, seen, typ.Field(i).Name)
	}
}
