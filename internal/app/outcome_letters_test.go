package app

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/proposal"
)

// told counts a person's notices of a kind.
func (w *world) told(login, kind string) int {
	w.t.Helper()
	rows, err := w.Store.NoticesOf(context.Background(), w.users[login], 100)
	require.NoError(w.t, err)
	n := 0
	for _, r := range rows {
		if r.Kind == kind {
			n++
			require.NotContains(w.t, string(r.Data), "Phiếu", "no name leaves by mail")
		}
	}
	return n
}

// votedDown are two cases of which every item failed, and which the Council's result closed.
func (w *world) votedDown() (ps []proposalRef) {
	w.t.Helper()
	a, b := w.send("BKT-PT", voting, person("Lê Văn Thiếu Phiếu")), w.send("BKT-PT", voting, person("Đỗ Thị Ít Phiếu"), person("Mai Thị Ít Phiếu"))
	s := w.vote(map[string]bool{"Lê Văn Thiếu Phiếu": true, "Đỗ Thị Ít Phiếu": true, "Mai Thị Ít Phiếu": true}, a, b)
	require.Equal(w.t, 2, w.finishCouncil(s).Delivered)
	return []proposalRef{{a.ID, s.ID}, {b.ID, s.ID}}
}

type proposalRef struct{ id, session string }

// TestLettersOfOutcomeWait: the unit reads and hears nothing until the letter is released;
// what people write goes with it; what was discarded never goes.
func TestLettersOfOutcomeWait(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.votedDown()
	secretary, unit := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as("pgd-head")
	rows, err := w.OutcomeLetters(ctx, secretary, OutcomeLetterQuery{State: "held", Session: ps[0].session}, 10, 0)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	for _, kind := range []string{"council_result", "reasons_letter"} {
		require.Zero(t, w.told("pgd-head", kind), kind)
	}
	for _, p := range ps {
		_, err = w.ReasonsLetter(ctx, unit, p.id)
		require.Equal(t, CodeNotReady, codeOf(err))
		_, err = w.ReasonsFile(ctx, unit, p.id, "pdf")
		require.Equal(t, CodeNotReady, codeOf(err))
		v, err := w.Case(ctx, unit, p.id, false)
		require.NoError(t, err)
		require.False(t, v.Reasons, "nothing leads to what cannot be read")
		require.True(t, v.LetterWaits, "and the unit is told that its letter is still to come")
	}
	one := letterOn(rows, ps[0].id)
	v, err := w.EditOutcomeLetter(ctx, secretary, one.ID, EditLetterInput{Version: one.Version, Paragraph: "Đề nghị đơn vị bổ sung minh chứng cho đợt sau (giả định)."})
	require.NoError(t, err)
	_, err = w.EditOutcomeLetter(ctx, secretary, one.ID, EditLetterInput{Version: one.Version, Paragraph: "Bản cũ"})
	require.Equal(t, CodeConflict, codeOf(err), "two people do not overwrite each other")
	r, err := w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Letters: []LetterPick{{one.ID, one.Version}}})
	require.NoError(t, err)
	require.Equal(t, []int{0, 1}, []int{r.Done, r.Refused}, "what was edited since is looked at again")
	require.Zero(t, w.told("pgd-head", "reasons_letter"))
	r, err = w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Letters: []LetterPick{{one.ID, v.Version}}})
	require.NoError(t, err)
	require.Equal(t, 1, r.Done)
	l, err := w.ReasonsLetter(ctx, unit, ps[0].id)
	require.NoError(t, err)
	require.Contains(t, l.Paragraph, "minh chứng")
	pdf, err := w.ReasonsFile(ctx, unit, ps[0].id, "pdf")
	require.NoError(t, err)
	require.Contains(t, strings.Join(strings.Fields(readPDF(t, pdf.Content)), " "), "bổ sung minh chứng")
	r, err = w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Letters: []LetterPick{{one.ID, v.Version}}})
	require.NoError(t, err)
	require.Equal(t, 1, r.Refused)
	require.Equal(t, 1, w.told("pgd-head", "reasons_letter"), "told once")
	other := letterOn(rows, ps[1].id)
	_, err = w.DiscardOutcomeLetter(ctx, secretary, other.ID, DiscardLetterInput{Version: other.Version, Reason: " "})
	require.Equal(t, CodeInvalid, codeOf(err))
	gone, err := w.DiscardOutcomeLetter(ctx, secretary, other.ID, DiscardLetterInput{Version: other.Version, Reason: "Trình lại đợt sau (giả định)"})
	require.NoError(t, err)
	require.Equal(t, []string{"held", "discarded"}, []string{gone.Events[0].Action, gone.Events[1].Action})
	_, err = w.ReasonsLetter(ctx, unit, ps[1].id)
	require.Equal(t, CodeNotReady, codeOf(err))
	r, err = w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Letters: []LetterPick{{other.ID, gone.Version}}})
	require.NoError(t, err)
	require.Equal(t, 1, r.Refused, "what was discarded does not go")
	w.takenBack(secretary, other.ID, gone, ps[1].id)
}

// takenBack restores a discarded letter, once and by who keeps it, and lets it go.
func (w *world) takenBack(secretary Session, id string, gone OutcomeLetterView, proposal string) {
	t, ctx := w.t, context.Background()
	t.Helper()
	require.Equal(t, []bool{false, true}, []bool{gone.May, gone.Back})
	why := DiscardLetterInput{Version: gone.Version, Reason: "Bỏ nhầm (giả định)"}
	_, err := w.RestoreOutcomeLetter(ctx, secretary, id, DiscardLetterInput{Version: gone.Version})
	require.Equal(t, CodeInvalid, codeOf(err))
	for login, want := range map[string]string{"pgd-head": CodeNotFound, "hg-member-1": CodeNotFound, "hg-auditor": CodeForbidden} {
		_, err := w.RestoreOutcomeLetter(ctx, w.as(login), id, why)
		require.Equal(t, want, codeOf(err), login)
	}
	v, err := w.RestoreOutcomeLetter(ctx, secretary, id, why)
	require.NoError(t, err)
	require.Equal(t, []any{"held", "", true, false}, []any{v.State, v.Reason, v.May, v.Back})
	last := v.Events[len(v.Events)-1]
	require.Equal(t, []string{"restored", why.Reason}, []string{last.Action, last.Reason})
	require.Equal(t, "discarded", v.Events[len(v.Events)-2].Action, "that it was discarded stays on record")
	_, err = w.RestoreOutcomeLetter(ctx, secretary, id, why)
	require.Equal(t, CodeConflict, codeOf(err), "once")
	_, err = w.ReasonsLetter(ctx, w.as("pgd-head"), proposal)
	require.Equal(t, CodeNotReady, codeOf(err), "it waits")
	r, err := w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Letters: []LetterPick{{id, v.Version}}})
	require.NoError(t, err)
	require.Equal(t, 1, r.Done)
	_, err = w.ReasonsLetter(ctx, w.as("pgd-head"), proposal)
	require.NoError(t, err)
	why.Version = v.Version + 1
	_, err = w.RestoreOutcomeLetter(ctx, secretary, id, why)
	require.Equal(t, CodeConflict, codeOf(err), "what went is not taken back")
}

func letterOn(rows []OutcomeLetterRow, proposal string) OutcomeLetterRow {
	for _, r := range rows {
		if r.Proposal == proposal {
			return r
		}
	}
	return OutcomeLetterRow{}
}

// TestASessionsLettersGoTogether: a rehearsal tells count and names and changes nothing,
// the release takes exactly that number, and nobody else may.
func TestASessionsLettersGoTogether(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	ps := w.votedDown()
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	plan, err := w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Session: ps[0].session, Rehearse: true})
	require.NoError(t, err)
	require.Equal(t, []int{2, 0, 3}, []int{plan.Would, plan.Done, plan.Names})
	require.Contains(t, strings.Join(plan.Rows[0].Names, ";")+strings.Join(plan.Rows[1].Names, ";"), "Mai Thị Ít Phiếu")
	require.Zero(t, w.told("pgd-clerk", "reasons_letter"))
	for login, want := range map[string]string{"pgd-head": CodeNotFound, "vt-head": CodeNotFound, "hg-member-1": CodeNotFound, "hg-auditor": ""} {
		_, err := w.OutcomeLetter(ctx, w.as(login), plan.Rows[0].ID)
		require.Equal(t, want, codeOf(err), login)
		r, err := w.ReleaseOutcomeLetters(ctx, w.as(login), ReleaseInput{Letters: []LetterPick{{plan.Rows[0].ID, 1}}})
		require.Equal(t, want, codeOf(err), login)
		require.Zero(t, r.Done, login)
		list, err := w.OutcomeLetters(ctx, w.as(login), OutcomeLetterQuery{}, 10, 0)
		require.NoError(t, err)
		require.Equal(t, want == "", len(list) > 0, login)
	}
	_, err = w.DiscardOutcomeLetter(ctx, w.as("hg-auditor"), plan.Rows[0].ID, DiscardLetterInput{Version: 1, Reason: "x"})
	require.Equal(t, CodeForbidden, codeOf(err))
	_, err = w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Session: ps[0].session, Count: 1})
	require.Equal(t, CodeConflict, codeOf(err))
	require.Zero(t, w.told("pgd-clerk", "reasons_letter"))
	r, err := w.ReleaseOutcomeLetters(ctx, secretary, ReleaseInput{Session: ps[0].session, Count: 2})
	require.NoError(t, err)
	require.Equal(t, 2, r.Done)
	require.Equal(t, 2, w.told("pgd-clerk", "reasons_letter"))
	for _, p := range ps {
		_, err = w.ReasonsLetter(ctx, w.as("pgd-clerk"), p.id)
		require.NoError(t, err)
	}
}

// TestLettersMayGoAtOnce where the standing body's head chooses that, as they did before.
func TestLettersMayGoAtOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	_, err := w.SetLetterMode(ctx, w.as("pgd-head"), LetterModeInput{Standing: standing, Mode: "sent"})
	require.Equal(t, CodeForbidden, codeOf(err))
	modes, err := w.SetLetterMode(ctx, w.as(w.standingLogin()), LetterModeInput{Standing: standing, Mode: "sent"})
	require.NoError(t, err)
	require.Equal(t, "sent", modes[0].Mode)
	ps := w.votedDown()
	require.Equal(t, []int{2, 2}, []int{w.told("pgd-head", "reasons_letter"), w.told("pgd-head", "council_result")})
	_, err = w.ReasonsLetter(ctx, w.as("pgd-head"), ps[0].id)
	require.NoError(t, err)
}

// TestALetterOfOutcomeTellsWhatWasAwarded by which decision, also where everything was.
func TestALetterOfOutcomeTellsWhatWasAwarded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	d := w.awarded(41)
	head := w.as(w.standingLogin())
	require.Equal(t, 1, w.told("pgd-head", "decision_issued"), "a decision is told at once")
	rows, err := w.OutcomeLetters(ctx, head, OutcomeLetterQuery{}, 10, 0)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	r, err := w.ReleaseOutcomeLetters(ctx, head, ReleaseInput{Letters: []LetterPick{{rows[0].ID, rows[0].Version}}})
	require.NoError(t, err)
	require.Equal(t, 1, r.Done)
	require.Equal(t, []int{0, 1}, []int{w.told("pgd-head", "reasons_letter"), w.told("pgd-head", "outcome_letter")})
	l, err := w.ReasonsLetter(ctx, w.as("pgd-clerk"), d.Lines[0].Proposal)
	require.NoError(t, err)
	require.Len(t, l.Given, 2)
	require.Equal(t, "41/QĐ-UBND", l.Given[0].Number)
	_, err = w.ReasonsFile(ctx, w.as("pgd-clerk"), d.Lines[0].Proposal, "docx")
	require.NoError(t, err)
}
