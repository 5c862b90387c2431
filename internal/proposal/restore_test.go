package proposal

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/envelope"
)

// TestARestoredCaseAnswersLikeTheLivingOne lives random lives, restores each from
// its record at every step, and asks both the same.
func TestARestoredCaseAnswersLikeTheLivingOne(t *testing.T) {
	t.Parallel()
	same, refused, accepted := 0, 0, 0
	for seed := range uint64(3_000) {
		l := newLife(t, seed)
		for range 14 {
			if l.c.Validating() {
				l.check()
			}
			restored, err := Restore(l.in, l.c.Transitions(0))
			require.NoError(t, err)
			require.Equal(t, essence(l.c), essence(restored), "seed %d after %d", seed, l.c.Number())
			same++
			o := l.next()
			foreseen, ferr := restored.Foresee(o, l.now)
			number := l.c.Number()
			l.try(o)
			if l.c.Number() == number {
				require.Error(t, ferr, "seed %d: %s", seed, o.Act.Action)
				refused++
				continue
			}
			require.NoError(t, ferr, "seed %d: %s", seed, o.Act.Action)
			require.Equal(t, l.c.history[number], foreseen, "seed %d", seed)
			accepted++
			if l.c.Closed() {
				break
			}
		}
	}
	require.Greater(t, same, 10_000)
	require.Greater(t, refused, 1_000)
	require.Greater(t, accepted, 1_000)
}

// essence is what a restored case shares with the one that lived: all that its
// rules look at. Resubmitted commitments are not on record.
func essence(c *Case) string {
	d := c.clone()
	d.validating, d.validation = false, nil
	for _, it := range d.items {
		it.Commitment, it.Unit = "", ""
	}
	slices.Sort(d.covered)
	return snapshot(d)
}

func TestARecordWithAGapIsNotRestored(t *testing.T) {
	t.Parallel()
	p := newPlayer(t, input(provincial(), 2)).until(StageAppraisal)
	all := p.c.Transitions(0)
	_, err := Restore(p.in, append(slices.Clone(all[:1]), all[2:]...))
	require.Equal(t, envelope.CodeNumber, envelope.CodeOf(err))
	strange := slices.Clone(all)
	strange[1].Items = []ItemChange{{Item: "nobody"}}
	_, err = Restore(p.in, strange)
	require.Equal(t, envelope.CodeItem, envelope.CodeOf(err))
}
