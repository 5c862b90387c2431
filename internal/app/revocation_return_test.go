package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// TestWhatCameBackIsMarked: certificate and money of a revoked award, each by itself, by
// who keeps them, and shown where people look; nothing before the revoking decision.
func TestWhatCameBackIsMarked(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head, registrar := w.as(w.standingLogin()), w.as(w.holder(authority, proposal.RoleRegistrar))
	f, err := w.RevocationForm(ctx, head, d.ID)
	require.NoError(t, err)
	one := f.Lines[0]
	for _, thing := range []string{"object", "money"} { // the other award: its object only
		items := []string{one.Item}
		if thing == "object" {
			items = append(items, f.Lines[1].Item)
		}
		_, err = w.MarkHandover(ctx, registrar, d.ID, HandoverInput{Items: items, Thing: thing, State: "received", Receiver: "Người nhận (giả định)"})
		require.NoError(t, err)
	}
	v := w.opened(d)
	require.Equal(t, []any{2, one.Amount}, []any{v.ToReturn, v.Owed}, "money that was not paid is not owed")
	in := ReturnInput{Recognitions: []string{one.Recognition, f.Lines[1].Recognition}, State: "back", Note: "Phiếu thu 12 (giả định)", Nonce: "n1"}
	_, err = w.MarkReturn(ctx, head, v.ID, in)
	require.Equal(t, CodeNotReady, codeOf(err), "it is not revoked yet")
	w.revokedBy(v, 57)
	w.Today = func() law.Date { return law.MustDate("2024-03-05") }
	for field, change := range map[string]func(*ReturnInput){
		"date": func(i *ReturnInput) { i.Date = "2024-03-06" }, "date ": func(i *ReturnInput) { i.Date = "2024-02-29" },
		"note": func(i *ReturnInput) { i.State, i.Note = "lost", " " }, "recognitions": func(i *ReturnInput) { i.Recognitions = []string{d.ID} },
	} {
		bad := in
		change(&bad)
		_, err := w.MarkReturn(ctx, head, v.ID, bad)
		require.Equal(t, CodeInvalid, codeOf(err), field)
		require.Equal(t, strings.TrimSpace(field), err.(*Error).Fields[0].Field)
	}
	for login, want := range map[string]string{"pgd-head": CodeForbidden, "pgd-clerk": CodeForbidden, w.holder(authority, proposal.RoleSigner): CodeForbidden, "vt-clerk": CodeNotFound} {
		_, err := w.MarkReturn(ctx, w.as(login), v.ID, in)
		require.Equal(t, want, codeOf(err), login)
	}
	for range 2 { // the same form twice
		v, err = w.MarkReturn(ctx, registrar, v.ID, in)
		require.NoError(t, err)
	}
	require.Equal(t, []any{2, one.Amount}, []any{v.Returned, v.Repaid})
	require.Nil(t, v.Lines[1].MoneyBack, "what was not paid does not come back")
	require.Equal(t, registrar.User, v.Lines[0].MoneyBack.By)
	w.returnsAreShown(d, v)
	v, err = w.MarkReturn(ctx, head, v.ID, ReturnInput{Recognitions: []string{one.Recognition}, Thing: "object", State: "undone"})
	require.NoError(t, err)
	require.Equal(t, []any{1, one.Amount}, []any{v.Returned, v.Repaid})
	v, err = w.MarkReturn(ctx, head, v.ID, ReturnInput{Recognitions: []string{one.Recognition}, Thing: "object", State: "lost", Note: "Đã cháy (giả định)"})
	require.NoError(t, err)
	require.Equal(t, 1, v.Returned, "what cannot come back did not")
	_, err = w.MarkReturn(ctx, head, v.ID, ReturnInput{Recognitions: []string{f.Lines[1].Recognition}, Thing: "money", State: "back"})
	require.Equal(t, CodeNotReady, codeOf(err))
}

// returnsAreShown on the hand-over list, the payments and their files.
func (w *world) returnsAreShown(d DecisionView, v RevocationView) {
	t, ctx, registrar := w.t, context.Background(), w.as(w.holder(authority, proposal.RoleRegistrar))
	t.Helper()
	list, err := w.Handover(ctx, w.as("pgd-clerk"), d.ID)
	require.NoError(t, err)
	line := list.Units[0].Lines[0]
	require.Equal(t, []any{"57/QĐ-UBND", 2}, []any{line.Revoked.Number, list.Revoked})
	require.Equal(t, "hủy bỏ theo Quyết định số 57/QĐ-UBND; hiện vật đã thu hồi 05/03/2024 (Phiếu thu 12 (giả định)); tiền đã thu hồi 05/03/2024 (Phiếu thu 12 (giả định))", line.revokedText("vi"))
	require.Contains(t, fmt.Sprint(HandoverSheet(list, "vi").Rows), "hủy bỏ theo Quyết định số 57/QĐ-UBND")
	paid, err := w.Payments(ctx, registrar, PaymentQuery{})
	require.NoError(t, err)
	require.Equal(t, []int64{v.Owed, v.Owed, v.Owed}, []int64{paid.Paid, paid.Owed, paid.Back})
	mine, err := w.Revocation(ctx, w.as("pgd-clerk"), v.ID)
	require.NoError(t, err)
	require.False(t, mine.May.Return)
	require.NotNil(t, mine.Lines[0].ObjectBack, "the unit sees that its people gave it back")
}
