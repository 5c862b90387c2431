package app

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/proposal"
)

// readPDF is the text of a PDF.
func readPDF(t *testing.T, pdf []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	out, err := exec.Command("qpdf", "--check", file).CombinedOutput()
	require.NoError(t, err, string(out))
	out, err = exec.Command("pdftotext", "-layout", file, "-").Output()
	require.NoError(t, err)
	return strings.Join(strings.Fields(string(out)), " ")
}

// TestTheGoldBookHasNoGaps: whoever enters it at the same time, each certificate has one
// number, in the order of its decision, and nothing changes it.
func TestTheGoldBookHasNoGaps(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	w.Place.PublicURL = "https://khenthuong.example"
	a := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("=HYPERLINK(1)"), person("Lê Văn Đã Mất"))
	b := w.send("BKT-PT", voting, person("Trần Thị Giả Định"))
	w.finishCouncil(w.vote(nil, a, b))
	items, err := w.Store.ItemsToDecide(ctx, []string{a.ID})
	require.NoError(t, err)
	one, two := w.decideAs(DraftDecisionInput{Posthumous: []string{items[2].Item}}, a), w.decide(b)
	registrar, standingHead := w.as(w.holder(authority, proposal.RoleRegistrar)), w.as(w.standingLogin())
	_, err = w.Certificates(ctx, registrar, one.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	w.issue(one, NumberInput{Number: 12})
	w.issue(two, NumberInput{Number: 13})

	desk, err := w.Certificates(ctx, standingHead, one.ID)
	require.NoError(t, err)
	require.Equal(t, 3, desk.Missing)
	_, err = w.CertificateFile(ctx, registrar, one.ID, CertificateFileInput{})
	require.Equal(t, CodeNotReady, codeOf(err), "the gold book comes first")
	_, err = w.MakeCertificates(ctx, standingHead, one.ID)
	require.Equal(t, CodeForbidden, codeOf(err))
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			_, err := w.MakeCertificates(ctx, registrar, []string{one.ID, two.ID}[i%2])
			assert.NoError(t, err)
		})
	}
	all.Wait()
	book, err := w.GoldBook(ctx, registrar, GoldBookQuery{})
	require.NoError(t, err)
	require.Equal(t, []int{4, 3, 2, 1}, numbersOf(book))
	require.Equal(t, 4, book.Years[0].Count)
	desk, err = w.Certificates(ctx, standingHead, one.ID)
	require.NoError(t, err)
	require.Zero(t, desk.Missing)
	first := desk.Lines[0].Certificate.Number
	for i, l := range desk.Lines {
		require.Equal(t, first+i, l.Certificate.Number, "in the decision's order")
	}
	w.certificateFiles(one, desk)
	w.goldBookFile()
}

func numbersOf(v GoldBook) []int {
	var out []int
	for _, l := range v.Lines {
		out = append(out, l.Number)
	}
	return out
}

// certificateFiles prints the certificates in every way, and for whom that is not.
func (w *world) certificateFiles(d DecisionView, desk CertificateDesk) {
	t, ctx, printer := w.t, context.Background(), w.as(w.standingLogin())
	t.Helper()
	pdf, err := w.CertificateFile(ctx, printer, d.ID, CertificateFileInput{QR: true})
	require.NoError(t, err)
	keep(t, pdf.Name, pdf.Content)
	text := readPDF(t, pdf.Content)
	for _, words := range []string{"BẰNG KHEN", "Nguyễn Văn Ví Dụ", "Lê Văn Đã Mất", "12/QĐ-UBND", desk.Lines[2].Gold(), "TRUY TẶNG"} {
		require.Contains(t, text, words)
	}
	require.Equal(t, 1, strings.Count(text, "TRUY TẶNG"))
	one, err := w.CertificateFile(ctx, printer, d.ID, CertificateFileInput{Certificate: desk.Lines[0].Certificate.ID, Stock: true})
	require.NoError(t, err)
	text = readPDF(t, one.Content)
	require.NotContains(t, text, "BẰNG KHEN", "the stock has it")
	require.NotContains(t, text, "Đã Mất")
	files, err := w.CertificateFile(ctx, printer, d.ID, CertificateFileInput{Zip: true})
	require.NoError(t, err)
	z, err := zip.NewReader(bytes.NewReader(files.Content), int64(len(files.Content)))
	require.NoError(t, err)
	require.Len(t, z.File, 3)
	require.Contains(t, z.File[0].Name, "nguyen-van-vi-du.pdf")

	set := PrintOffsetInput{Design: "bang-khen", Printer: "Phòng 3", X: 15, Y: -5}
	desk, err = w.SetPrintOffset(ctx, printer, d.ID, set)
	require.NoError(t, err)
	require.Equal(t, 15, desk.Offsets[0].X)
	sheet, err := w.CalibrationSheet(ctx, printer, d.ID, CalibrationInput{Design: "bang-khen", Printer: "Phòng 3"})
	require.NoError(t, err)
	require.Contains(t, readPDF(t, sheet.Content), "1.5 mm sang phải, -0.5 mm xuống dưới")
	set.Design = "none"
	_, err = w.SetPrintOffset(ctx, printer, d.ID, set)
	require.Equal(t, CodeInvalid, codeOf(err))
	for login, code := range map[string]string{"pgd-head": CodeForbidden, "vt-clerk": CodeNotFound, "hg-admin": CodeNotFound} {
		_, err := w.Certificates(ctx, w.as(login), d.ID)
		require.Equal(t, code, codeOf(err), login)
		_, err = w.CertificateFile(ctx, w.as(login), d.ID, CertificateFileInput{})
		require.Equal(t, code, codeOf(err), login)
		book, err := w.GoldBook(ctx, w.as(login), GoldBookQuery{})
		require.NoError(t, err)
		require.Empty(t, append(book.Lines, make([]GoldBookLine, len(book.Years))...), login)
	}
}

// goldBookFile searches the book and takes it away.
func (w *world) goldBookFile() {
	t, ctx, auditor := w.t, context.Background(), w.auditor()
	t.Helper()
	for search, want := range map[string]int{"tran thi gia": 1, "Trần Thị": 1, "13/qđ": 1, "không có": 0, "": 4} {
		v, err := w.GoldBook(ctx, auditor, GoldBookQuery{Search: search, Year: 2023, Book: "bang-khen"})
		require.NoError(t, err)
		require.Len(t, v.Lines, want, search)
	}
	x, err := w.ExportGoldBook(ctx, auditor, GoldBookQuery{}, "xlsx", "vi")
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(x.Data))
	require.NoError(t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	require.NoError(t, err)
	text := ""
	for _, r := range rows {
		text += strings.Join(r, "|") + "\n"
	}
	require.Contains(t, text, "HYPERLINK(1)")
	require.NotContains(t, text, "|=HYPERLINK", "no formula leaves")
	csv, err := w.ExportGoldBook(ctx, auditor, GoldBookQuery{}, "csv", "en")
	require.NoError(t, err)
	require.NotContains(t, string(csv.Data), ",=HYPERLINK")
}

// TestTheFamilyReceivesAndMoneyIsPaid: object and money are marked each by itself, who
// receives for somebody who has died says how they are related, and the papers say all.
func TestTheFamilyReceivesAndMoneyIsPaid(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-15"), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Lê Văn Đã Mất"))
	w.finishCouncil(w.vote(nil, p))
	items, err := w.Store.ItemsToDecide(ctx, []string{p.ID})
	require.NoError(t, err)
	_, err = w.DraftDecision(ctx, w.as(w.standingLogin()), DraftDecisionInput{Proposals: []string{p.ID}, Posthumous: []string{p.ID}})
	require.Equal(t, CodeInvalid, codeOf(err), "only an item of the decision")
	d := w.decideAs(DraftDecisionInput{Posthumous: []string{items[0].Item}}, p) // the first goes behind the other
	require.Len(t, d.Text.Articles, 4)
	require.Contains(t, d.Text.Abstract, "truy tặng")
	w.issue(d, NumberInput{Number: 12})
	registrar := w.as(w.holder(authority, proposal.RoleRegistrar))
	v, err := w.Handover(ctx, registrar, d.ID)
	require.NoError(t, err)
	lines := v.Units[0].Lines
	require.Equal(t, []bool{false, true}, []bool{lines[0].Posthumous, lines[1].Posthumous})
	require.Equal(t, items[0].Item, lines[1].Item)

	mark := HandoverInput{Items: []string{lines[1].Item}, Thing: "money", State: "received", Receiver: "Phạm Thị Nhận Thay", Date: "2023-11-15"}
	_, err = w.MarkHandover(ctx, registrar, d.ID, mark)
	require.Equal(t, CodeInvalid, codeOf(err), "how they are related is asked for")
	mark.Relation = "vợ"
	v, err = w.MarkHandover(ctx, registrar, d.ID, mark)
	require.NoError(t, err)
	require.Equal(t, []any{0, 1, lines[1].Amount}, []any{v.Given, v.Paid, v.PaidSum}, "money was paid, the certificate is not given yet")
	pay, err := w.Payments(ctx, registrar, PaymentQuery{Year: 2023})
	require.NoError(t, err)
	require.Equal(t, d.Total, pay.Total)
	require.Equal(t, lines[1].Amount, pay.Funds[0].Paid)
	require.Equal(t, v.Payer, pay.Funds[0].Fund)
	for _, login := range []string{"pgd-head", "vt-clerk", "hg-admin"} {
		none, err := w.Payments(ctx, w.as(login), PaymentQuery{})
		require.NoError(t, err)
		require.Empty(t, none.Funds, login)
	}
	_, err = w.MarkHandover(ctx, registrar, d.ID, HandoverInput{Items: mark.Items, Thing: "object", State: "given"})
	require.NoError(t, err)
	v, err = w.MarkHandover(ctx, registrar, d.ID, HandoverInput{Items: mark.Items, Thing: "money", State: "undone"})
	require.NoError(t, err)
	require.Equal(t, []int{1, 0}, []int{v.Given, v.Paid}, "one mark taken back leaves the other")
	_, err = w.MarkHandover(ctx, registrar, d.ID, mark)
	require.NoError(t, err)

	for kind, words := range map[string]string{PaperReceipt: "DANH SÁCH KÝ NHẬN", PaperMinutes: "BÊN NHẬN", PaperPayment: "Nhận Thay (vợ)"} {
		pdf, err := w.HandoverPaper(ctx, registrar, d.ID, HandoverPaperInput{Kind: kind, Format: "pdf"})
		require.NoError(t, err)
		keep(t, pdf.Name, pdf.Content)
		text := readPDF(t, pdf.Content)
		require.Contains(t, strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(words, " ", ""), kind)
		for _, format := range []string{"docx", "xlsx"} {
			f, err := w.HandoverPaper(ctx, registrar, d.ID, HandoverPaperInput{Kind: kind, Format: format})
			require.NoError(t, err)
			require.Equal(t, "PK", string(f.Content[:2]))
		}
	}
	_, err = w.HandoverPaper(ctx, registrar, d.ID, HandoverPaperInput{Kind: PaperReceipt, Format: "pdf", Unit: "no-such"})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = w.HandoverPaper(ctx, w.as("vt-clerk"), d.ID, HandoverPaperInput{Kind: PaperReceipt, Format: "pdf"})
	require.Equal(t, CodeNotFound, codeOf(err))
}
