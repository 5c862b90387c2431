package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// TestLateItemsNeedTheChair: a late proposal joins a convened session with the chair's
// recorded consent only; until then it is held for the session; members declare anew
// before they see it; the result reaches its case; the minutes tell it.
func TestLateItemsNeedTheChair(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ"), context.Background()
	late, other := r.newCase("Trần Thị Đến Sau"), r.newCase("Lê Văn Ở Lại")
	ask := LateInput{Proposals: []string{late.ID}, Reason: "Bộ bổ sung hướng dẫn sau ngày triệu tập"}
	_, err := r.AskLate(ctx, r.secretary, r.v.ID, ask)
	require.Equal(t, CodeNotReady, codeOf(err), "a draft takes it on its agenda")
	r.declareNone(r.v.ID, r.members[1])
	_, err = r.Convene(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	_, err = r.PutOnAgenda(ctx, r.secretary, r.v.ID, AgendaInput{Proposals: []string{late.ID}})
	require.Equal(t, CodeConflict, codeOf(err))
	require.Contains(t, asError(err).Vi, "Chủ trì đồng ý")
	_, err = r.AdmitLate(ctx, r.chair, r.v.ID, AdmitInput{Proposals: []string{late.ID}})
	require.Equal(t, CodeNotReady, codeOf(err), "nobody asked")

	v, err := r.AskLate(ctx, r.secretary, r.v.ID, ask)
	require.NoError(t, err)
	require.Len(t, v.Late, 1)
	require.Equal(t, []any{late.Ref, 1, ask.Reason}, []any{v.Late[0].ProposalRef, v.Late[0].Items, v.Late[0].Reason})
	require.Len(t, v.Agenda, 1, "asking is not joining")
	second := r.draftOf("Phiên khác")
	_, err = r.PutOnAgenda(ctx, r.secretary, second.ID, AgendaInput{Proposals: []string{late.ID}})
	require.Equal(t, CodeConflict, codeOf(err), "held for the session that asks")
	member, err := r.SessionView(ctx, r.byID(r.members[1]), r.v.ID)
	require.NoError(t, err)
	require.Empty(t, member.Late, "what waits for the chair's word is no member's")
	_, err = r.AdmitLate(ctx, r.secretary, r.v.ID, AdmitInput{Proposals: []string{late.ID}})
	require.Equal(t, CodeForbidden, codeOf(err))

	_, err = r.AskLate(ctx, r.secretary, r.v.ID, LateInput{Proposals: []string{other.ID}, Reason: "x"})
	require.NoError(t, err)
	_, err = r.DropLate(ctx, r.chair, r.v.ID, AgendaInput{Proposals: []string{other.ID}})
	require.NoError(t, err)
	_, err = r.AdmitLate(ctx, r.chair, r.v.ID, AdmitInput{Proposals: []string{late.ID, other.ID}})
	require.Equal(t, CodeNotReady, codeOf(err), "not consented to")
	done, err := r.AdmitLate(ctx, r.chair, r.v.ID, AdmitInput{Proposals: []string{late.ID}, Nonce: "consent"})
	require.NoError(t, err)
	require.Equal(t, "accepted", done.Status)

	member, err = r.SessionView(ctx, r.byID(r.members[1]), r.v.ID)
	require.NoError(t, err)
	require.Len(t, member.Agenda, 2)
	require.True(t, member.Withheld, "declared before it joined: declare again")
	require.NotContains(t, fmt.Sprint(member.Agenda), "Trần Thị Đến Sau")
	r.v, err = r.SessionView(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Len(t, r.GroupAgenda(r.v.Agenda), 1, "it joins its award's group")
	r.openAndVote(other)
}

// openAndVote opens, refuses what comes later still, votes and closes.
func (r *room) openAndVote(after postgres.Proposal) {
	t, ctx := r.t, context.Background()
	_, err := r.OpenSession(ctx, r.secretary, r.v.ID, OpenInput{Present: r.members})
	require.NoError(t, err)
	for _, try := range []func() error{
		func() error {
			_, err := r.AskLate(ctx, r.secretary, r.v.ID, LateInput{Proposals: []string{after.ID}, Reason: "x"})
			return err
		},
		func() error {
			_, err := r.PutOnAgenda(ctx, r.secretary, r.v.ID, AgendaInput{Proposals: []string{after.ID}})
			return err
		},
		func() error {
			_, err := r.AdmitLate(ctx, r.chair, r.v.ID, AdmitInput{Proposals: []string{after.ID}})
			return err
		},
	} {
		err := try()
		require.Equal(t, CodeConflict, codeOf(err))
		require.Contains(t, asError(err).Vi, "trình bổ sung")
	}
	for _, m := range r.members {
		r.declareNone(r.v.ID, m)
		_, err = r.Cast(ctx, r.byID(m), r.v.ID, CastInput{Default: "yes"})
		require.NoError(t, err)
	}
	_, err = r.CloseSession(ctx, r.chair, r.v.ID, "")
	require.NoError(t, err)
	require.Equal(t, 2, r.finishCouncil(r.v.CouncilSession).Delivered)
	m, err := r.Minutes(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(m.Blocks), "Bổ sung vào chương trình sau khi triệu tập, Chủ trì đồng ý lúc ")
}

// TestLateRecusalIsOnRecord: declared while the vote is open, it takes out the open
// ballot that was cast, is an act of the session, and whoever runs it sees what can no
// longer pass.
func TestLateRecusalIsOnRecord(t *testing.T) {
	t.Parallel()
	r, ctx := newRoom(t, "Nguyễn Văn Ví Dụ", "Trần Thị Giả Định"), context.Background()
	first := r.v.Agenda[0].Item
	_, err := r.Convene(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	_, err = r.OpenSession(ctx, r.secretary, r.v.ID, OpenInput{Present: r.members[:9]})
	require.NoError(t, err)
	for i, m := range r.members[:6] {
		r.declareNone(r.v.ID, m)
		_, err = r.Cast(ctx, r.byID(m), r.v.ID, CastInput{Default: "yes", Nonce: fmt.Sprint("cast", i)})
		require.NoError(t, err)
	}
	for _, m := range r.members[2:6] {
		v, err := r.DeclareInterests(ctx, r.byID(m), r.v.ID, InterestsInput{Conflicts: []Conflict{{Item: first, Reason: "Đồng tác giả sáng kiến"}}})
		require.NoError(t, err)
		require.Equal(t, []SeatConflict{{Member: m, Item: first, Kind: ConflictLate, Reason: "Đồng tác giả sáng kiến"}}, v.Conflicts)
	}
	v, err := r.SessionView(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, []Hopeless{{Item: first, Line: v.Agenda[0].Line, Outlook: council.Outlook{Base: 11, Needed: 8, Entitled: 7}}}, v.Unreachable)
	acts, err := r.Store.AcceptedAttempts(ctx, r.v.CaseID, council.ActionRecuse)
	require.NoError(t, err)
	require.Len(t, acts, 4)
	require.NotContains(t, string(acts[0].Message), "sáng kiến", "reasons stay out of histories")
	_, err = r.CloseSession(ctx, r.chair, r.v.ID, "")
	require.NoError(t, err)
	v, err = r.SessionView(ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, council.Sum{Yes: 2, Recused: 4, Base: 11, Needed: 8}, v.Agenda[0].Result.Sum)
	require.Equal(t, council.Sum{Yes: 6, Base: 11, Needed: 8}, v.Agenda[1].Result.Sum)
}

// TestDeclaredAfterASecretBallot: what is sealed is not found again; the declaration stays
// on record, the member is told what to do, and the vote counts as an abstention.
func TestDeclaredAfterASecretBallot(t *testing.T) {
	t.Parallel()
	r := newSealedRoom(t, 2)
	for _, seat := range r.v.Roster[:3] {
		b, err := r.SecretBallot(r.ctx, r.byID(seat.User), r.v.ID)
		require.NoError(t, err)
		_, err = r.CastSecret(r.ctx, r.byID(seat.User), r.v.ID, SecretInput{Sealed: r.sealed(b, "yy")})
		require.NoError(t, err)
	}
	late := r.byID(r.v.Roster[1].User)
	_, err := r.DeclareInterests(r.ctx, late, r.v.ID, InterestsInput{Conflicts: []Conflict{{Item: r.v.Agenda[0].Item, Reason: "Em ruột"}}})
	require.Equal(t, CodeConflict, codeOf(err))
	require.Contains(t, asError(err).Vi, "không rút ra được")
	rows := r.counted()
	require.Equal(t, []int{2, 1}, []int{strings.Count(rows[0].Votes, "y"), strings.Count(rows[0].Votes, "a")})
	require.Equal(t, "yyy", rows[1].Votes)
	v, err := r.SessionView(r.ctx, r.secretary, r.v.ID)
	require.NoError(t, err)
	require.Equal(t, []SeatConflict{{Member: late.User, Item: r.v.Agenda[0].Item, Kind: ConflictNoted, Reason: "Em ruột"}}, v.Conflicts)
}
