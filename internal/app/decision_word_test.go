package app

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/office/officetest"
	"vinhdanh/internal/proposal"
)

// inWord changes words of a Word file as an editor would.
func inWord(t testing.TB, content []byte, old, to string) []byte {
	t.Helper()
	return officetest.Edit(t, content, func(xml string) string { return strings.ReplaceAll(xml, old, to) })
}

// TestADraftGoesToWordAndBack: the wording comes back and is what is signed and issued;
// a file that says another name or sum is refused with each difference.
func TestADraftGoesToWordAndBack(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.passed("Nguyễn Văn Ví Dụ")
	head, signer := w.as(w.standingLogin()), w.as(w.holder(authority, proposal.RoleSigner))
	d, err := w.DraftDecision(ctx, head, DraftDecisionInput{Proposals: []string{ps[0].ID}})
	require.NoError(t, err)
	file, err := w.DraftWord(ctx, head, d.ID)
	require.NoError(t, err)
	for login, want := range map[string]string{"pgd-head": CodeNotFound, "vt-clerk": CodeNotFound, "hg-auditor": CodeForbidden} {
		_, err = w.DraftWord(ctx, w.as(login), d.ID)
		require.Equal(t, want, codeOf(err), login)
		_, err = w.TakeDraftWord(ctx, w.as(login), d.ID, DraftWordInput{File: file.Content, Name: file.Name})
		require.Equal(t, want, codeOf(err), login)
	}
	bad := inWord(t, inWord(t, file.Content, "Ví Dụ", "Vi Dụ"), "1.800.000", "2.800.000")
	_, err = w.TakeDraftWord(ctx, head, d.ID, DraftWordInput{File: bad, Name: "x.docx"})
	require.Equal(t, CodeInvalid, codeOf(err))
	said := ""
	for _, f := range err.(*Error).Fields {
		said += f.Vi + "\n"
	}
	require.Contains(t, said, "Điều 1: dữ liệu ghi “Ông Nguyễn Văn Ví Dụ”, tệp ghi (không có).")
	require.Contains(t, said, "Điều 1, số: dữ liệu ghi “1.800.000”, tệp ghi “2.800.000”.")
	_, err = w.TakeDraftWord(ctx, head, d.ID, DraftWordInput{File: evidencePDF, Name: "x.pdf"})
	require.Equal(t, CodeInvalid, codeOf(err))
	still, err := w.DecisionView(ctx, head, d.ID)
	require.NoError(t, err)
	require.Equal(t, d.Content, still.Content, "what is refused changes nothing")

	good := inWord(t, file.Content, "Căn cứ ", "Căn cứ theo ")
	taken, err := w.TakeDraftWord(ctx, head, d.ID, DraftWordInput{File: good, Name: "sua.docx"})
	require.NoError(t, err)
	require.Len(t, taken.Changes, 1)
	require.Equal(t, "căn cứ", taken.Changes[0].Vi)
	require.NotEqual(t, d.Content, taken.Decision.Content)
	require.Equal(t, []any{"sua.docx", head.Name, 64}, []any{taken.Decision.Edited.Name, taken.Decision.Edited.By, len(taken.Decision.Edited.File)})
	_, err = w.SubmitDecision(ctx, head, d.ID)
	require.NoError(t, err)
	_, err = w.DraftWord(ctx, head, d.ID)
	require.Equal(t, CodeConflict, codeOf(err), "what was submitted is not edited")
	_, err = w.TakeDraftWord(ctx, head, d.ID, DraftWordInput{File: good, Name: "sua.docx"})
	require.Equal(t, CodeConflict, codeOf(err))
	_, err = w.SignDecision(ctx, signer, d.ID, SignInput{Content: d.Content})
	require.Equal(t, CodeConflict, codeOf(err), "the signer signs the wording he was shown")
	_, err = w.SignDecision(ctx, signer, d.ID, SignInput{Content: taken.Decision.Content})
	require.NoError(t, err)
	w.issue(taken.Decision, NumberInput{Number: 61})
	pdf, err := w.DecisionPDF(ctx, head, d.ID)
	require.NoError(t, err)
	require.Contains(t, readPDF(t, pdf), "Căn cứ theo ")
}
