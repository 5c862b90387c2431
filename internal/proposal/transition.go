package proposal

import "vinhdanh/internal/envelope"

// Action is what an act does to a case. Each is a message name of the workflow.
type Action string

const (
	ActionSend          Action = "send"
	ActionDecide        Action = "decide"
	ActionAccept        Action = "accept"
	ActionAppraise      Action = "appraise"
	ActionCouncilResult Action = "council-result"
	ActionIssued        Action = "issued"
	ActionResubmit      Action = "resubmit"
	ActionRecall        Action = "recall"
	ActionWithdraw      Action = "withdraw"
	ActionHold          Action = "hold"
	ActionRelease       Action = "release"
	ActionReconsider    Action = "reconsider"
	ActionLower         Action = "lower"
	ActionReassign      Action = "reassign"

	// On a route above the province.
	ActionConsult      Action = "consult"       // agencies are asked and answer
	ActionPublish      Action = "publish"       // the public is asked and heard
	ActionSubmitUp     Action = "submit-up"     // the letter upward: prepared, signed, numbered
	ActionUpperOutcome Action = "upper-outcome" // what was decided above came back
)

// Outcome is how an item ends (kết quả).
type Outcome string

const (
	OutcomeNone        Outcome = ""
	OutcomePassed      Outcome = "passed"       // by the Council; not yet in a decision
	OutcomeRecognised  Outcome = "recognised"   // named in an issued decision, ours or one from above
	OutcomeNotProposed Outcome = "not_proposed" // ended for now by a level that does not propose it
	OutcomeNotPassed   Outcome = "not_passed"
	OutcomeDeferred    Outcome = "deferred"
	OutcomeLower       Outcome = "lower_award"
	OutcomeWithdrawn   Outcome = "withdrawn"
	OutcomeNotAwarded  Outcome = "not_awarded" // submitted upward and not awarded there
)

// Item is an item's place in a case.
type Item struct {
	InputItem
	Outcome       Outcome `json:"outcome,omitempty"`
	Opinion       Opinion `json:"opinion,omitempty"` // the latest level's
	Held          bool    `json:"held,omitempty"`
	Reconsider    bool    `json:"reconsider,omitempty"`   // a second look is asked for
	Reconsidered  bool    `json:"reconsidered,omitempty"` // the one second look is spent
	RefusedBy     string  `json:"refused_by,omitempty"`   // unit that did not propose it
	RefusedAt     int     `json:"refused_at,omitempty"`   // stage index
	LinkedTo      string  `json:"linked_to,omitempty"`
	DecidedReason string  `json:"decided_reason,omitempty"` // commitment
}

// inPlay tells whether the item still goes on with the case.
func (i *Item) inPlay() bool { return i.Outcome == OutcomeNone || i.Outcome == OutcomePassed }

// ItemChange is what a transition did to one item.
type ItemChange struct {
	Item       string  `json:"item"`
	Outcome    Outcome `json:"outcome,omitempty"`
	Opinion    Opinion `json:"opinion,omitempty"`
	Held       bool    `json:"held,omitempty"`
	Reconsider bool    `json:"reconsider,omitempty"`
	Link       string  `json:"link,omitempty"`
	Reason     string  `json:"reason,omitempty"`
}

// Place says where the case stands after a transition and whom it waits for.
type Place struct {
	Stage    StageKind `json:"stage"`
	Index    int       `json:"index"`
	Unit     string    `json:"unit,omitempty"`
	Roles    []Role    `json:"roles,omitempty"`
	Returned bool      `json:"returned,omitempty"`
	OnHold   bool      `json:"on_hold,omitempty"`
	Closed   bool      `json:"closed,omitempty"`
	Open     int       `json:"open"` // items still in play
}

// Transition is one accepted act: the only thing that changes a case. A trail
// row is a pure function of it.
type Transition struct {
	envelope.Step
	Revision int          `json:"revision"`
	Verdict  string       `json:"verdict,omitempty"`
	Also     []string     `json:"also,omitempty"` // roles the same official held earlier in this case
	Stage    StageKind    `json:"stage"`          // where it was done
	Regime   string       `json:"regime"`
	LawHash  string       `json:"law_hash"`
	Minutes  string       `json:"minutes,omitempty"`
	Reason   string       `json:"reason,omitempty"` // commitment
	Items    []ItemChange `json:"items,omitempty"`
	Decision *IssuedData  `json:"decision,omitempty"`
	Session  string       `json:"session,omitempty"`
	Content  string       `json:"content,omitempty"` // of the new revision
	Route    *Route       `json:"route,omitempty"`   // where the act changed it
	To       StageKind    `json:"to,omitempty"`      // of a return that goes to another stage than the nomination
	After    Place        `json:"after"`

	Consult *ConsultData  `json:"consult,omitempty"`
	Publish *PublishData  `json:"publish,omitempty"`
	Letter  *SubmitUpData `json:"upward,omitempty"`
	Above   *AboveData    `json:"above,omitempty"`
}
