package api_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
	"vinhdanh/internal/app"
)

// TestEveryOperationAsksForAScope: an operation that is in no table would be good
// for no narrow token, which nobody would notice.
func TestEveryOperationAsksForAScope(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{})
	rec := send(t, w, ask{method: http.MethodGet, path: "/openapi.json"})
	require.Equal(t, http.StatusOK, rec.Code)
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string   `json:"operationId"`
			Tags        []string `json:"tags"`
		} `json:"paths"`
	}
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &doc))
	seen := 0
	for path, methods := range doc.Paths {
		for method, op := range methods {
			if op.OperationID == "" {
				continue
			}
			seen++
			scope := app.ScopeOf(app.Operation{ID: op.OperationID, Area: op.Tags[0], Writes: method != "get"})
			assert.NotEmpty(t, scope, "%s %s: neither %q nor its area %q is in internal/app/operation_scopes.go", method, path, op.OperationID, op.Tags[0])
		}
	}
	require.Greater(t, seen, 40)
}
