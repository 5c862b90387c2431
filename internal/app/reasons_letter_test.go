package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/filecheck"
	"vinhdanh/internal/proposal"
)

// TestReasonsAreForTheProposingUnit: the letter says item by item why, with the
// Council's sum, and nobody else's unit reads any of it.
func TestReasonsAreForTheProposingUnit(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"), person("Lê Văn Thiếu Phiếu"))
	_, err := w.ReasonsLetter(ctx, w.as("pgd-head"), p.ID)
	require.Equal(t, CodeNotReady, codeOf(err), "the case is still open")
	require.Equal(t, 1, w.finishCouncil(w.vote(map[string]bool{"Lê Văn Thiếu Phiếu": true}, p)).Delivered)
	d := w.decide(p)
	w.issue(d, NumberInput{Number: 61})
	_, err = w.ReasonsLetter(ctx, w.as("pgd-head"), p.ID)
	require.Equal(t, CodeNotReady, codeOf(err), "the letter waits")
	held, err := w.OutcomeLetters(ctx, w.as(w.standingLogin()), OutcomeLetterQuery{State: "held"}, 10, 0)
	require.NoError(t, err)
	require.Len(t, held, 1)
	_, err = w.ReleaseOutcomeLetters(ctx, w.as(w.standingLogin()), ReleaseInput{Letters: []LetterPick{{held[0].ID, held[0].Version}}})
	require.NoError(t, err)

	for _, login := range []string{"pgd-head", "pgd-clerk", w.standingLogin(), "hg-auditor"} {
		l, err := w.ReasonsLetter(ctx, w.as(login), p.ID)
		require.NoError(t, err, login)
		require.Equal(t, 1, l.Awarded)
		require.Len(t, l.Items, 1, login)
		require.Contains(t, l.Items[0].Line, "Lê Văn Thiếu Phiếu")
		require.Equal(t, string(proposal.OutcomeNotPassed), l.Items[0].Outcome)
		require.NotNil(t, l.Items[0].Sum)
		require.Less(t, l.Items[0].Sum.Yes, l.Items[0].Sum.Needed)
	}
	for _, login := range []string{
		"vt-head", "vt-clerk", "ph-reviewer", w.holder(authority, proposal.RoleSigner), w.holder(authority, proposal.RoleRegistrar),
		w.holder(theCouncil, proposal.RoleSecretary), "hg-member-1",
	} {
		_, err := w.ReasonsLetter(ctx, w.as(login), p.ID)
		require.Equal(t, CodeNotFound, codeOf(err), login)
		for _, format := range []string{"pdf", "docx"} {
			_, err = w.ReasonsFile(ctx, w.as(login), p.ID, format)
			require.Equal(t, CodeNotFound, codeOf(err), login)
		}
	}
	word, err := w.ReasonsFile(ctx, w.as("pgd-head"), p.ID, "docx")
	require.NoError(t, err)
	kind, err := filecheck.Check(word.Content, filecheck.DefaultLimits)
	require.NoError(t, err)
	require.Equal(t, filecheck.Word, kind)
	pdf, err := w.ReasonsFile(ctx, w.as("pgd-head"), p.ID, "pdf")
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(pdf.Content, []byte("%PDF-")))
	_, err = w.ReasonsFile(ctx, w.as("pgd-head"), p.ID, "exe")
	require.Equal(t, CodeNotFound, codeOf(err))

	// The unit is told once, and the notice leads to the letter.
	told := 0
	in, err := w.Inbox(ctx, w.as("pgd-head"))
	require.NoError(t, err)
	for _, n := range in.Notices {
		if n.Kind == "reasons_letter" {
			told++
			require.Contains(t, string(n.Data), "/proposals/"+p.ID+"/reasons")
		}
	}
	require.Equal(t, 1, told)
	in, err = w.Inbox(ctx, w.as("vt-head"))
	require.NoError(t, err)
	for _, n := range in.Notices {
		require.NotEqual(t, "reasons_letter", n.Kind)
	}
}
