package evidence

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/payload"
)

func TestEventsAreReadable(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	events, err := Events(w.h.history(), w.id, payload.Single{CaseID: w.id, Secret: w.h.key})
	require.NoError(t, err)
	require.Len(t, events, len(w.h.events))
	require.Equal(t, "WorkflowExecutionStarted", events[0].Type)
	all := ""
	for i, e := range events {
		require.EqualValues(t, i+1, e.ID)
		all += string(e.Body) + e.Sender
	}
	require.Contains(t, all, `"verdict":"return"`, "the act beside its message")
	require.Contains(t, all, `"award":"BKT"`, "the input in the clear")
	require.Contains(t, all, "serve-1")
	require.NotContains(t, all, "YWVzZ2Nt", "nothing stays encrypted under the case's own key")

	closed, err := Events(w.h.history(), w.id, payload.Single{CaseID: w.id, Secret: []byte(strings.Repeat("x", 32))})
	require.NoError(t, err)
	for _, e := range closed {
		require.NotContains(t, string(e.Body), `"verdict":"return"`, "without the key it stays closed")
	}
}
