package law

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// dataFS is a copy of the shipped data that a test may spoil.
func dataFS(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	disk := os.DirFS("data")
	names, err := fs.Glob(disk, "*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		raw, err := fs.ReadFile(disk, name)
		require.NoError(t, err)
		out[name] = &fstest.MapFile{Data: raw}
	}
	return out
}

// edit replaces the first occurrence of a text in one file; it must be there.
func edit(t *testing.T, data fstest.MapFS, name, from, to string) {
	t.Helper()
	text := string(data[name].Data)
	require.Contains(t, text, from)
	data[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
}

// lineOf is the line on which a text first stands.
func lineOf(t *testing.T, data fstest.MapFS, name, text string) int {
	t.Helper()
	before, _, found := strings.Cut(string(data[name].Data), text)
	require.True(t, found, text)
	return strings.Count(before, "\n") + 1
}
