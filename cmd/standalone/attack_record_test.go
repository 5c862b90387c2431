package main

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/postgres"
)

// refusalOf is the code of a workflow's refusal; "" for any other error.
func refusalOf(err error) string {
	var a *temporal.ApplicationError
	if errors.As(err, &a) {
		return a.Type()
	}
	return ""
}

// sql connects to the instance's database with one of its addresses.
func (w *town) sql(url string) *pgx.Conn {
	w.t.Helper()
	c, err := pgx.Connect(w.ctx, url)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { _ = c.Close(w.ctx) })
	return c
}

// onRecord waits until a known sender's attempt stands in the gate's record. What
// nobody sent whom we know is counted, not kept one by one.
func (w *town) onRecord(sender gate.Sender, caseID, updateID string) {
	w.t.Helper()
	if sender == gate.Unknown || sender == stranger {
		return
	}
	db := w.sql(w.urls.App)
	defer func() { _ = db.Close(w.ctx) }() // the house has so many connections and no more
	var code string
	require.Eventually(w.t, func() bool {
		err := db.QueryRow(w.ctx, `
			select code from gate_refusals where sender = $1 and workflow_id = $2 and update_id = $3`,
			string(sender), caseID, updateID).Scan(&code)
		return err == nil
	}, 10*time.Second, 20*time.Millisecond, "%s on %s: not on record", sender, caseID)
	want := []string{gate.CodeDenied}
	if sender != gate.Auditor { // what the credential covers goes as far as the case, which refuses it
		want = append(want, gate.CodeRejected)
	}
	require.Contains(w.t, want, code)
}

// replayed plays the last accepted act of a case again.
func (w *town) replayed(p postgres.Proposal) {
	w.t.Helper()
	rows, err := w.app.Store.Trail(w.ctx, p.CaseID)
	require.NoError(w.t, err)
	last := rows[len(rows)-1]
	attempt, err := w.app.Store.Attempt(w.ctx, last.Nonce)
	require.NoError(w.t, err)
	var msg envelope.Message
	require.NoError(w.t, json.Unmarshal(attempt.Message, &msg))
	before := w.standing(p)
	for _, sender := range senders {
		c := w.raw(sender)
		err := update(w.ctx, c, p.CaseID, attempt.Action, "again-"+string(sender), []any{msg})
		require.Error(w.t, err, sender)
		if sender == gate.App {
			require.Equal(w.t, envelope.CodeReplayed, refusalOf(err))
		}
		// Under its own id Temporal gives the first result again, to who may send at all.
		err = update(w.ctx, c, p.CaseID, attempt.Action, attempt.Nonce, []any{msg})
		require.Equal(w.t, sender == gate.App, err == nil, "%s: %v", sender, err)
		_ = c.SignalWorkflow(w.ctx, p.CaseID, "", "decide", msg)
	}
	w.waitFor("the replayed Signal's refusal", func() (bool, error) {
		rs, err := w.app.Refusals(w.ctx, w.who("hg-auditor"), p.CaseID, 500)
		for _, r := range rs {
			if r.Code == envelope.CodeReplayed && r.Where == "gate" && r.Action == "decide" && r.Detail != "" {
				return true, nil
			}
		}
		return false, err
	})
	require.Equal(w.t, before, w.standing(p))
}
