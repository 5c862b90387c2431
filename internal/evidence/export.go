package evidence

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"
)

// ReadHistory reads a run's history from Temporal as it stands, open or closed,
// payloads encrypted. An empty run means the latest.
func ReadHistory(ctx context.Context, c client.Client, caseID, run string) (*historypb.History, error) {
	iter := c.GetWorkflowHistory(ctx, caseID, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	h := &historypb.History{}
	for iter.HasNext() {
		e, err := iter.Next()
		if err != nil {
			return nil, fmt.Errorf("evidence: history of %s: %w", caseID, err)
		}
		h.Events = append(h.Events, e)
	}
	return h, nil
}

// HistoryJSON is a history as protobuf JSON in one stable form; payloads stay
// encrypted.
func HistoryJSON(h *historypb.History) ([]byte, error) {
	raw, err := protojson.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("evidence: history: %w", err)
	}
	var out bytes.Buffer // protojson varies its blanks on purpose
	if err := json.Indent(&out, raw, "", " "); err != nil {
		return nil, fmt.Errorf("evidence: history: %w", err)
	}
	return append(out.Bytes(), '\n'), nil
}
