package service

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/law"
)

// What does not fit stops the start, with file, line and reason; test cases of the
// data that fail are among it.
func TestASpoiledLawDirectoryStopsTheStart(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, from, to, want string }{
		"an unknown key":       {"papers.yaml", "papers:\n", "papers:\n  - {cod: X}\n", "cod"},
		"an unknown fact":      {"criteria-titles.yaml", `expr: "rating >= GOOD"`, `expr: "mood >= GOOD"`, "mood"},
		"a case that fails":    {"criteria-titles.yaml", "facts: {rating: GOOD}, want: met", "facts: {rating: GOOD}, want: not_met", "expected not_met"},
		"a code that dangles":  {"awards.yaml", "criteria: [LDTT_RATING]", "criteria: [LDTT_RATIN]", "LDTT_RATIN"},
		"dates that overlap":   {"regimes.yaml", "to: 2023-12-31", "to: 2024-01-01", "no overlap"},
		"a case without facts": {"criteria-titles.yaml", "facts: {rating: GOOD}, want: met", "facts: {moon: 1}, want: met", "moon"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for file, text := range law.Default().Files() {
				if file == tc.file {
					require.Contains(t, text, tc.from)
					text = strings.Replace(text, tc.from, tc.to, 1)
				}
				require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600))
			}
			_, _, err := loadLaw(dir, nil)
			require.ErrorContains(t, err, tc.want)
			assert.Contains(t, err.Error(), tc.file)
		})
	}
}

// The setting adds the drafts to the data, so that their hash says so.
func TestDraftsAreASetting(t *testing.T) {
	t.Parallel()
	plain, _, err := loadLaw("", nil)
	require.NoError(t, err)
	assert.False(t, plain.AppliesDrafts("R4"))
	with, _, err := loadLaw("", []string{"R4"})
	require.NoError(t, err)
	assert.True(t, with.AppliesDrafts("R4"))
	assert.NotEqual(t, plain.Hash(), with.Hash())
	_, _, err = loadLaw("", []string{"R7"})
	require.ErrorContains(t, err, "VINHDANH_DRAFT_LAW")
}
