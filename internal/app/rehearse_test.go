package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// TestARehearsalSaysWhatTheActDoes tries random acts of random people on random
// cases in random states: nothing changes by the rehearsal, and when nothing
// changes in between the act does exactly what the rehearsal said.
func TestARehearsalSaysWhatTheActDoes(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	r := rand.New(rand.NewPCG(4, 9))
	var cases []postgres.Proposal
	for range 3 {
		cases = append(cases, sortedByAward(w.sent(t))...)
	}
	sha := w.minutes(t, "ph-reviewer", cases[0].ID)
	people := []string{"ph-reviewer", "ph-reviewer", "ph-standing", "snv-appraiser", "snv-appraiser", "snv-director", "pgd-head", "vt-reviewer", "hg-auditor"}
	actions := []string{"forward", "forward", "accept", "accept", "appraise", "appraise", "return", "return", "hold", "release", "release"}
	did, refused := map[string]int{}, map[string]int{}
	for round := range 80 {
		w.onward(cases, r)
		s, action := w.as(people[r.IntN(len(people))]), actions[r.IntN(len(actions))]
		if r.IntN(4) > 0 { // most acts have some sense
			login, does := w.sensible(cases[r.IntN(len(cases))], r)
			s, action = w.as(login), does
		}
		in := BulkInput{Action: action, Reason: []string{"", "lý do", "lý do", "lý do", "lý do"}[r.IntN(5)], Default: []string{"", "propose", "propose", "propose", "not_propose"}[r.IntN(5)], Nonce: fmt.Sprint("round", round)}
		if r.IntN(4) > 0 {
			in.Minutes = sha
		}
		for _, p := range cases {
			if now, err := w.proposal(ctx, s, p.ID); err == nil && r.IntN(3) > 0 {
				c := BulkCase{Proposal: p.ID, Revision: now.Revision, Number: now.Number - r.IntN(8)/7}
				if c.Number > 0 {
					in.Cases = append(in.Cases, c)
				}
			}
		}
		if len(in.Cases) == 0 {
			continue
		}
		in.Confirm = len(in.Cases)
		before := w.marks(t, cases)
		plan, err := w.RehearseBulk(ctx, s, in)
		require.NoError(t, err)
		require.Equal(t, before, w.marks(t, cases), "a rehearsal changes nothing: %s", action)
		want := map[string]string{}
		for _, x := range append(append([]BulkTarget{}, plan.Would...), plan.Excluded...) {
			want[x.Ref] = x.Code
		}
		res, err := w.Bulk(ctx, s, in)
		require.NoError(t, err)
		require.Zero(t, res.Pending)
		for _, x := range res.Rows {
			require.Equal(t, want[x.Ref], x.Code, "%s on %s by %s", action, x.Ref, s.Name)
			require.Equal(t, x.Code == "", x.Status == "accepted")
			if x.Code == "" {
				did[action]++
			} else {
				refused[x.Code]++
			}
		}
		for _, x := range plan.Would {
			now, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, x.ID)
			require.NoError(t, err)
			if x.After != "returned" && !now.Closed {
				require.Equal(t, x.After, now.Stage)
			}
			require.Equal(t, x.After == "returned", now.Returned)
		}
	}
	t.Log(did, refused)
	for _, action := range actions {
		assert.NotZero(t, did[action], action)
	}
	for _, code := range []string{"forbidden", "stale-number", "wrong-stage", "bad-data", "on-hold"} {
		assert.NotZero(t, refused[code], code)
	}
}

// sensible is somebody whom a case waits for, and something that he may try.
func (w *world) sensible(p postgres.Proposal, r *rand.Rand) (login, action string) {
	now, err := w.Store.ProposalIn(context.Background(), postgres.Scope{All: true}, p.ID)
	require.NoError(w.t, err)
	does := map[string]string{"review": "forward", "reception": "accept", "appraisal": "appraise"}[now.Stage]
	if does == "" || r.IntN(2) == 0 {
		does = []string{"hold", "release", "return", "return", "return"}[r.IntN(5)]
	}
	login = map[string]string{proposer: "pgd-head"}[deref(now.WaitingUnit)]
	if login == "" && len(now.WaitingRoles) > 0 {
		login = w.holder(deref(now.WaitingUnit), proposal.Role(now.WaitingRoles[0]))
	}
	if login == "" {
		login = "ph-reviewer"
	}
	return login, does
}

// onward answers what was returned and releases most of what is held, so that the
// cases get somewhere.
func (w *world) onward(cases []postgres.Proposal, r *rand.Rand) {
	ctx := context.Background()
	for _, p := range cases {
		now, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
		require.NoError(w.t, err)
		if now.Returned {
			_, err = w.Resubmit(ctx, w.as("pgd-head"), ResubmitInput{Target: Target{Proposal: p.ID}})
			require.NoError(w.t, err)
		}
		if now.OnHold && r.IntN(2) > 0 {
			for _, login := range []string{"ph-reviewer", "ph-standing", "snv-appraiser"} {
				if _, err = w.Release(ctx, w.as(login), ReasonInput{Target: Target{Proposal: p.ID}}); err == nil {
					break
				}
			}
			require.NoError(w.t, err)
		}
	}
}

// marks is everything that a rehearsal could have left behind.
func (w *world) marks(t *testing.T, cases []postgres.Proposal) string {
	t.Helper()
	ctx, out := context.Background(), ""
	for _, p := range cases {
		now, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
		require.NoError(t, err)
		reasons, err := w.Store.ReasonsOf(ctx, p.CaseID)
		require.NoError(t, err)
		papers, err := w.Store.AttachmentsOfCase(ctx, p.CaseID)
		require.NoError(t, err)
		attempts, err := w.Store.AttemptsOf(ctx, p.CaseID)
		require.NoError(t, err)
		out += fmt.Sprintf("%+v %d %d %d %v\n", now.Number, len(reasons), len(papers), len(attempts), now.OpenedAt)
	}
	refusals, err := w.Store.Refusals(ctx, "", 10_000)
	require.NoError(t, err)
	return out + fmt.Sprint(len(refusals))
}
