package council

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// many is a session of ten over one item per entry of yes, of which so many members
// are in favour, under quotas. All have voted.
func many(t *testing.T, yes []int, cuts ...Cut) *driver {
	t.Helper()
	in := input(10, openRule)
	in.Agenda = nil
	for i := range yes {
		in.Agenda = append(in.Agenda, AgendaItem{ID: "a" + string(rune('1'+i)), Case: "commendation/p1"})
	}
	in.Cuts = cuts
	d := opened(t, in, 10)
	for m := range 10 {
		var choices strings.Builder
		for _, n := range yes {
			choices.WriteByte("ny"[min(1, max(0, n-m))])
		}
		d.vote(member(m+1), choices.String())
	}
	return d
}

func passed(rows []ResultRow) (out []string) {
	for _, r := range rows {
		if r.Passed {
			out = append(out, r.Item)
		}
	}
	return out
}

func limited(limit int, items ...string) Cut { return Cut{Code: "Q", Limit: limit, Items: items} }

// TestAQuotaCutsByVotes: most votes first; who is beyond got the majority and does not
// pass, and everybody's place is told. What the quota does not count is left alone.
func TestAQuotaCutsByVotes(t *testing.T) {
	t.Parallel()
	took := many(t, []int{7, 10, 8, 5, 9}, limited(2, "a1", "a2", "a3", "a4")).do(ActionClose, "chair", nil)
	require.Equal(t, PhaseClosed, took.Phase)
	require.Equal(t, []string{"a2", "a3", "a5"}, passed(took.Results))
	require.Equal(t, &Place{Rank: 3, Beyond: true}, took.Results[0].Place)
	require.True(t, took.Results[0].Sum.Met)
	require.Equal(t, &Place{Rank: 1}, took.Results[1].Place)
	require.Nil(t, took.Results[3].Place, "it has no majority")
	require.Nil(t, took.Results[4].Place)

	enough := many(t, []int{7, 10}, limited(2, "a1", "a2")).do(ActionClose, "chair", nil)
	require.Nil(t, enough.Results[0].Place)
	none := limited(0, "a1", "a2")
	none.Defer = true
	took = many(t, []int{7, 7}, none).do(ActionClose, "chair", nil)
	require.Equal(t, PhaseClosed, took.Phase, "nobody fits: there is nothing to settle")
	require.Equal(t, &Place{Rank: 2, Beyond: true, Defer: true}, took.Results[1].Place)
}

// TestTheCouncilSettlesEqualVotes: equal votes across the number leave the session open;
// the secretary enters the Council's order, and the chair's closing consents to it.
func TestTheCouncilSettlesEqualVotes(t *testing.T) {
	t.Parallel()
	d := many(t, []int{8, 10, 8, 8, 7}, limited(2, "a1", "a2", "a3", "a4", "a5"))
	d.refuse(envelope.CodeStage, ActionPriority, "secretary", PriorityData{Items: []string{"a1"}, Reason: "r"})
	took := d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseOpen, took.Phase)
	require.Empty(t, took.Results)
	require.Equal(t, 1, took.Change.Tied.Free)
	require.Equal(t, []string{"a1", "a3", "a4"}, passed(took.Change.Tied.Rows))

	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.refuse(envelope.CodeStage, ActionCast, "member", CastData{Member: "m1", Choices: "-----"}, by("m1"))
	d.refuse(envelope.CodeStage, ActionRecuse, "member", RecuseData{Member: "m1", Items: []string{"a1"}}, by("m1"))
	d.refuse(envelope.CodeRole, ActionPriority, "member", PriorityData{Items: []string{"a1", "a3", "a4"}, Reason: "r"}, by("m2"))
	for _, wrong := range []PriorityData{
		{Items: []string{"a1", "a3"}, Reason: "r"}, {Items: []string{"a1", "a3", "a4"}}, {Cut: 1, Items: []string{"a1", "a3", "a4"}, Reason: "r"},
	} {
		d.refuse(envelope.CodeData, ActionPriority, "secretary", wrong)
	}
	for _, wrong := range [][]string{{"a1", "a3", "a3"}, {"a1", "a3", "a5"}} {
		d.refuse(envelope.CodeItem, ActionPriority, "secretary", PriorityData{Items: wrong, Reason: "r"})
	}
	d.do(ActionPriority, "secretary", PriorityData{Items: []string{"a1", "a3", "a4"}, Reason: "r"})
	took = d.do(ActionPriority, "secretary", PriorityData{Items: []string{"a4", "a1", "a3"}, Reason: "why"})
	require.Equal(t, "why", took.LastNote)
	old := d.act(ActionClose, "chair", nil)
	old.Act.Number-- // the chair saw another order
	_, err := d.apply(old)
	require.Equal(t, envelope.CodeNumber, envelope.CodeOf(err))
	took = d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseClosed, took.Phase)
	require.Equal(t, []string{"a2", "a4"}, passed(took.Results))
	ranks := []int{}
	for _, r := range took.Results {
		ranks = append(ranks, r.Place.Rank)
	}
	require.Equal(t, []int{3, 1, 4, 2, 5}, ranks)
}

// TestOrdersOfTheRule: by the share of an item's own base, or by the Council alone.
func TestOrdersOfTheRule(t *testing.T) {
	t.Parallel()
	c := limited(1, "a1", "a2")
	c.Order = OrderCouncil
	d := many(t, []int{10, 7}, c)
	require.Len(t, d.do(ActionClose, "chair", nil).Change.Tied.Rows, 2)
	d.do(ActionPriority, "chair", PriorityData{Items: []string{"a2", "a1"}, Reason: "r"})
	require.Equal(t, []string{"a2"}, passed(d.do(ActionClose, "chair", nil).Results))

	whole, part := Sum{Yes: 8, Base: 10}, Sum{Yes: 8, Base: 9}
	require.Zero(t, OrderVotes.compare(whole, part))
	require.Positive(t, OrderShare.compare(whole, part))
}

// TestQuotasOneAfterTheOther: who is beyond one quota takes no place of the next, and
// each tie is settled in its turn.
func TestQuotasOneAfterTheOther(t *testing.T) {
	t.Parallel()
	d := many(t, []int{9, 9, 8, 8}, limited(1, "a1", "a2"), limited(2, "a1", "a2", "a3", "a4"))
	require.Equal(t, 0, d.do(ActionClose, "chair", nil).Change.Tied.Cut)
	d.do(ActionPriority, "secretary", PriorityData{Items: []string{"a2", "a1"}, Reason: "r"})
	took := d.do(ActionClose, "chair", nil)
	require.Equal(t, PhaseOpen, took.Phase)
	require.Equal(t, 1, took.Change.Tied.Cut)
	d.refuse(envelope.CodeStage, ActionClose, "chair", nil)
	d.do(ActionPriority, "secretary", PriorityData{Cut: 1, Items: []string{"a4", "a3"}, Reason: "r"})
	rows := d.do(ActionClose, "chair", nil).Results
	require.Equal(t, []string{"a2", "a4"}, passed(rows))
	require.Equal(t, &Place{Rank: 2, Beyond: true}, rows[0].Place)
}

// TestCutsAgainstVotes: over random votes, as many pass as the quota allows, and nobody
// beyond it has more votes than anybody within it.
func TestCutsAgainstVotes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 49))
	for range 300 {
		yes, ids := make([]int, 1+r.IntN(8)), []string{}
		majority := 0
		for i := range yes {
			yes[i] = 5 + r.IntN(6)
			ids = append(ids, "a"+string(rune('1'+i)))
			if yes[i] >= 7 {
				majority++
			}
		}
		limit := r.IntN(len(yes) + 1)
		d := many(t, yes, limited(limit, ids...))
		took := d.do(ActionClose, "chair", nil)
		if tied := took.Change; tied != nil {
			require.Less(t, tied.Tied.Free, len(tied.Tied.Rows))
			order := passed(tied.Tied.Rows)
			slices.Reverse(order)
			d.do(ActionPriority, "secretary", PriorityData{Items: order, Reason: "r"})
			took = d.do(ActionClose, "chair", nil)
		}
		require.Len(t, passed(took.Results), min(majority, limit))
		for _, in := range took.Results {
			for _, out := range took.Results {
				if in.Passed && out.Place != nil && out.Place.Beyond {
					require.GreaterOrEqual(t, in.Sum.Yes, out.Sum.Yes)
				}
			}
		}
	}
}

// TestBrokenCutsAreRefused: a session does not begin under a quota that counts nothing
// of its own agenda.
func TestBrokenCutsAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []Cut{limited(1, "b1"), limited(1, "a1", "a1"), limited(-1, "a1"), {Items: []string{"a1"}}, {Code: "Q", Order: "luck"}} {
		in := input(3, openRule)
		in.Cuts = []Cut{c}
		require.Error(t, in.check(), "%+v", c)
	}
}
