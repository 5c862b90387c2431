package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

// TestASVS_15_3_3_and_15_3_5_FieldsAreStrict sends what a form of ours never would: fields that a caller may not set,
// and values of another kind. Neither is taken over or bent into shape.
func TestASVS_15_3_3_and_15_3_5_FieldsAreStrict(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	p := sentCase(t, w, "Nguyễn Văn Ví Dụ")
	decide := func(more string) ask {
		return ask{method: "POST", path: "/proposals/" + p.ID + "/decide", as: "ph-reviewer", body: strings.TrimSuffix(forward, "}") + "," + more + "}", header: key(more)}
	}
	for _, field := range []string{"stage", "by", "role", "at", "person", "__proto__"} {
		refused := bad(t, w, decide(`"`+field+`":"x"`))
		require.Equal(t, app.CodeInvalid, refused.Code, field)
		require.Equal(t, "unknown", refused.Fields[0].Rule, field)
	}
	for _, value := range []string{`true`, `7`, `["x"]`, `{"$ne":""}`} {
		refused := bad(t, w, decide(`"reason":`+value))
		require.Equal(t, app.CodeInvalid, refused.Code, value)
		require.Equal(t, "type", refused.Fields[0].Rule, value)
	}
	require.Equal(t, "review", good[app.ProposalView](t, w, ask{method: "GET", path: "/proposals/" + p.ID, as: "ph-reviewer"}).Stage, "nothing of it was done")
}

// TestASVS_15_3_7_AParameterGivenTwiceCountsOnce: the first counts, whoever reads it; nothing is joined.
func TestASVS_15_3_7_AParameterGivenTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	sentCase(t, w, "Nguyễn Văn Ví Dụ")
	found := func(query string) string {
		rec := send(t, w, ask{method: "GET", path: "/proposals" + query, as: "ph-reviewer"})
		require.Equal(t, http.StatusOK, rec.Code, rec.Body)
		return rec.Body.String()
	}
	past, first := found("?offset=1"), found("?offset=0")
	require.NotEqual(t, past, first)
	require.Equal(t, past, found("?offset=1&offset=0"))
	require.Equal(t, first, found("?offset=0&offset=1"))
}

// TestASVS_16_4_1_ARequestWritesOneLine sends line breaks and quotes where a log would print them: each request is one
// line, and that line is one JSON value.
func TestASVS_16_4_1_ARequestWritesOneLine(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	var log bytes.Buffer
	z := zerolog.New(&log)
	paths := []string{`/nothing%0A{"level":"info","actor":"forged"}`, `/proposals/x%0D%0A%22`, `/proposals?text=%0A%7B%22level%22`}
	for _, path := range paths {
		r := httptest.NewRequest(http.MethodGet, "/api/v1"+strings.ReplaceAll(path, `"`, "%22"), nil)
		r.Header["User-Agent"] = []string{"x\n{\"level\":\"error\"}"}
		r.Header.Set("Authorization", "Bearer "+w.Tokens["ph-reviewer"])
		w.Handler.ServeHTTP(httptest.NewRecorder(), r.WithContext(z.WithContext(r.Context())))
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	require.Len(t, lines, len(paths))
	for _, line := range lines {
		var one map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &one), line)
		require.NotEqual(t, "forged", one["actor"])
	}
}
