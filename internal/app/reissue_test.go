package app

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
)

// TestACertificateIsMadeAnew: the new one has the next number and the decision's words,
// the old one is void where the public asks, and one is replaced once.
func TestACertificateIsMadeAnew(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	registrar, head := w.as(w.holder(authority, proposal.RoleRegistrar)), w.as(w.standingLogin())
	desk, err := w.MakeCertificates(ctx, registrar, d.ID)
	require.NoError(t, err)
	require.Len(t, desk.Reissues, 4)
	require.Equal(t, law.MarkUnconfirmed, desk.Reissues[0].Mark)
	first := desk.Lines[0].Certificate
	in := ReissueInput{Certificate: first.ID, Reason: "DAMAGED", Why: "Đơn đề nghị của trường (giả định)", ReturnedOn: "2024-02-29", Nonce: "n1"}
	for field, change := range map[string]func(*ReissueInput){
		"reason": func(i *ReissueInput) { i.Reason = "NONE" }, "why": func(i *ReissueInput) { i.Why = "  " },
		"returned_on": func(i *ReissueInput) { i.ReturnedOn = "" }, "returned_on ": func(i *ReissueInput) { i.Reason = "LOST" },
		"returned_on  ": func(i *ReissueInput) { i.ReturnedOn = "2024-03-02" }, "returned_on   ": func(i *ReissueInput) { i.ReturnedOn = "2020-01-01" },
	} {
		bad := in
		change(&bad)
		_, err := w.ReissueCertificate(ctx, registrar, d.ID, bad)
		require.Equal(t, CodeInvalid, codeOf(err), field)
		require.Equal(t, strings.TrimSpace(field), err.(*Error).Fields[0].Field)
	}
	other := in
	other.Certificate = d.ID
	_, err = w.ReissueCertificate(ctx, registrar, d.ID, other)
	require.Equal(t, CodeNotFound, codeOf(err))
	for login, want := range map[string]string{w.standingLogin(): CodeForbidden, "pgd-head": CodeForbidden, "vt-clerk": CodeNotFound} {
		_, err := w.ReissueCertificate(ctx, w.as(login), d.ID, in)
		require.Equal(t, want, codeOf(err), login)
	}
	var all sync.WaitGroup
	for range 8 { // the same form sent again and again
		all.Go(func() {
			_, err := w.ReissueCertificate(ctx, registrar, d.ID, in)
			assert.NoError(t, err)
		})
	}
	all.Wait()
	in.Nonce = "n2"
	_, err = w.ReissueCertificate(ctx, registrar, d.ID, in)
	require.Equal(t, CodeConflict, codeOf(err), "one is replaced once")
	desk, err = w.Certificates(ctx, head, d.ID)
	require.NoError(t, err)
	require.Empty(t, desk.Reissues, "who prints makes none anew")
	require.Equal(t, []any{3, 1, first.ID}, []any{desk.Lines[0].Certificate.Number, desk.Lines[0].Before, *desk.Lines[0].Certificate.Replaces})
	pdf, err := w.CertificateFile(ctx, head, d.ID, CertificateFileInput{Certificate: desk.Lines[0].Certificate.ID})
	require.NoError(t, err)
	require.Contains(t, readPDF(t, pdf.Content), "Nguyễn Văn Ví Dụ")

	auditor := w.auditor()
	list, err := w.GoldBook(ctx, auditor, GoldBookQuery{Anew: true})
	require.NoError(t, err)
	require.Len(t, list.Lines, 1)
	require.Equal(t, "cấp đổi thay số "+goldText(first.Number, first.Year)+": Bằng, hiện vật bị hư hỏng; đã thu lại bản cũ 29/02/2024", list.Lines[0].State("vi"))
	book, err := w.GoldBook(ctx, auditor, GoldBookQuery{})
	require.NoError(t, err)
	require.Equal(t, []int{3, 2, 1}, numbersOf(book), "no gap, and nothing deleted")
	require.Contains(t, book.Lines[2].State("en"), "void, replaced by 3/")
	w.aLostOneAndARevoked(d, desk)
}

// aLostOneAndARevoked: the lost one has nothing to come back; of a decision revoked in
// part only that part's certificates are cancelled.
func (w *world) aLostOneAndARevoked(d DecisionView, desk CertificateDesk) {
	t, ctx, registrar := w.t, context.Background(), w.as(w.holder(authority, proposal.RoleRegistrar))
	t.Helper()
	w.public = newBounded()
	networks := 0
	asked := func(gold string) *CertificateCheck {
		networks++ // who asks often is slowed
		v, err := w.CheckDocument(ctx, From{Address: fmt.Sprintf("10.%d.2.1", networks)}, DocumentCheckInput{Code: d.Text.Code, Gold: gold})
		require.NoError(t, err, gold)
		require.Equal(t, DocumentValid, v.State)
		return v.Certificate
	}
	lost := desk.Lines[1].Certificate
	desk, err := w.ReissueCertificate(ctx, registrar, d.ID, ReissueInput{Certificate: lost.ID, Reason: "LOST", Why: "Thất lạc khi chuyển nhà (giả định)"})
	require.NoError(t, err)
	year := desk.Lines[1].Certificate.Year
	old, now := asked(goldText(lost.Number, year)), asked(desk.Lines[1].Gold())
	require.Equal(t, []string{CertificateReplaced, goldText(4, year)}, []string{old.State, old.By})
	require.NotEmpty(t, old.On)
	require.Equal(t, DocumentValid, now.State)
	require.NotContains(t, old.Words("vi")+old.Words("en"), "Giả Định", "no name is told")
	require.Equal(t, DocumentUnknown, asked(goldText(99, year)).State)
	require.Nil(t, asked(""))
	_, err = w.CheckDocument(ctx, From{Address: "192.0.2.1"}, DocumentCheckInput{Code: d.Text.Code, Gold: "17"})
	require.Equal(t, CodeInvalid, codeOf(err))

	f, err := w.RevocationForm(ctx, w.as(w.standingLogin()), d.ID)
	require.NoError(t, err)
	w.revokedBy(w.opened(d, f.Lines[1].Recognition), 57)
	gone := asked(desk.Lines[1].Gold())
	require.Equal(t, []string{DocumentCancelled, "57/QĐ-UBND"}, []string{gone.State, gone.By})
	require.Equal(t, DocumentValid, asked(desk.Lines[0].Gold()).State, "the other award stands, and so does its certificate")
	_, err = w.ReissueCertificate(ctx, registrar, d.ID, ReissueInput{Certificate: desk.Lines[1].Certificate.ID, Reason: "LOST", Why: "x"})
	require.Equal(t, CodeNotReady, codeOf(err), "what was revoked is not made anew")
}
