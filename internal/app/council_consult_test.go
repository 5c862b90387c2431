package app

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// asked drafts and convenes a written consultation over a case and sends the papers out.
func (w *world) asked(p postgres.Proposal) SessionView {
	t, ctx := w.t, context.Background()
	t.Helper()
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	v, err := w.DraftSession(ctx, secretary, DraftSessionInput{
		Title: "Lấy ý kiến khen thưởng", HeldOn: w.Today().String(), Mode: "written", Until: w.Today().String(),
	})
	require.NoError(t, err)
	v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	require.NotContains(t, v.May, ActPresence, "nobody comes")
	_, err = w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: []string{v.Roster[0].User}})
	require.Equal(t, envelope.CodeData, codeOf(err), "nobody is present at a consultation")
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{})
	require.NoError(t, err)
	return v
}

// TestMembersAreAskedInWriting: everybody answers from his own paper, it is counted
// once all have answered, and the result goes to the case as from a meeting.
func TestMembersAreAskedInWriting(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	rule := voting
	rule.Consult, rule.Absent = true, council.AbsentNone
	p := w.send("BKT-PT", rule, person("Nguyễn Văn Ví Dụ"))
	v := w.asked(p)
	chair := w.as(w.holder(theCouncil, proposal.RoleChair))
	for i, seat := range v.Roster {
		progress, err := w.Progress(ctx, chair, v.ID)
		require.NoError(t, err)
		require.Equal(t, len(v.Roster), progress.Expected)
		require.Equal(t, i >= progress.Quorum && i > 0, progress.Quorate, "who answers takes part")
		_, err = w.CloseSession(ctx, chair, v.ID, "")
		require.Equal(t, CodeNotReady, codeOf(err), "the time to answer has not passed")
		require.Contains(t, err.(*Error).Vi, "thành viên trả lời")
		w.declareNone(v.ID, seat.User)
		paper, err := w.Ballot(ctx, w.byID(seat.User), v.ID)
		require.NoError(t, err)
		require.True(t, paper.Written)
		require.Equal(t, 1, paper.Asked)
		_, err = w.Cast(ctx, w.byID(seat.User), v.ID, CastInput{Default: "yes", Written: true})
		require.NoError(t, err)
	}
	_, err := w.CloseSession(ctx, chair, v.ID, "")
	require.NoError(t, err)
	require.Equal(t, workflows.Delivery{Delivered: 1}, w.finishCouncil(v.CouncilSession))
	d, err := w.Minutes(ctx, chair, v.ID)
	require.NoError(t, err)
	var text []string
	for _, b := range d.Blocks {
		text = append(text, b.Text)
	}
	all := strings.Join(text, "\n")
	require.Contains(t, all, "lấy ý kiến các thành viên bằng văn bản")
	require.Contains(t, all, "được lấy ý kiến: 11; trả lời: 11 (tối thiểu phải trả lời: 8); không trả lời: 0.")
	require.Contains(t, all, "không trả lời trong thời hạn không được tính là tán thành")
	require.NotContains(t, all, "có mặt")
}

// TestWhatHasToBeMetOn: an item whose law asks for a meeting is refused by name
// before anything is frozen; so are days that cannot be.
func TestWhatHasToBeMetOn(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	in := DraftSessionInput{Title: "Lấy ý kiến", HeldOn: w.Today().String(), Mode: "written"}
	_, err := w.DraftSession(ctx, secretary, in)
	require.Equal(t, CodeInvalid, codeOf(err), "a day to answer by is asked for")
	in.Until = "2000-01-01"
	_, err = w.DraftSession(ctx, secretary, in)
	require.Equal(t, CodeInvalid, codeOf(err))
	require.Equal(t, "until", err.(*Error).Fields[0].Field)
	in.Until = w.Today().String()
	v, err := w.DraftSession(ctx, secretary, in)
	require.NoError(t, err)
	_, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	check, err := w.CheckSession(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Contains(t, check.Problem.Vi, p.Ref)
	_, err = w.Convene(ctx, secretary, v.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	in.Mode, in.Until = "meeting", ""
	v, err = w.EditSession(ctx, secretary, v.ID, in)
	require.NoError(t, err)
	require.Nil(t, v.Until)
	_, err = w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err, "as a meeting it can be convened")
}

// TestTheDayToAnswerByMayHavePassed: a draft that waited too long is not convened.
func TestTheDayToAnswerByMayHavePassed(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	rule := voting
	rule.Consult = true
	p := w.send("BKT-PT", rule, person("Nguyễn Văn Ví Dụ"))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Lấy ý kiến", HeldOn: "2001-02-03", Mode: "written", Until: "2001-02-04"})
	require.NoError(t, err)
	_, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	_, err = w.Convene(ctx, secretary, v.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
}
