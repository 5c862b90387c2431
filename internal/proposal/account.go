package proposal

import "vinhdanh/internal/envelope"

// Account is a plain account of where a case stands: no names, no free text.
type Account struct {
	Case        string          `json:"case"`
	Award       string          `json:"award"`
	Regime      string          `json:"regime"`
	LawHash     string          `json:"law_hash"`
	Revision    int             `json:"revision"`
	Transitions int             `json:"transitions"`
	Place       Place           `json:"place"`
	Items       []AccountItem   `json:"items"`
	Validation  *Validation     `json:"validation,omitempty"`
	Steps       []envelope.Step `json:"steps"`
}

// AccountItem is one item of an Account.
type AccountItem struct {
	ID      string  `json:"id"`
	Outcome Outcome `json:"outcome,omitempty"`
	Opinion Opinion `json:"opinion,omitempty"`
	Held    bool    `json:"held,omitempty"`
}

// Account tells where the case stands.
func (c *Case) Account() Account {
	a := Account{
		Case: c.in.Case, Award: c.in.Award, Regime: c.regime, LawHash: c.lawHash, Revision: c.revision,
		Transitions: c.number, Place: c.Place(), Validation: c.validation,
	}
	for _, it := range c.items {
		a.Items = append(a.Items, AccountItem{ID: it.ID, Outcome: it.Outcome, Opinion: it.Opinion, Held: it.Held})
	}
	for _, t := range c.history {
		a.Steps = append(a.Steps, t.Step)
	}
	return a
}

// Regime is the regime in force for the case; provisional until accepted.
func (c *Case) Regime() string { return c.regime }
