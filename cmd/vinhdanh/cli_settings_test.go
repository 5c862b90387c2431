package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheSettingsFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.yaml")
	var s settings
	require.NoError(t, readSettings(path, &s), "it is optional")
	require.NoError(t, os.WriteFile(path, []byte("url: https://thidua.example\ntoken: t\nlang: en\n"), 0o600))
	require.NoError(t, readSettings(path, &s))
	require.Equal(t, settings{URL: "https://thidua.example", Token: "t", Lang: "en"}, s)
	require.NoError(t, os.Chmod(path, 0o644))
	require.ErrorContains(t, readSettings(path, &s), "chmod 600")
	require.NoError(t, os.WriteFile(path, []byte("tokn: t\n"), 0o600))
	require.NoError(t, os.Chmod(path, 0o600))
	require.ErrorContains(t, readSettings(path, &s), "tokn")
}

func TestTablesAlignVietnamese(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	p := newPage(&b, "vi")
	p.row("TÊN", "NĂM")
	p.row("Nguyễn Thị Ví Dụ", 1984)
	p.row("Tho\u0302ng", 1990) // typed decomposed
	p.row("gõ\x1b[2Jxóa\nmàn hình", 1)
	require.NoError(t, p.flush())
	lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
	require.Len(t, lines, 4)
	column := -1
	for i, want := range []string{"NĂM", "1984", "1990", "1"} {
		line := []rune(lines[i])
		at := len(line) - len([]rune(want))
		require.Equal(t, want, string(line[at:]))
		if column < 0 {
			column = at
		}
		require.Equal(t, column, at, lines[i])
	}
	require.NotContains(t, b.String(), "\x1b")
	require.Equal(t, "1.800.000", dong(1800000))
	require.Equal(t, "600", dong(600))
}

// Each command stands once under its parent: a second one of the name would never be found.
func TestEachCommandStandsOnce(t *testing.T) {
	t.Parallel()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		seen := map[string]bool{}
		for _, sub := range c.Commands() {
			assert.False(t, seen[sub.Name()], sub.CommandPath())
			seen[sub.Name()] = true
			walk(sub)
		}
	}
	root := &cobra.Command{Use: "vinhdanh"}
	root.AddCommand(clientCommands()...)
	walk(root)
}
