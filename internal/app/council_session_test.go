package app

import (
	"context"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func TestDraftSessionRefusals(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))

	_, err := w.DraftSession(ctx, w.as("pgd-clerk"), DraftSessionInput{Council: theCouncil, Title: "x", HeldOn: "2023-11-20"})
	require.Equal(t, CodeForbidden, codeOf(err))
	one, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Phiên một", HeldOn: "2023-11-20"})
	require.NoError(t, err)
	two, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Phiên hai", HeldOn: "2023-11-21"})
	require.NoError(t, err)
	_, err = w.Convene(ctx, secretary, one.ID)
	require.Equal(t, CodeNotReady, codeOf(err), "an empty agenda")
	waiting, err := w.AgendaCandidates(ctx, secretary, theCouncil)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	require.Equal(t, &voting, waiting[0].Rule)
	_, err = w.PutOnAgenda(ctx, secretary, one.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	_, err = w.PutOnAgenda(ctx, secretary, two.ID, AgendaInput{Proposals: []string{p.ID}})
	require.Equal(t, CodeConflict, codeOf(err), "a proposal stands on one live session only")
	_, err = w.SessionView(ctx, w.as("pgd-clerk"), one.ID)
	require.Equal(t, CodeNotFound, codeOf(err))
	_, err = w.Cast(ctx, w.as(w.holder(theCouncil, proposal.RoleChair)), one.ID, CastInput{Default: "yes"})
	require.Equal(t, CodeNotReady, codeOf(err), "not convened")
}

// draftOf drafts a session with one case on its agenda.
func (w *world) draftOf(title string, ps ...postgres.Proposal) SessionView {
	w.t.Helper()
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	v, err := w.DraftSession(context.Background(), secretary, DraftSessionInput{Title: title, HeldOn: "2023-11-20"})
	require.NoError(w.t, err)
	for _, p := range ps {
		v, err = w.PutOnAgenda(context.Background(), secretary, v.ID, AgendaInput{Proposals: []string{p.ID}})
		require.NoError(w.t, err)
	}
	return v
}

func TestOpenSessionRefusals(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	chair := w.as(w.holder(theCouncil, proposal.RoleChair))
	one := w.draftOf("Phiên một", p)
	done, err := w.Convene(ctx, secretary, one.ID)
	require.NoError(t, err)
	require.Equal(t, 1, done.Number)
	_, err = w.Convene(ctx, secretary, one.ID)
	require.Equal(t, CodeConflict, codeOf(err))
	_, err = w.TakeOffAgenda(ctx, secretary, one.ID, AgendaInput{Proposals: []string{p.ID}})
	require.Equal(t, CodeConflict, codeOf(err), "the agenda is frozen")
	_, err = w.OpenSession(ctx, secretary, one.ID, OpenInput{Present: []string{chair.User}})
	require.Equal(t, envelope.CodeStage, codeOf(err), "no quorum")
	var present []string
	for _, seat := range one.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, one.ID, OpenInput{Present: present[:len(present)-1]})
	require.NoError(t, err)
	_, err = w.Cast(ctx, chair, one.ID, CastInput{Default: "yes"})
	require.Equal(t, CodeNotReady, codeOf(err), "interests are declared first")
	w.declareNone(one.ID, chair.User)
	_, err = w.Cast(ctx, chair, one.ID, CastInput{})
	require.Equal(t, CodeInvalid, codeOf(err), "an item is left open")
	_, err = w.Cast(ctx, chair, one.ID, CastInput{Default: "yes"})
	require.NoError(t, err)
	_, err = w.Cast(ctx, chair, one.ID, CastInput{Default: "no"})
	require.Equal(t, envelope.CodeReplayed, codeOf(err))
	_, err = w.CloseSession(ctx, secretary, one.ID, "")
	require.Equal(t, CodeForbidden, codeOf(err), "only the chair closes")
	absent := present[len(present)-1]
	_, err = w.Cast(ctx, secretary, one.ID, CastInput{Member: absent, Default: "yes", Written: true})
	require.Equal(t, envelope.CodeData, codeOf(err), "a written opinion needs its scan")
	_, err = w.Cast(ctx, secretary, one.ID, CastInput{Member: absent, Default: "yes", Written: true, Paper: one.Content + hex.EncodeToString(make([]byte, 32))})
	require.NoError(t, err)

	v, err := w.SessionView(ctx, secretary, one.ID)
	require.NoError(t, err)
	require.Nil(t, v.Agenda[0].Votes, "how is not shown before the close")
	voted := 0
	for _, seat := range v.Roster {
		require.Equal(t, seat.User != absent, seat.Present)
		if seat.Voted {
			voted++
		}
	}
	require.Equal(t, 2, voted)
}

func TestCancelFreesTheProposals(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	chair := w.as(w.holder(theCouncil, proposal.RoleChair))
	one, two := w.draftOf("Phiên một", p), w.draftOf("Phiên hai")
	_, err := w.Convene(ctx, secretary, one.ID)
	require.NoError(t, err)
	_, err = w.CancelSession(ctx, secretary, one.ID, CancelInput{})
	require.Equal(t, CodeInvalid, codeOf(err))
	_, err = w.CancelSession(ctx, secretary, one.ID, CancelInput{Reason: "Hoãn họp"})
	require.NoError(t, err)
	_, err = w.PutOnAgenda(ctx, secretary, two.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err, "what stood on a cancelled session is free")
	_, err = w.CancelSession(ctx, chair, two.ID, CancelInput{Reason: "Không cần họp"})
	require.NoError(t, err, "a draft simply ends")
}

func TestBallotsAtTheSameMoment(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	s := w.draftOf("Cùng lúc", w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ")))
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	convened := make(chan string, 4)
	var group errgroup.Group
	for range 4 {
		group.Go(func() error {
			_, err := w.Convene(ctx, secretary, s.ID)
			convened <- codeOf(err)
			return nil
		})
	}
	require.NoError(t, group.Wait())
	close(convened)
	for code := range convened { // the same act for all, or too late
		require.Contains(t, []string{"", CodeConflict}, code)
	}
	var present []string
	for _, seat := range s.Roster {
		present = append(present, seat.User)
	}
	_, err := w.OpenSession(ctx, secretary, s.ID, OpenInput{Present: present})
	require.NoError(t, err)
	for _, user := range present {
		member := w.byID(user)
		w.declareNone(s.ID, user)
		group.Go(func() error {
			_, err := w.Cast(ctx, member, s.ID, CastInput{Default: "yes"})
			return err
		})
	}
	require.NoError(t, group.Wait())
	v, err := w.SessionView(ctx, secretary, s.ID)
	require.NoError(t, err)
	require.Equal(t, len(present), v.Ballots)
	require.Equal(t, len(present)+2, v.Number)
}

func TestSecretCount(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	rule := voting
	rule.Ballot, rule.Threshold = council.BallotSecret, council.Fraction{Num: 90, Den: 100}
	p := w.send("CSTDT", rule, person("Nguyễn Văn Ví Dụ"), person("Trần Thị Giả Định"))
	secretary, chair := w.as(w.holder(theCouncil, proposal.RoleSecretary)), w.as(w.holder(theCouncil, proposal.RoleChair))
	s, err := w.DraftSession(ctx, secretary, DraftSessionInput{Title: "Bỏ phiếu kín", HeldOn: "2023-11-20"})
	require.NoError(t, err)
	s, err = w.PutOnAgenda(ctx, secretary, s.ID, AgendaInput{Proposals: []string{p.ID}})
	require.NoError(t, err)
	_, err = w.Convene(ctx, secretary, s.ID)
	require.NoError(t, err)
	var present []string
	for _, seat := range s.Roster {
		present = append(present, seat.User)
	}
	_, err = w.OpenSession(ctx, secretary, s.ID, OpenInput{Present: present})
	require.NoError(t, err)
	n := len(present)
	count := CountInput{Issued: n, Collected: n, Items: []council.PaperItem{ // not in agenda order
		{Item: s.Agenda[1].Item, Yes: n - 2, No: 2}, {Item: s.Agenda[0].Item, Yes: n},
	}}
	_, err = w.CountPaper(ctx, secretary, s.ID, count)
	require.NoError(t, err)
	_, err = w.CountPaper(ctx, secretary, s.ID, count)
	require.Equal(t, envelope.CodeSeparation, codeOf(err), "the second entry is another person's")
	_, err = w.CountPaper(ctx, chair, s.ID, count)
	require.NoError(t, err)
	_, err = w.CloseSession(ctx, chair, s.ID, "")
	require.NoError(t, err)
	require.Equal(t, 1, w.finishCouncil(s.CouncilSession).Delivered)
	v, err := w.SessionView(ctx, chair, s.ID)
	require.NoError(t, err)
	require.True(t, v.Agenda[0].Result.Passed)
	require.False(t, v.Agenda[1].Result.Passed)
	require.Empty(t, v.Agenda[0].Votes)
}
