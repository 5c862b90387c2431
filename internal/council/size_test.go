package council

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// messageLimit is what a message of a session may weigh as JSON: Temporal ends a
// workflow whose answer weighs more than 2 MiB, and encryption and the rest of the
// message need room.
const messageLimit = 3 << 19 // 1.5 MiB

// large is a session of thirty over the largest agenda, every item of a case of
// its own, with ids as long as real ones.
func large(rule Rule) Input {
	in := input(30, rule)
	in.Agenda = nil
	for i := range MaxAgenda {
		it := AgendaItem{ID: uuid.NewString(), Case: "commendation/" + uuid.NewString()}
		if i%100 == 0 {
			it.Recused = []string{uuid.NewString()}
		}
		in.Agenda = append(in.Agenda, it)
	}
	return in
}

func weighs(t *testing.T, what string, v any) {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	t.Logf("%s: %d bytes", what, len(raw))
	require.Less(t, len(raw), messageLimit, what)
}

func TestTheLargestAgendaFitsIntoAMessage(t *testing.T) {
	t.Parallel()
	for name, rule := range map[string]Rule{"open": openRule, "secret": secretRule} {
		in := large(rule)
		weighs(t, name+" convening", in)
		s := &Session{in: in, phase: PhaseOpen, present: map[string]bool{}, ballots: map[string]ballot{}, spent: map[string]bool{}}
		papers := PaperData{Issued: 30, Collected: 30, Written: 10}
		for i, it := range in.Agenda {
			papers.Items = append(papers.Items, PaperItem{Item: it.ID, Yes: 10 + i%10, No: 20 - i%10})
		}
		weighs(t, name+" paper count", envelope.Act{Data: encoded(t, papers)})
		s.counted = &papers
		for i := range in.Roster { // every count has two digits where it can
			choices := make([]byte, len(in.Agenda))
			for k := range choices {
				choices[k] = "yna"[(i+k)%3]
			}
			s.ballots[in.Roster[i].Person] = ballot{choices: string(choices), written: i > 19}
		}
		closing, err := s.close(envelope.Act{Actor: member(1), Role: "chair"})
		require.NoError(t, err)
		var answer Transition
		closing(&answer)
		require.Len(t, answer.Results, MaxAgenda)
		weighs(t, name+" close answer", answer)
		weighs(t, name+" results to seal", answer.Results)
	}
}

// TestASecondBallotOnAllFitsIntoAMessage: at worst everything falls short, and the answers
// to both closings carry it all.
func TestASecondBallotOnAllFitsIntoAMessage(t *testing.T) {
	t.Parallel()
	again := openRule
	again.Second = Fraction{1, 3}
	in := large(again)
	s := &Session{in: in, phase: PhaseOpen, present: map[string]bool{}, ballots: map[string]ballot{}, spent: map[string]bool{}}
	for round := range 2 {
		for i := range in.Roster {
			s.ballots[in.Roster[i].Person] = ballot{choices: strings.Repeat("ynayyn"[i%6:i%6+1], len(in.Agenda)), written: i > 19}
		}
		closing, err := s.close(envelope.Act{Actor: member(1), Role: "chair"})
		require.NoError(t, err)
		var answer Transition
		closing(&answer)
		if round == 0 {
			require.Len(t, answer.Change.Second, MaxAgenda)
		} else {
			require.Len(t, answer.Results, MaxAgenda)
			require.NotNil(t, answer.Results[0].First)
		}
		weighs(t, fmt.Sprint("closing ballot ", round+1), answer)
	}
}

// TestTheWorstClosingFitsIntoAMessage: everything went to a second ballot, got its majority,
// and stands in an order of priority that the Council settled: each row carries both sums
// and its place, with every count that can stand beside the others.
func TestTheWorstClosingFitsIntoAMessage(t *testing.T) {
	t.Parallel()
	again := openRule
	again.Second, again.Threshold = Fraction{1, 100}, Fraction{10, 30}
	again.Recusal = RecusalLeaves
	in := large(again)
	cut := Cut{Code: "CSTDT-QUOTA", Limit: 2500, Order: OrderVotes, Defer: true}
	for i := range in.Agenda {
		in.Agenda[i].Recused = members(29, 30)
		cut.Items = append(cut.Items, in.Agenda[i].ID)
	}
	in.Cuts = []Cut{cut}
	s := &Session{in: in, phase: PhaseOpen, present: map[string]bool{}, ballots: map[string]ballot{}, spent: map[string]bool{}}
	for i := range in.Roster {
		s.present[in.Roster[i].Person] = i < 20
	}
	closes := func(yes int) (out Transition) {
		for i := range 28 { // three choices, all in two digits where they can be
			c := "a"
			if i < yes || i >= 27 {
				c = "y"
			} else if i < 18 {
				c = "n"
			}
			s.ballots[in.Roster[i].Person] = ballot{choices: strings.Repeat(c, len(in.Agenda)), written: i > 16}
		}
		closing, err := s.close(envelope.Act{Actor: member(1), Role: "chair"})
		require.NoError(t, err)
		closing(&out)
		return out
	}
	first := closes(7)
	require.Len(t, first.Change.Second, MaxAgenda)
	weighs(t, "the first closing", first)
	second := closes(14)
	require.NotNil(t, second.Change)
	require.Len(t, second.Change.Tied.Rows, MaxAgenda, "all equal: the Council settles them")
	weighs(t, "the second closing", second)
	order := PriorityData{Items: cut.Items, Reason: strings.Repeat("0", 64)}
	weighs(t, "the order of priority", envelope.Act{Data: encoded(t, order)})
	s.in = s.in.With(Change{Order: &order})
	last := closes(14)
	require.Len(t, last.Results, MaxAgenda)
	require.NotNil(t, last.Results[0].First)
	require.NotNil(t, last.Results[0].Place)
	weighs(t, "the last closing", last)
	weighs(t, "results to seal", last.Results)
	require.Contains(t, string(encoded(t, last)), `"results":[["`, "packed")
	for _, kept := range []Transition{first, second, last} {
		var read Transition
		require.NoError(t, json.Unmarshal(encoded(t, kept), &read))
		require.Equal(t, kept, read)
	}
}

func encoded(t *testing.T, v any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return raw
}

func TestALargerAgendaIsRefused(t *testing.T) {
	t.Parallel()
	in := large(openRule)
	require.NoError(t, in.check())
	in.Agenda = append(in.Agenda, AgendaItem{ID: "one more"})
	require.Equal(t, envelope.CodeData, envelope.CodeOf(in.check()))
}
