package law

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// TestEveryValueIsCited walks the data as plain values, without the loader's
// help: each number and each expression outside test cases must have an article
// and a mark on its mapping or on one around it.
func TestEveryValueIsCited(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(os.DirFS("data"), "*.yaml")
	require.NoError(t, err)
	numbers := 0
	for _, name := range names {
		raw, err := os.ReadFile("data/" + name)
		require.NoError(t, err)
		var doc map[string]any
		require.NoError(t, yaml.Unmarshal(raw, &doc))
		var walk func(at string, v any, cited bool)
		walk = func(at string, v any, cited bool) {
			switch x := v.(type) {
			case map[string]any:
				article, _ := x["article"].(string)
				mark, _ := x["mark"].(string)
				_, known := markTexts[Mark(mark)]
				cited = cited || article != "" && known
				for key, child := range x {
					if key != "cases" {
						walk(at+"."+key, child, cited)
					}
				}
			case []any:
				for i, child := range x {
					walk(fmt.Sprintf("%s[%d]", at, i), child, cited)
				}
			case string:
				if strings.HasSuffix(at, ".expr") || strings.HasSuffix(at, ".unless") {
					require.True(t, cited, "%s%s has no article and mark", name, at)
				}
			case uint64, int64, int, float64:
				numbers++
				require.True(t, cited, "%s%s = %v has no article and mark", name, at, x)
				_, decimal := x.(float64)
				require.False(t, decimal, "%s%s is a decimal", name, at)
			}
		}
		walk("", doc, false)
	}
	require.Greater(t, numbers, 100, "the walk must have seen the data")
}

// Every award of the first set exists, and can be worked with in each regime that
// has it: decider, route, dossier, bonus for each kind.
func TestEveryAwardIsComplete(t *testing.T) {
	t.Parallel()
	l := Default()
	for _, code := range []string{"LDTT", "CSTDCS", "CSTDT", "TTLDTT", "TTLDXS", "BKT-I", "BKT-C", "BKT-H", "BKT-PT", "BKT-DX", "GK-TT", "GK-H", "GK-X"} {
		a, err := l.Award(code)
		require.NoError(t, err)
		for _, r := range l.Regimes {
			rule, err := l.AwardRule(code, r.ID)
			if code == "GK-H" && (r.ID == "R3" || r.ID == "R4") {
				require.Error(t, err, "the district is gone")
				continue
			}
			require.NoError(t, err)
			require.NotEmpty(t, rule.Article)
			_, err = l.Dossier(rule.Dossier, r.ID)
			require.NoError(t, err)
			for _, kind := range a.Kinds {
				_, _, err := l.Bonus(code, kind, r.From)
				require.NoError(t, err, "%s %s %s", code, kind, r.ID)
			}
		}
	}
}
