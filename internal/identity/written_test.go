package identity

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestASVS_7_1_1_to_7_1_3_SessionsAreWrittenDown: docs/safeguards.md has the times of sessions, how many a person may
// have, and what holds beside an identity provider, as they are.
func TestASVS_7_1_1_to_7_1_3_SessionsAreWrittenDown(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "safeguards.md"))
	require.NoError(t, err)
	text, s := strings.Join(strings.Fields(string(raw)), " "), Settings{}.WithDefaults()
	short := func(d time.Duration) string { return strings.TrimSuffix(strings.TrimSuffix(d.String(), "0s"), "0m") }
	for _, want := range []string{
		"when idle for " + s.Idle.String()[:3], "after " + short(s.Absolute) + " whatever", "sign-in after " + s.Pending.String()[:3],
		"older than " + s.Fresh.String()[:2], fmt.Sprintf("at most %d sessions", s.MaxSessions), "end of its own session does not end ours",
	} {
		assert.Contains(t, text, want)
	}
}
