package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// twice is the vote rule with a second ballot.
func twice() council.Rule {
	r := voting
	r.Second = council.Fraction{Num: 1, Den: 2}
	return r
}

// TestSecondBallotOfASession: closing opens a second ballot on what fell short by so
// little that its rule votes again; members get a ballot with that alone; the next
// closing ends the session, with both counts on the result and in the minutes.
func TestSecondBallotOfASession(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	v := w.draftOf("Hai lần", w.send("BKT-PT", twice(), person("Nguyễn Văn Đủ Phiếu"), person("Trần Thị Thiếu Phiếu"), person("Lê Văn Ít Phiếu")))
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	_, err := w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	enough, short, few := v.Agenda[0].Item, v.Agenda[1].Item, v.Agenda[2].Item
	for i, m := range present {
		w.declareNone(v.ID, m)
		in := CastInput{Default: "no", Items: map[string]string{enough: "yes"}}
		if i < 7 {
			in.Items[short] = "yes"
		}
		if i < 5 {
			in.Items[few] = "yes"
		}
		_, err = w.Cast(ctx, w.byID(m), v.ID, in)
		require.NoError(t, err)
	}
	done, err := w.CloseSession(ctx, chair, v.ID, "first")
	require.NoError(t, err)
	require.Equal(t, []any{NextSecond, "open", 2}, []any{done.Next.Is(), done.Next.Phase, done.Next.Round})
	require.Contains(t, done.Next.Text.VI, "biểu quyết lần hai")
	v, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"open", 2, 0}, []any{v.Phase, v.Round, v.Ballots})
	first := council.Sum{Yes: 7, No: 4, Base: 11, Needed: 8}
	for _, it := range v.Agenda {
		require.Equal(t, it.Item == short, it.Second, it.Line)
		require.Nil(t, it.Result)
		require.Empty(t, it.Votes, "nobody's vote is shown before the session is closed")
	}
	require.Equal(t, &first, v.Agenda[1].First)
	b, err := w.Ballot(ctx, w.byID(present[3]), v.ID)
	require.NoError(t, err)
	require.False(t, b.Cast)
	require.Len(t, b.Items, 1)
	require.Equal(t, []any{short, 1, 1}, []any{b.Items[0].Item, b.Items[0].Place, b.Asked})
	_, err = w.Cast(ctx, w.byID(present[3]), v.ID, CastInput{Default: "no"})
	require.Equal(t, CodeConflict, codeOf(err), "a ballot that was filled in before the first one was closed")
	_, err = w.Cast(ctx, w.byID(present[3]), v.ID, CastInput{Default: "yes", Items: map[string]string{enough: "no"}, Round: 2})
	require.Equal(t, CodeInvalid, codeOf(err), "not on this ballot")
	for _, m := range present[:9] {
		_, err = w.SaveBallot(ctx, w.byID(m), v.ID, BallotChange{Items: map[string]string{short: "yes"}})
		require.NoError(t, err)
		_, err = w.Cast(ctx, w.byID(m), v.ID, CastInput{Default: "yes", Round: 2})
		require.NoError(t, err)
	}
	p, err := w.Progress(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, []int{2, 9, 11, 1, 3}, []int{p.Round, p.Ballots, p.Expected, p.Open, p.Items})
	_, err = w.CloseSession(ctx, chair, v.ID, "second")
	require.NoError(t, err)

	v, err = w.SessionView(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, "closed", v.Phase)
	require.Equal(t, []bool{true, true, false}, []bool{v.Agenda[0].Result.Passed, v.Agenda[1].Result.Passed, v.Agenda[2].Result.Passed})
	require.Equal(t, council.Sum{Yes: 9, Base: 11, Needed: 8, Met: true}, v.Agenda[1].Result.Sum)
	require.Equal(t, &first, v.Agenda[1].Result.First)
	require.Equal(t, []int{11, 9, 11, 0}, []int{len(v.Agenda[0].Votes), len(v.Agenda[1].Votes), len(v.Agenda[1].FirstVotes), len(v.Agenda[0].FirstVotes)})
	require.Equal(t, 1, w.finishCouncil(v.CouncilSession).Delivered)
	m, err := w.Minutes(ctx, secretary, v.ID)
	require.NoError(t, err)
	told := fmt.Sprint(m.Blocks)
	require.Contains(t, told, "Trần Thị Thiếu Phiếu (lần thứ nhất)")
	require.Contains(t, told, "Trần Thị Thiếu Phiếu (lần thứ hai)")
	require.Contains(t, told, "có ít nhất 1/2 tán thành thì biểu quyết lần hai")
}

// TestSecondPaperBallot: papers of the second ballot are counted anew, of its items, and
// the minutes of counting have both.
func TestSecondPaperBallot(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	rule := twice()
	rule.Ballot = council.BallotSecret
	p := w.send("CSTDT", rule, person("Nguyễn Văn Ví Dụ"), person("Trần Thị Giả Định"))
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	v, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Phiếu kín", HeldOn: "2023-11-20"})
	require.NoError(t, err)
	v, err = w.PutOnAgenda(ctx, secretary, v.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	_, err = w.Convene(ctx, secretary, v.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range v.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, v.ID, OpenInput{Present: present})
	require.NoError(t, err)
	count := func(in CountInput) {
		for _, m := range present[1:3] {
			_, err := w.CountPaper(ctx, w.byID(m), v.ID, in)
			require.NoError(t, err)
		}
	}
	one, two := v.Agenda[0].Item, v.Agenda[1].Item
	count(CountInput{Issued: 11, Collected: 11, Items: []council.PaperItem{{Item: one, Yes: 11}, {Item: two, Yes: 7, No: 4}}})
	_, err = w.CloseSession(ctx, chair, v.ID, "")
	require.NoError(t, err)
	pr, err := w.Progress(ctx, secretary, v.ID)
	require.NoError(t, err)
	require.Equal(t, []int{2, 0, 1}, []int{pr.Round, pr.Counts, pr.Secret})
	count(CountInput{Round: 2, Issued: 11, Collected: 10, Items: []council.PaperItem{{Item: two, Yes: 10}}})
	_, err = w.CloseSession(ctx, chair, v.ID, "")
	require.NoError(t, err)
	d, err := w.CountRecord(ctx, secretary, v.ID)
	require.NoError(t, err)
	told := fmt.Sprint(d.Blocks)
	require.Contains(t, told, "BỎ PHIẾU LẦN HAI")
	require.Contains(t, told, "phiếu phát ra: 11; phiếu thu vào: 11")
	require.Contains(t, told, "phiếu phát ra: 11; phiếu thu vào: 10")
}
