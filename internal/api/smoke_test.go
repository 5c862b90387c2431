package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/api"
	"vinhdanh/internal/api/apitest"
)

// Every operation, asked by several roles for a thing that does not exist, with an
// empty body: an answer in order, and never a fault.
func TestNoOperationFaults(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Options{UserRate: api.Rate{PerSecond: 1e4, Burst: 1e4}, AddressRate: api.Rate{PerSecond: 1e4, Burst: 1e4}})
	for path, item := range description(t)["paths"].(map[string]any) {
		at := pathParameter.ReplaceAllString(path, uuid.NewString())
		for method, v := range item.(map[string]any) {
			op := v.(map[string]any)
			for _, role := range []string{"pgd-head", "hd-secretary", "hg-chair", "hg-auditor", "hg-admin"} {
				a := ask{method: strings.ToUpper(method), path: at, as: role}
				if body, ok := op["requestBody"].(map[string]any); ok {
					a.body = "{}"
					if _, isForm := body["content"].(map[string]any)["multipart/form-data"]; isForm {
						a.body, a.kind = form(t, nil, map[string]string{"kind": "other"})
					}
				}
				rec := send(t, w, a)
				name := fmt.Sprintf("%s as %s: %d %s", op["operationId"], role, rec.Code, rec.Body)
				require.NotEqual(t, 400, rec.Code, name)
				require.Less(t, rec.Code, 500, name)
				if strings.Contains(path, "{") && method == "get" && op["operationId"] != "case-refusals" { // what was refused may name nothing
					require.Contains(t, []int{403, 404}, rec.Code, name)
				}
			}
		}
	}
}
