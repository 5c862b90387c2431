package evidence

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func verified(t testing.TB, data []byte, o Options) Report {
	t.Helper()
	r, err := Verify(context.Background(), data, o)
	require.NoError(t, err)
	return r
}

func TestVerifyCommendation(t *testing.T) {
	t.Parallel()
	w := commendation(t)
	data := w.bundle()
	r := verified(t, data, Options{ExpectFingerprint: w.fingerprint()})
	list, err := json.MarshalIndent(r, "", " ")
	require.NoError(t, err)
	require.True(t, r.OK, "%s", list)
	require.Equal(t, 8, r.Transitions)
	require.False(t, r.SelfDeclared)
	require.Equal(t, data, w.bundle(), "the same source gives the same bytes")
}
