package proposal

import (
	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
)

// Input starts a case's workflow: identifiers, codes and commitments only.
type Input struct {
	Case     string           `json:"case"`     // the workflow's id
	Proposal string           `json:"proposal"` // opaque id
	Revision int              `json:"revision"` // 1 at the first sending
	Content  string           `json:"content"`  // commitment to what the proposal says, hex SHA-256
	Award    string           `json:"award"`    // code of the catalogue
	Regime   string           `json:"regime"`   // provisional until accepted
	LawHash  string           `json:"law_hash"`
	Route    Route            `json:"route"`
	Items    []InputItem      `json:"items"` // in the order of the tờ trình
	Send     envelope.Message `json:"send"`  // the sender's act
}

// InputItem is one item as the workflow knows it.
type InputItem struct {
	ID         string `json:"id"`
	Subject    string `json:"subject"`    // opaque subject reference
	Unit       string `json:"unit"`       // id of the subject's unit
	Commitment string `json:"commitment"` // salted hash of the item's content
}

// Validation is what the validation activity found, pinned in the history.
type Validation struct {
	Revision   int           `json:"revision"`
	FactsHash  string        `json:"facts_hash"`
	LawHash    string        `json:"law_hash"`
	ResultHash string        `json:"result_hash"`
	Items      []ItemVerdict `json:"items"`
}

// ItemVerdict is the law's word on one item: met, not_met or needs_person.
type ItemVerdict struct {
	ID      string `json:"id"`
	Verdict string `json:"verdict"`
}

// Opinion is what a reviewing or appraising level says of an item.
type Opinion string

const (
	OpinionPropose    Opinion = "propose"     // đề nghị
	OpinionNotPropose Opinion = "not_propose" // không đề nghị
)

// ItemOpinion is an exception from the default opinion.
type ItemOpinion struct {
	Item    string  `json:"item"`
	Opinion Opinion `json:"opinion"`
	Reason  string  `json:"reason,omitempty"` // commitment to the reason; required for not_propose
}

// Opinions is a default and its exceptions.
type Opinions struct {
	Default    Opinion       `json:"default"`
	Exceptions []ItemOpinion `json:"exceptions,omitempty"`
}

// Verdicts of a decide act.
const (
	VerdictForward      = "forward"
	VerdictReturn       = "return"
	VerdictReconsidered = "reconsidered" // the answer to a request to look again
)

// DecideData is the data of ActionDecide.
type DecideData struct {
	Verdict  string   `json:"verdict"`
	Opinions Opinions `json:"opinions,omitzero"`
	Minutes  string   `json:"minutes,omitempty"` // hash of the level's own council minutes
	Letter   string   `json:"letter,omitempty"`  // hash of the level's own tờ trình
	Reason   string   `json:"reason,omitempty"`  // commitment to the reasons of a return
	// To is the kind of stage that a return goes to; absent: the nomination.
	To StageKind `json:"to,omitempty"`
}

// AcceptData is the data of ActionAccept: the dossier is complete.
type AcceptData struct {
	Regime  string `json:"regime"`
	LawHash string `json:"law_hash"`
	Route   *Route `json:"route,omitempty"`  // only where the confirmed route differs
	Reason  string `json:"reason,omitempty"` // commitment: why this regime, where the transitional rule leaves room
}

// AppraiseData is the data of ActionAppraise.
type AppraiseData struct {
	Opinions Opinions `json:"opinions"`
	Report   string   `json:"report,omitempty"` // hash of the written appraisal
}

// ItemResult is the Council's result for one item.
type ItemResult struct {
	Item    string       `json:"item"`
	Outcome Outcome      `json:"outcome"` // passed, not_passed or deferred
	Sum     *council.Sum `json:"sum,omitempty"`
	Beyond  string       `json:"beyond,omitempty"` // code of the quota that it stands beyond, though its sum is met
}

// CouncilData is the data of ActionCouncilResult.
type CouncilData struct {
	Session string       `json:"session"`
	Items   []ItemResult `json:"items"`
}

// IssuedData is the data of ActionIssued.
type IssuedData struct {
	Decision  string   `json:"decision"` // opaque id
	Number    string   `json:"number"`   // "328/QĐ-UBND"
	Date      string   `json:"date"`     // ISO civil date
	Content   string   `json:"content"`  // hash of what the decision says
	Document  string   `json:"document"` // hash of the signed PDF
	Submitter []string `json:"submitter"`
	Signer    []string `json:"signer"` // persons behind the signature
	Registrar []string `json:"registrar"`
	Items     []string `json:"items"` // the items recognised
}

// ResubmitData is the data of ActionResubmit.
type ResubmitData struct {
	Content string      `json:"content"`
	LawHash string      `json:"law_hash"`
	Items   []InputItem `json:"items"` // items left out are withdrawn; none may be added
}

// ReasonData is the data of withdraw, recall, hold and release.
type ReasonData struct {
	Items  []string `json:"items,omitempty"` // hold, release: these items; none means the whole case
	Reason string   `json:"reason,omitempty"`
}

// ItemsData is the data of ActionReconsider.
type ItemsData struct {
	Items []string `json:"items"`
}

// LowerData is the data of ActionLower: the proposing level's consent is the act.
type LowerData struct {
	Item  string `json:"item"`
	Award string `json:"award"` // the lower award
	Link  string `json:"link"`  // id of the linked proposal
}

// ReassignData is the data of ActionReassign, to a successor unit.
type ReassignData struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Reason string `json:"reason,omitempty"`
}
