package web_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"vinhdanh/internal/web/webtest"
)

// eachScript calls f with every script of our own.
func eachScript(t *testing.T, f func(path, text string)) {
	t.Helper()
	seen := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".js" || strings.Contains(path, "htmx") || strings.Contains(path, "axe") {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		seen++
		f(path, string(raw))
		return nil
	}))
	require.NotZero(t, seen)
}

// TestASVS_3_5_5_NoWindowSpeaksToOurs: no script listens to messages of other windows, or sends any.
func TestASVS_3_5_5_NoWindowSpeaksToOurs(t *testing.T) {
	t.Parallel()
	eachScript(t, func(path, text string) {
		for _, never := range []string{"postMessage", `"message"`, "onmessage", "BroadcastChannel", "window.opener"} {
			assert.NotContains(t, text, never, path)
		}
	})
}

// TestASVS_15_3_6_NoScriptReachesPrototypes: no script names prototypes, or merges into an object anything but fields
// that stand in the script.
func TestASVS_15_3_6_NoScriptReachesPrototypes(t *testing.T) {
	t.Parallel()
	eachScript(t, func(path, text string) {
		for _, never := range []string{"__proto__", ".prototype", "constructor[", "eval(", "new Function"} {
			assert.NotContains(t, text, never, path)
		}
		assert.NotRegexp(t, `Object\.assign\([^,]+,\s*[^{\s]`, text, "%s merges what it did not write itself", path)
	})
}

// TestASVS_15_3_7_AFieldGivenTwiceCountsOnce: of a form the first value counts, and none of the address.
func TestASVS_15_3_7_AFieldGivenTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	w := webtest.New(t)
	v := w.As(t, "pgd-clerk")
	csrf := v.Get("/").Value("csrf")
	res := v.Do(request(t, w, http.MethodPost, "/language?lang=vi", url.Values{"csrf": {csrf}, "lang": {"en", "vi"}, "back": {"/"}}.Encode(), nil))
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Contains(t, v.Get("/").Body, `<html lang="en"`)
}
