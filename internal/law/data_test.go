package law

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
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

// rows are the rows of the catalogue: every award of domain.md section 8, and the
// soldiers' variants, with the regimes that do not have them.
var rows = map[string]string{
	"LDTT": "", "CSTDCS": "", "CSTDT": "", "TTLDTT": "", "TTLDXS": "", "CTDT": "",
	"XPTB": "", "TDPVH": "", "GDVH": "",
	"BKT-I": "", "BKT-C": "", "BKT-H": "", "BKT-PT": "", "BKT-DX": "", "BKT-DN": "",
	"GK-TT": "", "GK-H": "R3 R4", "GK-X": "", // the district is gone
	"KNCT": "R1", "CSTT": "", "DVTT": "", "DVQT": "",
	"CSTDTQ": "", "CTDCP": "", "BKTTG": "", "AHLD": "",
	"HCLD3": "", "HCLD2": "", "HCLD1": "", "HCDL3": "", "HCDL2": "", "HCDL1": "",
}

// withoutMoney are awards whose sum nobody found: a person must say it.
var withoutMoney = []string{"GDVH", "AHLD", "XPTB R1", "TDPVH R1"}

// Every award exists, and can be worked with in each regime that has it: decider,
// route, dossier, criteria, bonus for each kind.
func TestEveryAwardIsComplete(t *testing.T) {
	t.Parallel()
	l := Default()
	require.Len(t, l.document.Awards, len(rows))
	for code, not := range rows {
		a, err := l.Award(code)
		require.NoError(t, err)
		for _, r := range l.Regimes {
			rule, err := l.AwardRule(code, r.ID)
			if strings.Contains(not, r.ID) {
				require.Error(t, err, "%s in %s", code, r.ID)
				continue
			}
			require.NoError(t, err, "%s in %s", code, r.ID)
			require.NotEmpty(t, rule.Article)
			require.NotEmpty(t, (&checker{l: l}).offices(rule.Authority, r.ID))
			_, err = l.Dossier(rule.Dossier, r.ID)
			require.NoError(t, err)
			for _, kind := range a.Kinds {
				_, _, err := l.Bonus(code, kind, r.From)
				if slices.Contains(withoutMoney, code) || slices.Contains(withoutMoney, code+" "+r.ID) {
					require.ErrorContains(t, err, "a person must say")
					continue
				}
				require.NoError(t, err, "%s %s %s", code, kind, r.ID)
			}
		}
	}
}
