package council

// Sum is the count for one item with the arithmetic that was done, so that a
// reader can check it by hand.
type Sum struct {
	Yes     int  `json:"yes"`
	No      int  `json:"no"`
	Abstain int  `json:"abstain"`
	Invalid int  `json:"invalid"`
	Written int  `json:"written"` // of the above, given in writing by absent members
	Recused int  `json:"recused"` // members barred by a conflict
	Base    int  `json:"base"`    // what the majority was counted against
	Needed  int  `json:"needed"`  // votes in favour that the rule asks
	Met     bool `json:"met"`
}
