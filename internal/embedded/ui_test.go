package embedded

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/embedded/ui"
	"vinhdanh/internal/gate"
)

// TestWebUIReadsOnly: Temporal's own UI shows a case, and nothing sent through it changes one, whatever credential
// the browser brings along.
func TestWebUIReadsOnly(t *testing.T) {
	t.Parallel()
	h := start(t, nil)
	h.work(t, gate.NamespaceCases)
	ctx := within(t, 30*time.Second)
	const id = "commendation/1"
	app := h.dial(t, gate.App, gate.NamespaceCases)
	_, err := app.ExecuteWorkflow(ctx, startOptions(id), "commendation", 0)
	require.NoError(t, err)
	u, err := ui.Start(ctx, ui.Options{Temporal: h.server.Address(), Credential: h.tokens[gate.Auditor]})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, u.Close()) })

	ask := func(method, path, body string, header http.Header) (int, string) {
		r, err := http.NewRequestWithContext(ctx, method, u.URL()+path, strings.NewReader(body))
		require.NoError(t, err)
		for k, v := range header {
			r.Header[k] = v
		}
		if host := header.Get("Host"); host != "" {
			r.Host = host
		}
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		defer func() { _ = answer.Body.Close() }()
		text, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return answer.StatusCode, string(text)
	}
	code, page := ask(http.MethodGet, "/", "", nil)
	require.Equal(t, http.StatusOK, code)
	require.Contains(t, page, "<html")
	require.Eventually(t, func() bool {
		code, list := ask(http.MethodGet, "/api/v1/namespaces/cases/workflows", "", nil)
		return code == http.StatusOK && strings.Contains(list, id)
	}, 10*time.Second, 50*time.Millisecond)
	code, _ = ask(http.MethodGet, "/api/v1/namespaces/cases/workflows/commendation%2F1/history", "", nil)
	require.Equal(t, http.StatusOK, code)
	code, settings := ask(http.MethodGet, "/api/v1/settings", "", nil)
	require.Equal(t, http.StatusOK, code)
	require.Contains(t, settings, `"DisableWriteActions":true`)
	require.NotContains(t, settings+page, h.tokens[gate.Auditor].Reveal())

	operator := http.Header{"Authorization": {"Bearer " + h.tokens[gate.Operator].Reveal()}}
	for _, header := range []http.Header{nil, operator} {
		code, _ = ask(http.MethodPost, "/api/v1/namespaces/cases/workflows/commendation%2F1/terminate", "{}", header)
		require.GreaterOrEqual(t, code, 400)
	}
	code, _ = ask(http.MethodGet, "/api/v1/namespaces/cases/workflows", "", http.Header{"Host": {"evil.example"}})
	require.Equal(t, http.StatusForbidden, code)
	require.NoError(t, app.SignalWorkflow(ctx, id, "", "decide", vote{}), "the case still runs")
}
