package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/postgres"
)

// told is what a session's result cost on its way to the proposals.
type told struct {
	Acts    int // signed acts that carry it
	Leaves  int // cases under them
	Updates int // that the cases accepted from the closing on
}

// costOf counts what was delivered, from the store and from each case's history;
// before is how many Updates each case had accepted when the vote was closed.
func (w *town) costOf(session string, proposals []postgres.Proposal, before int) told {
	w.t.Helper()
	var c told
	err := w.sql(w.urls.App).QueryRow(w.ctx, `
		select count(distinct b.jws), count(l.case_id) from batches b join batch_leaves l on l.batch = b.id
		where b.case_id = $1 and l.status = 'delivered'`, session).Scan(&c.Acts, &c.Leaves)
	require.NoError(w.t, err)
	for _, p := range proposals {
		c.Updates += count(w.history(p.CaseID)).updates - before
	}
	return c
}

// TestACouncilDayCostsOneUpdateAProposal: the result of a session reaches every
// proposal under one signed act over all of them, by one Update each.
func TestACouncilDayCostsOneUpdateAProposal(t *testing.T) {
	t.Parallel()
	w := shared(t)
	const n = 4
	var proposals []postgres.Proposal
	var ids []string
	for range n {
		p := w.appraised("ph-reviewer-2", w.atRest(w.sent("LDTT", 1)))
		proposals, ids = append(proposals, p), append(ids, p.ID)
	}
	before := count(w.history(proposals[0].CaseID)).updates
	v, err := local.hold(w.ctx, w.stage, ids)
	require.NoError(t, err)
	w.clean()
	require.Equal(t, told{Acts: 1, Leaves: n, Updates: n}, w.costOf(v.CaseID, proposals, before))
}
