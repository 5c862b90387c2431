package app

import (
	"context"
	"errors"

	"vinhdanh/internal/ops"
	"vinhdanh/internal/postgres"
)

// Rows of the machinery as the doors get them.
type (
	OutboxRow   = postgres.OutboxRow
	ScheduleRow = ops.Schedule
)

// MailBacklog is what was not delivered: kind and recipient, never what a mail says.
type MailBacklog struct {
	Counts postgres.OutboxCounts `json:"counts"`
	Rows   []OutboxRow           `json:"rows"`
}

// Outbox lists mails that wait, failed or were discarded; state empty means the first
// two.
func (a *App) Outbox(ctx context.Context, s Session, state string, limit, offset int) (MailBacklog, error) {
	if err := a.installation(ctx, s, true, "outbox.read", ""); err != nil {
		return MailBacklog{}, err
	}
	if limit <= 0 || limit > 500 {
		limit = 100
	}
	var out MailBacklog
	var err1, err2 error
	out.Counts, err1 = a.Store.OutboxCounts(ctx)
	out.Rows, err2 = a.Store.Outbox(ctx, state, limit, max(offset, 0))
	if out.Rows == nil {
		out.Rows = []OutboxRow{}
	}
	return out, internalOrNil("read outbox", errors.Join(err1, err2))
}

// MailInput is an act on one mail of the outbox.
type MailInput struct {
	Mail   string `json:"-"` // its id, or "failed": all that failed
	Reason string `json:"reason,omitempty" validate:"max=1000"`
	Nonce  string `json:"-"`
}

// Touched is how many rows an act changed.
type Touched struct {
	Count int `json:"count"`
}

// RetryMail lets a mail, or all that failed, be tried again at once.
func (a *App) RetryMail(ctx context.Context, s Session, in MailInput) (Touched, error) {
	return a.touchMail(ctx, s, in, "outbox.retry", a.Store.RetryMail)
}

// DiscardMail gives a mail up, with a reason; the notice stays in its recipient's
// inbox.
func (a *App) DiscardMail(ctx context.Context, s Session, in MailInput) (Touched, error) {
	if in.Reason == "" {
		return Touched{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "reason", Rule: "required"}}}
	}
	return a.touchMail(ctx, s, in, "outbox.discard", a.Store.DiscardMail)
}

func (a *App) touchMail(ctx context.Context, s Session, in MailInput, action string, do func(context.Context, postgres.Doing) (int, error)) (Touched, error) {
	if err := a.check(in); err != nil {
		return Touched{}, err
	}
	if err := a.installation(ctx, s, false, action, in.Mail); err != nil {
		return Touched{}, err
	}
	n, err := do(ctx, doing(s, action, in.Mail, in.Reason, in.Nonce))
	return Touched{n}, changed("change outbox", err)
}

// TestMail is a mail to oneself by the way of every other one.
type TestMail struct {
	ID     string `json:"id"`
	To     string `json:"to"`
	State  string `json:"state"` // waiting, sent, failed
	Reason string `json:"reason,omitempty"`
}

// SendTestMail writes a test mail to the administrator's own address; the worker
// sends it like any other, so that it tests the whole way.
func (a *App) SendTestMail(ctx context.Context, s Session, nonce string) (TestMail, error) {
	if err := a.installation(ctx, s, false, "mail.test", ""); err != nil {
		return TestMail{}, err
	}
	u, err := a.Store.UserByID(ctx, s.User)
	if err != nil {
		return TestMail{}, internal("read user", err)
	}
	if u.Email == "" {
		return TestMail{}, readable(CodeNotReady, "Tài khoản của bạn chưa có địa chỉ thư điện tử; hãy nhờ quản trị khác bổ sung.",
			"your account has no mail address; ask another administrator to add it")
	}
	id, err := a.Store.PutTestMail(ctx, doing(s, "mail.test", "mail", "", nonce))
	return TestMail{ID: id, To: u.Email, State: "waiting"}, changed("write test mail", err)
}

// TestMailState tells what became of a test mail of one's own.
func (a *App) TestMailState(ctx context.Context, s Session, id string) (TestMail, error) {
	if err := a.installation(ctx, s, false, "mail.test", ""); err != nil {
		return TestMail{}, err
	}
	out := TestMail{ID: id}
	var err error
	out.State, out.Reason, err = a.Store.MailState(ctx, id, s.User)
	return out, internalOrNil("read mail", err)
}

// Schedules lists what runs by itself, with last and next run.
func (a *App) Schedules(ctx context.Context, s Session) ([]ScheduleRow, error) {
	if err := a.installation(ctx, s, true, "schedules.read", ""); err != nil {
		return nil, err
	}
	if a.Ops == nil {
		return []ScheduleRow{}, nil
	}
	return a.Ops.Schedules(ctx), nil
}

// ScheduleInput is an act on a schedule.
type ScheduleInput struct {
	ID     string `json:"-"`
	Verb   string `json:"-" validate:"oneof=run pause resume"`
	Reason string `json:"reason,omitempty" validate:"max=500"`
	Nonce  string `json:"-"`
}

// ChangeSchedule runs a schedule now, pauses it (with a reason) or lets it go on.
func (a *App) ChangeSchedule(ctx context.Context, s Session, in ScheduleInput) ([]ScheduleRow, error) {
	if err := a.check(in); err != nil {
		return nil, err
	}
	action := "schedule." + in.Verb
	if err := a.installation(ctx, s, false, action, in.ID); err != nil {
		return nil, err
	}
	if in.Verb == "pause" && in.Reason == "" {
		return nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "reason", Rule: "required"}}}
	}
	if a.Ops == nil {
		return nil, fail(CodeUnavailable, "no Temporal")
	}
	fresh, err := a.Store.NoteAdmin(ctx, doing(s, action, in.ID, in.Reason, in.Nonce), nil, nil)
	if err != nil {
		return nil, changed("note the act", err)
	}
	if fresh {
		switch in.Verb {
		case "run":
			err = a.Ops.Trigger(ctx, in.ID)
		case "pause":
			err = a.Ops.Pause(ctx, in.ID, "admin: "+in.Reason)
		default:
			err = a.Ops.Resume(ctx, in.ID, "admin")
		}
	}
	if errors.Is(err, ops.ErrUnknown) {
		return nil, &Error{Code: CodeNotFound}
	}
	if err != nil {
		return nil, err
	}
	return a.Ops.Schedules(ctx), nil
}
