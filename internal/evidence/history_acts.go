package evidence

import (
	"encoding/json"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// happened is one act in a history, in the clear: how it came and what the
// history says came of it.
type happened struct {
	event   int64 // of acceptance; 1 for the act that started the workflow
	at      time.Time
	via     string // start, update or signal
	id      string // the Update's id
	name    string // the Update's name
	sender  string // attested identity of who sent it
	message envelope.Message
	outcome []byte // the transition's JSON as recorded; nil where the history has none
	failed  bool   // accepted by the validator, refused by the handler
	opened  envelope.Opened
}

// asked is what an activity was asked, and when it was answered.
type asked struct {
	event     int64
	kind      string
	input     []byte // JSON; nil for a local one
	local     bool   // asked within a workflow task
	completed int64  // event
	result    []byte
}

// record is a history in the clear.
type record struct {
	events     []*historypb.HistoryEvent
	caseID     string
	run        string
	kind       string
	input      []byte
	acts       []*happened // in order of events
	activities []*asked
	result     []byte
	closedAt   time.Time
	bound      converter.DataConverter
	keys       payload.Keys
}

// clear decrypts the one payload and returns its JSON. want is how many payloads
// there must be at least.
func (r *reader) clear(p *commonpb.Payloads, want int) ([]byte, error) {
	n := len(p.GetPayloads())
	if n < want || n > 1 {
		return nil, fault(faultHistory, "a payload is missing or too many")
	}
	if n == 0 {
		return nil, nil
	}
	if string(p.GetPayloads()[0].GetMetadata()["encoding"]) == converter.MetadataEncodingNil {
		return nil, nil
	}
	var raw json.RawMessage
	if err := r.bound.FromPayloads(p, &raw); err != nil {
		return nil, fault(faultKey, "a payload does not open or is not JSON")
	}
	return raw, nil
}

// validations lists what the validation activity answered, oldest first.
func (r *record) validations() ([]proposal.Validation, []int64, error) {
	var out []proposal.Validation
	var at []int64
	for _, a := range r.activities {
		if a.kind != workflows.ActivityValidate || a.completed == 0 || (a.local && a.result == nil) {
			continue
		}
		var v proposal.Validation
		if err := json.Unmarshal(a.result, &v); err != nil {
			return nil, nil, fault(faultEvent, a.completed, "the validation does not decode")
		}
		out, at = append(out, v), append(at, a.completed)
	}
	return out, at, nil
}
