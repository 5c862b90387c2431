package council

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// TestLateItems: what joins after the convening needs the chair's own consent, comes
// before the opening, and is voted on like the rest.
func TestLateItems(t *testing.T) {
	t.Parallel()
	d := convene(t, input(5, openRule))
	other := openRule
	other.Threshold = Fraction{1, 2}
	late := LateData{
		Items: []AgendaItem{{ID: "b1", Case: "commendation/q", Rule: 0}, {ID: "b2", Case: "commendation/q", Rule: 1, Recused: []string{"m2"}}},
		Rules: []Rule{other},
	}
	d.refuse(envelope.CodeRole, ActionAdmitLate, "secretary", late)
	d.refuse(envelope.CodeRole, ActionAdmitLate, "chair", late, by("m2"))
	d.refuse(envelope.CodeData, ActionAdmitLate, "chair", LateData{})
	d.refuse(envelope.CodeItem, ActionAdmitLate, "chair", LateData{Items: []AgendaItem{{ID: "a1", Case: "commendation/q"}}})
	d.refuse(envelope.CodeItem, ActionAdmitLate, "chair", LateData{Items: []AgendaItem{{ID: "b1", Case: "commendation/q", Rule: 1}}})
	d.refuse(envelope.CodeData, ActionAdmitLate, "chair", LateData{Items: []AgendaItem{{ID: "b1", Case: "commendation/q", Recused: []string{"x"}}}})
	took := d.do(ActionAdmitLate, "chair", late)
	require.Equal(t, &Change{Late: &late}, took.Change)
	d.do(ActionOpen, "chair", OpenData{Present: members(1, 5)})
	d.refuse(envelope.CodeStage, ActionAdmitLate, "chair", LateData{Items: []AgendaItem{{ID: "b3", Case: "commendation/q"}}})

	d.refuse(envelope.CodeData, ActionCast, "member", CastData{Member: "m1", Choices: "y"}, by("m1"))
	d.vote("m1", "yyy")
	d.vote("m2", "yy-")
	d.vote("m3", "yyy")
	d.vote("m4", "nyy")
	d.do(ActionClose, "chair", nil)
	rows := d.s.Results()
	require.Len(t, rows, 3)
	require.Equal(t, []bool{false, true, true}, []bool{rows[0].Passed, rows[1].Passed, rows[2].Passed})
	require.Equal(t, Sum{Yes: 3, Recused: 1, Base: 5, Needed: 3, Met: true}, rows[2].Sum)
}

// TestLateRecusal: a member's own late word takes the vote out, also one that was cast
// openly, and changes the base where the rule says so.
func TestLateRecusal(t *testing.T) {
	t.Parallel()
	leaving := openRule
	leaving.Recusal = RecusalLeaves
	present := leaving
	present.Base = BasePresent
	in := input(10, openRule, leaving, present)
	d := opened(t, in, 8)
	mine := RecuseData{Member: "m2", Items: []string{"a1", "a2", "a3"}}
	d.refuse(envelope.CodeRole, ActionRecuse, "member", mine, by("m3"))
	d.refuse(envelope.CodeRole, ActionRecuse, "secretary", mine, by("m2"))
	d.refuse(envelope.CodeItem, ActionRecuse, "member", RecuseData{Member: "m2", Items: []string{"x"}}, by("m2"))
	d.refuse(envelope.CodeItem, ActionRecuse, "member", RecuseData{Member: "m2", Items: []string{"a1", "a1"}}, by("m2"))
	for i := 1; i <= 7; i++ {
		d.vote(member(i), "yyy")
	}
	require.Equal(t, &Change{Recuse: &mine}, d.do(ActionRecuse, "member", mine, by("m2")).Change)
	d.refuse(envelope.CodeReplayed, ActionRecuse, "member", mine, by("m2"))
	d.do(ActionRecuse, "member", RecuseData{Member: "m9", Items: []string{"a2", "a3"}}, by("m9")) // absent: in no base of those present
	d.do(ActionClose, "chair", nil)
	rows := d.s.Results()
	require.Equal(t, Sum{Yes: 6, Recused: 1, Base: 10, Needed: 7}, rows[0].Sum, "who is barred stays in the base")
	require.Equal(t, Sum{Yes: 6, Recused: 2, Left: 2, Base: 8, Needed: 6, Met: true}, rows[1].Sum)
	require.Equal(t, Sum{Yes: 6, Recused: 2, Left: 1, Base: 7, Needed: 5, Met: true}, rows[2].Sum)
	require.Empty(t, in.Agenda[0].Recused, "the input that started the session is left as it was")
}

// TestRecusalAfterTheBallot: what nobody can find again is not taken back.
func TestRecusalAfterTheBallot(t *testing.T) {
	t.Parallel()
	d := opened(t, input(4, secretRule), 4)
	d.do(ActionRecuse, "member", RecuseData{Member: "m2", Items: []string{"a1"}}, by("m2"))
	count := paperCount(d.s.in, 4, 4, 0, 3, 0, 0, 1)
	d.refuse(envelope.CodeData, ActionCountPaper, "member", paperCount(d.s.in, 4, 4, 0, 4, 0, 0, 0), by("m3"))
	d.do(ActionCountPaper, "member", count, by("m3"))
	d.refuse(envelope.CodeStage, ActionRecuse, "member", RecuseData{Member: "m3", Items: []string{"a1"}}, by("m3"))
	d.do(ActionCountPaper, "member", count, by("m4"))
	d.refuse(envelope.CodeStage, ActionRecuse, "member", RecuseData{Member: "m3", Items: []string{"a1"}}, by("m3"))

	in := input(4, openRule)
	o := in
	o.Agenda[0].Recused, o.Rules = []string{"m3"}, []Rule{func() Rule { r := openRule; r.Recusal = RecusalLeaves; return r }()}
	require.Equal(t, Outlook{Base: 3, Needed: 3, Entitled: 3, Possible: true}, o.Outlook(0, nil))
}
