package service

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// The time on hold does not count, in working days by the local calendar day: a hold over
// Tết of 2024 (08/02 to 14/02) costs the two days that offices worked.
func TestAHoldMovesTheDueDay(t *testing.T) {
	t.Parallel()
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	at := func(s string) time.Time { x, _ := time.Parse(time.RFC3339, s); return x }
	move := extend(law.Default)
	for _, tc := range []struct{ due, from, to, want string }{
		{"2024-02-20", "2024-02-07T09:00:00+07:00", "2024-02-16T09:00:00+07:00", "2024-02-22"}, // 15 and 16 February
		{"2024-02-07", "2024-02-05T09:00:00+07:00", "2024-02-06T09:00:00+07:00", "2024-02-15"}, // one day, over Tết
		{"2024-02-07", "2024-02-05T08:00:00+07:00", "2024-02-05T17:00:00+07:00", "2024-02-07"}, // the same day
		{"2024-02-07", "2024-02-04T18:00:00Z", "2024-02-05T18:00:00Z", "2024-02-15"},           // 01:00 in Việt Nam is the next day
		{"2024-05-02", "2024-04-29T09:00:00+07:00", "2024-05-04T09:00:00+07:00", "2024-05-06"}, // 2, 3 and the make-up Saturday 4 May: over 3, 4 and 6 May
	} {
		got := move(day(tc.due), at(tc.from), at(tc.to))
		require.NotNil(t, got)
		assert.Equal(t, tc.want, got.Format(time.DateOnly), tc.from)
	}
	assert.Nil(t, move(day("2024-02-07"), at("2035-02-05T09:00:00+07:00"), at("2035-02-06T09:00:00+07:00")), "no calendar, no guess")
}
