package workflows_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/workflows"
)

// meeting drives one session of the Council: five members, m1 in the chair.
type meeting struct {
	*desk
	in        council.Input
	last      council.Transition
	mu        sync.Mutex
	sealed    []workflows.SealCouncilInput
	delivered []workflows.Sealed
	rounds    []workflows.Delivery // what deliver answers, in order
	down      int                  // how many more times sealing fails
	told      time.Time            // when deliver answered last
}

func newMeeting(t *testing.T, ballot council.BallotKind) *meeting {
	m := &meeting{desk: newDesk(t, workflows.CouncilID("s1"))}
	rule := council.Rule{
		Mode: council.ModeMeeting, Base: council.BaseAll, Threshold: council.Fraction{Num: 2, Den: 3}, Ballot: ballot,
		Absent: council.AbsentWritten, Quorum: council.Fraction{Num: 2, Den: 3},
	}
	m.in = council.Input{Case: m.id, Session: "s1", Unit: province, Rules: []council.Rule{rule}, Content: "agenda"}
	for _, p := range []string{"m1", "m2", "m3", "m4", "m5"} {
		m.in.Roster = append(m.in.Roster, council.Seat{Person: p, Chair: p == "m1"})
	}
	for _, id := range []string{"a1", "a2"} {
		m.in.Agenda = append(m.in.Agenda, council.AgendaItem{ID: id, Case: workflows.CommendationID("p-" + id)})
	}
	m.in.Convene = m.sign(envelope.PurposeApp, m.act(council.ActionConvene, "sec", "secretary", province, council.ConveneData{Content: "agenda"}))
	m.last.Number = 1
	m.activity(workflows.ActivitySealCouncil, m.seal)
	m.activity(workflows.ActivityDeliver, m.deliver)
	return m
}

func (m *meeting) seal(_ context.Context, in workflows.SealCouncilInput) (workflows.Sealed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down > 0 {
		m.down--
		return workflows.Sealed{}, errors.New("the database is away")
	}
	m.sealed = append(m.sealed, in)
	if len(m.rounds) == 0 {
		return workflows.Sealed{}, nil // every case has its result
	}
	return workflows.Sealed{Batch: "b" + string(rune('0'+in.Round)), Count: 2}, nil
}

func (m *meeting) deliver(_ context.Context, s workflows.Sealed) (workflows.Delivery, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.delivered, m.told = append(m.delivered, s), m.env.Now()
	d := m.rounds[0]
	m.rounds = m.rounds[1:]
	return d, nil
}

func (m *meeting) by(action, actor, role string, data any) envelope.Act {
	a := m.act(action, actor, role, province, data)
	a.Number = m.last.Number + 1
	return a
}

func (m *meeting) put(a envelope.Act) *answer {
	return m.update(a.Action, a.Nonce, m.sign(envelope.PurposeApp, a))
}

func (m *meeting) took(got **answer) {
	m.t.Helper()
	m.then(func() {
		m.t.Helper()
		var took council.Transition
		(*got).into(m.t, &took)
		m.last = took
	})
}

func (m *meeting) do(action, actor, role string, data any) {
	m.t.Helper()
	var got *answer
	m.then(func() { got = m.put(m.by(action, actor, role, data)) })
	m.took(&got)
}

// refused is a step whose act must be turned away.
func (m *meeting) refused(code, action, actor, role string, data any) {
	m.t.Helper()
	var got *answer
	m.then(func() { got = m.put(m.by(action, actor, role, data)) })
	m.then(func() { m.t.Helper(); got.refused(m.t, code) })
}

func (m *meeting) open(present ...string) {
	m.t.Helper()
	m.do(council.ActionOpen, "m1", "chair", council.OpenData{Present: present})
}

func (m *meeting) cast(member, choices string) {
	m.t.Helper()
	m.do(council.ActionCast, member, "member", council.CastData{Member: member, Choices: choices})
}

func (m *meeting) close() {
	m.t.Helper()
	m.do(council.ActionClose, "m1", "chair", nil)
}

func (m *meeting) meet() workflows.CouncilResult {
	m.t.Helper()
	m.run((&workflows.Council{Rings: m.rings}).Run, m.in)
	require.NoError(m.t, m.env.GetWorkflowError())
	var r workflows.CouncilResult
	require.NoError(m.t, m.env.GetWorkflowResult(&r))
	return r
}

// TestSession: convened, opened, every member votes by list at once, closed,
// sealed and delivered; an outage of the database delays and loses nothing.
func TestSession(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotOpen)
	m.down, m.rounds = 3, []workflows.Delivery{{Delivered: 2}}
	m.open("m1", "m2", "m3", "m4", "m5")
	var papers []*answer
	m.then(func() { // all at once: a ballot expects no number
		for i, s := range m.in.Roster {
			papers = append(papers, m.put(m.by(council.ActionCast, s.Person, "member",
				council.CastData{Member: s.Person, Choices: "y" + string("nnyyy"[i])})))
		}
	})
	m.then(func() {
		for i, p := range papers {
			var took council.Transition
			p.into(t, &took)
			require.Equal(t, 3+i, took.Number)
			m.last = took
		}
		require.Len(t, ask[[]council.Transition](m.desk, workflows.QueryTransitions, 2), 5)
	})
	m.close()
	r := m.meet()
	require.Equal(t, workflows.CouncilResult{
		Phase: council.PhaseClosed, Transitions: 8, Ballots: 5, Passed: 1, Delivery: workflows.Delivery{Delivered: 2},
	}, r)
	require.Len(t, m.sealed, 1)
	require.Equal(t, workflows.SealInput{Case: m.id, ID: "s1", Round: 1}, m.sealed[0].SealInput)
	require.True(t, m.sealed[0].Results[0].Passed)
	require.False(t, m.sealed[0].Results[1].Passed)
	require.Equal(t, 3, m.sealed[0].Results[1].Sum.Yes)
	require.Equal(t, []workflows.Sealed{{Batch: "b1", Count: 2}}, m.delivered)
}

func TestNothingToDeliver(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotOpen)
	m.open("m1", "m2", "m3", "m4")
	m.close()
	require.Zero(t, m.meet().Delivery)
	require.Len(t, m.sealed, 1)
	require.Empty(t, m.delivered)
}

func TestCancelledSessionDeliversNothing(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotOpen)
	m.open("m1", "m2", "m3", "m4")
	m.cast("m2", "yy")
	m.do(council.ActionCancel, "sec", "secretary", map[string]string{"reason": "fire drill"})
	r := m.meet()
	require.Equal(t, council.PhaseCancelled, r.Phase)
	require.Zero(t, r.Passed)
	require.Empty(t, m.sealed)
	require.Empty(t, m.delivered)
}

// TestRefusedBallots: too early, for another, twice, and after the close, while
// the result is still being delivered.
func TestRefusedBallots(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotOpen)
	m.rounds = []workflows.Delivery{{Delivered: 2}}
	own := council.CastData{Member: "m2", Choices: "yy"}
	m.refused(envelope.CodeStage, council.ActionCast, "m2", "member", own)
	m.open("m1", "m2", "m3", "m4")
	m.refused(envelope.CodeRole, council.ActionCast, "m3", "member", own)
	m.cast("m2", "yy")
	m.refused(envelope.CodeReplayed, council.ActionCast, "m2", "member", own)
	m.refused(envelope.CodeRole, council.ActionClose, "m2", "member", nil)
	m.down = 6 // half a minute without a database: the session is closed and not over
	var closing, late *answer
	m.then(func() { closing = m.put(m.by(council.ActionClose, "m1", "chair", nil)) })
	m.after(5*time.Second, func() {
		require.Equal(t, 1, closing.done)
		a := m.by(council.ActionCast, "m3", "member", council.CastData{Member: "m3", Choices: "yy"})
		late = m.put(a)
	})
	m.then(func() { late.refused(t, envelope.CodeClosed) })
	require.Equal(t, 1, m.meet().Ballots)
}

// TestSecretBallot: two people enter the paper count; only equal entries are
// taken, and without them the chair cannot close.
func TestSecretBallot(t *testing.T) {
	t.Parallel()
	m := newMeeting(t, council.BallotSecret)
	m.rounds = []workflows.Delivery{{Delivered: 2}}
	count := func(yes int) council.PaperData {
		d := council.PaperData{Issued: 4, Collected: 4}
		for _, it := range m.in.Agenda {
			d.Items = append(d.Items, council.PaperItem{Item: it.ID, Yes: yes, No: 4 - yes})
		}
		return d
	}
	m.open("m1", "m2", "m3", "m4")
	m.refused(envelope.CodeOwnCase, council.ActionCast, "m2", "member", council.CastData{Member: "m2", Choices: "yy"})
	m.refused(envelope.CodeStage, council.ActionClose, "m1", "chair", nil)
	m.do(council.ActionCountPaper, "m2", "member", count(4))
	m.refused(envelope.CodeSeparation, council.ActionCountPaper, "m2", "member", count(4))
	m.do(council.ActionCountPaper, "m3", "member", count(3)) // differs: both are thrown out
	m.then(func() { require.False(t, m.last.Agrees) })
	m.refused(envelope.CodeStage, council.ActionClose, "m1", "chair", nil)
	m.do(council.ActionCountPaper, "m2", "member", count(4))
	m.do(council.ActionCountPaper, "m3", "member", count(4))
	m.then(func() { require.True(t, m.last.Agrees) })
	m.close()
	r := m.meet()
	require.Equal(t, 2, r.Passed)
	require.Equal(t, 4, m.sealed[0].Results[0].Sum.Yes)
	for _, step := range ask[[]council.Transition](m.desk, workflows.QueryTransitions, 0) {
		require.NotContains(t, strings.ToLower(string(raw(t, step))), "choices", "a secret vote is in the history")
	}
}

func TestForgedConvening(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code  string
		forge func(*meeting)
	}{
		"other session":    {envelope.CodeCase, func(m *meeting) { m.in.Case = workflows.CouncilID("s2") }},
		"under another id": {envelope.CodeCase, func(m *meeting) { m.startAs(m.id + "-again") }},
		"other agenda":     {envelope.CodeData, func(m *meeting) { m.in.Content = "swapped" }},
		"unknown key": {envelope.CodeUnknownKey, func(m *meeting) {
			m.in.Convene = stranger(m.t, m.act(council.ActionConvene, "sec", "secretary", province, council.ConveneData{Content: "agenda"}))
		}},
		"two chairs": {envelope.CodeData, func(m *meeting) { m.in.Roster[1].Chair = true }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMeeting(t, council.BallotOpen)
			tc.forge(m)
			m.run((&workflows.Council{Rings: m.rings}).Run, m.in)
			require.Equal(t, tc.code, codeOf(m.env.GetWorkflowError()), "%v", m.env.GetWorkflowError())
		})
	}
}
