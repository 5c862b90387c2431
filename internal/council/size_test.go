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
