package web_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	said   = regexp.MustCompile(`\(?\bt "([a-z0-9_]+(?:\.[a-z0-9_-]+)+)"`)
	spoken = regexp.MustCompile(`(?:\.T\(|DoneAt\([^"]*(?:"[^"]*"[^"]*)?, |Key: )"([a-z0-9_]+(?:\.[a-z0-9_-]+)+)"`)
	// letters of Vietnamese that English has not: such a word in a view or in Go
	// belongs into text.yaml.
	accented = regexp.MustCompile(`[ăâđêôơưĂÂĐÊÔƠƯàáạảãầấậẩẫằắặẳẵèéẹẻẽềếệểễìíịỉĩòóọỏõồốộổỗờớợởỡùúụủũừứựửữỳýỵỷỹ]`)
)

// TestTexts: every key that a view or a handler names exists, and no view or
// handler speaks a language by itself.
func TestTexts(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	var sources []string
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch {
		case filepath.Base(path) == "text.yaml":
			raw, err := os.ReadFile(path)
			require.NoError(t, err)
			own := map[string]struct{ Vi, En string }{}
			require.NoError(t, yaml.Unmarshal(raw, &own), path)
			for k, x := range own {
				keys[k] = true
				assert.NotRegexp(t, accented, strings.ReplaceAll(strings.ReplaceAll(x.En, "đồng", ""), "Tiếng Việt", ""), "%s: %s is not English", path, k)
			}
		case strings.HasSuffix(path, ".html"), strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			sources = append(sources, path)
		}
		return nil
	}))
	require.NotEmpty(t, keys)
	for _, path := range sources {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, re := range []*regexp.Regexp{said, spoken} {
			for _, m := range re.FindAllStringSubmatch(string(raw), -1) {
				assert.True(t, keys[m[1]], "%s: no text %q", path, m[1])
			}
		}
		if strings.HasSuffix(path, ".html") && !strings.HasSuffix(path, "styleguide.html") && !strings.HasSuffix(path, "_layout.html") {
			for i, line := range strings.Split(string(raw), "\n") {
				assert.NotRegexp(t, accented, line, "%s:%d: words belong into text.yaml", path, i+1)
			}
		}
	}
}
