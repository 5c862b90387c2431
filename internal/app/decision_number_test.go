package app

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// reservation asks for a number in the sample authority's register, for an act.
func (w *world) reservation(d DecisionView, nonce string) postgres.Reservation {
	return postgres.Reservation{
		Decision: d.ID, Register: postgres.Register(authority, "QĐ-UBND"), Date: civilDay(w.Today()), Nonce: nonce, Kept: preparedFor,
	}
}

// attempt stores an act of numbering under a nonce, as if it were on its way.
func (w *world) attempt(d DecisionView, nonce string) {
	w.t.Helper()
	_, err := w.Store.SaveAttempt(context.Background(), postgres.Attempt{Nonce: nonce, CaseID: d.CaseID,
		Action: proposal.ActionNumber, Workflow: workflows.TypeIssuance, Message: []byte(`{}`), Actor: "x"})
	require.NoError(w.t, err)
}

func TestReservationStaysWhileItsActMayTakeEffect(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.decide(w.passed("Nguyễn Văn Ví Dụ")...)
	one, two := w.reservation(d, "n1"), w.reservation(d, "n2")
	two.Kept = 0 // an attempt without an outcome counts, however old it is
	require.NoError(t, w.Store.ReserveNumber(ctx, one, 5))
	require.NoError(t, w.Store.ReserveNumber(ctx, one, 5), "the same act again")
	require.ErrorAs(t, w.Store.ReserveNumber(ctx, one, 6), new(postgres.ErrNumberBusy), "one act, one number")
	w.attempt(d, "n1")
	require.NoError(t, w.Store.ReleaseNumber(ctx, one))
	require.ErrorAs(t, w.Store.ReserveNumber(ctx, two, 6), new(postgres.ErrNumberBusy), "the act with 5 may still take effect")
	require.NoError(t, w.Store.RefuseAttempt(ctx, "n1", "expired", ""))
	require.NoError(t, w.Store.ReserveNumber(ctx, two, 6))
	require.NoError(t, w.Store.ReleaseNumber(ctx, one), "a late release")
	three := w.reservation(d, "n3")
	require.ErrorAs(t, w.Store.ReserveNumber(ctx, three, 7), new(postgres.ErrNumberBusy), "took another act's reservation away")
}

// TestASlowActKeepsItsNumber: the first registrar's act is stored and slow, the
// second one clicks too; the first act is accepted in the end.
func TestASlowActKeepsItsNumber(t *testing.T) {
	t.Parallel()
	for name, own := range map[string]bool{"own register": true, "document system": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, ctx := newWorld(t), context.Background()
			w.OwnRegister = own
			ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
			d, next := w.decide(ps[0]), w.decide(ps[1])
			registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
			number := func(d DecisionView, n int) error {
				if own {
					n = 0
				}
				_, err := w.NumberDecision(ctx, registrar, d.ID, NumberInput{Number: n})
				return err
			}
			accept := w.slowNumber(d, "slow", 1)
			require.Equal(t, CodeNumberBusy, codeOf(number(d, 2)), "the first act may still take effect")
			want := CodeNumberTaken
			if own {
				want = CodeNumberBusy
			}
			require.Equal(t, want, codeOf(number(next, 1)))
			accept()
			require.NoError(t, w.Store.ReleaseNumber(ctx, w.reservation(d, "slow")), "a release that comes late")
			require.Equal(t, CodeNotReady, codeOf(number(d, 2)), "it has its number")
			require.NoError(t, number(next, 2))
			for id, text := range map[string]string{d.ID: "01/QĐ-UBND", next.ID: "02/QĐ-UBND"} {
				v, err := w.DecisionView(ctx, registrar, id)
				require.NoError(t, err)
				require.Equal(t, text, v.NumberText)
			}
			err := w.Store.ReserveNumber(ctx, w.reservation(next, "third"), 1)
			require.Error(t, err)
		})
	}
}

// slowNumber reserves a number and stores its act; the returned function lets
// Temporal accept it and records what it says.
func (w *world) slowNumber(d DecisionView, nonce string, n int) func() {
	t, ctx := w.t, context.Background()
	t.Helper()
	require.NoError(t, w.Store.ReserveNumber(ctx, w.reservation(d, nonce), n))
	data, err := json.Marshal(proposal.NumberData{Number: numberText(n, "QĐ-UBND"), Date: "2023-11-15"})
	require.NoError(t, err)
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	jws, err := w.Desk.Signer.Sign(envelope.Act{
		Installation: "test", Nonce: nonce, Actor: registrar.User, Role: string(proposal.RoleRegistrar), Unit: authority, SignedIn: "token",
		Case: d.CaseID, Stage: proposal.IssuanceSigned, Number: 3, Action: proposal.ActionNumber, Data: data, IssuedAt: now(), Expires: now() + 600,
	})
	require.NoError(t, err)
	msg, err := json.Marshal(envelope.Message{JWS: jws})
	require.NoError(t, err)
	_, err = w.Store.SaveAttempt(ctx, postgres.Attempt{Nonce: nonce, CaseID: d.CaseID, Action: proposal.ActionNumber,
		Workflow: workflows.TypeIssuance, Message: msg, Actor: registrar.User})
	require.NoError(t, err)
	return func() {
		h, err := w.temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			UpdateID: nonce, WorkflowID: d.CaseID, UpdateName: proposal.ActionNumber, Args: []any{envelope.Message{JWS: jws}},
		})
		require.NoError(t, err)
		var body json.RawMessage
		require.NoError(t, h.Get(ctx, &body))
		require.NoError(t, w.Desk.Record(ctx, d.CaseID, body))
	}
}

// TestTheHistoryNumbersTheDecision: a reservation that says something else than
// the accepted act gives way, whosever it is.
func TestTheHistoryNumbersTheDecision(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định")
	d, other := w.decide(ps[0]), w.decide(ps[1])
	accept := w.slowNumber(d, "slow", 8)
	gone := w.reservation(d, "slow")
	require.NoError(t, w.Store.RefuseAttempt(ctx, "slow", "x", "")) // as if somebody had given it up
	require.NoError(t, w.Store.ReleaseNumber(ctx, gone))
	require.NoError(t, w.Store.ReserveNumber(ctx, w.reservation(other, "o"), 8))
	accept()
	v, err := w.DecisionView(ctx, w.as(w.standingLogin()), d.ID)
	require.NoError(t, err)
	require.Equal(t, "08/QĐ-UBND", v.NumberText)
	require.ErrorAs(t, w.Store.ReserveNumber(ctx, w.reservation(other, "o2"), 8), new(postgres.ErrNumberTaken))
}

// TestTheLedgerHasTheNumberThatWasIssued: the workflow goes on as soon as the
// number is accepted; the decision's row may follow later.
func TestTheLedgerHasTheNumberThatWasIssued(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ")
	d := w.decide(ps...)
	var acts []proposal.IssuanceTransition
	w.history(d.CaseID, &acts)
	issued := proposal.IssuedData{
		Decision: d.ID, Number: "328/QĐ-UBND", Date: "2023-11-15", Content: d.Content, Document: "pdf",
		Submitter: []string{acts[0].Actor}, Signer: []string{acts[1].Actor}, Registrar: []string{w.users[w.holder(authority, proposal.RoleRegistrar)]},
	}
	got := w.rounds(func(round int) (workflows.Sealed, error) {
		return w.sealer.SealIssued(ctx, workflows.SealIssuedInput{
			SealInput: workflows.SealInput{Case: d.CaseID, ID: d.ID, Round: round}, Issued: issued})
	})
	require.Equal(t, workflows.Delivery{Delivered: 1}, got)
	require.NoError(t, w.ledger.WriteLedger(ctx, issued))
	row, err := w.Store.DecisionByID(ctx, d.ID)
	require.NoError(t, err)
	require.Empty(t, row.NumberText, "not recorded yet")
	rows, err := w.Store.LedgerOf(ctx, []string{w.subject(ps[0])})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, "328/QĐ-UBND", rows[0].Number)
	require.Equal(t, "2023-11-15", rows[0].Date.Format("2006-01-02"))
}

// TestAHundredRegistrarsAtOnce: a hundred acts at the same time over a few decisions, and
// numbers voided between them: each decision is numbered once, the numbers follow each
// other, and each of them is a decision's or voided.
func TestAHundredRegistrarsAtOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	w.OwnRegister, w.BusyWait = true, time.Minute
	const voids = 6
	names := []string{"Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Minh Họa", "Phạm Thị Thử", "Võ Văn Nháp", "Đặng Thị Mẫu", "Bùi Văn Ảo", "Đỗ Thị Giả"}
	var ds []DecisionView
	for _, p := range w.passed(names...) {
		ds = append(ds, w.decide(p))
	}
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	var given atomic.Int32
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			if _, err := w.NumberDecision(ctx, registrar, ds[i%len(ds)].ID, NumberInput{}); err == nil {
				given.Add(1)
			}
		})
	}
	for i := range voids {
		all.Go(func() {
			_, err := w.VoidNumber(ctx, registrar, VoidInput{Symbol: "QĐ-UBND", Reason: fmt.Sprintf("ghi hỏng %d", i)})
			assert.NoError(t, err)
		})
	}
	all.Wait()
	require.EqualValues(t, len(ds), given.Load(), "each decision is numbered by one act")
	got := map[string]bool{}
	for _, d := range ds {
		v, err := w.DecisionView(ctx, registrar, d.ID)
		require.NoError(t, err)
		got[v.NumberText] = true
	}
	reg, err := w.Register(ctx, registrar, RegisterQuery{})
	require.NoError(t, err)
	require.Len(t, reg.Voided, voids)
	for _, v := range reg.Voided {
		n := numberText(v.Number, v.Symbol)
		require.False(t, got[n], "%s is voided and given", n)
		got[n] = true
	}
	for i := range len(ds) + voids {
		require.True(t, got[numberText(i+1, "QĐ-UBND")], "%v", got)
	}
}
