package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/rs/zerolog"
	"github.com/stretchr/testify/require"
)

func TestASVS_16_3_4_and_16_5_1_APanicIsAnInternalProblem(t *testing.T) {
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
