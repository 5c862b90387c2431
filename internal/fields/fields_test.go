package fields

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func flat(t *testing.T, raw string) Flat {
	t.Helper()
	f, err := Of(json.RawMessage(raw))
	require.NoError(t, err)
	return f
}

func TestMergeKeepsBothSidesAndNamesTrueClashes(t *testing.T) {
	t.Parallel()
	base := flat(t, `{"name":"A","note":"x","facts":{"rating":"GOOD","titles":[{"award":"LDTT"}]}}`)
	mine := flat(t, `{"name":"B","note":"x","facts":{"rating":"EXCELLENT","titles":[{"award":"LDTT"},{"award":"CSTDCS"}]}}`)
	theirs := flat(t, `{"name":"A","note":"y","facts":{"rating":"DONE","titles":[{"award":"TTLDXS"}]}}`)
	got, clashes := Merge(base, mine, theirs)
	assert.Equal(t, "B", got.Text("name"))
	assert.Equal(t, "y", got.Text("note"))
	assert.JSONEq(t, `[{"award":"TTLDXS"},{"award":"CSTDCS"}]`, got["facts.titles"], "one removed, both additions kept")
	require.Len(t, clashes, 1)
	assert.Equal(t, Clash{Field: "facts.rating", Base: "GOOD", Mine: "EXCELLENT", Theirs: "DONE"}, clashes[0])
}

func TestMergeWithoutABaseAsksWhereverTheSidesDiffer(t *testing.T) {
	t.Parallel()
	_, clashes := Merge(nil, flat(t, `{"a":"1","b":"2"}`), flat(t, `{"a":"1","b":"3"}`))
	require.Len(t, clashes, 1)
	assert.Equal(t, "b", clashes[0].Field)
}

// Random edits in two tabs: every value that one side typed is in the result, or
// is named in a clash; every row that one side added is in the result.
func TestRandomEditsInTwoTabsLoseNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	names := []string{"a", "b", "c", "d.e", "d.f"}
	edit := func(base Flat, side string) Flat {
		out := Flat{}
		for k, v := range base {
			out[k] = v
		}
		for i, n := range names {
			switch r.IntN(4) {
			case 0:
				out[n] = fmt.Sprintf("%q", fmt.Sprint(side, i, r.IntN(3)))
			case 1:
				delete(out, n)
			}
		}
		list := rows(out["list"])
		for range r.IntN(3) {
			if len(list) > 0 && r.IntN(2) == 0 {
				list = list[1:]
			} else {
				list = append(list, json.RawMessage(fmt.Sprintf("%q", fmt.Sprint(side, r.IntN(50)))))
			}
		}
		raw, err := json.Marshal(append([]json.RawMessage{}, list...))
		require.NoError(t, err)
		out["list"] = string(raw)
		return out
	}
	for range 3000 {
		base := edit(Flat{"a": `"0"`, "b": `"0"`, "list": `["x","y"]`}, "base")
		mine, theirs := edit(base, "mine"), edit(base, "theirs")
		got, clashes := Merge(base, mine, theirs)
		named := map[string]bool{}
		for _, c := range clashes {
			named[c.Field] = true
		}
		for _, side := range []Flat{mine, theirs} {
			for _, n := range names {
				if side[n] != base[n] && !named[n] {
					require.Equal(t, side[n], got[n], "field %s was typed and is gone", n)
				}
			}
			for row, n := range surplus(rows(side["list"]), rows(base["list"])) {
				require.GreaterOrEqual(t, count(got["list"], row), n, "row %s was added and is gone", row)
			}
		}
		require.Equal(t, mine, mustMerge(t, base, mine, base), "nobody else typed")
	}
}

func mustMerge(t *testing.T, base, mine, theirs Flat) Flat {
	t.Helper()
	got, clashes := Merge(base, mine, theirs)
	require.Empty(t, clashes)
	return got
}

func count(list, row string) int {
	n := 0
	for _, r := range rows(list) {
		if string(r) == row {
			n++
		}
	}
	return n
}

func TestIntoIsStrict(t *testing.T) {
	t.Parallel()
	var v struct {
		Name string `json:"name"`
	}
	require.NoError(t, Flat{"name": `"x"`}.Into(&v))
	assert.Equal(t, "x", v.Name)
	assert.Error(t, Flat{"nom": `"x"`}.Into(&v))
}

func TestCompareTellsWordsAndKeepsEveryLetter(t *testing.T) {
	t.Parallel()
	from, to := "Hoàn thành tốt nhiệm vụ\nnăm 2023", "Hoàn thành xuất sắc nhiệm vụ\nnăm 2023"
	var a, b strings.Builder
	for _, p := range Compare(from, to) {
		if p.Kind != Added {
			a.WriteString(p.Text)
		}
		if p.Kind != Removed {
			b.WriteString(p.Text)
		}
	}
	assert.Equal(t, from, a.String())
	assert.Equal(t, to, b.String())
	assert.Contains(t, Compare(from, to), Piece{Removed, "tốt "})
}
