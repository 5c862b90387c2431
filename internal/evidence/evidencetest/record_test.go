//go:build record

package evidencetest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// TestRecordCorpus writes bundles of real cases into the corpus that package
// evidence replays on every build: run it with -tags record from released code,
// and add what it wrote to the repository. It never replaces a bundle.
func TestRecordCorpus(t *testing.T) {
	h := newHouse(t)
	issued, signalled := h.walk(), h.returnedBySignal()
	issued.issue()
	signalled.withdraw()
	for name, c := range map[string]*theCase{"issued": issued, "signalled": signalled} {
		require.NoError(t, h.app.GetWorkflow(h.ctx, c.id, "").Get(h.ctx, nil))
		_, err := h.archiver.Archive(h.ctx, c.id)
		require.NoError(t, err)
		row, err := h.store.ArchiveOf(h.ctx, c.id)
		require.NoError(t, err)
		file := filepath.Join("..", "testdata", "corpus", name+"-"+uuid.NewString()[:8]+".zip")
		require.NoError(t, os.WriteFile(file, h.read(row.SHA256), 0o644))
	}
}
