package app

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

func sortedByAward(m map[string]postgres.Proposal) []postgres.Proposal {
	var out []postgres.Proposal
	for _, award := range []string{"BKT-PT", "CSTDT", "GK-H", "LDTT"} {
		if p, ok := m[award]; ok {
			out = append(out, p)
		}
	}
	return out
}

func named(ps []postgres.Proposal) []BulkCase {
	var out []BulkCase
	for _, p := range ps {
		out = append(out, BulkCase{Proposal: p.ID, Revision: max(p.Revision, 1), Number: max(p.Number, 1)})
	}
	return out
}

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
	for round := range 120 {
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
	if does == "" || r.IntN(4) == 0 {
		does = []string{"hold", "release", "return", "return"}[r.IntN(4)]
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

func TestABulkActIsOneRunHoweverOftenItIsSubmitted(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	cases := sortedByAward(w.sent(t))
	reviewer := w.as("ph-reviewer")
	mine := []postgres.Proposal{}
	for _, p := range cases {
		if now, err := w.proposal(ctx, reviewer, p.ID); err == nil && now.Stage == "review" {
			mine = append(mine, now)
		}
	}
	require.GreaterOrEqual(t, len(mine), 2)
	sha := w.minutes(t, "ph-reviewer", mine[0].ID)
	in := BulkInput{Action: "forward", Cases: named(mine), Minutes: sha, Nonce: "one"}
	_, err := w.Bulk(ctx, reviewer, in)
	assert.Equal(t, CodeInvalid, asError(err).Code, "the number of cases is typed first")
	in.Confirm = len(mine)

	// Somebody is faster on one of them; the others go on.
	_, err = w.Hold(ctx, reviewer, ReasonInput{Target: Target{Proposal: mine[0].ID}, Reason: "xác minh"})
	require.NoError(t, err)
	results := make(chan BulkResult, 4)
	for range 4 {
		go func() {
			res, err := w.Bulk(ctx, reviewer, in)
			assert.NoError(t, err)
			results <- res
		}()
	}
	var ids []string
	for range 4 {
		res := <-results
		ids = append(ids, res.ID)
	}
	for _, id := range ids {
		assert.Equal(t, ids[0], id, "one run")
	}
	res, err := w.BulkResult(ctx, reviewer, ids[0])
	require.NoError(t, err)
	assert.Equal(t, len(mine)-1, res.Accepted)
	assert.Equal(t, 1, res.Refused)
	assert.Contains(t, []string{"stale-number", "on-hold"}, res.Rows[0].Code)
	assert.NotEmpty(t, res.Rows[0].Vi)
	for _, p := range mine[1:] {
		now, err := w.Store.ProposalIn(ctx, postgres.Scope{All: true}, p.ID)
		require.NoError(t, err)
		assert.Equal(t, 2, now.Number, "done once")
		papers, err := w.Papers(ctx, reviewer, p.ID)
		require.NoError(t, err)
		assert.True(t, has(papers, sha), "the minutes are with each case")
	}
	// Nobody else reads the run.
	_, err = w.BulkResult(ctx, w.as("vt-reviewer"), ids[0])
	assert.Equal(t, CodeNotFound, asError(err).Code)
}

func has(papers []postgres.Attachment, sha string) bool {
	for _, p := range papers {
		if p.SHA256 == sha {
			return true
		}
	}
	return false
}

func TestABulkReportNamesNoFormula(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	cases := sortedByAward(w.sent(t))
	reviewer := w.as("ph-reviewer")
	res, err := w.Bulk(ctx, reviewer, BulkInput{Action: "hold", Cases: named(cases[:1]), Reason: "=1+1", Nonce: "x"})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, w.BulkReport(ctx, reviewer, res.ID, "csv", "vi", &b))
	assert.Contains(t, b.String(), cases[0].Ref)
	assert.Contains(t, b.String(), "Đã ghi nhận")
	assert.Equal(t, 2, strings.Count(b.String(), "\r\n"))
	assert.Equal(t, CodeInvalid, asError(w.BulkReport(ctx, reviewer, res.ID, "pdf", "vi", &b)).Code)
}

func TestABulkActNeverReachesWhatItsPersonCannotSee(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	cases := sortedByAward(w.sent(t))
	other := w.as("vt-reviewer")
	plan, err := w.RehearseBulk(ctx, other, BulkInput{Action: "hold", Cases: named(cases), Reason: "x"})
	require.NoError(t, err)
	assert.Empty(t, plan.Would)
	for _, x := range plan.Excluded {
		assert.Equal(t, CodeNotFound, x.Code)
		assert.Empty(t, x.UnitName)
		assert.Empty(t, x.Items)
		assert.NotContains(t, x.Ref, "HS-", "the name that the reader gave, not ours")
	}
	all, err := w.RehearseBulk(ctx, other, BulkInput{Action: "hold", Filter: &QueueQuery{}, Reason: "x"})
	require.NoError(t, err)
	assert.Empty(t, append(all.Would, all.Excluded...))
	_, err = w.Bulk(ctx, other, BulkInput{Action: "hold", Cases: named(cases), Reason: "x", Nonce: "n"})
	assert.Equal(t, CodeNotFound, asError(err).Code)
}

func TestTheQueueIsInOrderOfWorkAndKnowsItsNeighbours(t *testing.T) {
	t.Parallel()
	w, ctx := office(t, "2023-11-20"), context.Background()
	w.sent(t)
	w.sent(t)
	reviewer := w.as("ph-reviewer")
	q, err := w.Queue(ctx, reviewer, QueueQuery{Stage: "review"}, 100, 0)
	require.NoError(t, err)
	require.Equal(t, q.Total, len(q.Cases))
	require.GreaterOrEqual(t, q.Total, 4)
	for i, c := range q.Cases {
		at, err := w.QueuePlace(ctx, reviewer, QueueQuery{Stage: "review"}, c.ID)
		require.NoError(t, err)
		assert.Equal(t, i+1, at.Position)
		assert.Equal(t, q.Total, at.Total)
		if i > 0 {
			assert.Equal(t, q.Cases[i-1].Ref, at.Before)
		}
		if i+1 < len(q.Cases) {
			assert.Equal(t, q.Cases[i+1].Ref, at.After)
		}
	}
	late := w.as("ph-reviewer")
	w.Today = func() law.Date { return law.MustDate("2027-06-03") }
	q, err = w.Queue(ctx, late, QueueQuery{Late: true}, 100, 0)
	require.NoError(t, err)
	assert.NotZero(t, q.Late)
	none, err := w.Queue(ctx, w.as("vt-reviewer"), QueueQuery{}, 100, 0)
	require.NoError(t, err)
	assert.Zero(t, none.Total)
	choices, err := w.QueueChoices(ctx, w.as("vt-reviewer"))
	require.NoError(t, err)
	assert.Empty(t, choices.Units, "a filter names no unit of another district")
	nobody, err := w.Queue(ctx, Session{User: "x"}, QueueQuery{}, 100, 0)
	require.NoError(t, err)
	assert.Zero(t, nobody.Total)
}
