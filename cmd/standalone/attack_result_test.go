package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// forgedResult is an otherwise fitting result of a council or an issuance, which
// lets every item pass.
func (w *town) forgedResult(p postgres.Proposal, action, role string) func(*envelope.Act) {
	w.t.Helper()
	items, err := w.app.Store.ItemsOf(w.ctx, p.ID, postgres.Latest)
	require.NoError(w.t, err)
	var raw []byte
	if action == "council-result" {
		d := proposal.CouncilData{Session: "forged"}
		for _, it := range items {
			d.Items = append(d.Items, proposal.ItemResult{Item: it.ID, Outcome: proposal.OutcomePassed})
		}
		raw, err = json.Marshal(d)
	} else {
		d := proposal.IssuedData{Decision: "forged", Number: "1/QĐ-UBND", Date: "2023-11-20", Signer: []string{w.who("hg-chair").User}}
		for _, it := range items {
			d.Items = append(d.Items, it.ID)
		}
		raw, err = json.Marshal(d)
	}
	require.NoError(w.t, err)
	return func(a *envelope.Act) { a.Action, a.Role, a.Unit, a.Data = action, role, p.Unit, raw }
}

// TestForgedResults: with the credentials of app and worker, which may deliver
// results, no key but the session's brings one, and none but the issuance's
// issues. What waits for the council then still takes its result.
func TestForgedResults(t *testing.T) {
	t.Parallel()
	w := shared(t)
	p := w.appraised("ph-reviewer-2", w.atRest(w.sent("LDTT", 1)))
	require.Equal(t, "council", p.Stage)
	w.forgedAt(p, "council-result", "chair", envelope.PurposeApp, envelope.PurposeIssuance)

	_, err := local.hold(w.ctx, w.stage, []string{p.ID})
	require.NoError(t, err)
	p = w.now(p.ID)
	require.Equal(t, "issuance", p.Stage)
	w.forgedAt(p, "issued", "registrar", envelope.PurposeApp, envelope.PurposeSession)
	_, err = w.stage.decide(w.ctx, districtOffice, p.ID, 3100)
	require.NoError(t, err)
	require.True(t, w.now(p.ID).Closed)
	w.clean()
	w.late(p)
}

func (w *town) forgedAt(p postgres.Proposal, action, role string, purposes ...envelope.Purpose) {
	w.t.Helper()
	before := w.standing(p)
	forge := w.forgedResult(p, action, role)
	for _, sender := range senders {
		c := w.raw(sender)
		for _, purpose := range append(purposes, "forged") {
			a := attack{name: action + " by " + string(purpose), signer: purpose, change: forge}
			name, id, args := w.ready(a, p)
			err := update(w.ctx, c, p.CaseID, name, id, args)
			require.Error(w.t, err, "%s: %s", sender, a.name)
			if sender == gate.App || sender == gate.Worker {
				want := envelope.CodePurpose
				if purpose == "forged" {
					want = envelope.CodeUnknownKey
				}
				require.Equal(w.t, want, refusalOf(err), "%s: %v", a.name, err)
			}
			w.onRecord(sender, p.CaseID, id)
		}
	}
	require.Equal(w.t, before, w.standing(p))
}

// late tries a closed case.
func (w *town) late(p postgres.Proposal) {
	w.t.Helper()
	before := w.standing(p)
	for _, sender := range senders {
		name, id, args := w.ready(attack{signer: envelope.PurposeApp, change: func(*envelope.Act) {}}, p)
		c := w.raw(sender)
		require.Error(w.t, update(w.ctx, c, p.CaseID, name, id, args), sender)
		require.Error(w.t, c.SignalWorkflow(w.ctx, p.CaseID, "", "decide", args[0]), sender)
	}
	require.Equal(w.t, before, w.standing(p))
}
