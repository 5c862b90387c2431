package app

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
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
