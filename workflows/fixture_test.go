package workflows_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"vinhdanh/internal/envelope"
	"vinhdanh/workflows"
)

// start is when the workflows of these tests begin; all persons, units and
// proposals below are invented.
var start = time.Date(2023, 11, 20, 1, 0, 0, 0, time.UTC)

const installation = "test-installation"

// desk holds the keys of an installation and drives one workflow in the SDK's
// test environment: each step runs a minute after the one before.
type desk struct {
	t       *testing.T
	env     *testsuite.TestWorkflowEnvironment
	id      string
	signers map[envelope.Purpose]*envelope.Signer
	ring    *envelope.Ring // what Rings gives; a test may replace it
	nonces  int
	at      time.Duration
}

func newDesk(t *testing.T, id string) *desk {
	d := &desk{t: t, id: id, signers: map[envelope.Purpose]*envelope.Signer{}, ring: &envelope.Ring{Installation: installation, Version: 1}}
	for _, p := range []envelope.Purpose{envelope.PurposeApp, envelope.PurposeSession, envelope.PurposeIssuance, "integration/school-portal"} {
		s, err := envelope.GenerateSigner(p)
		require.NoError(t, err)
		d.signers[p] = s
		d.ring.Keys = append(d.ring.Keys, s.Public())
	}
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	d.env = suite.NewTestWorkflowEnvironment()
	d.env.SetStartTime(start)
	d.startAs(id)
	return d
}

// startAs starts the workflow under an id, whatever its input says.
func (d *desk) startAs(id string) {
	d.env.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: id, TaskQueue: workflows.QueueCases})
}

// quiet drops the SDK's log: refusals are expected here.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

func (d *desk) rings() *envelope.Ring { return d.ring }

// revoked is the ring with the key of a purpose revoked.
func (d *desk) revoked(p envelope.Purpose) *envelope.Ring {
	when := start
	r := &envelope.Ring{Installation: d.ring.Installation, Version: d.ring.Version + 1}
	for _, k := range d.ring.Keys {
		if k.Purpose == p {
			k.Revoked, k.Reason = &when, "lost"
		}
		r.Keys = append(r.Keys, k)
	}
	return r
}

// activity registers what stands in for an activity.
func (d *desk) activity(name string, f any) {
	d.env.RegisterActivityWithOptions(f, activity.RegisterOptions{Name: name})
}

// then runs a step a minute after the one before.
func (d *desk) then(f func()) { d.after(time.Minute, f) }

func (d *desk) after(pause time.Duration, f func()) {
	d.at += pause
	d.env.RegisterDelayedCallback(f, d.at)
}

// now is the time on the test's clock.
func (d *desk) now() time.Time { return d.env.Now() }

// run executes the workflow and cancels it when the steps are over and it still waits.
func (d *desk) run(workflow, in any) {
	d.then(func() { d.env.CancelWorkflow() })
	d.env.ExecuteWorkflow(workflow, in)
	require.True(d.t, d.env.IsWorkflowCompleted())
}

// act fills what every act of these tests has.
func (d *desk) act(action, actor, role, unit string, data any) envelope.Act {
	d.nonces++
	now := start
	if d.at > 0 {
		now = d.now()
	}
	return envelope.Act{
		Installation: installation, Nonce: fmt.Sprintf("nonce-%d", d.nonces), Actor: actor, Role: role, Unit: unit,
		SignedIn: "password", Case: d.id, Number: 1, Action: action, Data: raw(d.t, data),
		IssuedAt: now.Unix(), Expires: now.Add(10 * time.Minute).Unix(),
	}
}

func (d *desk) sign(p envelope.Purpose, a envelope.Act) envelope.Message {
	d.t.Helper()
	jws, err := d.signers[p].Sign(a)
	require.NoError(d.t, err)
	return envelope.Message{JWS: jws}
}

// batch signs one act over a leaf for the case and one for another case.
func (d *desk) batch(p envelope.Purpose, a envelope.Act, leaf envelope.Leaf) envelope.Message {
	d.t.Helper()
	other := leaf
	other.Case = "commendation/another"
	tree, err := envelope.NewTree([]envelope.Leaf{other, leaf})
	require.NoError(d.t, err)
	a.Case, a.Revision, a.Stage, a.Number, a.Data, a.Batch = "", 0, "", 0, nil, tree.Batch()
	m, err := tree.Message(d.sign(p, a).JWS, 1)
	require.NoError(d.t, err)
	return m
}

// answer is what became of an Update.
type answer struct {
	accepted bool
	rejected error
	done     int // how often it completed
	err      error
	body     json.RawMessage
}

// update sends an Update; hooks run between the validator and the handler.
func (d *desk) update(name, id string, msg any, hooks ...func()) *answer {
	a := &answer{}
	d.env.UpdateWorkflow(name, id, &testsuite.TestUpdateCallback{
		OnAccept: func() {
			a.accepted = true
			for _, h := range hooks {
				h()
			}
		},
		OnReject: func(err error) { a.rejected = err },
		OnComplete: func(v any, err error) {
			a.done++
			a.err, a.body = err, raw(d.t, v)
		},
	}, msg)
	return a
}

// into decodes the transition of an Update that must have been accepted.
func (a *answer) into(t *testing.T, v any) {
	t.Helper()
	require.NoError(t, a.rejected, "the Update was refused")
	require.Equal(t, 1, a.done, "the Update did not complete")
	require.NoError(t, a.err)
	require.NoError(t, json.Unmarshal(a.body, v))
}

// refused tells that the validator turned the Update away, with this code: then
// Temporal writes no event at all.
func (a *answer) refused(t *testing.T, code string) {
	t.Helper()
	require.Error(t, a.rejected, "the Update was not refused")
	require.Equal(t, code, codeOf(a.rejected), "%v", a.rejected)
	require.False(t, a.accepted)
	require.Zero(t, a.done)
}

// codeOf is the refusal code that travelled with an error of Temporal's.
func codeOf(err error) string {
	var app *temporal.ApplicationError
	if errors.As(err, &app) {
		return app.Type()
	}
	return ""
}

func raw(t *testing.T, v any) json.RawMessage {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return b
}

// ask reads a Query's answer.
func ask[T any](d *desk, query string, args ...any) T {
	d.t.Helper()
	var out T
	v, err := d.env.QueryWorkflow(query, args...)
	require.NoError(d.t, err)
	require.NoError(d.t, v.Get(&out))
	return out
}
