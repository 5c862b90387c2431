package workflows

import (
	"encoding/json"

	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/proposal"
)

// SignalRecord is what the recording activity writes for one Signal: the
// transition it became, or why it was refused.
type SignalRecord struct {
	Case       string               `json:"case"`
	Message    json.RawMessage      `json:"message"` // as it came
	Transition *proposal.Transition `json:"transition,omitempty"`
	Code       string               `json:"code,omitempty"`
	Detail     string               `json:"detail,omitempty"`
}

// maxPerRecording bounds the payload of one recording activity.
const maxPerRecording = 50

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
	for len(records) < maxPerRecording {
		var raw json.RawMessage
		ok, more := i.channel.ReceiveAsyncWithMoreFlag(&raw)
		if !ok || !more {
			break
		}
		records = append(records, i.handle(ctx, raw))
		if i.c.Validating() || i.c.Closed() {
			break
		}
	}
	if len(records) == 0 {
		return nil
	}
	return workflow.ExecuteActivity(withShort(ctx, "record signals"), ActivityRecordSignals, records).Get(ctx, nil)
}

func (i *inbox) handle(ctx workflow.Context, raw json.RawMessage) SignalRecord {
	rec := SignalRecord{Case: i.caseID, Message: raw}
	t, err := i.apply(ctx, raw)
	if err != nil {
		rec.Code, rec.Detail = envelope.CodeOf(err), err.Error()
		return rec
	}
	rec.Transition = &t
	return rec
}

func (i *inbox) apply(ctx workflow.Context, raw json.RawMessage) (proposal.Transition, error) {
	var msg envelope.Message
	if err := json.Unmarshal(raw, &msg); err != nil {
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
