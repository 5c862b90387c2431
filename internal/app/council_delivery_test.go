package app

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

func (w *world) sealRound(s postgres.CouncilSession, round int) workflows.Sealed {
	w.t.Helper()
	var acts []council.Transition
	w.history(s.CaseID, &acts)
	sealed, err := w.sealer.SealCouncil(context.Background(), workflows.SealCouncilInput{
		SealInput: workflows.SealInput{Case: s.CaseID, ID: s.ID, Round: round}, Results: acts[len(acts)-1].Results})
	require.NoError(w.t, err)
	return sealed
}

func TestDeliveryWaitsForHeldCasesAndSealsMovedOnesAnew(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	free := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	heldCase := w.send("BKT-PT", voting, person("Trần Thị Giả Định"))
	heldItem := w.send("BKT-PT", voting, person("Lê Văn Tạm Dừng"), person("Danh Mẫu"))
	s := w.vote(nil, free, heldCase, heldItem)

	first := w.sealRound(s, 1)
	require.Equal(t, 3, first.Count)
	require.Equal(t, first, w.sealRound(s, 1), "a round is sealed once")

	secretary := w.holder(theCouncil, proposal.RoleSecretary)
	hold := func(p postgres.Proposal, action proposal.Action, items ...string) {
		w.onCase(p.CaseID, action, secretary, theCouncil, proposal.RoleSecretary, proposal.ReasonData{Items: items, Reason: "r"})
	}
	hold(heldCase, proposal.ActionHold)
	items, err := w.Store.ItemsOf(ctx, heldItem.ID, 1)
	require.NoError(t, err)
	hold(heldItem, proposal.ActionHold, items[0].ID)

	_, err = w.deliverer.Deliver(ctx, first)
	var later *temporal.ApplicationError
	require.ErrorAs(t, err, &later)
	require.Equal(t, envelope.CodeOnHold, later.Type())
	require.False(t, later.NonRetryable(), "a held case is waited for")
	counts, err := w.Store.CountLeaves(ctx, first.Batch)
	require.NoError(t, err)
	require.Equal(t, postgres.LeafCounts{Open: 1, Delivered: 1, Moved: 1}, counts)

	hold(heldCase, proposal.ActionRelease)
	d, err := w.deliverer.Deliver(ctx, first)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{heldCase.CaseID, heldItem.CaseID}, d.Cases)
	d.Cases = nil
	require.Equal(t, workflows.Delivery{Delivered: 1, Moved: 2}, d)
	_, err = w.sealer.SealCouncil(ctx, workflows.SealCouncilInput{SealInput: workflows.SealInput{Case: s.CaseID, ID: s.ID, Round: 2}})
	require.ErrorContains(t, err, "has no result", "an item that was voted on is never deferred for want of its result")
	second := w.sealRound(s, 2)
	require.Equal(t, 2, second.Count, "who was told is not sealed again")
	d, err = w.deliverer.Deliver(ctx, second)
	require.NoError(t, err)
	require.Equal(t, workflows.Delivery{Delivered: 2}, d)
	require.Equal(t, 0, w.sealRound(s, 3).Count)

	items, err = w.Store.ItemsOf(ctx, heldItem.ID, 1)
	require.NoError(t, err)
	require.Equal(t, "deferred", items[0].Outcome, "the Council can only defer a held item")
	require.Equal(t, "passed", items[1].Outcome)
}

func TestDeliveryToAWithdrawnCaseIsRefusedOnRecord(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	s := w.vote(nil, p)
	sealed := w.sealRound(s, 1)
	w.onCase(p.CaseID, proposal.ActionWithdraw, "pgd-head", proposer, proposal.RoleUnitHead, proposal.ReasonData{})
	d, err := w.deliverer.Deliver(ctx, sealed)
	require.NoError(t, err)
	require.Equal(t, workflows.Delivery{Refused: 1}, d)
	rows, err := w.Store.DeliveryOf(ctx, s.CaseID)
	require.NoError(t, err)
	require.Contains(t, rows[0].Detail, envelope.CodeClosed)
	require.Equal(t, 0, w.sealRound(s, 2).Count)
}

func TestDeliveryCatchesUpWithWhatWasNotRecorded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), context.Background()
	p := w.send("BKT-PT", voting, person("Nguyễn Văn Ví Dụ"))
	s := w.vote(nil, p)
	sealed := w.sealRound(s, 1)
	// The case is held and released behind the projection's back.
	secretary := w.as(w.holder(theCouncil, proposal.RoleSecretary))
	for i, action := range []proposal.Action{proposal.ActionHold, proposal.ActionRelease} {
		opened := envelope.Opened{Key: envelope.Key{Purpose: envelope.PurposeApp}, Act: envelope.Act{
			Installation: "test", Nonce: "behind-" + string(action), Actor: secretary.User, Role: "secretary", Unit: theCouncil,
			Case: p.CaseID, Revision: 1, Stage: "council", Number: p.Number + 1 + i, Action: string(action),
			Data: []byte(`{"reason":"r"}`), IssuedAt: now(), Expires: now() + 60,
		}}
		_, err := w.temporal.runs[p.CaseID].apply(opened, at())
		require.NoError(t, err)
	}
	d, err := w.deliverer.Deliver(ctx, sealed)
	require.NoError(t, err)
	require.Equal(t, 1, d.Moved)
	n, err := w.Store.Recorded(ctx, p.CaseID)
	require.NoError(t, err)
	require.Equal(t, p.Number+2, n)
	d, err = w.deliverer.Deliver(ctx, w.sealRound(s, 2))
	require.NoError(t, err)
	require.Equal(t, 1, d.Delivered)
}
