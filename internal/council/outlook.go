package council

import "slices"

// Outlook says what an item needs and whether it can still get it, before the
// count: if everybody who is entitled votes in favour.
type Outlook struct {
	Base     int  `json:"base"`     // what the majority would be counted against
	Needed   int  `json:"needed"`   // votes in favour that the rule asks
	Entitled int  `json:"entitled"` // members who may vote on it
	Possible bool `json:"possible"` // Entitled reaches Needed, and a chair who must agree may vote
}

// Outlook looks ahead on agenda item i. present says who is there; nil means
// everybody.
func (in Input) Outlook(i int, present func(person string) bool) Outlook {
	it := in.Agenda[i]
	r := in.Rules[it.Rule]
	var o Outlook
	there, left, chairMay := 0, 0, false
	for _, seat := range in.Roster {
		here := (present == nil || present(seat.Person)) && !in.Consultation()
		if here {
			there++
		}
		barred := slices.Contains(it.Recused, seat.Person)
		if barred && r.Recusal == RecusalLeaves && (r.Base != BasePresent || here) {
			left++
		}
		if barred || !here && !in.TakesWriting(r) {
			continue
		}
		o.Entitled++
		if !here && r.Base == BasePresent {
			there++ // who votes in writing takes part
		}
		chairMay = chairMay || seat.Chair
	}
	o.Base = len(in.Roster)
	if r.Base == BasePresent {
		o.Base = there
	}
	o.Base -= left
	o.Needed = r.Required(o.Base)
	o.Possible = o.Base > 0 && o.Entitled >= o.Needed && (chairMay || !r.ChairMustAgree)
	return o
}

// Quorum is the strictest quorum of the session's rules: how many members must be
// present; 0 where no rule asks for one.
func (in Input) Quorum() int {
	most := 0
	for _, r := range in.Rules {
		if r.Quorum.Den > 0 {
			most = max(most, r.Quorum.Needed(len(in.Roster)))
		}
	}
	return most
}
