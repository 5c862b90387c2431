package app

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/roster"
)

// TestStandingMembersMeetAlone: the roster and every base are those who are marked; what
// the rule does not leave to them is refused; a member who is none of them learns no name.
func TestStandingMembersMeetAlone(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	rule := voting
	rule.Standing = true
	p, whole := w.send("BKT-PT", rule, person("Nguyễn Văn Ví Dụ")), w.send("BKT-PT", voting, person("Trần Thị Toàn Thể"))
	secretary, chair := w.as("hd-secretary"), w.as("hg-chair")
	v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Thường trực họp", HeldOn: "2023-11-20", Mode: "standing"})
	require.NoError(t, err)
	v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{p.ID, whole.ID}})
	require.NoError(t, err)
	_, err = w.Convene(ctx, secretary, v.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	require.Contains(t, asError(err).Vi, "đánh dấu là Thường trực")

	admin := w.as("hg-admin")
	for _, login := range []string{"hg-vice", "hg-member-1"} {
		seat := roster.Seat{Unit: theCouncil, Role: "member", Title: "Thường trực", Standing: true}
		got, err := w.GiveRole(ctx, admin, SeatInput{Person: w.as(login).User, Seat: seat})
		require.NoError(t, err)
		require.Contains(t, got.Seats, seat)
	}
	_, err = w.GiveRole(ctx, admin, SeatInput{Person: w.as("pgd-clerk").User, Seat: roster.Seat{Unit: theCouncil, Role: "secretary", Standing: true}})
	require.Equal(t, CodeInvalid, codeOf(err), "a secretary is no standing member")
	_, err = w.Convene(ctx, secretary, v.ID)
	require.Equal(t, CodeNotReady, codeOf(err))
	require.Contains(t, asError(err).Vi, "toàn thể Hội đồng xét")
	_, err = w.TakeOffAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{whole.ID}})
	require.NoError(t, err)
	c, err := w.CheckSession(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Nil(t, c.Problem)
	require.Equal(t, []int{3, 3, 2}, []int{c.Rules[0].Of, c.Rules[0].Needed, c.Quorum})
	_, err = w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)

	other := w.as("hg-member-2")
	seen, err := w.SessionView(ctx, other, v.ID)
	require.NoError(t, err)
	raw, err := json.Marshal(seen)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "Nguyễn Văn Ví Dụ", "no seat, no names")
	_, err = w.AgendaMaterial(ctx, other, v.ID, v.Agenda[0].Item)
	require.Error(t, err)
	_, err = w.DeclareInterests(ctx, other, v.ID, InterestsInput{None: true})
	require.Equal(t, CodeForbidden, codeOf(err))
	for who, want := range map[string]int{"hg-member-2": 0, "hg-member-1": 1} {
		n, err := w.UnreadNotices(ctx, w.as(who))
		require.NoError(t, err)
		require.Equal(t, want, n, who)
	}

	var present []string
	for _, seat := range c.Session.Roster {
		present = append(present, seat.User)
	}
	require.Len(t, present, 3)
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	for _, m := range present {
		w.declareNone(v.ID, m)
		_, err = w.Cast(ctx, w.byID(m), v.ID, CastInput{Default: "yes"})
		require.NoError(t, err)
	}
	_, err = w.CloseSession(ctx, chair, v.ID, "")
	require.NoError(t, err)
	v, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, council.Sum{Yes: 3, Base: 3, Needed: 3, Met: true}, v.Agenda[0].Result.Sum)
	m, err := w.Minutes(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(m.Blocks), "Tổng số thành viên Thường trực Hội đồng: 3")
	require.Contains(t, fmt.Sprint(m.Blocks), "tổng số thành viên Thường trực Hội đồng (")
	require.NotContains(t, fmt.Sprint(m.Blocks), "ổng số thành viên Hội đồng")
}
