package workflows

import (
	"encoding/json"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// SignalRecord is what the recording activity writes for one Signal: the
// transition it became, or why it was refused.
type SignalRecord struct {
	Case       string               `json:"case"`
	Message    json.RawMessage      `json:"message"` // as it came, see written
	Transition *proposal.Transition `json:"transition,omitempty"`
	Code       string               `json:"code,omitempty"`
	Detail     string               `json:"detail,omitempty"`
}

// Bounds of one recording activity. Temporal ends a workflow that schedules an
// activity with more than 2 MB, and nobody may do that to a case by Signals.
const (
	maxPerRecording   = 50
	maxRecordingBytes = 1 << 20
	maxSignalBytes    = 128 << 10 // a longer Signal is refused; its digest is kept
)

// inbox takes Signal decide for outside systems that cannot wait. Nothing that
// comes by Signal may fail or stop the workflow; what an Update would refuse is
// put on record as refused.
type inbox struct {
	rings   Rings
	caseID  string
	c       *proposal.Case
	channel workflow.ReceiveChannel
}

func newInbox(ctx workflow.Context, rings Rings, in proposal.Input, c *proposal.Case) *inbox {
	return &inbox{rings: rings, caseID: in.Case, c: c, channel: workflow.GetSignalChannel(ctx, SignalDecide)}
}

func (i *inbox) waiting() bool { return i.channel.Len() > 0 }

// take handles the Signals that wait and records them by one activity.
func (i *inbox) take(ctx workflow.Context) error {
	var records []SignalRecord
	for size := 0; len(records) < maxPerRecording && size < maxRecordingBytes; {
		// Raw, because the SDK drops what it cannot convert, and with it the record.
		var came converter.RawValue
		ok, more := i.channel.ReceiveAsyncWithMoreFlag(&came)
		if !ok || !more {
			break
		}
		rec := i.handle(ctx, came.Payload().GetData())
		records, size = append(records, rec), size+sizeOf(rec)
	}
	if len(records) == 0 {
		return nil
	}
	err := workflow.ExecuteActivity(withQuick(ctx, "record signals"), ActivityRecordSignals, records).Get(ctx, nil)
	if err != nil && !temporal.IsCanceledError(err) {
		// The history has the Signals; reconcile repairs the record from it.
		workflow.GetLogger(ctx).Error("signals are not on record", "error", err)
		return nil
	}
	return err
}

func (i *inbox) handle(ctx workflow.Context, body []byte) SignalRecord {
	rec := SignalRecord{Case: i.caseID, Message: written(body)}
	t, err := i.apply(ctx, body)
	if err != nil {
		rec.Code, rec.Detail = envelope.CodeOf(err), err.Error()
		return rec
	}
	rec.Transition = &t
	return rec
}

// written is how the record keeps what came: JSON as it is; what is no JSON, or
// too long, by its digest. The history keeps the whole.
func written(body []byte) json.RawMessage {
	if len(body) <= maxSignalBytes && json.Valid(body) {
		return body
	}
	return json.RawMessage(`"sha256:` + envelope.Digest(string(body)) + `"`)
}

// sizeOf is the length of a record as it travels; one that does not encode does not exist.
func sizeOf(rec SignalRecord) int {
	encoded, err := json.Marshal(rec)
	if err != nil {
		return maxRecordingBytes
	}
	return len(encoded)
}

func (i *inbox) apply(ctx workflow.Context, body []byte) (proposal.Transition, error) {
	if len(body) > maxSignalBytes {
		return proposal.Transition{}, envelope.Refuse(envelope.CodeMalformed, "the Signal is too long")
	}
	var msg envelope.Message
	if err := json.Unmarshal(body, &msg); err != nil {
		return proposal.Transition{}, envelope.Refuse(envelope.CodeMalformed, "the Signal is not a message")
	}
	ring := i.rings()
	o, err := ring.Open(msg)
	if err != nil {
		return proposal.Transition{}, err
	}
	if o.Act.Action != SignalDecide {
		return proposal.Transition{}, envelope.Refuse(envelope.CodeMalformed, "a Signal carries decide only")
	}
	// A Signal has no validator, so revocation is asked here, once, and its
	// answer kept in the history: a replay must decide as the first run did.
	var revoked bool
	err = workflow.SideEffect(ctx, func(workflow.Context) any { return ring.Usable(o.Key) != nil }).Get(&revoked)
	if err != nil {
		return proposal.Transition{}, envelope.Refuse(envelope.CodeRevoked, "the key's standing is unknown")
	}
	if revoked {
		return proposal.Transition{}, envelope.Refuse(envelope.CodeRevoked, "key "+o.Key.ID+" was revoked")
	}
	return i.c.Apply(o, workflow.Now(ctx))
}
