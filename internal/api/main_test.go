package api_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
	"vinhdanh/internal/embedded/pg/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// forward is a reviewing level's decision with the hash of its minutes.
var forward = `{"verdict":"forward","minutes":"` + strings.Repeat("a", 64) + `"}`

// ask is one request in a test.
type ask struct {
	method, path string
	as           string // login; empty: no token
	body         any    // marshalled, unless it is a string or bytes
	kind         string // content type; default JSON
	header       map[string]string
}

// send does a request.
func send(t *testing.T, w *apitest.World, a ask) *httptest.ResponseRecorder {
	t.Helper()
	var body []byte
	switch b := a.body.(type) {
	case nil:
	case string:
		body = []byte(b)
	case []byte:
		body = b
	default:
		var err error
		body, err = json.Marshal(b)
		require.NoError(t, err)
	}
	path := a.path
	if !strings.HasPrefix(path, "/api/") && !strings.HasSuffix(path, "z") {
		path = "/api/v1" + path
	}
	r := httptest.NewRequest(a.method, path, bytes.NewReader(body))
	if a.as != "" {
		token := w.Tokens[a.as]
		require.NotEmpty(t, token, "no sample user %s", a.as)
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if a.kind != "" {
		r.Header.Set("Content-Type", a.kind)
	}
	for k, v := range a.header {
		r.Header.Set(k, v)
	}
	rec := httptest.NewRecorder()
	w.Handler.ServeHTTP(rec, r)
	return rec
}

// good does a request that must succeed, and decodes its answer.
func good[T any](t *testing.T, w *apitest.World, a ask) T {
	t.Helper()
	rec := send(t, w, a)
	require.Less(t, rec.Code, 300, "%s %s: %s", a.method, a.path, rec.Body)
	var v T
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &v))
	return v
}

// bad does a request that must fail, and decodes the problem document.
func bad(t *testing.T, w *apitest.World, a ask) api.Problem {
	t.Helper()
	rec := send(t, w, a)
	require.GreaterOrEqual(t, rec.Code, 400, "%s %s: %s", a.method, a.path, rec.Body)
	require.Equal(t, "application/problem+json", rec.Header().Get("Content-Type"))
	var p api.Problem
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &p))
	require.Equal(t, rec.Code, p.Status)
	require.Equal(t, "urn:vinhdanh:problem:"+p.Code, p.Type)
	return p
}

// form makes a multipart body.
func form(t *testing.T, file []byte, fields map[string]string) (body []byte, kind string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if file != nil {
		part, err := m.CreateFormFile("file", "danh-sach.xlsx")
		require.NoError(t, err)
		_, err = part.Write(file)
		require.NoError(t, err)
	}
	for k, v := range fields {
		require.NoError(t, m.WriteField(k, v))
	}
	require.NoError(t, m.Close())
	return b.Bytes(), m.FormDataContentType()
}

// drafted takes a list over for a clerk.
func drafted(t *testing.T, w *apitest.World, clerk string, names ...string) app.SubmissionView {
	t.Helper()
	body, kind := form(t, apitest.List(t, names...), map[string]string{"options": `{"letter_number":"45/TTr-PGDĐT","letter_date":"2023-11-10"}`})
	return good[app.SubmissionView](t, w, ask{method: http.MethodPost, path: "/submissions", as: clerk, body: body, kind: kind})
}

// sentCase drafts a list of the education office and has its head send it.
func sentCase(t *testing.T, w *apitest.World, names ...string) app.ProposalRow {
	t.Helper()
	sub := drafted(t, w, "pgd-clerk", names...)
	out := good[api.SendBody](t, w, ask{method: http.MethodPost, path: "/submissions/" + sub.ID + "/send", as: "pgd-head", body: map[string]any{}})
	require.Len(t, out.Proposals, 1)
	require.Nil(t, out.Proposals[0].Problem)
	require.Equal(t, "accepted", out.Proposals[0].Done.Status)
	return out.Proposals[0].Proposal
}
