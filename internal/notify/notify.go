// Package notify turns events of a case into messages and sends them.
//
// The model: an outbox row becomes a Message (who, in which language, what
// kind, a few facts). Render makes its texts, a Sender delivers it, and when
// that fails NextTry says when to try again.
//
// What a message may say. Mail leaves the house: it is read on telephones, is
// forwarded, and lies on servers of others for years. So a message carries the
// case's reference number, the stage, names of units, counts, dates and a
// link, and nothing else: no name of a nominee or an official, and no
// reason's text. Those stay behind the login that the link leads to. The rule
// is enforced, not asked for: each kind lists the facts it takes (see Facts)
// and Render refuses any other, so that a careless caller cannot leak.
package notify

import (
	"context"
	"time"
)

// Locale is the language of a message.
type Locale string

// The languages there are texts for.
const (
	Vietnamese Locale = "vi"
	English    Locale = "en"
)

// Kind is what a message is about.
type Kind string

// The kinds, each with the moment it is sent.
const (
	CaseSent           Kind = "case_sent"           // a unit's head has sent the case
	Returned           Kind = "returned"            // yêu cầu bổ sung, hoàn thiện
	ItemNotProposed    Kind = "item_not_proposed"   // a level does not propose some items
	Forwarded          Kind = "forwarded"           // a level has sent the case up
	Accepted           Kind = "accepted"            // the dossier is complete and received
	Appraised          Kind = "appraised"           // the appraisal is written
	CouncilResult      Kind = "council_result"      // the Council has voted
	DecisionIssued     Kind = "decision_issued"     // signed, numbered, issued
	SentUpward         Kind = "sent_upward"         // the province's letter went to who decides above
	AboveDecided       Kind = "above_decided"       // what was decided above was entered
	Recalled           Kind = "recalled"            // rút về để sửa
	Withdrawn          Kind = "withdrawn"           // xin rút hồ sơ
	Held               Kind = "held"                // tạm dừng xét
	Released           Kind = "released"            // tiếp tục xét
	Reminder           Kind = "reminder"            // before the due day
	Overdue            Kind = "overdue"             // after it, also to the superior
	ReconsiderAsked    Kind = "reconsider_asked"    // a unit asks a level to look again
	Archived           Kind = "archived"            // the case's bundle is stored and in the log
	SessionConvened    Kind = "session_convened"    // members are called to a session: declare interests
	SessionSecond      Kind = "session_second"      // its first ballot is counted: vote again
	SessionLate        Kind = "session_late"        // items joined its agenda late: declare interests again
	SessionLateAsked   Kind = "session_late_asked"  // its chair is asked to let items join
	SessionOpened      Kind = "session_opened"      // the session is open: vote
	ReasonsLetter      Kind = "reasons_letter"      // the case is closed; why items were not awarded can be read
	RevocationOpened   Kind = "revocation_opened"   // a unit is asked about an award that may be revoked
	RevocationAnswered Kind = "revocation_answered" // a unit answered, or the draft came back
	RevocationEnded    Kind = "revocation_ended"    // revoked, refused or withdrawn
	OutcomeLetter      Kind = "outcome_letter"      // the letter of outcome came; every item was awarded
	DecisionCorrected  Kind = "decision_corrected"  // a decision that corrects an issued one is issued
	Test               Kind = "test"                // an administrator tries the way of a mail
)

// Message is one message to one person.
type Message struct {
	ID        string         `json:"id"` // of the outbox row: letters, digits, '-', '_'; the same on every try
	To        string         `json:"to"` // mail address
	Locale    Locale         `json:"locale"`
	Kind      Kind           `json:"kind"`
	Wording   *Wording       `json:"wording,omitempty"` // the installation's own; nil: the built-in text
	Data      map[string]any `json:"data"`              // the facts, see Facts
	CreatedAt time.Time      `json:"created_at"`        // the Date of the mail, the same on every try; zero: now
}

// Sender delivers one message or fails with a *SendError.
type Sender interface {
	Send(ctx context.Context, m Message) error
}
