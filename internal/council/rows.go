package council

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Rows are results of agenda items, as a message carries them: objects, or where those
// would weigh more than a message may (PackAbove), an array of values each, in the order of
// packedRow. Recorded messages are below it and read as they were.
type Rows []ResultRow

// PackAbove is the weight in bytes of JSON from which rows are packed: three quarters of
// what Temporal takes as one message, with room for what stands around them.
const PackAbove = 3<<19 - 1<<12

// Flags of a packed row.
const (
	flagPassed = 1 << iota
	flagMet
	flagTie
	flagUntaken
	flagFirst
	flagFirstMet
	flagFirstTie
	flagFirstUntaken
	flagPlace
	flagBeyond
	flagDefer
)

// MarshalJSON is the one form or the other, by their weight alone.
func (r Rows) MarshalJSON() ([]byte, error) {
	plain, err := json.Marshal([]ResultRow(r))
	if err != nil || len(plain) <= PackAbove {
		return plain, err
	}
	packed := make([][3]any, len(r))
	for i, row := range r {
		packed[i] = [3]any{row.Item, row.Case, row.numbers()}
	}
	return json.Marshal(packed)
}

// numbers are a row's flags, its sum, and where they are there the first sum and the place.
func (r ResultRow) numbers() []int {
	flags := bit(r.Passed, flagPassed) | r.Sum.flags(flagMet)
	out := append([]int{0}, r.Sum.counts()...)
	if r.First != nil {
		flags |= flagFirst | r.First.flags(flagFirstMet)
		out = append(out, r.First.counts()...)
	}
	if r.Place != nil {
		flags |= flagPlace | bit(r.Place.Beyond, flagBeyond) | bit(r.Place.Defer, flagDefer)
		out = append(out, r.Place.Cut, r.Place.Rank)
	}
	out[0] = flags
	return out
}

func bit(is bool, flag int) int {
	if is {
		return flag
	}
	return 0
}

// flags are a sum's three, from met on.
func (sum Sum) flags(met int) int {
	return bit(sum.Met, met) | bit(sum.Tie, met<<1) | bit(sum.Untaken, met<<2)
}

func (sum Sum) counts() []int {
	return []int{sum.Yes, sum.No, sum.Abstain, sum.Invalid, sum.Written, sum.Silent, sum.Recused, sum.Left, sum.Base, sum.Needed}
}

// sumCounts is how many numbers Sum.counts gives.
const sumCounts = 10

// sumOf is the sum of flags and counts.
func sumOf(flags, met int, n []int) Sum {
	return Sum{
		Yes: n[0], No: n[1], Abstain: n[2], Invalid: n[3], Written: n[4], Silent: n[5], Recused: n[6], Left: n[7], Base: n[8], Needed: n[9],
		Met: flags&met != 0, Tie: flags&(met<<1) != 0, Untaken: flags&(met<<2) != 0,
	}
}

// UnmarshalJSON reads either form.
func (r *Rows) UnmarshalJSON(raw []byte) error {
	if !bytes.HasPrefix(raw, []byte("[[")) {
		return json.Unmarshal(raw, (*[]ResultRow)(r))
	}
	lists := [][3]json.RawMessage{}
	if err := json.Unmarshal(raw, &lists); err != nil {
		return err
	}
	*r = make(Rows, len(lists))
	for i, l := range lists {
		if err := (*r)[i].unpack(l); err != nil {
			return fmt.Errorf("council: packed row %d: %w", i, err)
		}
	}
	return nil
}

func (r *ResultRow) unpack(l [3]json.RawMessage) error {
	var n []int
	for i, into := range []any{&r.Item, &r.Case, &n} {
		if err := json.Unmarshal(l[i], into); err != nil {
			return err
		}
	}
	want := 1 + sumCounts
	if len(n) > 0 {
		want += bit(n[0]&flagFirst != 0, sumCounts) + bit(n[0]&flagPlace != 0, 2)
	}
	if len(n) != want {
		return fmt.Errorf("%d numbers", len(n))
	}
	flags, n := n[0], n[1:]
	r.Passed, r.Sum, n = flags&flagPassed != 0, sumOf(flags, flagMet, n), n[sumCounts:]
	if flags&flagFirst != 0 {
		first := sumOf(flags, flagFirstMet, n)
		r.First, n = &first, n[sumCounts:]
	}
	if flags&flagPlace != 0 {
		r.Place = &Place{Cut: n[0], Rank: n[1], Beyond: flags&flagBeyond != 0, Defer: flags&flagDefer != 0}
	}
	return nil
}
