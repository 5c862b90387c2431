package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

var anything = mock.Anything

// stranger signs with a key that is in nobody's ring.
func stranger(t *testing.T, a envelope.Act) envelope.Message {
	s, err := envelope.GenerateSigner(envelope.PurposeApp)
	require.NoError(t, err)
	jws, err := s.Sign(a)
	require.NoError(t, err)
	return envelope.Message{JWS: jws}
}

// TestRefusedUpdates sends what must not pass. Each is turned away by the
// validator, so that the history gets no event, and the case goes on afterwards.
func TestRefusedUpdates(t *testing.T) {
	t.Parallel()
	type change func(*envelope.Act)
	forward := proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes"}
	for name, tc := range map[string]struct {
		code    string
		change  change
		key     envelope.Purpose
		message func(*play, envelope.Act) any
		under   string // another Update name
		id      string // another Update id
	}{
		"another case":         {code: envelope.CodeCase, change: func(a *envelope.Act) { a.Case = "commendation/p2" }},
		"another installation": {code: envelope.CodeInstallation, change: func(a *envelope.Act) { a.Installation = "elsewhere" }},
		"a stale revision":     {code: envelope.CodeRevision, change: func(a *envelope.Act) { a.Revision = 7 }},
		"a stale number":       {code: envelope.CodeNumber, change: func(a *envelope.Act) { a.Number = 1 }},
		"another stage":        {code: envelope.CodeStage, change: func(a *envelope.Act) { a.Stage = string(proposal.StageAppraisal) }},
		"another role":         {code: envelope.CodeRole, change: func(a *envelope.Act) { a.Role = string(proposal.RoleClerk) }},
		"another unit":         {code: envelope.CodeUnit, change: func(a *envelope.Act) { a.Unit = province }},
		"the sender himself":   {code: envelope.CodeSeparation, change: func(a *envelope.Act) { a.Actor = "p-head" }},
		"one's own award":      {code: envelope.CodeOwnCase, change: func(a *envelope.Act) { a.Self = "s2" }},
		"expired":              {code: envelope.CodeExpired, change: func(a *envelope.Act) { a.Expires = start.Unix() }},
		"from the future":      {code: envelope.CodeExpired, change: func(a *envelope.Act) { a.IssuedAt = start.Add(time.Hour).Unix() }},
		"a session's key":      {code: envelope.CodePurpose, key: envelope.PurposeSession},
		"no data":              {code: envelope.CodeData, change: func(a *envelope.Act) { a.Data = nil }},
		"a stranger's key":     {code: envelope.CodeUnknownKey, message: func(p *play, a envelope.Act) any { return stranger(p.t, a) }},
		"no signature at all":  {code: envelope.CodeMalformed, message: func(*play, envelope.Act) any { return envelope.Message{} }},
		"another signature": {code: envelope.CodeSignature, message: func(p *play, a envelope.Act) any {
			m, b := p.sign(envelope.PurposeApp, a), a
			b.Actor = "p-another"
			n := p.sign(envelope.PurposeApp, b)
			return envelope.Message{JWS: n.JWS[:len(n.JWS)-86] + m.JWS[len(m.JWS)-86:]} // 64 bytes in base64url
		}},
		"a leaf beside it": {code: envelope.CodeMalformed, message: func(p *play, a envelope.Act) any {
			m := p.sign(envelope.PurposeApp, a)
			m.Leaf = &envelope.Leaf{Case: p.id}
			return m
		}},
		"under another name": {code: envelope.CodeMalformed, under: string(proposal.ActionAppraise)},
		"under another id":   {code: envelope.CodeReplayed, id: "not-the-nonce"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t)
			var got *answer
			p.then(func() {
				a := p.by(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district, forward)
				if tc.change != nil {
					tc.change(&a)
				}
				key := envelope.PurposeApp
				if tc.key != "" {
					key = tc.key
				}
				var msg any = p.sign(key, a)
				if tc.message != nil {
					msg = tc.message(p, a)
				}
				name, id := a.Action, a.Nonce
				if tc.under != "" {
					name = tc.under
				}
				if tc.id != "" {
					id = tc.id
				}
				got = p.update(name, id, msg)
			})
			p.then(func() {
				got.refused(t, tc.code)
				require.Len(t, ask[[]proposal.Transition](p.desk, workflows.QueryTransitions, 0), 1)
			})
			p.forward()
			p.play()
			require.Equal(t, 2, p.last.Number, "the case did not go on")
		})
	}
}

// TestUndecodableUpdates: unknown names and arguments that are no message.
func TestUndecodableUpdates(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var unknown, garbage *answer
	p.then(func() {
		unknown = p.update("approve", "x1", envelope.Message{})
		garbage = p.update(string(proposal.ActionDecide), "x2", 42)
	})
	p.then(func() {
		require.Error(t, unknown.rejected)
		require.Error(t, garbage.rejected)
	})
	p.forward()
	p.play()
	require.Equal(t, 2, p.last.Number)
}

// TestForgedSend: a case whose first act does not hold never opens.
func TestForgedSend(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code  string
		forge func(*play)
	}{
		"unknown key":      {envelope.CodeUnknownKey, func(p *play) { p.in.Send = stranger(p.t, p.sending()) }},
		"wrong key":        {envelope.CodePurpose, func(p *play) { p.in.Send = p.sign(envelope.PurposeSession, p.sending()) }},
		"no act":           {envelope.CodeMalformed, func(p *play) { p.in.Send = envelope.Message{JWS: "e30.e30.e30"} }},
		"other case":       {envelope.CodeCase, func(p *play) { p.in.Case = "commendation/p2" }},
		"under another id": {envelope.CodeCase, func(p *play) { p.startAs(p.id + "-again") }},
		"other act": {envelope.CodeStage, func(p *play) {
			a := p.sending()
			a.Action = string(proposal.ActionDecide)
			p.in.Send = p.sign(envelope.PurposeApp, a)
		}},
		"other content": {envelope.CodeData, func(p *play) { p.in.Content = "swapped" }},
		"a clerk sends": {envelope.CodeRole, func(p *play) {
			a := p.sending()
			a.Role = string(proposal.RoleClerk)
			p.in.Send = p.sign(envelope.PurposeApp, a)
		}},
		"no items": {envelope.CodeData, func(p *play) { p.in.Items = nil }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t)
			tc.forge(p)
			p.play()
			require.Equal(t, tc.code, codeOf(p.env.GetWorkflowError()), "%v", p.env.GetWorkflowError())
			require.Empty(t, p.asked, "a forged case was given to the activities")
		})
	}
}

// TestDoubleUpdate: the same Update twice is one transition with one answer; the
// same act under another Update id is refused.
func TestDoubleUpdate(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var first, second, again *answer
	var a envelope.Act
	p.then(func() {
		a = p.by(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district,
			proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes"})
		first, second = p.put(envelope.PurposeApp, a), p.put(envelope.PurposeApp, a)
	})
	p.then(func() { again = p.update(a.Action, "another-id", p.sign(envelope.PurposeApp, a)) })
	p.then(func() {
		var one, two proposal.Transition
		first.into(t, &one)
		second.into(t, &two)
		require.Equal(t, one, two)
		again.refused(t, envelope.CodeReplayed)
		require.Len(t, ask[[]proposal.Transition](p.desk, workflows.QueryTransitions, 0), 2)
	})
	p.play()
}

// TestRevokedBetweenValidatorAndHandler: the handler does not ask for revocation,
// because a replay after it must decide as the first run did.
func TestRevokedBetweenValidatorAndHandler(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var got, later *answer
	p.then(func() {
		a := p.by(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district,
			proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes"})
		got = p.update(a.Action, a.Nonce, p.sign(envelope.PurposeApp, a), func() { p.ring = p.revoked(envelope.PurposeApp) })
	})
	p.took(&got)
	p.then(func() {
		later = p.put(envelope.PurposeApp, p.by(proposal.ActionAccept, "p-appraiser", proposal.RoleAppraiser, standing,
			proposal.AcceptData{Regime: "R1", LawHash: "law1"}))
	})
	p.then(func() { later.refused(t, envelope.CodeRevoked) })
	p.play()
	require.Equal(t, 2, p.last.Number)
}

// TestHandlerChecksAgain: a replay runs no validators, so the handler itself must
// refuse what they would. Here the key vanishes between the two.
func TestHandlerChecksAgain(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var got *answer
	p.then(func() {
		a := p.by(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district,
			proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes"})
		whole := p.ring
		got = p.update(a.Action, a.Nonce, p.sign(envelope.PurposeApp, a), func() {
			p.ring = &envelope.Ring{Installation: whole.Installation}
		})
	})
	p.then(func() {
		require.True(t, got.accepted)
		require.Equal(t, envelope.CodeUnknownKey, codeOf(got.err), "the handler trusted the validator")
		require.Len(t, ask[[]proposal.Transition](p.desk, workflows.QueryTransitions, 0), 1)
	})
	p.play()
}

// TestTwoAtOnce: of two approvers at one step the first is taken.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	var one, two *answer
	p.then(func() {
		d := proposal.DecideData{Verdict: proposal.VerdictForward, Opinions: propose(), Minutes: "minutes"}
		one = p.put(envelope.PurposeApp, p.by(proposal.ActionDecide, "p-reviewer", proposal.RoleReviewer, district, d))
		two = p.put(envelope.PurposeApp, p.by(proposal.ActionDecide, "p-deputy", proposal.RoleReviewer, district, d))
	})
	p.then(func() {
		var took proposal.Transition
		one.into(t, &took)
		require.Equal(t, 2, took.Number)
		two.refused(t, envelope.CodeNumber)
	})
	p.play()
}
