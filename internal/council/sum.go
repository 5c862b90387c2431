package council

// Sum is the count for one item with the arithmetic that was done, so that a
// reader can check it by hand. A count that is left out is zero.
type Sum struct {
	Yes     int  `json:"yes,omitempty"`
	No      int  `json:"no,omitempty"`
	Abstain int  `json:"abstain,omitempty"`
	Invalid int  `json:"invalid,omitempty"`
	Written int  `json:"written,omitempty"` // of the above, given in writing by absent members
	Silent  int  `json:"silent,omitempty"`  // of those in favour, members whose silence agrees
	Recused int  `json:"recused,omitempty"` // members barred by a conflict
	Left    int  `json:"left,omitempty"`    // of those barred, taken out of the base by the rule
	Tie     bool `json:"tie,omitempty"`     // as many in favour as not: Met is the side of the chair's vote
	Untaken bool `json:"untaken,omitempty"` // a tie too, but the chair took no side: it is not exceeded
	Base    int  `json:"base"`              // what the majority was counted against
	Needed  int  `json:"needed"`            // votes in favour that the rule asks
	Met     bool `json:"met"`
}
