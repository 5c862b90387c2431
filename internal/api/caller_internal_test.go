package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
)

func TestTheAddressBehindOurProxies(t *testing.T) {
	t.Parallel()
	ours := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		peer, forwarded, want string
		proxies               []netip.Prefix
	}{
		{"203.0.113.9:1", "", "203.0.113.9", nil},
		{"203.0.113.9:1", "198.51.100.1", "203.0.113.9", nil},
		{"203.0.113.9:1", "198.51.100.1", "203.0.113.9", ours},
		{"10.0.0.1:1", "198.51.100.1", "198.51.100.1", ours},
		{"10.0.0.1:1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1", ours},
		{"10.0.0.1:1", "anything", "10.0.0.1", ours},
		{"[::ffff:10.0.0.1]:1", "2001:db8::1", "2001:db8::1", ours},
	} {
		h := &handlers{options: Options{Proxies: c.proxies}}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		require.Equal(t, c.want, h.address(r), "%+v", c)
	}
}

func TestAPanicIsAnInternalProblem(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	z := zerolog.New(&log)
	serve := func(with any) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		rec := httptest.NewRecorder()
		observed(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(with) })).ServeHTTP(rec, r.WithContext(z.WithContext(r.Context())))
		return rec
	}
	rec := serve("broken")
	require.Equal(t, http.StatusInternalServerError, rec.Code)
	var p Problem
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &p))
	require.Equal(t, "internal", p.Code)
	require.NotContains(t, rec.Body.String(), "broken")
	require.Contains(t, log.String(), "broken")
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { serve(http.ErrAbortHandler) }, "half a file is cut off")
}
