package council

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

func TestPaperCountNeedsTwoPeople(t *testing.T) {
	t.Parallel()
	in := input(11, secretRule)
	count := paperCount(in, 11, 10, 0, 9, 1, 0, 0)
	d := opened(t, in, 10)
	d.refuse(envelope.CodeRole, ActionCountPaper, "clerk", count)
	d.do(ActionCountPaper, "member", count, by("m2"), on("m4"))
	d.refuse(envelope.CodeSeparation, ActionCountPaper, "member", count, by("m2"))
	d.refuse(envelope.CodeSeparation, ActionCountPaper, "secretary", count, by("m2"))
	d.refuse(envelope.CodeSeparation, ActionCountPaper, "member", count, by("m4"))
	d.refuse(envelope.CodeSeparation, ActionCountPaper, "member", count, by("m3"), on("m2"))
	d.do(ActionCountPaper, "member", count, by("m3"))
	d.refuse(envelope.CodeReplayed, ActionCountPaper, "member", count, by("m5"))
	row := d.do(ActionClose, "chair", nil).Results[0]
	require.Equal(t, Sum{Yes: 9, No: 1, Base: 11, Needed: 10}, row.Sum, "nine of eleven are not nine in ten")
}

func TestPaperCountsThatDiffer(t *testing.T) {
	t.Parallel()
	in := input(11, secretRule)
	right, wrong := paperCount(in, 11, 11, 0, 10, 1, 0, 0), paperCount(in, 11, 11, 0, 9, 2, 0, 0)
	d := opened(t, in, 11)
	d.do(ActionCountPaper, "member", right, by("m2"))
	got := d.do(ActionCountPaper, "member", wrong, by("m3"))
	require.Zero(t, got.Entry, "both are thrown out, on record")
	require.False(t, got.Agrees)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	require.Equal(t, 1, d.do(ActionCountPaper, "member", right, by("m3")).Entry, "the count starts again")
	require.True(t, d.do(ActionCountPaper, "member", right, by("m2")).Agrees)
	require.True(t, d.do(ActionClose, "chair", nil).Results[0].Passed)
}

func TestPaperCountThatCannotBe(t *testing.T) {
	t.Parallel()
	noWriting := secretRule
	noWriting.Absent = AbsentNone
	in := input(11, secretRule, openRule, noWriting)
	in.Agenda[0].Recused = []string{"m2", "m2", "stranger"}
	good := func() PaperData {
		p := paperCount(in, 11, 10, 1, 9, 0, 0, 1)
		return p
	}
	tests := []struct {
		name string
		code string
		make func(*PaperData)
	}{
		{"fine", "", func(*PaperData) {}},
		{"more taken in than given out", envelope.CodeData, func(p *PaperData) { p.Issued = 9 }},
		{"more given out than members", envelope.CodeData, func(p *PaperData) { p.Issued = 12 }},
		{"more written than taken in", envelope.CodeData, func(p *PaperData) { p.Written = 11 }},
		{"more written than absent", envelope.CodeData, func(p *PaperData) { p.Written = 3 }},
		{"more than present", envelope.CodeData, func(p *PaperData) { p.Written = 0 }},
		{"written below nought", envelope.CodeData, func(p *PaperData) { p.Written = -1 }},
		{"does not add up", envelope.CodeData, func(p *PaperData) { p.Items[1].Yes-- }},
		{"below nought", envelope.CodeData, func(p *PaperData) { p.Items[0].Yes, p.Items[0].No = 11, -2 }},
		{"an overflow that adds up", envelope.CodeData, func(p *PaperData) {
			p.Items[0] = PaperItem{Item: "a1", Yes: math.MaxInt, No: math.MaxInt, Abstain: 2, Invalid: 10}
		}},
		{"a recused member's vote", envelope.CodeData, func(p *PaperData) {
			p.Collected, p.Written = 11, 2
			p.Items[0] = PaperItem{Item: "a1", Yes: 11}
			p.Items[1] = PaperItem{Item: "a3", Yes: 9, Invalid: 2}
		}},
		{"a written vote where the rule takes none", envelope.CodeData, func(p *PaperData) {
			p.Items[1] = PaperItem{Item: "a3", Yes: 10}
		}},
		{"an item missing", envelope.CodeData, func(p *PaperData) { p.Items = p.Items[:1] }},
		{"no items", envelope.CodeData, func(p *PaperData) { p.Items = nil }},
		{"an open item", envelope.CodeData, func(p *PaperData) { p.Items = append(p.Items, PaperItem{Item: "a2", Yes: 10}) }},
		{"out of order", envelope.CodeItem, func(p *PaperData) { p.Items[0], p.Items[1] = p.Items[1], p.Items[0] }},
		{"one twice", envelope.CodeItem, func(p *PaperData) { p.Items[1] = p.Items[0] }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := opened(t, in, 9)
			p := good()
			tt.make(&p)
			if tt.code != "" {
				d.refuse(tt.code, ActionCountPaper, "member", p, by("m3"))
				return
			}
			d.do(ActionCountPaper, "member", p, by("m3"))
			d.do(ActionCountPaper, "secretary", p)
			rows := d.do(ActionClose, "chair", nil).Results
			require.Equal(t, Sum{Yes: 9, Invalid: 1, Written: 1, Recused: 1, Base: 11, Needed: 10}, rows[0].Sum)
			require.Equal(t, Sum{Yes: 9, Invalid: 1, Base: 11, Needed: 10}, rows[2].Sum, "no written votes by this rule")
		})
	}
}

func TestNoPaperWithoutASecretItem(t *testing.T) {
	t.Parallel()
	d := opened(t, input(3, openRule), 3)
	d.refuse(envelope.CodeData, ActionCountPaper, "member", PaperData{Issued: 3, Collected: 3}, by("m2"))
}

func TestSecretByMembersPresent(t *testing.T) {
	t.Parallel()
	r := secretRule
	r.Base = BasePresent
	in := input(12, r)
	d := opened(t, in, 8)
	count := paperCount(in, 10, 10, 2, 9, 0, 1, 0)
	d.do(ActionCountPaper, "member", count, by("m2"))
	d.do(ActionCountPaper, "member", count, by("m3"))
	row := d.do(ActionClose, "chair", nil).Results[0]
	require.Equal(t, Sum{Yes: 9, Abstain: 1, Written: 2, Base: 10, Needed: 9, Met: true}, row.Sum)
}
