package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/app"
)

func description(t *testing.T) map[string]any {
	t.Helper()
	rec := httptest.NewRecorder()
	api.New(app.New(app.App{}), api.Options{}).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	require.Equal(t, http.StatusOK, rec.Code)
	var raw map[string]any
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &raw))
	return raw
}

func TestEveryOperationIsDescribed(t *testing.T) {
	t.Parallel()
	raw := description(t)
	require.True(t, strings.HasPrefix(raw["openapi"].(string), "3.1"))
	declared := map[string]bool{}
	for _, tag := range raw["tags"].([]any) {
		declared[tag.(map[string]any)["name"].(string)] = true
	}
	ids := map[string]bool{}
	n := 0
	for path, item := range raw["paths"].(map[string]any) {
		require.True(t, strings.HasPrefix(path, "/api/v1/"), path)
		for method, v := range item.(map[string]any) {
			n++
			op := v.(map[string]any)
			name := method + " " + path
			id, _ := op["operationId"].(string)
			require.NotEmpty(t, id, name)
			require.False(t, ids[id], "%s twice", id)
			ids[id] = true
			require.NotEmpty(t, op["summary"], name)
			require.Len(t, op["tags"], 1, name)
			require.True(t, declared[op["tags"].([]any)[0].(string)], name)
			require.NotEmpty(t, op["security"], name)
			responses := op["responses"].(map[string]any)
			want := []string{"401", "403", "404", "422", "429", "500", "503"}
			if method != "get" {
				want = append(want, "400", "409", "413", "415")
			}
			for _, status := range want {
				r, ok := responses[status].(map[string]any)
				require.True(t, ok, "%s says nothing of %s", name, status)
				require.Contains(t, r["content"], "application/problem+json", name)
			}
			for _, name := range pathParameter.FindAllStringSubmatch(path, -1) {
				require.Contains(t, toJSON(t, op["parameters"]), `"in":"path","name":"`+name[1]+`"`, path)
			}
			// Answers about accounts, and shares of a key, are secrets that are shown once: none is kept under a key.
			if method == "post" && !strings.HasSuffix(path, "/ballot-key") && !strings.Contains(path, "/import/") && !strings.HasPrefix(path, "/api/v1/account/") {
				require.Contains(t, toJSON(t, op["parameters"]), "Idempotency-Key", name)
			}
		}
	}
	require.Greater(t, n, 45)
}

func TestEveryReferenceResolves(t *testing.T) {
	t.Parallel()
	raw := description(t)
	schemas := raw["components"].(map[string]any)["schemas"].(map[string]any)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				require.Contains(t, schemas, strings.TrimPrefix(ref, "#/components/schemas/"))
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(raw)
}

// The description says of inputs what the validator checks.
func TestInputsCarryTheirRules(t *testing.T) {
	t.Parallel()
	raw := description(t)
	schemas := raw["components"].(map[string]any)["schemas"].(map[string]any)
	decide := schemas["DecideInput"].(map[string]any)
	require.Equal(t, []any{"verdict"}, decide["required"], "the address names the proposal")
	properties := decide["properties"].(map[string]any)
	require.Equal(t, []any{"forward", "return", "reconsidered"}, properties["verdict"].(map[string]any)["enum"])
	require.EqualValues(t, 4000, properties["reason"].(map[string]any)["maxLength"])
	require.Equal(t, false, decide["additionalProperties"])
	require.Contains(t, schemas, "ImportInput", "the options of a list are described")
	require.ElementsMatch(t, []any{"from", "reason", "to"}, schemas["ReassignInput"].(map[string]any)["required"])
}

var pathParameter = regexp.MustCompile(`\{([a-z]+)\}`)

func toJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}
