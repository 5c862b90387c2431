package council

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// reaches is the majority by exact arithmetic, the naive way.
func reaches(yes, base int, f Fraction, moreThan bool) bool {
	if base == 0 {
		return false
	}
	c := big.NewRat(int64(yes), int64(base)).Cmp(big.NewRat(int64(f.Num), int64(f.Den)))
	return c > 0 || c == 0 && !moreThan
}

var thresholds = []struct {
	f        Fraction
	moreThan bool
}{
	{Fraction{2, 3}, false}, {Fraction{7, 10}, false}, {Fraction{8, 10}, false}, {Fraction{9, 10}, false},
	{Fraction{90, 100}, false}, {Fraction{1, 2}, true}, {Fraction{1, 2}, false}, {Fraction{2, 3}, true},
	{Fraction{9, 10}, true}, {Fraction{1, 1}, false}, {Fraction{50, 100}, true},
}

func TestRequiredIsExact(t *testing.T) {
	t.Parallel()
	for _, th := range thresholds {
		r := Rule{Threshold: th.f, MoreThan: th.moreThan}
		for base := 1; base <= 100; base++ {
			for yes := 0; yes <= base; yes++ {
				if got, want := yes >= r.Required(base), reaches(yes, base, th.f, th.moreThan); got != want {
					t.Fatalf("%d of %d by %d/%d (more than: %v): got %v, want %v", yes, base, th.f.Num, th.f.Den, th.moreThan, got, want)
				}
				if got, want := th.f.Reached(yes, base), reaches(yes, base, th.f, false); got != want {
					t.Fatalf("%d of %d reaches %d/%d: got %v, want %v", yes, base, th.f.Num, th.f.Den, got, want)
				}
			}
		}
	}
}

func TestRequiredByHand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		f        Fraction
		moreThan bool
		base     int
		want     int
	}{
		{Fraction{9, 10}, false, 11, 10}, {Fraction{9, 10}, false, 10, 9}, {Fraction{9, 10}, true, 10, 10},
		{Fraction{7, 10}, false, 11, 8}, {Fraction{7, 10}, false, 10, 7}, {Fraction{8, 10}, false, 25, 20},
		{Fraction{1, 2}, true, 10, 6}, {Fraction{1, 2}, true, 11, 6}, {Fraction{2, 3}, false, 9, 6}, {Fraction{2, 3}, false, 10, 7},
		{Fraction{}, false, 11, 12}, // no threshold in the data: nothing passes
		{Fraction{}, true, 11, 12},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, Rule{Threshold: tt.f, MoreThan: tt.moreThan}.Required(tt.base), "%+v", tt)
	}
	require.False(t, Fraction{}.Reached(5, 5))
	require.False(t, Fraction{0, 1}.Reached(0, 0))
}

// TestMajorityOfEveryRoster votes real sessions: every size of roster, each
// threshold, both bases, one vote below the majority and exactly it.
func TestMajorityOfEveryRoster(t *testing.T) {
	t.Parallel()
	for size := 1; size <= 100; size++ {
		present := (2*size + 2) / 3
		for _, base := range []Base{BaseAll, BasePresent} {
			var rules []Rule
			for _, th := range thresholds {
				rules = append(rules, Rule{Mode: ModeMeeting, Base: base, Threshold: th.f, MoreThan: th.moreThan, Ballot: BallotOpen, Absent: AbsentNone})
			}
			in := input(size, rules...)
			d := opened(t, in, present)
			whole := size
			if base == BasePresent {
				whole = present
			}
			for m := 1; m <= present; m++ {
				ballot := make([]byte, len(rules))
				for i, r := range rules {
					ballot[i] = ChoiceNo
					// Every other size stops one vote short.
					if m <= r.Required(whole)-size%2 {
						ballot[i] = ChoiceYes
					}
				}
				d.vote(member(m), string(ballot))
			}
			for i, row := range d.do(ActionClose, "chair", nil).Results {
				want := reaches(row.Sum.Yes, whole, thresholds[i].f, thresholds[i].moreThan)
				require.Equal(t, want, row.Passed, "roster %d, present %d, base %s, rule %d: %+v", size, present, base, i, row.Sum)
				require.Equal(t, whole, row.Sum.Base)
				require.Equal(t, present, row.Sum.Yes+row.Sum.No)
			}
		}
	}
}

func TestQuorum(t *testing.T) {
	t.Parallel()
	for size := 1; size <= 40; size++ {
		for present := 0; present <= size; present++ {
			d := convene(t, input(size, openRule))
			o := d.act(ActionOpen, "chair", OpenData{Present: members(1, present)})
			_, err := d.apply(o)
			require.Equal(t, reaches(present, size, Fraction{2, 3}, false), err == nil, fmt.Sprint(present, " of ", size))
		}
	}
}
