package proposal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

const schoolB = "u-school-b"

// taking drives one revocation.
type taking struct {
	t     *testing.T
	r     *Revocation
	nonce int
	now   time.Time
}

func revokeData() RevokeData {
	return RevokeData{
		Decision: "d1", Ground: "FRAUD", LawHash: "l", Reason: "c", Evidence: strings.Repeat("a", 64), Due: start.AddDate(0, 0, 3).Format(time.DateOnly),
		Items: []RevocationItem{{Recognition: "r1", Item: "i1", Unit: school}, {Recognition: "r2", Item: "i2", Unit: schoolB}},
	}
}

func (d *taking) act(action string, role Role, unit string, data any, mods ...mod) envelope.Opened {
	d.nonce++
	d.now = d.now.Add(time.Minute)
	o := envelope.Opened{Key: envelope.Key{ID: "k", Purpose: envelope.PurposeApp}, Digest: fmt.Sprint("d", d.nonce)}
	o.Act = envelope.Act{
		Case: "revocation/v1", Nonce: fmt.Sprint("n", d.nonce), Actor: "p-" + string(role), Role: string(role), Unit: unit, Action: action,
		Data: raw(data), Number: 1, IssuedAt: d.now.Unix(), Expires: d.now.Add(time.Minute).Unix(),
	}
	if d.r != nil {
		o.Act.Number = len(d.r.history) + 1
	}
	for _, m := range mods {
		m(&o)
	}
	return o
}

func revoking(t *testing.T) *taking {
	d := &taking{t: t, now: start}
	in := RevocationInput{Case: "revocation/v1", Revocation: "v1", Standing: standing, Authority: province}
	r, err := NewRevocation(in, d.act(ActionRevoke, RoleAppraiser, standing, revokeData(), by("cuc")), d.now)
	require.NoError(t, err)
	d.r = r
	return d
}

func (d *taking) do(action string, role Role, unit string, data any, mods ...mod) RevocationTransition {
	d.t.Helper()
	o := d.act(action, role, unit, data, mods...)
	require.NoError(d.t, d.r.Rehearse(o, d.now), action)
	t, err := d.r.Apply(o, d.now)
	require.NoError(d.t, err)
	return t
}

func (d *taking) refuse(code, action string, role Role, unit string, data any, mods ...mod) {
	d.t.Helper()
	o := d.act(action, role, unit, data, mods...)
	before := fmt.Sprintf("%+v", *d.r)
	require.Equal(d.t, code, envelope.CodeOf(d.r.Rehearse(o, d.now)), "%s", action)
	_, err := d.r.Apply(o, d.now)
	require.Equal(d.t, code, envelope.CodeOf(err), "%s: %v", action, err)
	require.Equal(d.t, before, fmt.Sprintf("%+v", *d.r), "a refused act changed the revocation")
}

func TestRevocationWalk(t *testing.T) {
	t.Parallel()
	d := revoking(t)
	d.refuse(envelope.CodeUnit, ActionAnswer, RoleUnitHead, district, AnswerData{Position: HearsAgree})
	d.refuse(envelope.CodeData, ActionAnswer, RoleUnitHead, school, AnswerData{Position: HearsDisagree})
	d.do(ActionAnswer, RoleUnitHead, school, AnswerData{Position: HearsDisagree, Reason: "c"})
	d.refuse(envelope.CodeStage, ActionAnswer, RoleClerk, school, AnswerData{Position: HearsAgree})
	said := RevocationVerdict{Verdict: VerdictRevoke, Reason: "c"}
	d.refuse(envelope.CodeStage, string(ActionAppraise), RoleAppraiser, standing, said)
	d.do(ActionAnswer, RoleClerk, schoolB, AnswerData{Position: HearsAgree})
	d.refuse(envelope.CodeStage, ActionSubmit, RoleStandingHead, standing, SendData{Content: "h1"})
	d.refuse(envelope.CodeData, string(ActionAppraise), RoleAppraiser, standing, RevocationVerdict{Verdict: VerdictRevoke})
	d.do(string(ActionAppraise), RoleAppraiser, standing, said, by("dao"))
	d.do(ActionSubmit, RoleStandingHead, standing, SendData{Content: "h1"}, by("mai"))
	d.refuse(envelope.CodeStage, string(ActionWithdraw), RoleStandingHead, standing, ReasonData{Reason: "c"})
	for _, who := range []string{"cuc", "dao", "mai"} {
		d.refuse(envelope.CodeSeparation, ActionSign, RoleSigner, province, SignData{Content: "h1"}, by("x"), on(who))
		d.refuse(envelope.CodeSeparation, ActionRefuse, RoleSigner, province, ReasonData{Reason: "c"}, by(who))
	}
	d.do(ActionSendBack, RoleSigner, province, ReasonData{Reason: "c"})
	d.do(ActionSubmit, RoleStandingHead, standing, SendData{Content: "h2"}, by("mai"))
	d.refuse(envelope.CodeData, ActionSign, RoleSigner, province, SignData{Content: "h1"})
	d.do(ActionSign, RoleSigner, province, SignData{Content: "h2", Mode: "chair"})
	d.refuse(envelope.CodeStage, ActionRefuse, RoleSigner, province, ReasonData{Reason: "c"})
	d.refuse(envelope.CodeData, ActionNumber, RoleRegistrar, province, NumberData{Number: "1", Date: "01/12/2023"})
	require.False(t, d.r.Done())
	d.do(ActionNumber, RoleRegistrar, province, NumberData{Number: "9/QĐ-UBND", Date: "2024-03-01"})
	require.True(t, d.r.Done())
	number, date, content, signed, scan := d.r.Decided()
	require.Equal(t, []string{"9/QĐ-UBND", "2024-03-01", "h2", "", ""}, []string{number, date, content, signed, scan})
	require.Len(t, d.r.Transitions(0), 9)
}

func TestRevocationEnds(t *testing.T) {
	t.Parallel()
	d := revoking(t)
	d.now = start.AddDate(0, 0, 5) // the last day for answers is over
	d.do(string(ActionAppraise), RoleStandingHead, standing, RevocationVerdict{Verdict: VerdictKeep, Reason: "c"})
	d.refuse(envelope.CodeStage, ActionSubmit, RoleStandingHead, standing, SendData{Content: "h1"})
	d.refuse(envelope.CodeData, string(ActionWithdraw), RoleStandingHead, standing, ReasonData{})
	d.do(string(ActionWithdraw), RoleStandingHead, standing, ReasonData{Reason: "c"})
	require.True(t, d.r.Done())
	d.refuse(envelope.CodeStage, ActionAnswer, RoleUnitHead, school, AnswerData{Position: HearsAgree})
}

func TestRevocationRefuses(t *testing.T) {
	t.Parallel()
	steps := []struct {
		action string
		role   Role
		unit   string
		data   any
		before func(*taking)
	}{
		{ActionAnswer, RoleUnitHead, school, AnswerData{Position: HearsAgree}, func(*taking) {}},
		{string(ActionWithdraw), RoleStandingHead, standing, ReasonData{Reason: "c"}, func(*taking) {}},
		{string(ActionAppraise), RoleAppraiser, standing, RevocationVerdict{Verdict: VerdictRevoke, Reason: "c"}, (*taking).heard},
		{ActionSubmit, RoleStandingHead, standing, SendData{Content: "h"}, (*taking).appraised},
		{ActionSign, RoleSigner, province, SignData{Content: "h"}, (*taking).submitted},
		{ActionSendBack, RoleSigner, province, ReasonData{Reason: "c"}, (*taking).submitted},
		{ActionRefuse, RoleSigner, province, ReasonData{Reason: "c"}, (*taking).submitted},
	}
	bad := []struct {
		name, code string
		mod        mod
	}{
		{"other key", envelope.CodePurpose, key(envelope.PurposeIssuance)},
		{"outside system", envelope.CodePurpose, key("integration/x")},
		{"other case", envelope.CodeCase, func(o *envelope.Opened) { o.Act.Case = "revocation/v2" }},
		{"played again", envelope.CodeReplayed, nonce("n1")},
		{"older number", envelope.CodeNumber, numbered(1)},
		{"other role", envelope.CodeRole, func(o *envelope.Opened) { o.Act.Role = string(RoleAuditor) }},
		{"expired", envelope.CodeExpired, func(o *envelope.Opened) { o.Act.Expires = 1 }},
	}
	for _, s := range steps {
		t.Run(s.action, func(t *testing.T) {
			t.Parallel()
			d := revoking(t)
			s.before(d)
			for _, b := range bad {
				d.refuse(b.code, s.action, s.role, s.unit, s.data, b.mod)
			}
			d.do(s.action, s.role, s.unit, s.data)
		})
	}
	in := RevocationInput{Case: "revocation/v1", Revocation: "v1", Standing: standing, Authority: province}
	for name, change := range map[string]func(*RevokeData){
		"no ground": func(d *RevokeData) { d.Ground = "" }, "no reason": func(d *RevokeData) { d.Reason = "" },
		"no evidence": func(d *RevokeData) { d.Evidence = "x" }, "no items": func(d *RevokeData) { d.Items = nil },
		"twice": func(d *RevokeData) { d.Items[1] = d.Items[0] }, "no day": func(d *RevokeData) { d.Due = "soon" },
	} {
		data := revokeData()
		change(&data)
		d := &taking{t: t, now: start}
		_, err := NewRevocation(in, d.act(ActionRevoke, RoleStandingHead, standing, data), d.now)
		require.Equal(t, envelope.CodeData, envelope.CodeOf(err), name)
	}
}

func (d *taking) heard() {
	d.do(ActionAnswer, RoleUnitHead, school, AnswerData{Position: HearsAgree})
	d.do(ActionAnswer, RoleUnitHead, schoolB, AnswerData{Position: HearsAgree})
}

func (d *taking) appraised() {
	d.heard()
	d.do(string(ActionAppraise), RoleAppraiser, standing, RevocationVerdict{Verdict: VerdictRevoke, Reason: "c"})
}

func (d *taking) submitted() {
	d.appraised()
	d.do(ActionSubmit, RoleStandingHead, standing, SendData{Content: "h"})
}
