package app

import (
	"context"
	"errors"

	"go.temporal.io/api/serviceerror"

	"vinhdanh/internal/evidence"
)

// EventsPage is a part of a case's raw history in the clear.
type EventsPage struct {
	Case   string           `json:"case"`
	Ref    string           `json:"ref"`
	Total  int              `json:"total"`
	Offset int              `json:"offset"`
	Events []evidence.Event `json:"events"`
}

// Events shows the events that Temporal keeps of a case, payloads opened with the
// case's key: auditors only. They hold ids, codes and commitments, no names.
func (a *App) Events(ctx context.Context, s Session, id string, limit, offset int) (EventsPage, error) {
	c, err := a.audited(ctx, s, "events", id)
	if err != nil {
		return EventsPage{}, err
	}
	out := EventsPage{Case: c.Case, Ref: c.Ref, Offset: max(offset, 0), Events: []evidence.Event{}}
	h, err := evidence.ReadHistory(ctx, a.Temporal, c.Case, "")
	var gone *serviceerror.NotFound
	if errors.As(err, &gone) {
		return out, readable(CodeNotReady, "Lịch sử của hồ sơ không còn ở Temporal; hãy xem trong bộ hồ sơ lưu trữ.",
			"Temporal no longer keeps this history; look at it in the archived bundle")
	}
	if err != nil {
		return out, internal("read history", err)
	}
	out.Total = len(h.Events)
	h.Events = h.Events[min(out.Offset, out.Total):min(out.Offset+pageSize(limit), out.Total)]
	if out.Events, err = evidence.Events(h, c.Case, a.Keys); err != nil {
		return out, internal("open the events", err)
	}
	return out, nil
}
