package council

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// sealedTwice is the rule of a secret ballot with a second one.
func sealedTwice() Rule {
	r := secretRule
	r.Second = Fraction{1, 2}
	return r
}

// counted closes a box, publishes rows and attests them.
func (d *driver) counted(round int, rows ...SealedRow) {
	d.t.Helper()
	root := d.do(ActionFreeze, "chair", FreezeData{Round: round}).Root
	d.do(ActionCountSealed, "chair", SealedCount{Root: root, Rows: rows, Round: round})
	d.do(ActionAttest, "secretary", AttestData{Root: root, Rows: RowsDigest(rows), Round: round})
}

// TestSealedSecondBallot: the second ballot has a box of its own, with other shares and
// only its items; whatever was meant for the first is refused.
func TestSealedSecondBallot(t *testing.T) {
	t.Parallel()
	in := electronic(5, sealedTwice(), secretRule, sealedTwice(), openRule)
	d := keyedAndOpened(t, in, 5)
	for i := 1; i <= 5; i++ {
		d.put(i)
		d.do(ActionCast, "member", CastData{Member: member(i), Choices: "---y"}, by(member(i)))
	}
	d.refuse(envelope.CodeStage, ActionFreeze, "chair", FreezeData{Round: 2})
	d.counted(0, SealedRow{"a1", "yyyyn"}, SealedRow{"a2", "yyyyn"}, SealedRow{"a3", "ynnnn"})
	firstRoot := d.s.frozen
	took := d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseOpen, took.Phase)
	require.True(t, took.NewBox)
	require.Len(t, took.Change.Second, 1)
	require.Equal(t, []any{2, "council/s1/2", []int{0}}, []any{d.s.in.BoxRound(), d.s.in.Box(), d.s.in.Boxed()})

	second := func(i int) SealedData { return SealedData{Member: member(i), Digest: digestOf(20 + i), Round: 2} }
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.refuse(envelope.CodeStage, ActionCastSealed, "member", second(1), by("m1")) // no shares yet
	d.refuse(envelope.CodeStage, ActionFreeze, "chair", FreezeData{Round: 2})
	d.refuse(envelope.CodeStage, ActionBallotKey, "chair", key("c")) // meant for the first box
	d.do(ActionBallotKey, "chair", KeyData{Public: key("e").Public, Round: 2})
	d.do(ActionBallotKey, "chair", KeyData{Public: key("c").Public, Round: 2}) // the other was lost
	d.do(ActionBallotKey, "secretary", KeyData{Public: key("d").Public, Round: 2})
	d.refuse(envelope.CodeStage, ActionBallotKey, "chair", KeyData{Public: key("e").Public, Round: 2}) // ballots are sealed to it
	d.refuse(envelope.CodeStage, ActionCastSealed, "member", SealedData{Member: "m1", Digest: digestOf(30)}, by("m1"))
	d.refuse(envelope.CodeStage, ActionFreeze, "chair", FreezeData{})
	for i := 1; i <= 4; i++ {
		d.do(ActionCastSealed, "member", second(i), by(member(i)))
	}
	d.refuse(envelope.CodeReplayed, ActionCastSealed, "member", SealedData{Member: "m1", Digest: digestOf(31), Round: 2}, by("m1"))
	d.do(ActionRecuse, "member", RecuseData{Member: "m5", Items: []string{"a1"}}, by("m5"))
	d.refuse(envelope.CodeStage, ActionRecuse, "member", RecuseData{Member: "m5", Items: []string{"a2"}}, by("m5"))
	d.refuse(envelope.CodeOwnCase, ActionCastSealed, "member", second(5), by("m5"))
	boxed := d.do(ActionFreeze, "chair", FreezeData{Round: 2})
	require.Equal(t, []any{4, Root("council/s1/2", []string{digestOf(21), digestOf(22), digestOf(23), digestOf(24)})}, []any{boxed.Boxed, boxed.Root})
	rows := []SealedRow{{"a1", "yyyy"}}
	d.refuse(envelope.CodeData, ActionCountSealed, "chair", SealedCount{Root: boxed.Root, Rows: append(rows, SealedRow{"a2", "yyyyn"}), Round: 2})
	d.refuse(envelope.CodeData, ActionCountSealed, "chair", SealedCount{Root: firstRoot, Rows: rows, Round: 2})
	d.refuse(envelope.CodeStage, ActionCountSealed, "chair", SealedCount{Root: boxed.Root, Rows: rows})
	d.do(ActionCountSealed, "chair", SealedCount{Root: boxed.Root, Rows: rows, Round: 2})
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.refuse(envelope.CodeStage, ActionAttest, "secretary", AttestData{Root: boxed.Root, Rows: RowsDigest(rows)})
	d.do(ActionAttest, "secretary", AttestData{Root: boxed.Root, Rows: RowsDigest(rows), Round: 2})
	got := d.do(ActionClose, "chair", nil).Results
	require.Equal(t, Sum{Yes: 4, Recused: 1, Base: 5, Needed: 5}, got[0].Sum)
	require.Equal(t, 4, got[0].First.Yes)
	require.Equal(t, []any{4, 1}, []any{got[1].Sum.Yes, got[2].Sum.Yes})
	require.Nil(t, got[1].First)
	require.True(t, got[3].Passed)
	d.replays(in)
}

// replays lives the accepted acts again and compares what came of each.
func (d *driver) replays(in Input) {
	d.t.Helper()
	s, err := New(in, d.acts[0], d.times[0])
	require.NoError(d.t, err)
	for i, o := range d.acts[1:] {
		_, err := s.Apply(o, d.times[i+1])
		require.NoError(d.t, err)
	}
	want, err := json.Marshal(d.s.history)
	require.NoError(d.t, err)
	got, err := json.Marshal(s.history)
	require.NoError(d.t, err)
	require.JSONEq(d.t, string(want), string(got))
}

// TestAnOpenSecondBallotLeavesTheBox: where only items with an open ballot go to a second
// one, the box stays the first's, counted and closed, as sessions before had it.
func TestAnOpenSecondBallotLeavesTheBox(t *testing.T) {
	t.Parallel()
	again := openRule
	again.Second = Fraction{1, 2}
	in := electronic(4, secretRule, again)
	d := keyedAndOpened(t, in, 4)
	for i := 1; i <= 4; i++ {
		d.put(i)
		d.do(ActionCast, "member", CastData{Member: member(i), Choices: "-" + "yynn"[i-1:i]}, by(member(i)))
	}
	d.counted(0, SealedRow{"a1", "yyyy"})
	took := d.do(ActionClose, "chair", nil)
	require.False(t, took.NewBox)
	require.Len(t, took.Change.Second, 1)
	require.Equal(t, []any{1, "council/s1"}, []any{d.s.in.BoxRound(), d.s.in.Box()})
	d.refuse(envelope.CodeStage, ActionBallotKey, "chair", KeyData{Public: key("c").Public, Round: 2})
	d.refuse(envelope.CodeStage, ActionBallotKey, "chair", key("c"))
	d.refuse(envelope.CodeStage, ActionCastSealed, "member", SealedData{Member: "m1", Digest: digestOf(30), Round: 2}, by("m1"))
	for i := 1; i <= 4; i++ {
		d.do(ActionCast, "member", CastData{Member: member(i), Choices: "-y", Round: 2}, by(member(i)))
	}
	got := d.do(ActionClose, "chair", nil).Results
	require.Equal(t, []bool{true, true}, []bool{got[0].Passed, got[1].Passed})
	d.replays(in)
}
