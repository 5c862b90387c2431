package app

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// away is a Temporal that does not answer.
type away struct{ client.Client }

func (away) ExecuteWorkflow(context.Context, client.StartWorkflowOptions, any, ...any) (client.WorkflowRun, error) {
	return nil, serviceerror.NewUnavailable("away")
}

func (away) UpdateWorkflow(context.Context, client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	return nil, serviceerror.NewUnavailable("away")
}

// unreachable runs f while Temporal does not answer.
func (w *world) unreachable(f func()) {
	there := w.Desk.Temporal
	w.Desk.Temporal, w.Desk.Wait = away{}, 300*time.Millisecond
	f()
	w.Desk.Temporal, w.Desk.Wait = there, 0
}

// What the head signed is what the case starts with: while its sending has no
// outcome nobody edits it, and sending again finishes the same act.
func TestContentIsSealedWhileItsSendingIsPending(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	v := w.imported(t)
	var sent Sent
	w.unreachable(func() {
		var err error
		sent, err = w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID})
		require.NoError(t, err)
	})
	require.Equal(t, "pending", sent.Proposals[0].Done.Status)
	v, err := w.Submission(ctx, w.as("pgd-clerk"), v.ID, false)
	require.NoError(t, err)
	item := v.Proposals[0].ItemList[0]
	content := item.Content
	content.Note = "sửa khi đang gửi"
	_, err = w.EditItem(ctx, w.as("pgd-clerk"), EditInput{Item: item.ID, Version: v.Version, Content: content})
	assert.Equal(t, CodeNotReady, asError(err).Code)
	v, err = w.Submission(ctx, w.as("pgd-clerk"), v.ID, false)
	require.NoError(t, err)
	assert.Equal(t, CodeNotReady, asError(w.RemoveItem(ctx, w.as("pgd-clerk"), item.ID, v.Version)).Code)

	again, err := w.Send(ctx, w.as("pgd-head"), SendInput{Submission: v.ID, Nonce: "another-form"})
	require.NoError(t, err)
	for i, p := range again.Proposals {
		assert.Equal(t, sent.Proposals[i].Done.Attempt, p.Done.Attempt, "the same act, not another one")
		assert.Equal(t, 1, p.Proposal.Number)
	}
}

func TestNobodyTakesAnothersNonce(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	ps := w.sent(t)
	who := w.as("ph-reviewer-2")
	for i, award := range []string{"LDTT", "CSTDCS"} {
		in := ReasonInput{Target: Target{Proposal: ps[award].ID, Nonce: "n-1"}, Reason: "xác minh"}
		_, err := w.Hold(ctx, who, in)
		if i == 0 {
			require.NoError(t, err)
			continue
		}
		assert.Equal(t, "replayed", asError(err).Code, "one form is one act of one person")
	}
	_, err := w.Hold(ctx, w.as("ph-standing"), ReasonInput{Target: Target{Proposal: ps["GK-H"].ID, Nonce: "n-1"}, Reason: "xác minh"})
	require.NoError(t, err, "another person's form has the same number by chance")
}

func TestASuccessorOfTheNominatingUnitGoesOn(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["CSTDT"]
	_, err := w.Decide(ctx, w.as("ph-reviewer"), DecideInput{Target: Target{Proposal: p.ID}, Verdict: "return", Reason: "bổ sung"})
	require.NoError(t, err)
	const successor = "phong-gddt-vi-thuy"
	_, err = w.Store.UnitByID(ctx, successor)
	require.NoError(t, err)
	_, err = w.Reassign(ctx, w.as("hg-admin"), ReassignInput{Target: Target{Proposal: p.ID}, From: p.Unit, To: successor, Reason: "sáp nhập"})
	require.NoError(t, err)
	_, err = w.Resubmit(ctx, w.as("pgd-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	assert.Error(t, err, "the old unit's head has no case any more")
	done, err := w.Resubmit(ctx, w.as("vt-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
	require.NoError(t, err)
	assert.Equal(t, "review", done.Proposal.Stage)
}

func TestARoleEndsWithItsDates(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.Store.Today = func() string { return "2030-01-01" }
	require.NoError(t, w.Store.EndMembership(ctx, w.users["ph-reviewer-2"], "ubnd-phung-hiep", "reviewer", "2029-12-31"))
	w.sent(t)
	notices, err := w.Store.NoticesOf(ctx, w.users["ph-reviewer-2"], 50)
	require.NoError(t, err)
	for _, n := range notices {
		assert.NotContains(t, string(n.Data), "BKT-PT", "the reviewing role ended; nothing of the review goes there")
	}
	notices, err = w.Store.NoticesOf(ctx, w.users["ph-reviewer"], 50)
	require.NoError(t, err)
	assert.NotEmpty(t, notices)
}

// In a commune one unit holds clerks, reviewers and signers: each sees by the own
// role, and a council's member sees nothing before it stands on the agenda.
func TestSightFollowsTheRoleNotTheUnit(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	p := w.sent(t)["BKT-PT"]
	sees := func(role proposal.Role, unit string) bool {
		s := Session{User: "x", Memberships: []postgres.Membership{{Unit: unit, Role: string(role)}}}
		list, err := w.Proposals(ctx, s, postgres.Filter{Limit: 10})
		require.NoError(t, err)
		for _, got := range list {
			if got.ID == p.ID {
				return true
			}
		}
		return false
	}
	assert.True(t, sees(proposal.RoleReviewer, "ubnd-phung-hiep"))
	for _, role := range []proposal.Role{proposal.RoleClerk, proposal.RoleSigner, proposal.RoleRegistrar, proposal.RoleUnitHead} {
		assert.False(t, sees(role, "ubnd-phung-hiep"), "a %s of the reviewing unit", role)
	}
	assert.True(t, sees(proposal.RoleClerk, "phong-gddt-phung-hiep"))
	assert.False(t, sees(proposal.RoleSigner, "phong-gddt-phung-hiep"))
}
