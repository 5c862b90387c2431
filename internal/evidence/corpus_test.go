package evidence

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every bundle in the corpus was recorded from a real server; a change of the
// workflow code, the state machines or the formats that breaks one breaks the
// cases that run or are archived in offices.
func TestCorpus(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", "*.zip"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(f)
			require.NoError(t, err)
			r := verified(t, data, Options{})
			require.True(t, r.OK, r.En)
		})
	}
}
