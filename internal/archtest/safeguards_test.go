package archtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// section is a part of a document, without its heading.
func section(t *testing.T, name, heading string) string {
	t.Helper()
	_, rest, found := strings.Cut(document(t, name), "## "+heading+"\n")
	require.True(t, found, "%s: %s", name, heading)
	text, _, _ := strings.Cut(rest, "\n## ")
	return text
}

// TestASVS_2_1_3_and_2_3_2_EveryLimitHasItsTest: each line of the limits says of what, how much, and names a test.
func TestASVS_2_1_3_and_2_3_2_EveryLimitHasItsTest(t *testing.T) {
	t.Parallel()
	rows := strings.Split(strings.TrimSpace(section(t, "safeguards.md", "Limits")), "\n")[2:]
	require.NotEmpty(t, rows)
	for _, row := range rows {
		cells := strings.Split(strings.Trim(row, "| "), " | ")
		require.Len(t, cells, 4, row)
		assert.Regexp(t, testName, cells[3], row)
	}
}
