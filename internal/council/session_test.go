package council

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

func TestConveneRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		code string
		in   func(*Input)
		act  mod
	}{
		{"fine", "", nil, nil},
		{"nobody", envelope.CodeData, func(in *Input) { in.Roster = nil }, nil},
		{"no chair", envelope.CodeData, func(in *Input) { in.Roster[0].Chair = false }, nil},
		{"two chairs", envelope.CodeData, func(in *Input) { in.Roster[1].Chair = true }, nil},
		{"a seat twice", envelope.CodeData, func(in *Input) { in.Roster[1].Person = "m3" }, nil},
		{"an empty seat", envelope.CodeData, func(in *Input) { in.Roster[1].Person = "" }, nil},
		{"no agenda", envelope.CodeData, func(in *Input) { in.Agenda = nil }, nil},
		{"an item twice", envelope.CodeItem, func(in *Input) { in.Agenda[1].ID = "a1" }, nil},
		{"an item without id", envelope.CodeItem, func(in *Input) { in.Agenda[1].ID = "" }, nil},
		{"no such rule", envelope.CodeItem, func(in *Input) { in.Agenda[1].Rule = 2 }, nil},
		{"a rule below nought", envelope.CodeItem, func(in *Input) { in.Agenda[1].Rule = -1 }, nil},
		{"other content", envelope.CodeData, func(in *Input) { in.Content = "c2" }, nil},
		{"other act", envelope.CodeStage, nil, func(o *envelope.Opened) { o.Act.Action = ActionOpen }},
		{"other number", envelope.CodeStage, nil, func(o *envelope.Opened) { o.Act.Number = 2 }},
		{"other key", envelope.CodePurpose, nil, func(o *envelope.Opened) { o.Key.Purpose = envelope.PurposeSession }},
		{"other session", envelope.CodeCase, nil, func(o *envelope.Opened) { o.Act.Case = "council/s2" }},
		{"other unit", envelope.CodeUnit, nil, func(o *envelope.Opened) { o.Act.Unit = "u-x" }},
		{"expired", envelope.CodeExpired, nil, func(o *envelope.Opened) { o.Act.Expires = 1 }},
		{"no data", envelope.CodeData, nil, func(o *envelope.Opened) { o.Act.Data = nil }},
		{"unknown data", envelope.CodeData, nil, func(o *envelope.Opened) { o.Act.Data = json.RawMessage(`{"content":"c1","x":1}`) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := input(5, openRule, secretRule)
			d := &driver{t: t, now: start}
			o := d.act(ActionConvene, "secretary", ConveneData{Content: "c1"})
			if tt.in != nil {
				tt.in(&in)
			}
			if tt.act != nil {
				tt.act(&o)
			}
			_, err := New(in, o, d.now)
			require.Equal(t, tt.code, envelope.CodeOf(err), "%v", err)
		})
	}
}

func TestASession(t *testing.T) {
	t.Parallel()
	in := input(11, openRule, openRule, secretRule)
	d := convene(t, in)
	require.Equal(t, PhaseConvened, d.s.Phase())
	d.refuse(envelope.CodeStage, ActionCast, "member", CastData{Member: "m1", Choices: "yy-"}, by("m1"))
	require.Equal(t, 9, d.do(ActionOpen, "secretary", OpenData{Present: members(1, 9)}).Present)
	d.refuse(envelope.CodeStage, ActionOpen, "secretary", OpenData{Present: members(1, 9)})
	for i := 1; i <= 9; i++ {
		choices := "yn-"
		if i > 7 {
			choices = "ya-"
		}
		require.Equal(t, member(i), d.vote(member(i), choices).Member)
	}
	got := d.do(ActionCast, "secretary", CastData{Member: "m10", Choices: "ny-", Written: true, Paper: "scan"})
	require.True(t, got.Written)
	require.Equal(t, 10, d.s.Voted())
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	count := paperCount(in, 10, 10, 1, 10, 0, 0, 0)
	require.Equal(t, 1, d.do(ActionCountPaper, "member", count, by("m2")).Entry)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	got = d.do(ActionCountPaper, "member", count, by("m3"))
	require.Equal(t, 2, got.Entry)
	require.True(t, got.Agrees)
	d.refuse(envelope.CodeRole, ActionClose, "secretary", nil)
	d.refuse(envelope.CodeRole, ActionClose, "chair", nil, by("m2"))
	got = d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseClosed, got.Phase)
	want := Rows{
		{Item: "a1", Case: "commendation/p1", Passed: true, Sum: Sum{Yes: 9, No: 1, Written: 1, Base: 11, Needed: 8, Met: true}},
		{Item: "a2", Case: "commendation/p2", Sum: Sum{Yes: 1, No: 7, Abstain: 2, Written: 1, Base: 11, Needed: 8}},
		{Item: "a3", Case: "commendation/p3", Passed: true, Sum: Sum{Yes: 10, Written: 1, Base: 11, Needed: 10, Met: true}},
	}
	require.Equal(t, want, got.Results)
	require.Equal(t, []ResultRow(want), d.s.Results())
	require.True(t, d.s.Done())
	d.refuse(envelope.CodeClosed, ActionCast, "member", CastData{Member: "m11", Choices: "yy-", Written: true}, by("m11"))
	d.refuse(envelope.CodeClosed, ActionCancel, "chair", map[string]string{"reason": "r"})
	require.Len(t, d.s.Transitions(0), d.s.Number())
	require.Nil(t, d.s.Transitions(d.s.Number()))
	require.Nil(t, d.s.Transitions(-1))
}

func TestTargetOfEveryAct(t *testing.T) {
	t.Parallel()
	in := input(5, openRule, secretRule)
	acts := map[string]struct {
		role string
		data any
	}{
		ActionCast:       {"chair", CastData{Member: "m1", Choices: "y-"}},
		ActionCountPaper: {"secretary", paperCount(in, 4, 4, 0, 4, 0, 0, 0)},
		ActionCancel:     {"chair", map[string]string{"reason": "r"}},
	}
	bad := []struct {
		name string
		code string
		mod  mod
	}{
		{"session key", envelope.CodePurpose, func(o *envelope.Opened) { o.Key.Purpose = envelope.PurposeSession }},
		{"outside system", envelope.CodePurpose, func(o *envelope.Opened) { o.Key.Purpose = "integration/x" }},
		{"other session", envelope.CodeCase, func(o *envelope.Opened) { o.Act.Case = "council/s2" }},
		{"other unit", envelope.CodeUnit, func(o *envelope.Opened) { o.Act.Unit = "u-x" }},
		{"spent nonce", envelope.CodeReplayed, func(o *envelope.Opened) { o.Act.Nonce = "n1" }},
		{"expired", envelope.CodeExpired, func(o *envelope.Opened) { o.Act.Expires = start.Add(-time.Hour).Unix() }},
		{"future", envelope.CodeExpired, func(o *envelope.Opened) { o.Act.IssuedAt = start.Add(time.Hour).Unix() }},
		{"auditor", envelope.CodeRole, func(o *envelope.Opened) { o.Act.Role = "auditor" }},
		{"no data", envelope.CodeData, func(o *envelope.Opened) { o.Act.Data = nil }},
		{"unknown field", envelope.CodeData, func(o *envelope.Opened) { o.Act.Data = json.RawMessage(`{"zz":1}`) }},
		{"unknown action", envelope.CodeStage, func(o *envelope.Opened) { o.Act.Action = "burn" }},
	}
	for action, a := range acts {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			d := opened(t, in, 4)
			for _, b := range bad {
				t.Run(b.name, func(t *testing.T) { d.refuse(b.code, action, a.role, a.data, b.mod) })
			}
			later := func(o *envelope.Opened) { o.Act.Number++ }
			if action == ActionCast { // members vote at once, so a ballot waits for no number
				d.do(action, a.role, a.data, later)
				return
			}
			d.refuse(envelope.CodeNumber, action, a.role, a.data, later)
			d.do(action, a.role, a.data)
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	d := convene(t, input(3, openRule))
	d.refuse(envelope.CodeRole, ActionOpen, "member", OpenData{Present: members(1, 3)})
	d.refuse(envelope.CodeData, ActionOpen, "chair", OpenData{Present: []string{"m1", "m1"}})
	d.refuse(envelope.CodeData, ActionOpen, "chair", OpenData{Present: []string{"m1", "m2", "x"}})
	d.refuse(envelope.CodeStage, ActionOpen, "chair", OpenData{Present: []string{"m1"}})
	d.refuse(envelope.CodeNumber, ActionOpen, "chair", OpenData{Present: members(1, 3)}, func(o *envelope.Opened) { o.Act.Number = 1 })
	for _, a := range []string{ActionCountPaper, ActionClose, ActionConvene} {
		d.refuse(envelope.CodeStage, a, "chair", PaperData{})
	}
}

func TestOpenBallots(t *testing.T) {
	t.Parallel()
	noWriting := openRule
	noWriting.Absent = AbsentNone
	in := input(6, openRule, secretRule, noWriting, openRule)
	in.Agenda[3].Recused = []string{"m2"}
	own := func(m, choices string) CastData { return CastData{Member: m, Choices: choices} }
	written := func(m, choices string) CastData { return CastData{Member: m, Choices: choices, Written: true} }
	scanned := func(m, choices string) CastData {
		return CastData{Member: m, Choices: choices, Written: true, Paper: "scan"}
	}
	tests := []struct {
		name  string
		code  string
		role  string
		actor string
		data  CastData
	}{
		{"a member's own", "", "member", "m3", own("m3", "y-na")},
		{"the chair's own", "", "chair", "m1", own("m1", "y-yy")},
		{"another member's", envelope.CodeRole, "member", "m3", own("m4", "y-yy")},
		{"another member's by the chair", envelope.CodeRole, "chair", "m1", own("m4", "y-yy")},
		{"a stranger's", envelope.CodeRole, "member", "x", own("x", "y-yy")},
		{"by the secretary", envelope.CodeRole, "secretary", "p-secretary", own("m3", "y-yy")},
		{"absent", envelope.CodeRole, "member", "m5", own("m5", "y-yy")},
		{"absent, in writing", "", "member", "m5", written("m5", "y--n")},
		{"absent, entered with its scan", "", "secretary", "p-secretary", scanned("m6", "n--a")},
		{"absent, entered without a scan", envelope.CodeData, "secretary", "p-secretary", written("m6", "n--a")},
		{"absent, another's in writing", envelope.CodeRole, "member", "m5", written("m6", "y--y")},
		{"present, in writing", envelope.CodeData, "member", "m3", written("m3", "y--y")},
		{"in writing where the rule takes none", envelope.CodeOwnCase, "member", "m5", written("m5", "y-yy")},
		{"in writing, an item left open", envelope.CodeData, "member", "m5", written("m5", "---y")},
		{"recused, silent", "", "member", "m2", own("m2", "y-y-")},
		{"recused, voting", envelope.CodeOwnCase, "member", "m2", own("m2", "y-yy")},
		{"on a secret item", envelope.CodeOwnCase, "member", "m3", own("m3", "yyyy")},
		{"an item left open", envelope.CodeData, "member", "m3", own("m3", "y--y")},
		{"too short", envelope.CodeData, "member", "m3", own("m3", "y-y")},
		{"too long", envelope.CodeData, "member", "m3", own("m3", "y-yyy")},
		{"empty", envelope.CodeData, "member", "m3", own("m3", "")},
		{"unknown choice", envelope.CodeData, "member", "m3", own("m3", "y-yX")},
		{"capital letters", envelope.CodeData, "member", "m3", own("m3", "Y-YY")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := opened(t, in, 4)
			if tt.code != "" {
				d.refuse(tt.code, ActionCast, tt.role, tt.data, by(tt.actor))
				require.Zero(t, d.s.Voted())
				return
			}
			d.do(ActionCast, tt.role, tt.data, by(tt.actor))
			require.Equal(t, 1, d.s.Voted())
			d.refuse(envelope.CodeReplayed, ActionCast, tt.role, tt.data, by(tt.actor))
			require.Equal(t, 1, d.s.Voted())
		})
	}
}

func TestTheSecretaryDoesNotVoteTwiceForOne(t *testing.T) {
	t.Parallel()
	d := opened(t, input(3, openRule), 2)
	d.do(ActionCast, "member", CastData{Member: "m3", Choices: "n", Written: true}, by("m3"))
	d.refuse(envelope.CodeReplayed, ActionCast, "secretary", CastData{Member: "m3", Choices: "y", Written: true, Paper: "scan"})
}
