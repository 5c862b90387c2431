package evidencetest

import (
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/evidence"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/reconcile"
)

// A real case on a real server: archived only once its workflow has closed, its
// bundle verifies, and a second run changes nothing.
func TestArchiveClosed(t *testing.T) {
	h := newHouse(t)
	c := h.walk()
	require.NoError(t, h.archiver.ArchiveClosed(h.ctx))
	_, err := h.store.ArchiveOf(h.ctx, c.id)
	require.ErrorIs(t, err, postgres.ErrNotFound, "an open case is not archived")

	c.issue()
	require.NoError(t, h.app.GetWorkflow(h.ctx, c.id, "").Get(h.ctx, nil))
	require.NoError(t, h.archiver.ArchiveClosed(h.ctx))
	row, err := h.store.ArchiveOf(h.ctx, c.id)
	require.NoError(t, err)
	p, err := h.store.ProposalIn(h.ctx, postgres.Scope{All: true}, c.id)
	require.NoError(t, err)
	require.NotNil(t, p.ArchivedAt)

	fingerprint, err := h.folder.Fingerprint()
	require.NoError(t, err)
	data := h.read(row.SHA256)
	r, err := evidence.Verify(h.ctx, data, evidence.Options{ExpectFingerprint: fingerprint, ExpectSHA256: row.SHA256})
	require.NoError(t, err)
	require.True(t, r.OK, "%s %+v", r.En, r.Checks)
	require.Equal(t, 4, r.Transitions)
	require.Empty(t, r.Notes, "the gate attests every sender")
	t.Log(r.Vi)

	require.NoError(t, h.archiver.ArchiveClosed(h.ctx))
	again, err := h.store.ArchiveOf(h.ctx, c.id)
	require.NoError(t, err)
	require.Equal(t, row, again)

	done, err := h.archiver.Archive(h.ctx, c.id)
	require.NoError(t, err)
	require.True(t, done)
	again, err = h.store.ArchiveOf(h.ctx, c.id)
	require.NoError(t, err)
	require.Equal(t, row, again, "making a bundle twice gives the same bytes")

	data[len(data)/2] ^= 1
	r, err = evidence.Verify(h.ctx, data, evidence.Options{ExpectFingerprint: fingerprint})
	require.NoError(t, err)
	require.False(t, r.OK, "a flipped byte in a copy is found")
}

func (h *house) read(sha string) []byte {
	key, err := blob.KeyOf(sha)
	require.NoError(h.t, err)
	f, err := h.archiver.Blobs.Get(h.ctx, key)
	require.NoError(h.t, err)
	defer func() { require.NoError(h.t, f.Close()) }()
	data, err := io.ReadAll(f)
	require.NoError(h.t, err)
	return data
}

func (h *house) reconcile(record bool) reconcile.Report {
	d := reconcile.Deps{Store: h.store, Workflows: reconcile.FromClient(h.app)}
	if record {
		d.Record = h.desk.Record
	}
	r, err := reconcile.Reconcile(h.ctx, d)
	require.NoError(h.t, err)
	return r
}

func codes(r reconcile.Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	return out
}
