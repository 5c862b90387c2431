package council

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// electronic is a session of n members whose secret ballots are sealed.
func electronic(n int, rules ...Rule) Input {
	in := input(n, rules...)
	in.Electronic = true
	return in
}

func key(c string) KeyData      { return KeyData{Public: "04" + strings.Repeat(c, 128)} }
func digestOf(n int) string     { return fmt.Sprintf("%064x", n) }
func sealedBy(i int) SealedData { return SealedData{Member: member(i), Digest: digestOf(i)} }
func (d *driver) put(i int) Transition {
	d.t.Helper()
	return d.do(ActionCastSealed, "member", sealedBy(i), by(member(i)))
}

// keyedAndOpened has both shares made and the first n members present.
func keyedAndOpened(t testing.TB, in Input, n int) *driver {
	d := convene(t, in)
	d.do(ActionBallotKey, "chair", key("a"))
	d.do(ActionBallotKey, "secretary", key("b"))
	d.do(ActionOpen, "chair", OpenData{Present: members(1, n)})
	return d
}

// TestSealedBallots: from both shares to a closed session, with what is refused on
// the way.
func TestSealedBallots(t *testing.T) {
	t.Parallel()
	in := electronic(5, secretRule, openRule, secretRule)
	in.Agenda[2].Recused = []string{"m2"}
	d := convene(t, in)
	d.refuse(envelope.CodeStage, ActionOpen, "chair", OpenData{Present: members(1, 4)}) // no keys yet
	d.refuse(envelope.CodeData, ActionBallotKey, "chair", KeyData{Public: "04ab"})
	d.refuse(envelope.CodeRole, ActionBallotKey, "member", key("a"))
	d.refuse(envelope.CodeRole, ActionBallotKey, "chair", key("a"), by("m2"))
	d.do(ActionBallotKey, "chair", key("c"))
	d.refuse(envelope.CodeSeparation, ActionBallotKey, "secretary", key("b"), by("m1"))
	d.refuse(envelope.CodeSeparation, ActionBallotKey, "secretary", key("c"))
	d.do(ActionBallotKey, "secretary", key("b"))
	d.do(ActionBallotKey, "chair", key("a")) // the first was lost
	d.do(ActionOpen, "chair", OpenData{Present: members(1, 4)})
	d.refuse(envelope.CodeStage, ActionBallotKey, "chair", key("d"))

	d.refuse(envelope.CodeStage, ActionCountPaper, "member", paperCount(in, 4, 4, 0, 4, 0, 0, 0))
	d.refuse(envelope.CodeRole, ActionCastSealed, "member", sealedBy(3), by("m2"))
	d.refuse(envelope.CodeRole, ActionCastSealed, "secretary", sealedBy(3))
	d.refuse(envelope.CodeRole, ActionCastSealed, "member", sealedBy(5), by("m5")) // not present
	d.refuse(envelope.CodeData, ActionCastSealed, "member", SealedData{Member: "m2", Digest: "yy"}, by("m2"))
	got := d.put(2)
	require.Equal(t, "m2", got.Voter)
	require.Empty(t, got.Member, "it is no open ballot")
	d.refuse(envelope.CodeReplayed, ActionCastSealed, "member", SealedData{Member: "m2", Digest: digestOf(9)}, by("m2"))
	d.refuse(envelope.CodeData, ActionCastSealed, "member", SealedData{Member: "m3", Digest: digestOf(2)}, by("m3"))
	d.put(3)
	d.do(ActionCastSealed, "member", SealedData{Member: "m5", Digest: digestOf(5), Written: true}, by("m5"))
	d.vote("m2", "-y-")

	rows := func(one, three string) SealedCount {
		return SealedCount{Root: Root(in.Case, []string{digestOf(5), digestOf(3), digestOf(2)}), Rows: []SealedRow{{"a1", one}, {"a3", three}}}
	}
	d.refuse(envelope.CodeStage, ActionCountSealed, "chair", rows("yyy", "yn"))
	d.refuse(envelope.CodeRole, ActionFreeze, "chair", nil, by("m2"))
	boxed := d.do(ActionFreeze, "chair", nil)
	require.Equal(t, 3, boxed.Boxed)
	require.Equal(t, rows("", "").Root, boxed.Root)
	d.refuse(envelope.CodeReplayed, ActionFreeze, "chair", nil)
	d.refuse(envelope.CodeStage, ActionCastSealed, "member", sealedBy(4), by("m4")) // too late

	d.refuse(envelope.CodeStage, ActionAttest, "secretary", AttestData{Root: boxed.Root})
	d.refuse(envelope.CodeRole, ActionCountSealed, "secretary", rows("yyy", "yn"))
	d.refuse(envelope.CodeData, ActionCountSealed, "chair", rows("yy", "yn"))   // a vote less
	d.refuse(envelope.CodeData, ActionCountSealed, "chair", rows("yyy", "ynn")) // a vote of who was barred
	d.refuse(envelope.CodeData, ActionCountSealed, "chair", rows("yyz", "yn"))
	d.refuse(envelope.CodeItem, ActionCountSealed, "chair", SealedCount{Root: boxed.Root, Rows: []SealedRow{{"a3", "yn"}, {"a1", "yyy"}}})
	d.refuse(envelope.CodeData, ActionCountSealed, "chair", SealedCount{Root: digestOf(1), Rows: rows("yyy", "yn").Rows})
	count := rows("yxy", "yn")
	d.do(ActionCountSealed, "chair", count)
	d.refuse(envelope.CodeReplayed, ActionCountSealed, "chair", count)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil) // not attested
	word := AttestData{Root: boxed.Root, Rows: RowsDigest(count.Rows)}
	d.refuse(envelope.CodeRole, ActionAttest, "secretary", word, by("m3"))
	d.refuse(envelope.CodeData, ActionAttest, "secretary", AttestData{Root: boxed.Root, Rows: digestOf(1)})
	d.do(ActionAttest, "secretary", word)
	d.refuse(envelope.CodeReplayed, ActionAttest, "secretary", word)
	closed := d.do(ActionClose, "chair", nil)
	require.Equal(t, Sum{Yes: 2, Invalid: 1, Written: 1, Base: 5, Needed: 5}, closed.Results[0].Sum)
	require.Equal(t, Sum{Yes: 1, No: 1, Written: 1, Recused: 1, Base: 5, Needed: 5}, closed.Results[2].Sum)
	require.Equal(t, 1, closed.Results[1].Sum.Yes)
	for _, step := range d.s.history {
		require.NotContains(t, string(raw(step)), "yxy", "a transition carries digests only")
	}
}

// TestPaperKeepsItsWay: a session that does not say electronic takes no sealed ballots.
func TestPaperKeepsItsWay(t *testing.T) {
	t.Parallel()
	d := convene(t, input(5, secretRule))
	d.refuse(envelope.CodeStage, ActionBallotKey, "chair", key("a"))
	d.do(ActionOpen, "chair", OpenData{Present: members(1, 5)})
	d.refuse(envelope.CodeStage, ActionCastSealed, "member", sealedBy(2), by("m2"))
	for _, action := range []string{ActionFreeze, ActionCountSealed} {
		d.refuse(envelope.CodeStage, action, "chair", nil)
	}
	d.refuse(envelope.CodeStage, ActionAttest, "secretary", nil)
}

// TestConsultationBySealedBallots: everybody answers in writing, sealed; the box is
// closed once all have answered.
func TestConsultationBySealedBallots(t *testing.T) {
	t.Parallel()
	rule := secretRule
	rule.Consult = true
	in := electronic(3, rule)
	in.Mode, in.Until = ModeWritten, start.AddDate(0, 0, 3)
	d := keyedAndOpened(t, in, 0)
	for i := 1; i <= 3; i++ {
		d.refuse(envelope.CodeStage, ActionFreeze, "chair", nil)
		d.do(ActionCastSealed, "member", SealedData{Member: member(i), Digest: digestOf(i), Written: true}, by(member(i)))
	}
	root := d.do(ActionFreeze, "chair", nil).Root
	count := SealedCount{Root: root, Rows: []SealedRow{{"a1", "yyy"}}}
	d.do(ActionCountSealed, "chair", count)
	d.do(ActionAttest, "secretary", AttestData{Root: root, Rows: RowsDigest(count.Rows)})
	require.True(t, d.do(ActionClose, "chair", nil).Results[0].Passed)
}

// TestSealedMajorities: for every roster from 1 to 100 and every count, a naive count
// of the published letters says the same.
func TestSealedMajorities(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 100; n++ {
		for _, yes := range []int{0, n / 2, n * 9 / 10, (n*9 + 9) / 10, n} {
			in := electronic(n, secretRule)
			d := keyedAndOpened(t, in, n)
			for i := 1; i <= n; i++ {
				d.put(i)
			}
			root := d.do(ActionFreeze, "chair", nil).Root
			count := SealedCount{Root: root, Rows: []SealedRow{{"a1", strings.Repeat("y", yes) + strings.Repeat("n", n-yes)}}}
			d.do(ActionCountSealed, "chair", count)
			d.do(ActionAttest, "secretary", AttestData{Root: root, Rows: RowsDigest(count.Rows)})
			got := d.do(ActionClose, "chair", nil).Results[0]
			require.Equal(t, 10*yes >= 9*n, got.Passed, "%d of %d", yes, n)
		}
	}
}

func recorded() Record {
	r := Record{Case: "council/s1", Ballots: []string{digestOf(1), digestOf(2), digestOf(3)}}
	r.Root = Root(r.Case, r.Ballots)
	r.Items = []RecordItem{{
		SealedRow: SealedRow{"a1", "yny"}, Rule: Rule{Base: BaseAll, Threshold: Fraction{2, 3}},
		Sum: &Sum{Yes: 2, No: 1, Base: 3, Needed: 2, Met: true}, Passed: true,
	}}
	r.Rows = RowsDigest([]SealedRow{r.Items[0].SealedRow})
	return r
}

// TestRecount: a whole record holds; whatever is changed in it is named.
func TestRecount(t *testing.T) {
	t.Parallel()
	require.NoError(t, Recount(recorded(), ""))
	require.NoError(t, Recount(recorded(), " "+strings.ToUpper(digestOf(2))+"\n"))
	require.ErrorContains(t, Recount(recorded(), digestOf(9)), "receipt")
	for name, change := range map[string]func(*Record){
		"committed set":  func(r *Record) { r.Ballots[0] = digestOf(7) },
		"twice":          func(r *Record) { r.Ballots[1] = r.Ballots[0]; r.Root = Root(r.Case, r.Ballots) },
		"sorted":         func(r *Record) { slices.Reverse(r.Ballots) },
		"can be read":    func(r *Record) { r.Items[0].Votes = "y?y" },
		"from 3 ballots": func(r *Record) { r.Items[0].Votes = "ynyy" },
		"against":        func(r *Record) { r.Items[0].Votes = "yyy" },
		"attested":       func(r *Record) { r.Items[0].Votes = "yyn" },
		"that is stated": func(r *Record) { r.Items[0].Passed = false },
		"with 3 needed":  func(r *Record) { r.Items[0].Rule.Threshold = Fraction{9, 10} },
	} {
		r := recorded()
		change(&r)
		require.ErrorContains(t, Recount(r, ""), name)
	}
}

func TestNumbersMayGiveTheSecretAway(t *testing.T) {
	t.Parallel()
	for votes, want := range map[string]string{
		"": "", "y": TellsAll, "yyyy": TellsAll, "nnn": TellsAll, "aa": TellsAll, "yn": TellsFew, "yyn": "", "yyyyn": "",
	} {
		require.Equal(t, want, GivesAway(votes), votes)
	}
}
