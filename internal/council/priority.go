package council

import (
	"cmp"
	"slices"

	"vinhdanh/internal/envelope"
)

// A quota that the law's data let cut (Cut) holds a session to a number: where more of
// its items get their majority, those beyond the number do not pass. They stand in an
// order of priority, which votes decide; where equal votes straddle the number, the
// closing leaves the session open, the Council settles their order (ActionPriority),
// and the chair consents to it by closing again.
const ActionPriority = "set-priority"

// Order says what decides who comes first where a quota cuts.
type Order string

const (
	OrderVotes   Order = "votes"   // votes in favour, most first; what is meant where nothing is said
	OrderShare   Order = "share"   // votes in favour as a share of the item's own base
	OrderCouncil Order = "council" // the Council orders all of them itself
)

// Cut is a quota that decides: of Items no more than Limit pass. Both are frozen with
// the agenda.
type Cut struct {
	Code  string   `json:"code"` // of the quota in the law's data
	Limit int      `json:"limit"`
	Items []string `json:"items"`
	Order Order    `json:"order,omitempty"`
	Defer bool     `json:"defer,omitempty"` // what is beyond it is deferred; else it does not pass
}

// Place is where an item that got its majority stands under a quota that cut.
type Place struct {
	Cut    int  `json:"cut"`  // index into Input.Cuts
	Rank   int  `json:"rank"` // from 1
	Beyond bool `json:"beyond,omitempty"`
	Defer  bool `json:"defer,omitempty"` // and is deferred for it
}

// beyond tells whether an item stands beyond a quota.
func (p *Place) beyond() bool { return p != nil && p.Beyond }

// Tied are items of equal votes of which only Free pass: their order is the Council's.
type Tied struct {
	Cut  int  `json:"cut"` // index into Input.Cuts
	Free int  `json:"free"`
	Rows Rows `json:"rows"` // as they were counted, in agenda order
}

// PriorityData is the data of ActionPriority. A later one replaces it.
type PriorityData struct {
	Cut    int      `json:"cut"`
	Items  []string `json:"items"`  // those tied, first place first
	Reason string   `json:"reason"` // commitment to how the Council settled it
}

// OrderOf is the order that the Council settled for a quota; nil where it did not.
func (in Input) OrderOf(cut int) []string {
	for _, o := range slices.Backward(in.Orders) {
		if o.Cut == cut {
			return o.Items
		}
	}
	return nil
}

// Settling tells whether the votes are counted and the session waits for an order.
func (in Input) Settling() bool { return in.Tied != nil }

// CutCodes are the codes of the session's quotas that decide, by their index.
func (s *Session) CutCodes() []string {
	var out []string
	for _, c := range s.in.Cuts {
		out = append(out, c.Code)
	}
	return out
}

// checkCuts: each names items of the agenda, once.
func (in Input) checkCuts(onAgenda map[string]bool) error {
	for _, c := range in.Cuts {
		if c.Code == "" || c.Limit < 0 || !slices.Contains([]Order{"", OrderVotes, OrderShare, OrderCouncil}, c.Order) {
			return envelope.Refuse(envelope.CodeData, "a quota has a code, a number and an order")
		}
		seen := map[string]bool{}
		for _, id := range c.Items {
			if !onAgenda[id] || seen[id] {
				return envelope.Refuse(envelope.CodeItem, "a quota counts an item twice, or one that is not on the agenda: "+id)
			}
			seen[id] = true
		}
	}
	return nil
}

// applyCuts holds counted rows to the session's quotas, one after the other, and marks
// in them who stands where. A tie that the Council has not settled ends it: rows are
// then as they were counted.
func (s *Session) applyCuts(counted []ResultRow) ([]ResultRow, *Tied) {
	rows, at := slices.Clone(counted), map[string]int{}
	for i, r := range rows {
		at[r.Item] = i
	}
	for n, c := range s.in.Cuts {
		var passed []int
		for _, id := range c.Items {
			if i := at[id]; rows[i].Passed {
				passed = append(passed, i)
			}
		}
		if len(passed) <= c.Limit {
			continue
		}
		slices.Sort(passed) // equal ones as the agenda has them
		slices.SortStableFunc(passed, func(x, y int) int { return c.Order.compare(rows[x].Sum, rows[y].Sum) })
		if tied := s.settle(n, c, rows, passed, at); tied != nil {
			return counted, tied
		}
		for k, i := range passed {
			beyond := k >= c.Limit
			rows[i].Place = &Place{Cut: n, Rank: k + 1, Beyond: beyond, Defer: beyond && c.Defer}
			rows[i].Passed = !beyond
		}
	}
	return rows, nil
}

// settle puts those of equal votes that straddle a quota's number into the order that the
// Council settled, or returns them where it has not.
func (s *Session) settle(n int, c Cut, rows []ResultRow, passed []int, at map[string]int) *Tied {
	if c.Limit == 0 {
		return nil // nobody fits: there is nothing to settle
	}
	equal := func(x, y int) bool { return c.Order.compare(rows[x].Sum, rows[y].Sum) == 0 }
	if !equal(passed[c.Limit-1], passed[c.Limit]) {
		return nil
	}
	from, to := c.Limit-1, c.Limit+1
	for from > 0 && equal(passed[from-1], passed[c.Limit]) {
		from--
	}
	for to < len(passed) && equal(passed[to], passed[c.Limit]) {
		to++
	}
	if order := s.in.OrderOf(n); order != nil {
		for k, id := range order {
			passed[from+k] = at[id]
		}
		return nil
	}
	tied := &Tied{Cut: n, Free: c.Limit - from}
	for _, i := range passed[from:to] {
		tied.Rows = append(tied.Rows, rows[i])
	}
	return tied
}

// compare is negative where x comes before y.
func (o Order) compare(x, y Sum) int {
	switch o {
	case OrderCouncil:
		return 0
	case OrderShare:
		return cmp.Compare(y.Yes*x.Base, x.Yes*y.Base)
	}
	return cmp.Compare(y.Yes, x.Yes)
}

// setPriority takes the order that the Council settled. The chair consents by closing.
func (s *Session) setPriority(a envelope.Act) (change, error) {
	if err := needRole(a, "secretary", "chair"); err != nil {
		return nil, err
	}
	var d PriorityData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	switch {
	case s.in.Tied == nil:
		return nil, envelope.Refuse(envelope.CodeStage, "no order of priority is asked for")
	case d.Cut != s.in.Tied.Cut || d.Reason == "" || len(d.Items) != len(s.in.Tied.Rows):
		return nil, envelope.Refuse(envelope.CodeData, "an order names its quota, each tied item once, and how it was settled")
	}
	for i, id := range d.Items {
		tied := slices.ContainsFunc(s.in.Tied.Rows, func(r ResultRow) bool { return r.Item == id })
		if !tied || slices.Contains(d.Items[:i], id) {
			return nil, envelope.Refuse(envelope.CodeItem, "an item is not among the tied, or is named twice: "+id)
		}
	}
	return func(t *Transition) {
		t.Change = &Change{Order: &d}
		s.in, t.LastNote = s.in.With(*t.Change), d.Reason
	}, nil
}

// settled refuses what only an open ballot takes, once the votes are counted.
func (s *Session) settled() error {
	if s.in.Settling() {
		return envelope.Refuse(envelope.CodeStage, "the votes are counted; the order of priority is being settled")
	}
	return nil
}
