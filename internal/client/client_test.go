package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/app"
)

func serve(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return &Client{URL: s.URL + "/", Token: "t", Lang: "vi", Pause: time.Millisecond}
}

func refuse(w http.ResponseWriter, code string, status int) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "status": status, "title": "tiêu đề", "request_id": "r1"})
}

func TestAPostIsSentAgainUnderTheSameKey(t *testing.T) {
	t.Parallel()
	var keys, bodies []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		keys, bodies = append(keys, r.Header.Get("Idempotency-Key")), append(bodies, string(b))
		if len(keys) < 3 {
			refuse(w, app.CodeUnavailable, http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(`{"status":"accepted"}`))
	})
	done, _, err := Send[app.Done](context.Background(), c, Request{Method: http.MethodPost, Path: "/x", Body: map[string]int{"n": 1}})
	require.NoError(t, err)
	require.Equal(t, "accepted", done.Status)
	require.Len(t, keys, 3)
	require.NotEmpty(t, keys[0])
	require.Equal(t, []string{keys[0], keys[0], keys[0]}, keys)
	require.Equal(t, []string{`{"n":1}`, `{"n":1}`, `{"n":1}`}, bodies)
}

func TestWhatIsNotSentAgain(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	status, code := http.StatusServiceUnavailable, app.CodeUnavailable
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { n.Add(1); refuse(w, code, status) })
	_, err := c.Do(context.Background(), Request{Method: http.MethodPut, Path: "/x"})
	require.Equal(t, app.ExitUnavailable, ExitCode(err))
	require.EqualValues(t, 1, n.Swap(0), "a PUT has no key")
	status, code = http.StatusConflict, "stale-number"
	_, err = c.Do(context.Background(), Request{Method: http.MethodPost, Path: "/x"})
	require.Equal(t, app.ExitConflict, ExitCode(err))
	require.EqualValues(t, 1, n.Load(), "somebody else acted: a person must look")
	require.Contains(t, err.Error(), "tiêu đề")
}

func TestAnswersThatAreNotOurs(t *testing.T) {
	t.Parallel()
	status := http.StatusBadGateway
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = w.Write([]byte("<html>")) })
	c.Tries = 1
	_, err := c.Do(context.Background(), Request{Method: http.MethodGet, Path: "/x"})
	require.Equal(t, app.ExitUnavailable, ExitCode(err))
	status = http.StatusTeapot
	_, err = c.Do(context.Background(), Request{Method: http.MethodGet, Path: "/x"})
	require.Equal(t, app.ExitInternal, ExitCode(err))
	status = http.StatusOK
	_, _, err = Get[app.Done](context.Background(), c, "/x", nil)
	require.Equal(t, app.ExitInternal, ExitCode(err))
	away := &Client{URL: "http://127.0.0.1:1", Tries: 1}
	_, err = away.Do(context.Background(), Request{Method: http.MethodGet, Path: "/x"})
	var off *Offline
	require.ErrorAs(t, err, &off)
	require.Equal(t, app.ExitUnavailable, ExitCode(err))
	require.Equal(t, app.ExitOK, ExitCode(nil))
}

func TestPathsKeepTheirSlashes(t *testing.T) {
	t.Parallel()
	require.Equal(t, "/proposals/HS-2023-0001%2FBKT-PT/decide", Path("proposals", "HS-2023-0001/BKT-PT", "decide"))
}
