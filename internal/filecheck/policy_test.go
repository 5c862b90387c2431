package filecheck

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestASVS_5_1_1_TheFilePolicyIsWrittenDown: docs/safeguards.md names what files are taken and how large they may get.
func TestASVS_5_1_1_TheFilePolicyIsWrittenDown(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "safeguards.md"))
	require.NoError(t, err)
	assert.Contains(t, string(raw), fmt.Sprintf("Taken are %s, %s, %s, %s and %s,", PDF.Ext, JPEG.Ext, PNG.Ext, Word.Ext, Book.Ext))
	assert.Contains(t, string(raw), fmt.Sprintf("have %d parts and unpack to\n%d MiB, a picture %d million points",
		DefaultLimits.Entries, DefaultLimits.Unpacked>>20, DefaultLimits.Pixels/1_000_000))
}
