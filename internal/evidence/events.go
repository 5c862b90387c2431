package evidence

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/encoding/protojson"

	"vinhdanh/internal/payload"
	"vinhdanh/workflows"
)

// Event is one event of a history in the clear: attributes as JSON, payloads
// opened with the case's key, and beside each signed message the act that it
// carries.
type Event struct {
	ID     int64           `json:"id"`
	At     time.Time       `json:"at"`
	Type   string          `json:"type"` // as Temporal names it: WorkflowExecutionUpdateAccepted
	Sender string          `json:"sender,omitempty"`
	Body   json.RawMessage `json:"body"`
}

// Events decodes a history's events for reading. A payload that does not open
// stays as it is, and so does a message whose act does not decode: this shows what
// there is and judges nothing.
func Events(h *historypb.History, caseID string, keys payload.Keys) ([]Event, error) {
	bound := converter.WithDataConverterSerializationContext(payload.Converter(keys),
		converter.WorkflowSerializationContext{Namespace: workflows.NamespaceCases, WorkflowID: caseID})
	out := make([]Event, 0, len(h.GetEvents()))
	for _, e := range h.GetEvents() {
		raw, err := protojson.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("evidence: event %d: %w", e.GetEventId(), err)
		}
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		var tree map[string]any
		if err := dec.Decode(&tree); err != nil {
			return nil, fmt.Errorf("evidence: event %d: %w", e.GetEventId(), err)
		}
		ev := Event{ID: e.GetEventId(), At: e.GetEventTime().AsTime().UTC(), Type: e.GetEventType().String(), Sender: senderOf(tree)}
		for _, known := range []string{"eventId", "eventTime", "eventType", "version", "taskId"} {
			delete(tree, known)
		}
		if ev.Body, err = json.Marshal(opened(tree, bound)); err != nil {
			return nil, fmt.Errorf("evidence: event %d: %w", ev.ID, err)
		}
		out = append(out, ev)
	}
	return out, nil
}

// senderOf finds the identity that Temporal stamped on an event.
func senderOf(tree any) string {
	m, ok := tree.(map[string]any)
	if !ok {
		return ""
	}
	if id, ok := m["identity"].(string); ok {
		return id
	}
	for _, k := range []string{
		"workflowExecutionStartedEventAttributes", "workflowExecutionUpdateAcceptedEventAttributes", "acceptedRequest", "meta",
		"workflowExecutionSignaledEventAttributes", "workflowTaskStartedEventAttributes", "workflowTaskCompletedEventAttributes",
		"activityTaskStartedEventAttributes", "activityTaskCompletedEventAttributes",
	} {
		if id := senderOf(m[k]); id != "" {
			return id
		}
	}
	return ""
}

// opened replaces payloads by what they hold, and shows the act within a message.
func opened(v any, dc converter.DataConverter) any {
	switch x := v.(type) {
	case []any:
		for i := range x {
			x[i] = opened(x[i], dc)
		}
	case map[string]any:
		if p := payloadOf(x); p != nil {
			return clearOf(p, x, dc)
		}
		for k := range x {
			x[k] = opened(x[k], dc)
		}
		if jws, ok := x["jws"].(string); ok {
			if act := actOf(jws); act != nil {
				x["act"] = act
			}
		}
	}
	return v
}

// payloadOf reads a payload from its JSON form; nil for anything else.
func payloadOf(m map[string]any) *commonpb.Payload {
	meta, ok := m["metadata"].(map[string]any)
	if _, encoded := meta["encoding"]; !ok || !encoded || len(m) > 2 {
		return nil
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return nil
	}
	var p commonpb.Payload
	if protojson.Unmarshal(raw, &p) != nil {
		return nil
	}
	return &p
}

func clearOf(p *commonpb.Payload, as any, dc converter.DataConverter) any {
	var raw json.RawMessage
	if err := dc.FromPayload(p, &raw); err != nil {
		return as
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var tree any
	if dec.Decode(&tree) != nil {
		return as
	}
	return opened(tree, dc)
}

// actOf is the act that a compact JWS carries, unchecked.
func actOf(jws string) any {
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		return nil
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil
	}
	var act any
	if json.Unmarshal(payload, &act) != nil {
		return nil
	}
	return act
}
