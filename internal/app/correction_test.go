package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

const wrongName, rightName = "Nguyễn Văn Ví Dụ", "Nguyễn Văn Vĩ Dụng"

// corrects drafts a correction and takes it to the ledger as its workflow does.
func (w *world) corrects(d DecisionView, number int, lines ...CorrectionLineInput) DecisionView {
	t, ctx, head := w.t, context.Background(), w.as(w.standingLogin())
	t.Helper()
	c, err := w.DraftCorrection(ctx, head, d.ID, DraftCorrectionInput{Lines: lines})
	require.NoError(t, err)
	_, err = w.SubmitDecision(ctx, head, c.ID)
	require.NoError(t, err)
	_, err = w.SignDecision(ctx, w.as(w.holder(authority, proposal.RoleSigner)), c.ID, SignInput{Content: c.Content})
	require.NoError(t, err)
	_, err = w.NumberDecision(ctx, w.as(w.holder(authority, proposal.RoleRegistrar)), c.ID, NumberInput{Number: number})
	require.NoError(t, err)
	var acts []proposal.IssuanceTransition
	w.history(c.CaseID, &acts)
	last := acts[len(acts)-1]
	_, err = w.documents.FinishDecision(ctx, workflows.FinishInput{Case: c.CaseID, Decision: c.ID, Number: last.Given, Date: last.Date, Content: c.Content})
	require.NoError(t, err)
	said, err := w.Store.CorrectionLines(ctx, c.ID)
	require.NoError(t, err)
	ask := workflows.CorrectedInput{Decision: c.ID, Number: last.Given, Date: last.Date}
	for _, l := range said {
		ask.Lines = append(ask.Lines, proposal.CorrectionLine{Recognition: l.Recognition, Item: l.Item, Field: l.Field})
	}
	for range 2 { // a second time changes nothing
		require.NoError(t, w.ledger.WriteCorrection(ctx, ask))
	}
	c, err = w.DecisionView(ctx, head, c.ID)
	require.NoError(t, err)
	return c
}

// TestACorrectionIsRefused: what is not of the decision, not what stands there, or no
// change; and whoever does not draft decisions there.
func TestACorrectionIsRefused(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head := w.as(w.standingLogin())
	f, err := w.CorrectionForm(ctx, head, d.ID)
	require.NoError(t, err)
	require.Len(t, f.Lines, 2)
	require.Equal(t, law.MarkSecondary, f.Rules[0].Mark)
	require.Equal(t, law.MarkUnconfirmed, f.Rules[2].Mark)
	require.NotEmpty(t, f.Signers)
	good := CorrectionLineInput{Recognition: f.Lines[0].Recognition, Field: "name", Was: wrongName, Is: rightName, Reason: "Đối chiếu căn cước công dân (giả định)"}
	for at, change := range map[string]func(*CorrectionLineInput){
		"recognition": func(l *CorrectionLineInput) { l.Recognition = d.ID },
		"was":         func(l *CorrectionLineInput) { l.Was = "Nguyễn Văn Vi Du" },
		"is":          func(l *CorrectionLineInput) { l.Is = wrongName + " " },
		"is ":         func(l *CorrectionLineInput) { l.Is = "" },
		"field":       func(l *CorrectionLineInput) { l.Field = "award" },
		"reason":      func(l *CorrectionLineInput) { l.Reason = " " },
	} {
		bad := good
		change(&bad)
		_, err := w.DraftCorrection(ctx, head, d.ID, DraftCorrectionInput{Lines: []CorrectionLineInput{bad}})
		require.Equal(t, CodeInvalid, codeOf(err), at)
		require.Equal(t, "lines[0]."+strings.TrimSpace(at), err.(*Error).Fields[0].Field)
	}
	_, err = w.DraftCorrection(ctx, head, d.ID, DraftCorrectionInput{Lines: []CorrectionLineInput{good, good}})
	require.Equal(t, "lines[1].field", err.(*Error).Fields[0].Field, "a field is corrected once")
	in := DraftCorrectionInput{Lines: []CorrectionLineInput{good}}
	for login, want := range map[string]string{
		"pgd-head": CodeForbidden, "vt-clerk": CodeNotFound, w.holder(authority, proposal.RoleRegistrar): CodeForbidden, w.holder(authority, proposal.RoleSigner): CodeForbidden,
	} {
		_, err := w.DraftCorrection(ctx, w.as(login), d.ID, in)
		require.Equal(t, want, codeOf(err), login)
		_, err = w.CorrectionForm(ctx, w.as(login), d.ID)
		require.Equal(t, want, codeOf(err), login)
	}
	draft, err := w.DraftCorrection(ctx, head, d.ID, in)
	require.NoError(t, err)
	again, err := w.DraftCorrection(ctx, head, d.ID, in)
	require.NoError(t, err)
	require.Equal(t, draft.ID, again.ID, "the same form twice is one draft")
	in.Lines[0].Is = "Nguyễn Văn Khác"
	_, err = w.DraftCorrection(ctx, head, d.ID, in)
	require.Equal(t, CodeConflict, codeOf(err), "another draft corrects it already")
	_, err = w.RedraftDecision(ctx, head, draft.ID, DraftDecisionInput{Proposals: []string{d.Lines[0].Proposal}})
	require.Equal(t, CodeConflict, codeOf(err))
	_, err = w.DraftCorrection(ctx, head, draft.ID, in)
	require.Equal(t, CodeNotReady, codeOf(err), "a correction is not corrected")
	require.NoError(t, w.DiscardDecision(ctx, head, draft.ID))
	w.corrects(d, 57, in.Lines[0])
	in.Lines[0].Is = rightName
	_, err = w.DraftCorrection(ctx, head, d.ID, in)
	require.Equal(t, "lines[0].was", err.(*Error).Fields[0].Field, "what stands there now is what the correction before said")
}

// TestACorrectionIsIssued: the ledger has what is right beside what was wrong, both are
// found by who sees the case and by nobody else, and every paper made from now on is right.
func TestACorrectionIsIssued(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head, registrar, clerk := w.as(w.standingLogin()), w.as(w.holder(authority, proposal.RoleRegistrar)), w.as("pgd-clerk")
	desk, err := w.MakeCertificates(ctx, registrar, d.ID)
	require.NoError(t, err)
	f, err := w.CorrectionForm(ctx, head, d.ID)
	require.NoError(t, err)
	first := f.Lines[0]
	c := w.corrects(d, 57,
		CorrectionLineInput{Recognition: first.Recognition, Field: "unit", Was: first.Unit, Is: "Trường Tiểu học Phương Bình 2 (giả định)", Reason: "Ghi sai đơn vị"},
		CorrectionLineInput{Recognition: first.Recognition, Field: "name", Was: wrongName, Is: rightName, Reason: "Đối chiếu căn cước công dân"})
	require.Equal(t, "41/QĐ-UBND", c.Corrected.Number)
	require.False(t, c.Gives())
	require.Equal(t, 1, c.Items)
	require.Contains(t, c.Text.Abstract, "đính chính Quyết định số 41/QĐ-UBND")
	text := strings.Join(c.Text.Articles[0].Paragraphs, "\n")
	require.Contains(t, text, "họ và tên đã ghi “"+wrongName+"”, nay đính chính là “"+rightName+"”. Lý do: Đối chiếu căn cước công dân.")
	require.Less(t, strings.Index(text, "họ và tên đã ghi"), strings.Index(text, "nơi công tác"), "in the order of the fields")
	require.NotContains(t, text, "Giả Định")
	require.Contains(t, strings.Join(c.Text.Bases, "\n"), "30/2020/NĐ-CP")
	pdf, err := w.DecisionPDF(ctx, clerk, c.ID)
	require.NoError(t, err)
	require.Contains(t, strings.Join(strings.Fields(readPDF(t, pdf)), " "), rightName)

	now, err := w.DecisionView(ctx, clerk, d.ID)
	require.NoError(t, err)
	require.Contains(t, now.Lines[0].Line, rightName)
	require.Len(t, now.Lines[0].Corrected, 2)
	require.Contains(t, strings.Join(now.Text.Articles[0].Paragraphs, "\n"), wrongName, "the decision that was issued stays as it is")
	led, err := w.Ledger(ctx, clerk, first.Subject)
	require.NoError(t, err)
	require.Equal(t, []string{rightName, rightName, wrongName, "57/QĐ-UBND"}, []string{led.Name, led.Rows[0].Named, led.Rows[0].Corrected[0].Was, led.Rows[0].Corrected[0].Number})
	require.Equal(t, 1, led.Counted)

	w.bothAreFound(rightName, "Vĩ Dụng Nguyễn")
	w.bothAreFound(wrongName, "Dụ Văn Ví")
	w.papersAreRight(d, c, desk)
}

// bothAreFound looks for a spelling, as it is and in another order of its words.
func (w *world) bothAreFound(spellings ...string) {
	t, ctx := w.t, context.Background()
	t.Helper()
	for _, text := range spellings {
		for login, want := range map[string]int{w.standingLogin(): 1, "pgd-clerk": 1, "vt-clerk": 0, "vt-reviewer": 0} {
			v, err := w.Search(ctx, w.as(login), text)
			require.NoError(t, err)
			require.Len(t, v.Items.Rows, want, "%s looks for %s", login, text)
			require.Len(t, v.People.Rows, want, "%s looks for %s", login, text)
			if want > 0 {
				require.Equal(t, []string{rightName, wrongName}, []string{v.Items.Rows[0].Name, v.Items.Rows[0].NameBefore})
				require.Equal(t, rightName, v.People.Rows[0].Name)
			}
		}
	}
}

// papersAreRight: the certificate that was printed before says so and is made anew right;
// the public is told of the correction without a name; a correction itself gives nothing.
func (w *world) papersAreRight(d, c DecisionView, before CertificateDesk) {
	t, ctx, registrar := w.t, context.Background(), w.as(w.holder(authority, proposal.RoleRegistrar))
	t.Helper()
	desk, err := w.Certificates(ctx, registrar, d.ID)
	require.NoError(t, err)
	require.Equal(t, []bool{true, false}, []bool{desk.Lines[0].Stale, desk.Lines[1].Stale})
	desk, err = w.ReissueCertificate(ctx, registrar, d.ID, ReissueInput{Certificate: before.Lines[0].Certificate.ID, Reason: "CORRECTED", Why: "Theo quyết định đính chính", ReturnedOn: "2024-03-01"})
	require.NoError(t, err)
	require.False(t, desk.Lines[0].Stale)
	file, err := w.CertificateFile(ctx, registrar, d.ID, CertificateFileInput{Certificate: desk.Lines[0].Certificate.ID})
	require.NoError(t, err)
	require.Contains(t, readPDF(t, file.Content), rightName)
	for _, text := range []string{wrongName, rightName} {
		book, err := w.GoldBook(ctx, registrar, GoldBookQuery{Search: text})
		require.NoError(t, err)
		require.Len(t, book.Lines, 2, text)
		require.Contains(t, book.Lines[1].State("vi"), "đính chính họ và tên: “"+wrongName+"” → “"+rightName+"” (Quyết định số 57/QĐ-UBND")
	}
	v, err := w.CheckDocument(ctx, From{Address: "10.9.2.1"}, DocumentCheckInput{Code: d.Text.Code})
	require.NoError(t, err)
	require.Equal(t, DocumentValid, v.State)
	require.Len(t, v.Corrections, 1)
	require.Equal(t, []any{"57/QĐ-UBND", "1"}, []any{v.Corrections[0].Number, v.Corrections[0].List()})
	told := fmt.Sprintf("%+v", v)
	require.NotContains(t, told, "Ví Dụ")
	require.NotContains(t, told, "Vĩ Dụng")
	_, err = w.Handover(ctx, registrar, c.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = w.MakeCertificates(ctx, registrar, c.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = w.RevocationForm(ctx, w.as(w.standingLogin()), c.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	_, err = w.DecisionView(ctx, w.as("vt-clerk"), c.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
	hand, err := w.Handover(ctx, registrar, d.ID)
	require.NoError(t, err)
	require.Contains(t, hand.Units[0].Lines[0].Line, rightName)
}
