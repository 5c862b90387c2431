package evidencetest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// returnedBySignal is a case that an outside system returned by Signal, between
// an unreadable and a forged one.
func (h *house) returnedBySignal() *theCase {
	c := h.sent()
	data, err := json.Marshal(proposal.DecideData{Verdict: proposal.VerdictReturn, Reason: c.reason("thiếu báo cáo")})
	require.NoError(h.t, err)
	jws, err := h.office.Sign(envelope.Act{
		Installation: h.ring.Installation, Nonce: uuid.NewString(), Actor: h.users["appraiser"], Role: "appraiser", Unit: standing,
		SignedIn: "service", Case: c.id, Revision: 1, Stage: "reception", Number: 2, Action: "decide", Data: data,
		IssuedAt: time.Now().Unix(), Expires: time.Now().Add(time.Hour).Unix(),
	})
	require.NoError(h.t, err)
	for _, msg := range []any{"no message", envelope.Message{JWS: jws + "A"}, envelope.Message{JWS: jws}} {
		require.NoError(h.t, h.app.SignalWorkflow(h.ctx, c.id, "", workflows.SignalDecide, msg))
	}
	require.Eventually(h.t, func() bool {
		n, err := h.store.Recorded(h.ctx, c.id)
		return err == nil && n == 2
	}, eventually, tick, "the Signal is on record")
	c.num++
	return c
}

func (c *theCase) withdraw() {
	c.do(act.Request{
		Action: "withdraw", Stage: "reception", Data: proposal.ReasonData{Reason: c.reason("rút")},
		Actor: c.h.by("head", proposal.RoleUnitHead, school),
	})
}

// What came by Signal stands in the bundle like any other act, and record and
// history agree.
func TestArchiveOfSignals(t *testing.T) {
	h := newHouse(t)
	c := h.returnedBySignal()
	c.withdraw()
	require.NoError(t, h.app.GetWorkflow(h.ctx, c.id, "").Get(h.ctx, nil))
	require.NoError(t, h.archiver.ArchiveClosed(h.ctx))
	row, err := h.store.ArchiveOf(h.ctx, c.id)
	require.NoError(t, err)
	r, err := evidence.Verify(h.ctx, h.read(row.SHA256), evidence.Options{})
	require.NoError(t, err)
	require.True(t, r.OK, "%s %+v", r.En, r.Checks)
	require.Equal(t, 3, r.Transitions)
	require.Empty(t, h.reconcile(false).Findings)
}
