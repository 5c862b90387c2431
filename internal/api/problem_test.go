package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

func TestNothingWithoutAToken(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{SignInFailures: api.Rate{PerSecond: 1, Burst: 1000}})
	for _, path := range []string{"/me", "/inbox", "/proposals", "/submissions/x", "/no/such/thing", "/cases/x/bundle", "/openapi-3.0.json"} {
		for _, header := range []map[string]string{nil, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer "}} {
			rec := send(t, w, ask{method: "GET", path: path, header: header})
			require.Equal(t, http.StatusUnauthorized, rec.Code, path)
			require.NotEmpty(t, rec.Header().Get("WWW-Authenticate"))
		}
	}
	require.Equal(t, http.StatusOK, send(t, w, ask{method: "GET", path: "/healthz"}).Code)
	require.Equal(t, http.StatusOK, send(t, w, ask{method: "GET", path: "/readyz"}).Code)
	me := good[api.Me](t, w, ask{method: "GET", path: "/me", as: "pgd-clerk"})
	require.Equal(t, "Nguyễn Thị Ví Dụ", me.Name)
	require.Len(t, me.Memberships, 1)
}

func TestProblemsSayWhatToDoInBothLanguages(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{MaxBody: 2000})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	decide := "/proposals/" + p.ID + "/decide"
	for name, c := range map[string]struct {
		ask    ask
		code   string
		status int
		field  string
	}{
		"unknown field":    {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"forward","colour":1}`}, app.CodeInvalid, 422, "colour"},
		"wrong type":       {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":7}`}, app.CodeInvalid, 422, "verdict"},
		"not JSON":         {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{`}, app.CodeBadRequest, 400, ""},
		"two values":       {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"forward"}{}`}, app.CodeBadRequest, 400, ""},
		"no body":          {ask{method: "POST", path: decide, as: "ph-reviewer"}, app.CodeBadRequest, 400, ""},
		"invalid":          {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"maybe"}`}, app.CodeInvalid, 422, "verdict"},
		"return no reason": {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"return"}`}, app.CodeInvalid, 422, "reason"},
		"another case":     {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"forward","proposal":"other"}`}, app.CodeInvalid, 422, "proposal"},
		"media type":       {ask{method: "POST", path: decide, as: "ph-reviewer", body: `verdict=forward`, kind: "application/x-www-form-urlencoded"}, app.CodeMediaType, 415, ""},
		"too large":        {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"return","reason":"` + strings.Repeat("ạ", 2000) + `"}`}, app.CodeTooLarge, 413, ""},
		"unknown query":    {ask{method: "GET", path: "/proposals?colour=red", as: "ph-reviewer"}, app.CodeInvalid, 422, "colour"},
		"method":           {ask{method: "DELETE", path: "/proposals", as: "ph-reviewer"}, app.CodeMethod, 405, ""},
		"no operation":     {ask{method: "GET", path: "/nothing", as: "ph-reviewer"}, app.CodeNotFound, 404, ""},
		"no case":          {ask{method: "GET", path: "/proposals/nothing", as: "ph-reviewer"}, app.CodeNotFound, 404, ""},
		"wrong unit":       {ask{method: "POST", path: decide, as: "pgd-head", body: `{"verdict":"forward"}`}, app.CodeForbidden, 403, ""},
		"stale":            {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"forward","number":7}`}, "stale-number", 409, ""},
		"stale revision":   {ask{method: "POST", path: decide, as: "ph-reviewer", body: `{"verdict":"forward","revision":7}`}, "stale-revision", 409, ""},
		"audit":            {ask{method: "GET", path: "/refusals", as: "pgd-clerk"}, app.CodeForbidden, 403, ""},
		"not archived":     {ask{method: "GET", path: "/cases/" + p.ID + "/bundle", as: "hg-auditor"}, app.CodeNotReady, 409, ""},
	} {
		texts := map[string]bool{}
		for _, lang := range []string{"vi", "en-GB;q=0.9, fr;q=0.1", ""} {
			c.ask.header = map[string]string{"Accept-Language": lang}
			got := bad(t, w, c.ask)
			require.Equal(t, c.code, got.Code, name)
			require.Equal(t, c.status, got.Status, name)
			require.NotEmpty(t, got.RequestID, name)
			texts[got.Title] = true
			if c.field != "" {
				require.Len(t, got.Fields, 1, name)
				require.Equal(t, c.field, got.Fields[0].Field, name)
				require.NotEmpty(t, got.Fields[0].Message, name)
			}
		}
		require.Len(t, texts, 2, "%s: one text in Vietnamese, one in English, and the reader's own is Vietnamese", name)
	}
	rec := send(t, w, ask{method: "DELETE", path: "/proposals", as: "ph-reviewer"})
	require.Equal(t, "GET", rec.Header().Get("Allow"))
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	for _, a := range []ask{
		{method: "GET", path: "/me", as: "pgd-clerk", header: map[string]string{"X-Request-Id": "abc-1"}},
		{method: "GET", path: "/me"}, {method: "GET", path: "/nothing", as: "pgd-clerk"}, {method: "GET", path: "/healthz"},
	} {
		h := send(t, w, a).Header()
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		require.Equal(t, "no-store", h.Get("Cache-Control"))
		require.Contains(t, h.Get("Content-Security-Policy"), "default-src 'none'")
		require.NotEmpty(t, h.Get("X-Request-Id"))
		if id := a.header["X-Request-Id"]; id != "" {
			require.Equal(t, id, h.Get("X-Request-Id"))
		}
	}
	h := send(t, w, ask{method: "GET", path: "/healthz", header: map[string]string{"X-Request-Id": "a\nb"}}).Header()
	require.NotContains(t, h.Get("X-Request-Id"), "\n")
}
