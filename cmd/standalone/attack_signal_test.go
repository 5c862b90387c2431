package main

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/postgres"
)

// TestForgedSignals: the same attacks by Signal decide. Those of the app's
// credential reach the case, which refuses each on record and goes on.
func TestForgedSignals(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p, other := w.atRest(w.sent("BKT-PT", 1)), w.sent("BKT-PT", 1)
	before := w.standing(p)
	var codes []string
	for _, sender := range senders {
		c := w.raw(sender)
		for _, a := range attacks(other) {
			if a.name == "another Update id" || a.name == "too many arguments" { // a Signal has no id and one argument
				continue
			}
			var arg any
			if _, _, args := w.ready(a, p); len(args) > 0 {
				arg = args[0]
			}
			if a.name == "another Update's act" || a.name == "an Update nobody knows" {
				continue // by Signal these are genuine
			}
			err := c.SignalWorkflow(w.ctx, p.CaseID, "", "decide", arg)
			require.Equal(t, sender == gate.App, err == nil, "%s: %s: %v", sender, a.name, err)
			if sender == gate.App {
				codes = append(codes, a.bySignal())
			}
			require.Error(t, c.SignalWorkflow(w.ctx, p.CaseID, "", "validated", arg), "%s: a Signal nobody knows", sender)
		}
	}
	// Encrypted with no key of ours: it cannot be read at all.
	sealed := &commonpb.Payload{Metadata: map[string][]byte{"encoding": []byte("binary/vinhdanh-aesgcm")}, Data: []byte("garbage")}
	require.NoError(t, w.raw(gate.App).SignalWorkflow(w.ctx, p.CaseID, "", "decide", converter.NewRawValue(sealed)))
	codes = append(codes, envelope.CodeMalformed)

	w.refusedSignals(p, codes)
	after := w.standing(p)
	require.Equal(t, before, after)
	require.Equal(t, "reception", w.forward(p).Stage)
}

// bySignal is the code with which a Signal is refused that an Update's name or
// arguments would have stopped earlier.
func (a attack) bySignal() string {
	if a.signer == "" || strings.HasPrefix(a.name, "the app's key") {
		return envelope.CodeMalformed
	}
	return a.code
}

// refusedSignals waits until each Signal is on record with its code.
func (w *town) refusedSignals(p postgres.Proposal, codes []string) {
	w.t.Helper()
	db := w.sql(w.urls.App)
	want := map[string]int{}
	for _, c := range codes {
		want[c]++
	}
	var got map[string]int
	err := w.eventually(w.ctx, "the refused Signals' record", func() (bool, error) {
		rows, err := db.Query(w.ctx, `
			select code from gate_refusals where workflow_id = $1 and api = 'SignalWorkflowExecution' and code <> 'denied'`, p.CaseID)
		if err != nil {
			return false, err
		}
		defer rows.Close()
		got = map[string]int{}
		n := 0
		for rows.Next() {
			var code string
			if err := rows.Scan(&code); err != nil {
				return false, err
			}
			got[code]++
			n++
		}
		return n >= len(codes), rows.Err()
	})
	require.NoError(w.t, err, "want %v, got %v", want, got)
	for code, n := range want {
		require.Equal(w.t, n, got[code], "%s: %v", code, got)
	}
}

// TestOutsideSystem: a key of purpose integration decides by Signal and by Update,
// at a stage where its role and unit act, and does nothing else.
func TestOutsideSystem(t *testing.T) {
	t.Parallel()
	w := shared(t)
	c := w.raw(gate.App)
	sign := func(p postgres.Proposal, change func(*envelope.Act)) (string, envelope.Message) {
		a := w.genuine(p)
		a.Actor, a.SignedIn = "doc-system", "service"
		change(&a)
		jws, err := common.office.Sign(a)
		require.NoError(t, err)
		return a.Nonce, envelope.Message{JWS: jws}
	}
	p := w.atRest(w.sent("BKT-PT", 1))
	_, wrong := sign(p, func(a *envelope.Act) { a.Action, a.Role, a.Unit = "withdraw", "unit_head", p.Unit })
	require.NoError(t, c.SignalWorkflow(w.ctx, p.CaseID, "", "decide", wrong))
	id, wrong := sign(p, func(a *envelope.Act) {
		a.Action, a.Role, a.Unit, a.Data = "withdraw", "unit_head", p.Unit, []byte(`{"reason":"x"}`)
	})
	require.Equal(t, envelope.CodePurpose, refusalOf(update(w.ctx, c, p.CaseID, "withdraw", id, []any{wrong})))
	_, wrong = sign(p, func(a *envelope.Act) { a.Unit = "ubnd-vi-thuy" })
	require.NoError(t, c.SignalWorkflow(w.ctx, p.CaseID, "", "decide", wrong))
	w.refusedSignals(p, []string{envelope.CodeMalformed, envelope.CodeUnit})
	require.Equal(t, 1, w.now(p.ID).Number)

	nonce, right := sign(p, func(*envelope.Act) {})
	require.NoError(t, c.SignalWorkflow(w.ctx, p.CaseID, "", "decide", right))
	w.waitFor("the Signal's decision", func() (bool, error) { return w.now(p.ID).Stage == "reception", nil })
	rows, err := w.app.Store.Trail(w.ctx, p.CaseID)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, nonce, rows[1].Nonce)
	require.Equal(t, "doc-system", rows[1].Actor)
	o, err := w.app.Store.OutcomeOf(w.ctx, nonce)
	require.NoError(t, err)
	require.Equal(t, "accepted", o.Status)
	require.Equal(t, "council", w.appraised("snv-appraiser", w.now(p.ID)).Stage)
	keepForCorpus(w, p.CaseID)

	p = w.atRest(w.sent("BKT-PT", 1))
	id, right = sign(p, func(a *envelope.Act) { a.Nonce = uuid.NewString() })
	require.NoError(t, update(w.ctx, c, p.CaseID, "decide", id, []any{right}))
}
