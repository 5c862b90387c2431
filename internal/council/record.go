package council

import (
	"fmt"
	"slices"
	"strings"
)

// Record is what is published of a session's sealed ballots. Anybody can count it
// again (Recount); who voted what is not in it.
type Record struct {
	Case     string       `json:"case"`            // name of the box (Input.Box): the session, or its second ballot
	Round    int          `json:"round,omitempty"` // 2: of the second ballot
	Keys     []RecordKey  `json:"keys"`            // public keys of the shares
	Ballots  []string     `json:"ballots"`         // digests of the committed set, sorted
	Root     string       `json:"root"`            // Root of them
	Items    []RecordItem `json:"items,omitempty"`
	Rows     string       `json:"rows,omitempty"` // RowsDigest of the items
	Counted  string       `json:"counted,omitempty"`
	Attested string       `json:"attested,omitempty"` // who did, opaque ids
}

// RecordKey is one holder's public key.
type RecordKey struct {
	Holder string `json:"holder"` // chair or secretary
	Person string `json:"person"` // opaque id
	Public string `json:"public"` // hexadecimal
}

// RecordItem is one item's published choices and, once the session is closed, the
// result that was computed from them.
type RecordItem struct {
	SealedRow
	Line   string `json:"line,omitempty"` // the subject as lists print it
	Rule   Rule   `json:"rule"`
	Sum    *Sum   `json:"sum,omitempty"`
	Passed bool   `json:"passed,omitempty"`
	Place  *Place `json:"place,omitempty"` // under a quota that cut: beyond it nothing passes
	Tells  string `json:"tells,omitempty"` // GivesAway
}

// Recount counts a record anew and names the first thing that does not hold. receipt
// is a voter's digest that must be in the committed set, or empty.
func Recount(r Record, receipt string) error {
	if got := Root(r.Case, r.Ballots); got != r.Root {
		return fmt.Errorf("the ballots listed are not the committed set: %s, not %s", got, r.Root)
	}
	if !slices.IsSorted(r.Ballots) || len(slices.Compact(slices.Clone(r.Ballots))) != len(r.Ballots) {
		return fmt.Errorf("a ballot is listed twice, or the list is not sorted")
	}
	if receipt = strings.ToLower(strings.TrimSpace(receipt)); receipt != "" && !slices.Contains(r.Ballots, receipt) {
		return fmt.Errorf("the ballot of this receipt is not in the committed set")
	}
	rows := make([]SealedRow, len(r.Items))
	for i, it := range r.Items {
		rows[i] = it.SealedRow
		if err := recountItem(it, len(r.Ballots)); err != nil {
			return err
		}
	}
	if got := RowsDigest(rows); len(rows) > 0 && got != r.Rows {
		return fmt.Errorf("the rows are not those that were attested: %s, not %s", got, r.Rows)
	}
	return nil
}

func recountItem(it RecordItem, ballots int) error {
	var sum Sum
	sum.add(it.Votes)
	if n := sum.Yes + sum.No + sum.Abstain + sum.Invalid; n != len(it.Votes) || n > ballots {
		return fmt.Errorf("item %s has %d choices that can be read of %d, from %d ballots", it.Item, n, len(it.Votes), ballots)
	}
	s := it.Sum
	if s == nil {
		return nil
	}
	if sum.Yes != s.Yes || sum.No != s.No || sum.Abstain != s.Abstain || sum.Invalid != s.Invalid {
		return fmt.Errorf("item %s: the rows have %d in favour, %d against, %d abstained, %d invalid; the result says %d, %d, %d, %d",
			it.Item, sum.Yes, sum.No, sum.Abstain, sum.Invalid, s.Yes, s.No, s.Abstain, s.Invalid)
	}
	needed := it.Rule.Required(s.Base)
	if met := s.Base > 0 && sum.Yes >= needed; needed != s.Needed || met != s.Met || (met && !it.Place.beyond()) != it.Passed {
		return fmt.Errorf("item %s: %d of %d with %d needed does not give the result that is stated", it.Item, sum.Yes, s.Base, needed)
	}
	return nil
}

// What published choices say about voters by their numbers alone.
const (
	TellsAll = "unanimous" // everybody voted the same: each vote is known
	TellsFew = "few"       // so few voted that each knows the others' votes, or nearly
)

// fewVoters is the largest number of ballots at which a voter who knows the own vote
// knows the other's.
const fewVoters = 2

// GivesAway says whether the choices of an item tell by their numbers who voted how.
func GivesAway(votes string) string {
	switch {
	case votes != "" && strings.Count(votes, votes[:1]) == len(votes):
		return TellsAll
	case votes != "" && len(votes) <= fewVoters:
		return TellsFew
	}
	return ""
}
