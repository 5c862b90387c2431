package app

import "vinhdanh/internal/postgres"

// DecisionLine is one item as a decision names it.
type DecisionLine struct {
	Item        string `json:"item"`
	Proposal    string `json:"proposal"`
	ProposalRef string `json:"proposal_ref"`
	Unit        string `json:"unit"`
	UnitName    string `json:"unit_name"`
	Kind        string `json:"kind"`
	Line        string `json:"line"` // form of address and name, as printed
	Position    string `json:"position,omitempty"`
	Workplace   string `json:"workplace,omitempty"`
	Amount      int64  `json:"amount"` // đồng
	Outcome     string `json:"outcome,omitempty"`
	// Corrected is what of it was corrected since, the oldest first; the rest of the line is
	// as it stands now.
	Corrected []Corrected `json:"corrected,omitempty"`
	// Several is what the rule about several awards at once says of the money.
	Several *SeveralNote `json:"several,omitempty"`
}

func decisionLine(it postgres.CouncilItem) DecisionLine {
	return DecisionLine{
		Item: it.Item, Proposal: it.Proposal, ProposalRef: it.ProposalRef, Unit: it.Unit, UnitName: it.UnitName,
		Kind: it.Content.Kind, Line: it.Content.PrintedLine(), Position: it.Content.Position,
		Workplace: it.Content.Workplace, Amount: it.Amount, Outcome: it.Outcome,
	}
}
