package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// TestCountingTeamOfASession: once a team is named only its people enter the counts, the
// chair waits for its head's signature, and the minutes of counting name them all.
func TestCountingTeamOfASession(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	v := w.draftOf("Tổ kiểm phiếu", w.send("CSTDT", secretly(), person("Nguyễn Văn Ví Dụ")))
	_, err := w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	head, other := present[2], present[3]
	in := TeamInput{Head: head, Members: []string{other, secretary.User}}
	_, err = w.NameTeam(ctx, w.byID(head), v.ID, in)
	require.Equal(t, CodeForbidden, codeOf(err))
	for _, bad := range []TeamInput{{Head: head, Members: []string{head}}, {Head: w.as("pgd-clerk").User, Members: []string{other}}} {
		_, err = w.NameTeam(ctx, secretary, v.ID, bad)
		require.Equal(t, CodeInvalid, codeOf(err))
	}
	choices, err := w.TeamChoices(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Len(t, choices, len(present)+1, "the members and the secretary")
	_, err = w.NameTeam(ctx, secretary, v.ID, in)
	require.NoError(t, err)
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)

	count := CountInput{Issued: 11, Collected: 11, Items: []council.PaperItem{{Item: v.Agenda[0].Item, Yes: 10, Invalid: 1}}}
	_, err = w.CountPaper(ctx, w.byID(present[5]), v.ID, count)
	require.Equal(t, CodeForbidden, codeOf(err))
	require.Contains(t, asError(err).Vi, "chỉ người trong Tổ")
	_, err = w.SignCount(ctx, w.byID(head), v.ID, "")
	require.Equal(t, CodeNotReady, codeOf(err))
	for _, m := range []string{other, secretary.User} {
		_, err = w.CountPaper(ctx, w.byID(m), v.ID, count)
		require.NoError(t, err)
	}
	_, err = w.CloseSession(ctx, chair, v.ID, "early")
	require.Equal(t, CodeNotReady, codeOf(err))
	require.Contains(t, asError(err).Vi, "Tổ trưởng")
	seen, err := w.SessionView(ctx, w.byID(head), v.ID)
	require.NoError(t, err)
	require.Contains(t, seen.May, ActSign)
	seen, err = w.SessionView(ctx, w.byID(other), v.ID)
	require.NoError(t, err)
	require.NotContains(t, seen.May, ActSign)
	_, err = w.SignCount(ctx, w.byID(head), v.ID, "sign")
	require.NoError(t, err)
	_, err = w.CloseSession(ctx, chair, v.ID, "close")
	require.NoError(t, err)
	seen, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.True(t, seen.Team.Signed)
	require.True(t, seen.Agenda[0].Result.Passed)
	d, err := w.CountRecord(ctx, secretary, v.ID)
	require.NoError(t, err)
	told := fmt.Sprint(d.Blocks)
	require.Contains(t, told, "Tổ trưởng Tổ kiểm phiếu: "+v.Roster[2].Name)
	require.Contains(t, told, "Thành viên Tổ kiểm phiếu:")
	require.Contains(t, told, "TỔ TRƯỞNG TỔ KIỂM PHIẾU")
	require.Contains(t, told, "xác nhận kết quả kiểm phiếu trong hệ thống lúc")
}
