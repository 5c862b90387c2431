package app

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// TestATeamIsReplacedWhileItCounts: with the reason on record; what was entered stays, the
// new head signs, and the minutes of counting name the team that signed and why.
func TestATeamIsReplacedWhileItCounts(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	v := w.draftOf("Thay Tổ trưởng", w.send("CSTDT", secretly(), person("Nguyễn Văn Ví Dụ")))
	_, err := w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	team := TeamInput{Head: present[2], Members: []string{present[3], secretary.User}}
	_, err = w.NameTeam(ctx, secretary, v.ID, team)
	require.NoError(t, err)
	count := CountInput{Issued: 11, Collected: 11, Items: []council.PaperItem{{Item: v.Agenda[0].Item, Yes: 11}}}
	_, err = w.CountPaper(ctx, w.byID(present[3]), v.ID, count)
	require.NoError(t, err)
	team.Head = present[4]
	_, err = w.NameTeam(ctx, secretary, v.ID, team)
	require.Equal(t, CodeInvalid, codeOf(err))
	require.Equal(t, "reason", asError(err).Fields[0].Field)
	team.Reason = "Tổ trưởng có việc đột xuất (giả định)"
	seen, err := w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Contains(t, seen.May, ActTeam)
	_, err = w.NameTeam(ctx, secretary, v.ID, team)
	require.NoError(t, err)
	_, err = w.CountPaper(ctx, secretary, v.ID, count)
	require.NoError(t, err)
	_, err = w.SignCount(ctx, w.byID(present[2]), v.ID, "old")
	require.Error(t, err)
	_, err = w.SignCount(ctx, w.byID(present[4]), v.ID, "new")
	require.NoError(t, err)
	seen, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.True(t, seen.Counted)
	require.NotContains(t, seen.May, ActTeam, "the count is signed for")
	_, err = w.CloseSession(ctx, chair, v.ID, "")
	require.NoError(t, err)
	d, err := w.CountRecord(ctx, secretary, v.ID)
	require.NoError(t, err)
	told := fmt.Sprint(d.Blocks)
	require.Contains(t, told, "Tổ trưởng Tổ kiểm phiếu: "+v.Roster[4].Name)
	require.Contains(t, told, team.Reason)
}

// TestLateItemsAreTold: the chair hears of each asking, the members that they declare
// again; the consent's time is its act's; a request is not dropped under a consent that
// is being recorded.
func TestLateItemsAreTold(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ"), context.Background()
	late, more := r.newCase("Trần Thị Đến Sau"), r.newCase("Lê Văn Đến Sau")
	_, err := r.Convene(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	told := func(s Session, kind string) (paths []string) {
		t.Helper()
		got, err := r.Notices(ctx, s, NoticeQuery{})
		require.NoError(t, err)
		for _, n := range got.Rows {
			var data postgres.Notice
			require.NoError(t, json.Unmarshal(n.Data, &data))
			if n.Kind == kind {
				paths = append(paths, data.Path)
			}
		}
		return paths
	}
	for _, p := range []postgres.Proposal{late, more} {
		_, err = r.AskLate(ctx, r.secretary, r.v.ID, LateInput{Proposals: []string{p.ID}, Reason: "x"})
		require.NoError(t, err)
	}
	page := "/sessions/" + r.v.ID + "/late"
	require.Equal(t, []string{page, page}, told(r.chair, "session_late_asked"))
	member := r.byID(r.members[1])
	require.Empty(t, told(member, "session_late_asked"))
	require.Empty(t, told(member, "session_late"))

	r.underConsent(more)
	_, err = r.AdmitLate(ctx, r.chair, r.v.ID, AdmitInput{Proposals: []string{late.ID}})
	require.NoError(t, err)
	require.Len(t, told(member, "session_late"), 1)
	var acts []council.Transition
	r.history(r.v.CaseID, &acts)
	rows, err := r.Store.LateOf(ctx, r.v.ID)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.True(t, acts[len(acts)-1].At.Truncate(time.Microsecond).Equal(*rows[0].AdmittedAt), "%v %v", acts[len(acts)-1].At, rows[0].AdmittedAt)
}

// underConsent tries to drop a request while the chair's consent is on its way, and then
// drops it.
func (r *room) underConsent(p postgres.Proposal) {
	t, ctx := r.t, context.Background()
	t.Helper()
	drop := func() error {
		_, err := r.DropLate(ctx, r.secretary, r.v.ID, AgendaInput{Proposals: []string{p.ID}})
		return err
	}
	require.NoError(t, r.Store.Consent(ctx, r.v.ID, []string{p.ID}, true))
	err := drop()
	require.Equal(t, CodeConflict, codeOf(err))
	require.Contains(t, asError(err).Vi, "đang ghi nhận")
	owner, err := pgx.Connect(ctx, r.owner)
	require.NoError(t, err)
	defer owner.Close(ctx)
	_, err = owner.Exec(ctx, `update session_late set consenting_at = now() - interval '1 hour' where consenting_at is not null`)
	require.NoError(t, err)
	_, err = r.Store.SaveAttempt(ctx, postgres.Attempt{Nonce: "open", CaseID: r.v.CaseID, Action: council.ActionAdmitLate,
		Workflow: workflows.TypeCouncil, Actor: r.chair.User, Message: json.RawMessage(`{}`)})
	require.NoError(t, err)
	require.Equal(t, CodeConflict, codeOf(drop()), "its act is stored and has no outcome")
	_, err = owner.Exec(ctx, `insert into attempt_outcomes (nonce, status, code) values ('open', 'refused', 'number')`)
	require.NoError(t, err)
	require.NoError(t, drop())
}

// TestNothingIsOutOfReachWhoseBallotIsOver: in a second ballot only its own items can
// still fall short.
func TestNothingIsOutOfReachWhoseBallotIsOver(t *testing.T) {
	t.Parallel()
	in := council.Input{Roster: []council.Seat{{Person: "a", Chair: true}, {Person: "b"}}, Rules: []council.Rule{voting}}
	for _, id := range []string{"one", "two"} {
		in.Agenda = append(in.Agenda, council.AgendaItem{ID: id, Recused: []string{"b"}})
	}
	v := SessionView{Agenda: []AgendaItem{{Line: "1"}, {Line: "2"}}, Roster: []SeatView{{Present: true}, {Present: true}}}
	v.Phase = "open"
	v.Agenda[0].Item, v.Agenda[1].Item, v.Roster[0].User, v.Roster[1].User = "one", "two", "a", "b"
	require.Len(t, outOfReach(in, v), 2)
	in.Second = []string{"two"}
	got := outOfReach(in, v)
	require.Len(t, got, 1)
	require.Equal(t, "two", got[0].Item)
}
