package app

// Operation is an operation of the API as far as scopes go.
type Operation struct {
	ID     string
	Area   string // its tag
	Writes bool
}

// areaScopes is the table of areas of the API: what reading and writing there ask
// of a token. What the person's roles allow is another question. An area that is
// not here is open to no token but one that has ScopeAll.
var areaScopes = map[string]struct{ reads, writes Scope }{
	"self":        {ScopeRead, ScopeAccount},
	"search":      {ScopeRead, ScopeAccount},
	"notices":     {ScopeRead, ScopeAccount},
	"figures":     {ScopeRead, ScopeAccount},
	"law":         {ScopeRead, ScopeAdmin},
	"import":      {ScopeRead, ScopePropose},
	"submissions": {ScopeRead, ScopePropose},
	"proposals":   {ScopeRead, ScopeReview},
	"campaigns":   {ScopeRead, ScopeReview},
	"council":     {ScopeRead, ScopeCouncil},
	"decisions":   {ScopeRead, ScopeReview},
	"revocations": {ScopeRead, ScopeReview},
	"letters":     {ScopeRead, ScopeReview},
	"ledger":      {ScopeRead, ScopeReview},
	"delegations": {ScopeRead, ScopeAccount},
	"duplicates":  {ScopeRead, ScopeReview},
	"audit":       {ScopeAudit, ScopeAudit},
	"account":     {ScopeAccount, ScopeAccount},
	"admin":       {ScopeAdmin, ScopeAdmin},
}

// operationScopes are the operations that ask for another scope than their area.
var operationScopes = map[string]Scope{
	"resubmit-proposal": ScopePropose, "recall-proposal": ScopePropose, "withdraw-proposal": ScopePropose,
	"reconsider-proposal": ScopePropose,
	"sign-decision":       ScopeSign, "test-signature": ScopeSign, "send-back-decision": ScopeSign, "number-decision": ScopeIssue, "make-certificates": ScopeIssue, "reissue-certificate": ScopeIssue, "void-number": ScopeIssue,
	"answer-revocation": ScopePropose, "refuse-revocation": ScopeSign,
	"join-subjects": ScopePropose, "undo-join": ScopePropose, "set-number": ScopePropose,
	"submit-up-proposal": ScopeRead, // what it asks for goes by the act: letterDemand
	"account":            ScopeRead, // a case told in plain language, for whoever may see the case
	"issue-link":         ScopeAdmin, "reset-factors": ScopeAdmin,
}

// ScopeOf is the scope that an operation asks for; "" if no table says.
func ScopeOf(o Operation) Scope {
	if s := operationScopes[o.ID]; s != "" {
		return s
	}
	if o.Writes {
		return areaScopes[o.Area].writes
	}
	return areaScopes[o.Area].reads
}
