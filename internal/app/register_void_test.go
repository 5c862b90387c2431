package app

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// TestAVoidedNumberStays: with the reason, who and when; only the registrar voids, only
// in a register of our own, and never behind the last number's date.
func TestAVoidedNumberStays(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	ask := VoidInput{Symbol: "QĐ-UBND", Reason: "in hỏng bản ký", Nonce: "v1"}
	_, err := w.VoidNumber(ctx, registrar, ask)
	require.Equal(t, CodeNotReady, codeOf(err), "the document system keeps the register")
	w.OwnRegister = true
	for _, login := range []string{"pgd-head", "hg-admin", "vt-clerk", w.holder(authority, proposal.RoleSigner)} {
		_, err = w.VoidNumber(ctx, w.as(login), ask)
		require.Equal(t, CodeForbidden, codeOf(err), login)
	}
	for range 2 {
		v, err := w.VoidNumber(ctx, registrar, ask)
		require.NoError(t, err)
		require.Equal(t, VoidedNumber{Number: "01/QĐ-UBND", Date: "2023-11-15", Reason: "in hỏng bản ký"}, v, "the same form voids once")
	}
	for _, wrong := range []VoidInput{{Symbol: "QĐ-UBND"}, {Symbol: "QĐ-UBND", Reason: "  "}, {Symbol: "QĐ-UBND", Reason: "x", Date: "2023-11-16"}, {Symbol: "QĐ-UBND", Reason: "x", Date: "2023-11-14"}} {
		_, err = w.VoidNumber(ctx, registrar, wrong)
		require.Equal(t, CodeInvalid, codeOf(err), "%+v", wrong)
	}
	d := w.decide(w.passed("Nguyễn Văn Ví Dụ")...)
	_, err = w.NumberDecision(ctx, registrar, d.ID, NumberInput{})
	require.NoError(t, err)
	reg, err := w.Register(ctx, registrar, RegisterQuery{})
	require.NoError(t, err)
	require.Equal(t, 2, reg.Lines[0].Running)
	require.True(t, reg.MayVoid)
	require.Equal(t, "in hỏng bản ký", reg.Voided[0].Reason)
	require.NotEmpty(t, reg.Voided[0].ByName)
	require.Contains(t, RegisterSheet(reg, "vi").Rows[0], "Số hủy: in hỏng bản ký")
	none, err := w.Register(ctx, w.as("vt-clerk"), RegisterQuery{})
	require.NoError(t, err)
	require.Empty(t, none.Voided)
	w.OwnRegister = false
	other := w.decide(w.passed("Trần Thị Giả Định")...)
	_, err = w.NumberDecision(ctx, registrar, other.ID, NumberInput{Number: 1})
	require.Equal(t, CodeNumberTaken, codeOf(err), "a voided number is nobody's")
}

// TestAKillBetweenTwoStepsOfTheRegister: a process that dies after it reserved, after it
// stored the act, or after a void took effect leaves neither gap nor double behind.
func TestAKillBetweenTwoStepsOfTheRegister(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	w.OwnRegister, w.BusyWait = true, 50*time.Millisecond
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	void := func(nonce string) (VoidedNumber, error) {
		return w.VoidNumber(ctx, registrar, VoidInput{Symbol: "QĐ-UBND", Reason: "thử", Nonce: nonce})
	}
	ps := w.passed("Nguyễn Văn Ví Dụ", "Trần Thị Giả Định", "Lê Văn Minh Họa")
	reserved, stored, last := w.decide(ps[0]), w.decide(ps[1]), w.decide(ps[2])

	// It died after it had reserved number 1: whoever comes meanwhile waits, and when
	// nothing can come of it any more the number is the next one's.
	_, _, err := w.Store.ReserveNext(ctx, w.reservation(reserved, "died"))
	require.NoError(t, err)
	_, err = void("a")
	require.Equal(t, CodeNumberBusy, codeOf(err))
	w.age("died")
	_, err = w.NumberDecision(ctx, registrar, reserved.ID, NumberInput{})
	require.NoError(t, err)

	// It died after it had stored the act with number 2: nothing overtakes it.
	accept := w.slowNumber(stored, "slow", 2)
	w.age("slow")
	_, err = void("a")
	require.Equal(t, CodeNumberBusy, codeOf(err), "the act may still take effect, however old")
	accept()

	// It died before it could say that number 3 is voided: the form is sent again.
	first, err := void("a")
	require.NoError(t, err)
	again, err := void("a")
	require.NoError(t, err)
	require.Equal(t, first, again)
	_, err = w.NumberDecision(ctx, registrar, last.ID, NumberInput{})
	require.NoError(t, err)

	got := map[string]string{first.Number: "voided"}
	for _, d := range []DecisionView{reserved, stored, last} {
		v, err := w.DecisionView(ctx, registrar, d.ID)
		require.NoError(t, err)
		got[v.NumberText] = d.Ref
	}
	require.Equal(t, map[string]string{"01/QĐ-UBND": reserved.Ref, "02/QĐ-UBND": stored.Ref, "03/QĐ-UBND": "voided", "04/QĐ-UBND": last.Ref}, got)
}

// age makes a reservation an hour old.
func (w *world) age(nonce string) {
	w.t.Helper()
	db, err := pgx.Connect(context.Background(), w.owner)
	require.NoError(w.t, err)
	defer db.Close(context.Background())
	tag, err := db.Exec(context.Background(), `update decision_numbers set at = now() - interval '1 hour' where nonce = $1`, nonce)
	require.NoError(w.t, err)
	require.EqualValues(w.t, 1, tag.RowsAffected())
}
