package duplicate_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/duplicate/duplicatetest"
)

// index is the register by blocking keys, as the database keeps it.
type index struct {
	entries []*duplicate.Prepared
	byKey   map[int64][]int32
}

func indexOf(entries []duplicate.Entry) *index {
	x := &index{byKey: make(map[int64][]int32, len(entries)*4)}
	for _, e := range entries {
		p := duplicate.Prepare(e)
		for _, k := range p.Keys() {
			x.byKey[k] = append(x.byKey[k], int32(len(x.entries)))
		}
		x.entries = append(x.entries, p)
	}
	return x
}

// found lists whom an entry could be, with the match.
func (x *index) found(m *duplicate.Model, e duplicate.Entry) map[int32]duplicate.Match {
	p := duplicate.Prepare(e)
	out := map[int32]duplicate.Match{}
	for _, k := range p.Probes() {
		at := x.byKey[k]
		for _, i := range at[:min(len(at), candidates)] {
			if _, done := out[i]; done {
				continue
			}
			out[i] = m.CompareSubjects(p, x.entries[i], func(q *duplicate.Prepared) int { return len(x.byKey[q.NameKey()]) })
		}
	}
	return out
}

// candidates is how many entries of a key are looked at, as in the database.
const candidates = 64

// tally counts for one kind of second entry.
type tally struct{ made, strong, possible, falseStrong, falsePossible int }

// TestPrecisionAndRecall measures on 100,000 invented people, with 400 second entries
// of each kind, and as many people who are in no register twice. It prints the figures
// and holds the floor.
func TestPrecisionAndRecall(t *testing.T) {
	t.Parallel()
	const people, each = 100_000, 400
	r := rand.New(rand.NewPCG(20231120, 4))
	register := duplicatetest.Register(r, people)
	kinds := append([]duplicatetest.Kind{{Name: "nobody of the register", Make: func(r *rand.Rand, _ duplicate.Entry) (duplicate.Entry, bool) {
		return duplicatetest.Person(r, -1), true
	}}}, duplicatetest.Kinds...)
	numbered := map[int]bool{}
	x := indexOf(register)
	m := duplicate.Default()
	var all tally
	same := 0
	var out strings.Builder
	fmt.Fprintf(&out, "\n%-38s %6s %8s %8s %8s %8s\n", "second entry", "made", "strong", "hit", "f.strong", "f.hit")
	for _, k := range kinds {
		var n tally
		for tries := 0; n.made < each && tries < each*200; tries++ {
			i := r.IntN(people)
			second, ok := k.Make(r, register[i])
			if !ok || numbered[i] {
				continue
			}
			n.made++
			n.count(x, m, second, i, k.Same)
		}
		fmt.Fprintf(&out, "%-38s %6d %8s %8s %8d %8d\n", k.Name, n.made, share(n.strong, n.made, k.Same), share(n.possible, n.made, k.Same), n.falseStrong, n.falsePossible)
		if k.Same {
			same += n.made
		}
		all.add(n)
	}
	recall, precision := float64(all.strong)/float64(same), float64(all.strong)/float64(all.strong+all.falseStrong)
	wide, widePrecision := float64(all.possible)/float64(same), float64(all.possible)/float64(all.possible+all.falsePossible)
	fmt.Fprintf(&out, "strong: precision %.3f, recall %.3f; strong or possible: precision %.3f, recall %.3f; of %d pairs among %d people\n",
		precision, recall, widePrecision, wide, same, people)
	fmt.Print(out.String())
	assert.GreaterOrEqual(t, precision, 0.95, "strong hits that are right")
	assert.GreaterOrEqual(t, recall, 0.75, "pairs that are strong hits")
	assert.GreaterOrEqual(t, wide, 0.95, "pairs that are hits")
}

func share(n, of int, same bool) string {
	if !same {
		return "–"
	}
	return fmt.Sprintf("%.1f%%", float64(n)*100/float64(of))
}

// count weighs what is found for one second entry of person i.
func (n *tally) count(x *index, m *duplicate.Model, second duplicate.Entry, i int, same bool) {
	if second.Token == "number" { // the register has the number too
		second.Token = fmt.Sprint("number ", i)
		x.entries[i] = withNumber(x, i, second.Token)
	}
	for j, match := range x.found(m, second) {
		right := same && int(j) == i
		switch {
		case match.Level == duplicate.None:
		case right && match.Level == duplicate.Strong:
			n.strong++
			n.possible++
		case right:
			n.possible++
		case match.Level == duplicate.Strong:
			n.falseStrong++
			n.falsePossible++
		default:
			n.falsePossible++
		}
	}
}

func withNumber(x *index, i int, token string) *duplicate.Prepared {
	e := x.entries[i].Entry
	e.Token = token
	p := duplicate.Prepare(e)
	for _, k := range p.Keys() {
		x.byKey[k] = append(x.byKey[k], int32(i))
	}
	return p
}

func (n *tally) add(o tally) {
	n.made += o.made
	n.strong += o.strong
	n.possible += o.possible
	n.falseStrong += o.falseStrong
	n.falsePossible += o.falsePossible
}
