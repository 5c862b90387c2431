package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
)

var mailCount = regexp.MustCompile(`✓ (\d+) thư đã tới`)

// TestDemo plays the whole job and looks at what it leaves behind.
func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var said bytes.Buffer
	ctx := zerolog.Nop().WithContext(context.Background())
	err := demo(ctx, demoOptions{out: dir, sheet: theSheet}, &said)
	require.NoError(t, err, said.String())
	text := said.String()
	require.NotContains(t, text, "✗")
	require.GreaterOrEqual(t, strings.Count(text, "✓"), 35, text)
	mails := mailCount.FindStringSubmatch(text)
	require.NotNil(t, mails, "no mail was counted")
	t.Logf("%s mails, %d checks held", mails[1], strings.Count(text, "✓"))

	for year, decisions := range map[string]int{"2023": 6, "2026": 1} {
		pdfs, err := filepath.Glob(filepath.Join(dir, year, "quyet-dinh-*.pdf"))
		require.NoError(t, err)
		require.Len(t, pdfs, decisions, year)
		for _, name := range pdfs {
			starts(t, name, "%PDF-")
		}
		starts(t, filepath.Join(dir, year, "ho-so.zip"), "PK")
		starts(t, filepath.Join(dir, year, "history.json"), "{")
	}
}

// starts checks that a file is there and begins as its kind does.
func starts(t *testing.T, name, with string) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Greater(t, len(data), 1000, name)
	require.Equal(t, with, string(data[:len(with)]), name)
}
