package council

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

var start = time.Date(2023, 11, 27, 1, 0, 0, 0, time.UTC)

var (
	openRule = Rule{
		Mode: ModeMeeting, Base: BaseAll, Threshold: Fraction{7, 10}, Ballot: BallotOpen, Absent: AbsentWritten, Quorum: Fraction{2, 3},
	}
	secretRule = Rule{
		Mode: ModeMeeting, Base: BaseAll, Threshold: Fraction{9, 10}, Ballot: BallotSecret, Absent: AbsentWritten, Quorum: Fraction{2, 3},
	}
)

// seats makes a roster of n: m1, the chair, to mn.
func seats(n int) []Seat {
	var out []Seat
	for i := 1; i <= n; i++ {
		out = append(out, Seat{Person: member(i), Chair: i == 1})
	}
	return out
}

func member(i int) string { return fmt.Sprint("m", i) }

func members(from, to int) []string {
	var out []string
	for i := from; i <= to; i++ {
		out = append(out, member(i))
	}
	return out
}

// input is a session of n members over one item per rule, a1, a2, …
func input(n int, rules ...Rule) Input {
	in := Input{Case: "council/s1", Session: "s1", Unit: "u-council", Roster: seats(n), Rules: rules, Content: "c1"}
	for i := range rules {
		in.Agenda = append(in.Agenda, AgendaItem{ID: fmt.Sprint("a", i+1), Case: fmt.Sprint("commendation/p", i+1), Rule: i})
	}
	return in
}

// driver is one session and the hand that drives it.
type driver struct {
	t     testing.TB
	s     *Session
	nonce int
	now   time.Time
	acts  []envelope.Opened
	times []time.Time
}

type mod func(*envelope.Opened)

func by(person string) mod { return func(o *envelope.Opened) { o.Act.Actor = person } }
func on(person string) mod { return func(o *envelope.Opened) { o.Act.OnBehalfOf = person } }

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func (d *driver) act(action, role string, data any, mods ...mod) envelope.Opened {
	d.nonce++
	d.now = d.now.Add(time.Second)
	o := envelope.Opened{Key: envelope.Key{ID: "k-app", Purpose: envelope.PurposeApp}, Digest: fmt.Sprint("d", d.nonce)}
	o.Act = envelope.Act{
		Nonce: fmt.Sprint("n", d.nonce), Actor: "p-" + role, Role: role, Unit: "u-council", Case: "council/s1", Action: action,
		Data: raw(data), IssuedAt: d.now.Unix(), Expires: d.now.Add(10 * time.Minute).Unix(), Number: 1,
	}
	if role == "chair" {
		o.Act.Actor = "m1"
	}
	if d.s != nil {
		o.Act.Number = d.s.number + 1
	}
	for _, m := range mods {
		m(&o)
	}
	return o
}

func convene(t testing.TB, in Input) *driver {
	d := &driver{t: t, now: start}
	o := d.act(ActionConvene, "secretary", ConveneData{Content: in.Content})
	s, err := New(in, o, d.now)
	require.NoError(t, err)
	d.s, d.acts, d.times = s, append(d.acts, o), append(d.times, d.now)
	return d
}

// opened convenes and opens with the first n members present.
func opened(t testing.TB, in Input, n int) *driver {
	d := convene(t, in)
	d.do(ActionOpen, "chair", OpenData{Present: members(1, n)})
	return d
}

func (d *driver) apply(o envelope.Opened) (Transition, error) {
	t, err := d.s.Apply(o, d.now)
	if err == nil {
		d.acts, d.times = append(d.acts, o), append(d.times, d.now)
	}
	return t, err
}

func (d *driver) do(action, role string, data any, mods ...mod) Transition {
	d.t.Helper()
	t, err := d.apply(d.act(action, role, data, mods...))
	require.NoError(d.t, err, "%s by %s", action, role)
	return t
}

func (d *driver) refuse(code, action, role string, data any, mods ...mod) {
	d.t.Helper()
	o := d.act(action, role, data, mods...)
	before := snapshot(d.s)
	require.Equal(d.t, code, envelope.CodeOf(d.s.Check(o, d.now)), "%s by %s", action, role)
	_, err := d.s.Apply(o, d.now)
	require.Equal(d.t, code, envelope.CodeOf(err), "%s by %s: %v", action, role, err)
	require.Equal(d.t, before, snapshot(d.s), "a refused act changed the session")
}

// vote casts a member's own ballot.
func (d *driver) vote(m, choices string) Transition {
	d.t.Helper()
	return d.do(ActionCast, "member", CastData{Member: m, Choices: choices}, by(m))
}

func snapshot(s *Session) string {
	ballots := map[string]string{}
	for m, b := range s.ballots {
		ballots[m] = fmt.Sprintf("%+v", b)
	}
	return string(raw(map[string]any{
		"in": s.in, "phase": s.phase, "number": s.number, "present": s.present, "ballots": ballots,
		"first": fmt.Sprintf("%+v", s.first), "counted": s.counted, "spent": s.spent, "history": s.history, "results": s.results,
		"secret": fmt.Sprint(s.keys, s.sealed, s.frozen, s.opened, s.attested),
	}))
}

// paperCount is a count of the secret items of in: the same figures for each.
func paperCount(in Input, issued, collected, written, yes, no, abstain, invalid int) PaperData {
	p := PaperData{Issued: issued, Collected: collected, Written: written}
	for _, it := range in.Agenda {
		if in.Rules[it.Rule].Ballot == BallotSecret {
			p.Items = append(p.Items, PaperItem{Item: it.ID, Yes: yes, No: no, Abstain: abstain, Invalid: invalid})
		}
	}
	return p
}
