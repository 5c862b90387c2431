package workflows_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

const portal envelope.Purpose = "integration/school-portal"

// signalled is an outside system's decide act.
func (p *play) signalled() envelope.Act {
	a := p.by(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district,
		proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes"})
	a.SignedIn = "service"
	return a
}

func (p *play) signal(input any) { p.env.SignalWorkflow(workflows.SignalDecide, input) }

// unconverted is a payload as a raw client might send it.
func unconverted(encoding, data string) converter.RawValue {
	return converter.NewRawValue(&commonpb.Payload{
		Metadata: map[string][]byte{converter.MetadataEncoding: []byte(encoding)}, Data: []byte(data),
	})
}

func TestSignalIsTaken(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var sent envelope.Message
	p.then(func() {
		sent = p.sign(portal, p.signalled())
		p.signal(sent)
	})
	p.then(func() {
		rs := p.signals()
		require.Len(t, rs, 1)
		require.Empty(t, rs[0].Code)
		require.Equal(t, p.id, rs[0].Case)
		require.JSONEq(t, string(raw(t, sent)), string(rs[0].Message))
		require.Equal(t, 2, rs[0].Transition.Number)
		require.Equal(t, proposal.StageReception, rs[0].Transition.After.Stage)
		p.last = *rs[0].Transition
	})
	p.accept("R1", "law1")
	p.play()
	require.Equal(t, 3, p.last.Number)
}

// TestSignalIsRefused: what an Update would refuse is put on record as refused,
// and the case goes on as if nothing had come.
func TestSignalIsRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code string
		send func(*play) any
	}{
		"JSON that is no message": {envelope.CodeMalformed, func(*play) any { return map[string]any{"approve": true} }},
		"a string":                {envelope.CodeMalformed, func(*play) any { return "approve" }},
		"a number":                {envelope.CodeMalformed, func(*play) any { return 42 }},
		"nothing":                 {envelope.CodeMalformed, func(*play) any { return nil }},
		"not JSON":                {envelope.CodeMalformed, func(*play) any { return unconverted(converter.MetadataEncodingJSON, "{{{") }},
		"bytes":                   {envelope.CodeMalformed, func(*play) any { return unconverted(converter.MetadataEncodingBinary, "\xff\x00") }},
		"an unknown encoding":     {envelope.CodeMalformed, func(*play) any { return unconverted("binary/unheard-of", "x") }},
		"much too long": {envelope.CodeMalformed, func(p *play) any {
			a := p.signalled() // in order but for its length
			a.Data = raw(p.t, proposal.DecideData{
				Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes", Letter: strings.Repeat("x", 200<<10),
			})
			return p.sign(portal, a)
		}},
		"a stranger's key": {envelope.CodeUnknownKey, func(p *play) any { return stranger(p.t, p.signalled()) }},
		"a session's key":  {envelope.CodePurpose, func(p *play) any { return p.sign(envelope.PurposeSession, p.signalled()) }},
		"another number":   {envelope.CodeNumber, func(p *play) any { a := p.signalled(); a.Number = 9; return p.sign(portal, a) }},
		"another action": {envelope.CodeMalformed, func(p *play) any {
			a := p.signalled()
			a.Action = string(proposal.ActionWithdraw)
			return p.sign(portal, a)
		}},
		"a revoked key": {envelope.CodeRevoked, func(p *play) any {
			m := p.sign(portal, p.signalled())
			p.ring = p.revoked(portal)
			return m
		}},
		"played again": {envelope.CodeReplayed, func(p *play) any {
			a := p.signalled()
			a.Nonce = ask[[]proposal.Transition](p.desk, workflows.QueryTransitions, 0)[0].Nonce
			return p.sign(portal, a)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t)
			p.then(func() { p.signal(tc.send(p)) })
			p.then(func() {
				rs := p.signals()
				require.Len(t, rs, 1, "the Signal is not on record")
				require.Equal(t, tc.code, rs[0].Code, rs[0].Detail)
				require.Nil(t, rs[0].Transition)
				require.True(t, json.Valid(rs[0].Message))
				require.Less(t, len(rs[0].Message), 1<<18, "the record may outgrow what Temporal takes")
			})
			p.forward()
			p.play()
			require.Equal(t, 2, p.last.Number, "the case did not go on")
			require.True(t, temporal.IsCanceledError(p.env.GetWorkflowError()), "%v", p.env.GetWorkflowError())
		})
	}
}

// TestSignalsAreRecordedTogether: many that wait cost few activities, in order.
func TestSignalsAreRecordedTogether(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.then(func() {
		for i := range 120 {
			p.env.SignalWorkflowSkippingWorkflowTask(workflows.SignalDecide, i)
		}
		p.signal(p.sign(portal, p.signalled()))
	})
	p.then(func() {
		rs := p.signals()
		require.Len(t, rs, 121)
		for i, r := range rs[:120] {
			require.JSONEq(t, string(raw(t, i)), string(r.Message))
		}
		require.NotNil(t, rs[120].Transition)
		require.Len(t, p.taken, 3, "portions of at most fifty")
	})
	p.play()
}

// TestLongSignalsAreRecordedApart: what one activity is given stays below what
// Temporal carries, or the server would end the case.
func TestLongSignalsAreRecordedApart(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.then(func() {
		for range 40 {
			p.env.SignalWorkflowSkippingWorkflowTask(workflows.SignalDecide, envelope.Message{JWS: strings.Repeat("x", 100<<10)})
		}
		p.signal(0)
	})
	p.then(func() {
		require.Len(t, p.signals(), 41)
		for _, portion := range p.taken {
			require.Less(t, len(raw(t, portion)), 2<<20)
		}
	})
	p.play()
}

// TestSignalWaitsForValidation: one that comes while the rules are checked is
// taken afterwards, not refused.
func TestSignalWaitsForValidation(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.fails = 4
	p.after(time.Second, func() { p.signal(p.sign(portal, p.signalled())) })
	p.after(time.Second, func() { require.Empty(t, p.signals()) })
	p.then(func() {
		rs := p.signals()
		require.Len(t, rs, 1)
		require.NotNil(t, rs[0].Transition, rs[0].Detail)
	})
	p.play()
	require.Len(t, p.asked, 5)
}

// TestSignalsOfAClosingCase: what waits when the case closes is still recorded.
func TestSignalsOfAClosingCase(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.then(func() {
		// A Signal and then the closing Update reach the workflow in one task.
		p.env.SignalWorkflowSkippingWorkflowTask(workflows.SignalDecide, p.sign(portal, p.signalled()))
		p.put(envelope.PurposeApp, p.by(proposal.ActionWithdraw, "p-head", proposal.RoleUnitHead, school, proposal.ReasonData{Reason: "r"}))
	})
	p.play()
	require.Equal(t, proposal.OutcomeWithdrawn, p.result().Items[0].Outcome)
	rs := p.signals()
	require.Len(t, rs, 1)
	require.NotEmpty(t, rs[0].Code)
}

// TestSignalRecordingFails: even a recording that fails for good does not end the case.
func TestSignalRecordingFails(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.env.OnActivity(workflows.ActivityRecordSignals, anything, anything).Return(
		func(context.Context, []workflows.SignalRecord) error {
			return temporal.NewNonRetryableApplicationError("no such table", "postgres", errors.New("x"))
		})
	p.then(func() { p.signal("approve") })
	p.forward()
	p.play()
	require.Equal(t, 2, p.last.Number)
	require.True(t, temporal.IsCanceledError(p.env.GetWorkflowError()), "%v", p.env.GetWorkflowError())
}
