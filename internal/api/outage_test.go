package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/postgres"
)

// exec runs SQL as the database's owner.
func exec(t *testing.T, w *apitest.World, sql string) {
	t.Helper()
	c, err := pgx.Connect(context.Background(), w.Owner)
	require.NoError(t, err)
	defer c.Close(context.Background())
	_, err = c.Exec(context.Background(), sql)
	require.NoError(t, err)
}

// forget loses the stored answers, as a crash before they were written would.
func forget(t *testing.T, w *apitest.World) { exec(t, w, `delete from idempotency`) }

func TestWithoutTemporalAnActIsAcceptedAndFollowed(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	w.Temporal.Away(true)
	require.Equal(t, app.CodeUnavailable, bad(t, w, ask{method: "GET", path: "/readyz"}).Code)
	click := ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: forward, header: key("k")}
	rec := send(t, w, click)
	require.Equal(t, http.StatusAccepted, rec.Code, rec.Body)
	location := rec.Header().Get("Location")
	require.Equal(t, "pending", good[app.AttemptView](t, w, ask{method: "GET", path: location, as: "ph-reviewer"}).Status)
	w.Temporal.Away(false)
	n, err := w.App.Desk.Sweep(context.Background(), 0)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Equal(t, "accepted", good[app.AttemptView](t, w, ask{method: "GET", path: location, as: "ph-reviewer"}).Status)
	require.Equal(t, http.StatusAccepted, send(t, w, click).Code, "the same request has the same answer")
	require.Equal(t, "reception", good[app.ProposalView](t, w, ask{method: "GET", path: "/proposals/" + p.ID, as: "ph-reviewer"}).Stage)
}

func TestWithoutTheDatabaseNothingIsDone(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	before := w.Temporal.Updates()
	dead, err := postgres.Open(context.Background(), "postgres://nobody@127.0.0.1:1/none") // no server listens there
	require.NoError(t, err)
	t.Cleanup(dead.Close)
	w.App.Store, w.App.Desk.Store = dead, dead
	for _, a := range []ask{
		{method: "GET", path: "/me", as: "ph-reviewer"},
		{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: forward},
		{method: "GET", path: "/readyz"},
	} {
		rec := send(t, w, a)
		require.Equal(t, http.StatusServiceUnavailable, rec.Code, rec.Body)
		require.NotEmpty(t, rec.Header().Get("Retry-After"))
		require.NotContains(t, rec.Body.String(), "127.0.0.1")
	}
	require.Equal(t, before, w.Temporal.Updates())
}

func TestRates(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{
		UserRate: api.Rate{PerSecond: 0.001, Burst: 3}, SignInFailures: api.Rate{PerSecond: 0.001, Burst: 2},
	})
	for i := range 5 {
		rec := send(t, w, ask{method: "GET", path: "/me", as: "pgd-clerk"})
		require.Equal(t, i >= 3, rec.Code == http.StatusTooManyRequests, "request %d: %d", i, rec.Code)
	}
	require.Equal(t, http.StatusOK, send(t, w, ask{method: "GET", path: "/me", as: "pgd-head"}).Code, "another user's bucket is full")
	wrong := ask{method: "GET", path: "/me", header: map[string]string{"Authorization": "Bearer wrong"}}
	for i := range 4 {
		rec := send(t, w, wrong)
		require.Equal(t, i >= 2, rec.Code == http.StatusTooManyRequests, "request %d: %d", i, rec.Code)
	}
	require.NotEmpty(t, send(t, w, wrong).Header().Get("Retry-After"))
	require.Equal(t, http.StatusTooManyRequests, send(t, w, ask{method: "GET", path: "/me", as: "ph-chair"}).Code, "not seen before")
	require.Equal(t, http.StatusOK, send(t, w, ask{method: "GET", path: "/me", as: "pgd-head"}).Code, "signed in before the failures")
}

func TestASVS_14_2_and_16_2_1_to_16_2_5_TheLogHoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	var log bytes.Buffer
	z := zerolog.New(&log)
	for _, path := range []string{"/proposals?text=Nguy%E1%BB%85n+V%C4%83n", "/proposals/" + p.ID, "/nothing/Nguyen"} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1"+path, nil)
		r.Header.Set("Authorization", "Bearer "+w.Tokens["ph-reviewer"])
		w.Handler.ServeHTTP(httptest.NewRecorder(), r.WithContext(z.WithContext(r.Context())))
	}
	text := log.String()
	for _, never := range []string{"text=", "Nguy", w.Tokens["ph-reviewer"], p.ID, "Ví Dụ"} {
		require.NotContains(t, text, never)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	require.Len(t, lines, 3)
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &line))
	require.Equal(t, "GET /api/v1/proposals/{id}", line["route"])
	require.Equal(t, float64(200), line["status"])
	require.NotEmpty(t, line["actor"])
	require.NotEmpty(t, line["request"])
	require.Contains(t, line, "took")
}
