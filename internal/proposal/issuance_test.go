package proposal

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// desk drives one decision's issuance.
type desk struct {
	t     *testing.T
	i     *Issuance
	nonce int
	now   time.Time
}

func issuanceInput() IssuanceInput {
	return IssuanceInput{
		Case: "issuance/d1", Decision: "d1", Standing: standing, Authority: province, Content: "h1",
		Cases: []IssuanceCase{{Case: "commendation/p1", Items: []string{"i1"}}},
	}
}

func (d *desk) act(action string, role Role, unit string, data any, mods ...mod) envelope.Opened {
	d.nonce++
	d.now = d.now.Add(time.Minute)
	o := envelope.Opened{Key: envelope.Key{ID: "k", Purpose: envelope.PurposeApp}, Digest: fmt.Sprint("d", d.nonce)}
	o.Act = envelope.Act{
		Case: "issuance/d1", Nonce: fmt.Sprint("n", d.nonce), Actor: "p-" + string(role), Role: string(role), Unit: unit, Action: action,
		Data: raw(data), Number: 1, IssuedAt: d.now.Unix(), Expires: d.now.Add(time.Minute).Unix(),
	}
	if d.i != nil {
		o.Act.Number = len(d.i.history) + 1
	}
	for _, m := range mods {
		m(&o)
	}
	return o
}

func submitted(t *testing.T, mods ...mod) *desk {
	d := &desk{t: t, now: start}
	i, err := NewIssuance(issuanceInput(), d.act(ActionSubmit, RoleStandingHead, standing, SendData{Content: "h1"}, mods...), d.now)
	require.NoError(t, err)
	d.i = i
	return d
}

func (d *desk) do(action string, role Role, data any, mods ...mod) IssuanceTransition {
	d.t.Helper()
	o := d.act(action, role, province, data, mods...)
	require.NoError(d.t, d.i.Rehearse(o, d.now))
	t, err := d.i.Apply(o, d.now)
	require.NoError(d.t, err)
	return t
}

func (d *desk) refuse(code, action string, role Role, unit string, data any, mods ...mod) {
	d.t.Helper()
	o := d.act(action, role, unit, data, mods...)
	before := fmt.Sprintf("%+v", *d.i)
	require.Equal(d.t, code, envelope.CodeOf(d.i.Rehearse(o, d.now)), "%s", action)
	_, err := d.i.Apply(o, d.now)
	require.Equal(d.t, code, envelope.CodeOf(err), "%s: %v", action, err)
	require.Equal(d.t, before, fmt.Sprintf("%+v", *d.i), "a refused act changed the issuance")
}

var (
	signing   = SignData{Content: "h1", Mode: "chair"}
	numbering = NumberData{Number: "328/QĐ-UBND", Date: "2023-12-01"}
)

func TestIssuance(t *testing.T) {
	t.Parallel()
	d := submitted(t, by("cuc"))
	require.Equal(t, IssuanceSubmitted, d.i.Phase())
	d.refuse(envelope.CodeStage, ActionNumber, RoleRegistrar, province, numbering)
	got := d.do(ActionSign, RoleSigner, signing, by("chair"), on("vice"))
	require.Equal(t, "chair", got.Mode)
	require.False(t, d.i.Done())
	d.refuse(envelope.CodeStage, ActionSign, RoleSigner, province, signing)
	d.refuse(envelope.CodeStage, ActionSendBack, RoleSigner, province, ReasonData{Reason: "r"})
	got = d.do(ActionNumber, RoleRegistrar, numbering, by("em"))
	require.Equal(t, IssuanceNumbered, got.Phase)
	require.Equal(t, 3, got.Step.Number)
	require.True(t, d.i.Done())
	require.Equal(t, IssuedData{
		Decision: "d1", Number: "328/QĐ-UBND", Date: "2023-12-01", Content: "h1",
		Submitter: []string{"cuc"}, Signer: []string{"chair", "vice"}, Registrar: []string{"em"},
	}, d.i.Issued())
	d.refuse(envelope.CodeStage, ActionNumber, RoleRegistrar, province, numbering)
	require.Len(t, d.i.Transitions(0), 3)
	require.Len(t, d.i.Transitions(2), 1)
	require.Nil(t, d.i.Transitions(3))
	require.Nil(t, d.i.Transitions(-1))
}

func TestIssuanceSentBack(t *testing.T) {
	t.Parallel()
	d := submitted(t)
	d.refuse(envelope.CodeData, ActionSendBack, RoleSigner, province, ReasonData{})
	got := d.do(ActionSendBack, RoleSigner, ReasonData{Reason: "r"})
	require.Equal(t, "r", got.Reason)
	require.True(t, d.i.Done())
	require.Empty(t, d.i.Issued())
	d.refuse(envelope.CodeStage, ActionSign, RoleSigner, province, signing)
}

func TestIssuanceRefuses(t *testing.T) {
	t.Parallel()
	steps := []struct {
		action string
		role   Role
		data   any
		before func(*desk)
	}{
		{ActionSign, RoleSigner, signing, func(*desk) {}},
		{ActionSendBack, RoleSigner, ReasonData{Reason: "r"}, func(*desk) {}},
		{ActionNumber, RoleRegistrar, numbering, func(d *desk) { d.do(ActionSign, RoleSigner, signing) }},
	}
	bad := []struct {
		name, code string
		mod        mod
	}{
		{"other key", envelope.CodePurpose, key(envelope.PurposeIssuance)},
		{"outside system", envelope.CodePurpose, key("integration/x")},
		{"other decision", envelope.CodeCase, func(o *envelope.Opened) { o.Act.Case = "issuance/d2" }},
		{"played again", envelope.CodeReplayed, nonce("n1")},
		{"older number", envelope.CodeNumber, numbered(1)},
		{"newer number", envelope.CodeNumber, numbered(9)},
		{"other role", envelope.CodeRole, func(o *envelope.Opened) { o.Act.Role = string(RoleStandingHead) }},
		{"other unit", envelope.CodeUnit, at(standing)},
		{"expired", envelope.CodeExpired, func(o *envelope.Opened) { o.Act.Expires = 1 }},
		{"unknown data", envelope.CodeData, func(o *envelope.Opened) { o.Act.Data = json.RawMessage(`{"zz":1}`) }},
		{"unknown action", envelope.CodeStage, func(o *envelope.Opened) { o.Act.Action = "burn" }},
	}
	for _, s := range steps {
		t.Run(s.action, func(t *testing.T) {
			t.Parallel()
			d := submitted(t)
			s.before(d)
			for _, b := range bad {
				d.refuse(b.code, s.action, s.role, province, s.data, b.mod)
			}
			d.do(s.action, s.role, s.data)
		})
	}
	d := submitted(t, by("cuc"), on("dao"))
	d.refuse(envelope.CodeData, ActionSign, RoleSigner, province, SignData{Content: "h2"})
	d.refuse(envelope.CodeSeparation, ActionSign, RoleSigner, province, signing, by("cuc"))
	d.refuse(envelope.CodeSeparation, ActionSign, RoleSigner, province, signing, by("x"), on("dao"))
	d.do(ActionSign, RoleSigner, signing)
	for _, n := range []NumberData{{Date: "2023-12-01"}, {Number: "1"}, {Number: "1", Date: "2023-02-30"}, {Number: "1", Date: "01/12/2023"}} {
		d.refuse(envelope.CodeData, ActionNumber, RoleRegistrar, province, n)
	}
}

func TestNewIssuanceRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, code string
		in         func(*IssuanceInput)
		mod        mod
	}{
		{"no content", envelope.CodeData, func(in *IssuanceInput) { in.Content = "" }, nil},
		{"no cases", envelope.CodeData, func(in *IssuanceInput) { in.Cases = nil }, nil},
		{"other content", envelope.CodeData, func(in *IssuanceInput) { in.Content = "h2" }, nil},
		{"other act", envelope.CodeStage, nil, func(o *envelope.Opened) { o.Act.Action = ActionSign }},
		{"other role", envelope.CodeRole, nil, func(o *envelope.Opened) { o.Act.Role = string(RoleSigner) }},
		{"other unit", envelope.CodeUnit, nil, at(province)},
		{"other decision", envelope.CodeCase, nil, func(o *envelope.Opened) { o.Act.Case = "x" }},
		{"other key", envelope.CodePurpose, nil, key(envelope.PurposeSession)},
		{"other number", envelope.CodeNumber, nil, numbered(2)},
		{"no data", envelope.CodeData, nil, func(o *envelope.Opened) { o.Act.Data = nil }},
	}
	for _, tt := range tests {
		in, d := issuanceInput(), &desk{t: t, now: start}
		o := d.act(ActionSubmit, RoleStandingHead, standing, SendData{Content: "h1"})
		if tt.in != nil {
			tt.in(&in)
		}
		if tt.mod != nil {
			tt.mod(&o)
		}
		_, err := NewIssuance(in, o, d.now)
		require.Equal(t, tt.code, envelope.CodeOf(err), tt.name)
	}
}

// TestACorrectionIsAnIssuance: it names what it corrects instead of cases.
func TestACorrectionIsAnIssuance(t *testing.T) {
	t.Parallel()
	right := Correction{Decision: "d0", Lines: []CorrectionLine{{Recognition: "r1", Item: "i1", Field: FieldName}, {Recognition: "r1", Item: "i1", Field: FieldUnit}}}
	open := func(change func(*IssuanceInput)) error {
		d := &desk{t: t, now: start}
		in := issuanceInput()
		in.Cases, in.Corrects = nil, &Correction{Decision: right.Decision, Lines: append([]CorrectionLine{}, right.Lines...)}
		change(&in)
		i, err := NewIssuance(in, d.act(ActionSubmit, RoleStandingHead, standing, SendData{Content: "h1"}), d.now)
		if err == nil {
			d.i = i
			d.do(ActionSign, RoleSigner, signing)
			d.do(ActionNumber, RoleRegistrar, numbering)
			require.Equal(t, "328/QĐ-UBND", i.Issued().Number)
		}
		return err
	}
	require.NoError(t, open(func(*IssuanceInput) {}))
	for name, change := range map[string]func(*IssuanceInput){
		"cases and corrections": func(in *IssuanceInput) { in.Cases = issuanceInput().Cases },
		"neither":               func(in *IssuanceInput) { in.Corrects = nil },
		"no decision":           func(in *IssuanceInput) { in.Corrects.Decision = "" },
		"no line":               func(in *IssuanceInput) { in.Corrects.Lines = nil },
		"unknown field":         func(in *IssuanceInput) { in.Corrects.Lines[0].Field = "award" },
		"twice":                 func(in *IssuanceInput) { in.Corrects.Lines[1].Field = FieldName },
		"no item":               func(in *IssuanceInput) { in.Corrects.Lines[0].Item = "" },
	} {
		require.Equal(t, envelope.CodeData, envelope.CodeOf(open(change)), name)
	}
}
