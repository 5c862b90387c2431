package gate

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// Codes of what the gate writes down.
const (
	CodeDenied      = "denied"       // the sender's credential does not cover the call
	CodeNoSender    = "no-sender"    // no credential, or one nobody holds
	CodeRateLimited = "rate-limited" // more Updates than a case or a sender may send
	CodeRejected    = "rejected"     // the workflow's validator or handler refused the Update
	CodeOperatorUse = "operator-use" // not a refusal: an operator did something
	CodeSuppressed  = "suppressed"   // a count of refusals that were not written one by one
)

// Refusal is one line of the gate's record. Texts come from outside and are cut to a length that fits a table.
type Refusal struct {
	At         time.Time // UTC
	Sender     Sender
	API        string // method name, e.g. UpdateWorkflowExecution
	Namespace  string
	WorkflowID string
	Name       string // of the Update, Signal or workflow type
	UpdateID   string
	Code       string
	Reason     string
}

// Recorder writes a refusal where it stays. An error means "not written, try again".
type Recorder func(ctx context.Context, r Refusal) error

// maxText is the longest text kept of any field, in bytes.
const maxText = 500

// Clean returns the refusal with every text cut, valid and free of NUL, which PostgreSQL does not store.
func (r Refusal) Clean() Refusal {
	for _, f := range []*string{&r.API, &r.Namespace, &r.WorkflowID, &r.Name, &r.UpdateID, &r.Code, &r.Reason} {
		*f = clean(*f)
	}
	return r
}

func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
	if len(s) <= maxText {
		return s
	}
	cut := maxText
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}
