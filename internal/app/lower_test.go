package app

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// lowering is a case of which one item is lowered while Temporal does not answer.
type lowering struct {
	*world
	p    postgres.Proposal
	in   LowerInput
	have map[string]bool // the submission's proposals before
}

func lowered(t *testing.T) *lowering {
	t.Helper()
	w, ctx := office(t, "2023-11-20"), context.Background()
	l := &lowering{world: w, p: w.sent(t)["BKT-PT"], have: map[string]bool{}}
	view, err := w.Proposal(ctx, w.as("pgd-head"), l.p.ID, false)
	require.NoError(t, err)
	l.in = LowerInput{Target: Target{Proposal: l.p.ID, Nonce: "form"}, Item: view.ItemList[1].ID, Award: "GK-H"}
	for _, p := range l.all() {
		l.have[p.ID] = true
	}
	w.unreachable(func() {
		done, err := w.Lower(ctx, w.as("pgd-head"), l.in)
		require.NoError(t, err)
		require.Equal(t, "pending", done.Status)
	})
	require.Len(t, l.linked(), 1)
	return l
}

func (l *lowering) all() []postgres.Proposal {
	ps, err := l.Store.ProposalsOfSubmission(context.Background(), l.p.Submission)
	require.NoError(l.t, err)
	return ps
}

// linked lists the drafts opened for a lower award.
func (l *lowering) linked() (out []postgres.Proposal) {
	for _, p := range l.all() {
		if !l.have[p.ID] {
			out = append(out, p)
		}
	}
	return out
}

// sending sends the submission and tells what became of a proposal.
func (l *lowering) sending(id string) string {
	l.t.Helper()
	sent, err := l.Send(context.Background(), l.as("pgd-head"), SendInput{Submission: l.p.Submission})
	require.NoError(l.t, err)
	for _, p := range sent.Proposals {
		if p.Proposal.ID == id && p.Error != nil {
			return p.Error.Code
		}
	}
	return sent.Submission.Status
}

func (l *lowering) item() postgres.Item {
	it, err := l.Store.ItemByID(context.Background(), l.in.Item)
	require.NoError(l.t, err)
	return it
}

func TestALinkedDraftWaitsForItsLowering(t *testing.T) {
	t.Parallel()
	l, ctx := lowered(t), context.Background()
	draft := l.linked()[0]
	assert.Equal(t, CodeNotReady, l.sending(draft.ID), "both could be awarded")
	dropped, err := l.Store.DropLinked(ctx, draft.ID, 0)
	require.NoError(t, err)
	assert.False(t, dropped, "the lowering may still take effect")

	n, err := l.Desk.Sweep(ctx, 0)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	assert.Equal(t, draft.ID, l.item().LinkedTo)
	assert.Equal(t, "sent", l.sending(draft.ID))
	dropped, err = l.Store.DropLinked(ctx, draft.ID, 0)
	require.NoError(t, err)
	assert.False(t, dropped, "it is a case of its own now")
}

func TestTheSameFormTwiceOpensOneDraft(t *testing.T) {
	t.Parallel()
	l, ctx := lowered(t), context.Background()
	draft := l.linked()[0]
	done, err := l.Lower(ctx, l.as("pgd-head"), l.in)
	require.NoError(t, err)
	require.True(t, done.Recorded)
	assert.Equal(t, draft.ID, l.item().LinkedTo, "the draft that the stored act names")
	require.Len(t, l.linked(), 1)
	assert.Equal(t, draft.ID, l.linked()[0].ID)
}

func TestADraftWhoseLoweringWasRefusedIsRemoved(t *testing.T) {
	t.Parallel()
	l, ctx := lowered(t), context.Background()
	l.onCase(l.p.CaseID, proposal.ActionHold, "ph-reviewer", currentStage(l.p).Unit, proposal.RoleReviewer, proposal.ReasonData{Reason: "r"})
	other := l.in
	other.Nonce, other.Number = "another-form", l.p.Number
	_, err := l.Lower(ctx, l.as("pgd-head"), other)
	require.Equal(t, envelope.CodeNumber, asError(err).Code)
	require.Len(t, l.linked(), 2, "as long as one act has no outcome no draft is removed")
	_, err = l.Desk.Sweep(ctx, 0)
	require.NoError(t, err)
	require.Empty(t, l.item().Outcome, "the first act was refused too")
	for _, d := range l.linked() {
		assert.Equal(t, CodeNotReady, l.sending(d.ID))
		dropped, err := l.Store.DropLinked(ctx, d.ID, time.Hour)
		require.NoError(t, err)
		assert.False(t, dropped, "its act could be on its way")
		dropped, err = l.Store.DropLinked(ctx, d.ID, 0)
		require.NoError(t, err)
		assert.True(t, dropped)
	}
	assert.Empty(t, l.linked())
	sub, err := l.Store.SubmissionByID(ctx, l.p.Submission)
	require.NoError(t, err)
	assert.Equal(t, "sent", sub.Status, "nothing is left to send")
	for _, p := range l.all() {
		dropped, err := l.Store.DropLinked(ctx, p.ID, 0)
		require.NoError(t, err)
		assert.False(t, dropped, "only linked drafts are removed")
	}
}

// Only what the data rank lower can be taken: nothing higher, nothing beside it, nothing
// that nobody on the unit's way up decides; and what can be taken is offered.
func TestOnlyALowerAwardCanBeTaken(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	v, err := w.Case(ctx, w.as("pgd-head"), p.ID, false)
	require.NoError(t, err)
	offered := []string{}
	for _, x := range v.Lower {
		offered = append(offered, x.Code)
	}
	assert.Contains(t, offered, "GK-H")
	for _, award := range []string{"BKT-PT", "BKT-I", "CSTDT", "CSTDCS", "BKT-DX"} {
		assert.NotContains(t, offered, award)
		_, err := w.Lower(ctx, w.as("pgd-head"), LowerInput{Target: Target{Proposal: p.ID}, Item: v.ItemList[0].ID, Award: award})
		e := asError(err)
		require.Equal(t, CodeInvalid, e.Code, award)
		require.Equal(t, "award", e.Fields[0].Field)
		assert.NotEmpty(t, e.Fields[0].Vi)
		assert.NotEmpty(t, e.Fields[0].En)
	}
	all, err := w.Store.ProposalsOfSubmission(ctx, p.Submission)
	require.NoError(t, err)
	for _, x := range all {
		assert.NotContains(t, x.Ref, p.Ref+"-", "no draft was opened")
	}
	clerk, err := w.Case(ctx, w.as("pgd-clerk"), p.ID, false)
	require.NoError(t, err)
	assert.Empty(t, clerk.Lower, "whoever may not consent is offered nothing")
}
