package app

import (
	"context"
	"slices"
	"time"

	"vinhdanh/internal/notify"
	"vinhdanh/internal/postgres"
)

// NoticeRow is a notice as its recipient sees it.
type NoticeRow = postgres.InboxRow

// NoticeQuery narrows a list of one's own notices.
type NoticeQuery struct {
	Unread bool   `json:"unread,omitempty"`
	Kind   string `json:"kind,omitempty" validate:"max=40"`
	Since  string `json:"since,omitempty" validate:"omitempty,datetime=2006-01-02T15:04:05Z07:00"`
	After  string `json:"after,omitempty" validate:"max=2000"`
	Limit  int    `json:"limit,omitempty" validate:"min=0,max=500"`
}

func (q NoticeQuery) filter() postgres.NoticeFilter {
	f := postgres.NoticeFilter{Unread: q.Unread, Kind: q.Kind}
	if at, err := time.Parse(time.RFC3339, q.Since); err == nil {
		f.Since = &at
	}
	return f
}

// Notices lists the session's own notices, newest first.
func (a *App) Notices(ctx context.Context, s Session, q NoticeQuery) (Listed[NoticeRow], error) {
	if err := a.check(q); err != nil {
		return Listed[NoticeRow]{}, err
	}
	limit := q.Limit
	if limit == 0 {
		limit = listedAtOnce
	}
	rows, next, err := a.Store.ListNotices(ctx, s.User, q.filter(), postgres.Cursor(q.After), limit)
	return pageOf(rows, next, err)
}

// UnreadNotices counts what the session's person has not read, up to
// CountedTo+1.
func (a *App) UnreadNotices(ctx context.Context, s Session) (int, error) {
	n, err := a.Store.CountNotices(ctx, s.User, postgres.NoticeFilter{Unread: true}, CountedTo+1)
	if err != nil {
		return 0, internal("count notices", err)
	}
	return n, nil
}

// ReadInput marks one's own notices as read: those named, or all until an instant.
type ReadInput struct {
	Notices []string `json:"notices,omitempty" validate:"max=500,dive,uuid"`
	Until   string   `json:"until,omitempty" validate:"omitempty,datetime=2006-01-02T15:04:05Z07:00"`
}

// ReadNotices marks notices as read and says how many were not. Somebody else's
// are not touched.
func (a *App) ReadNotices(ctx context.Context, s Session, in ReadInput) (int, error) {
	if err := a.check(in); err != nil {
		return 0, err
	}
	var until *time.Time
	if at, err := time.Parse(time.RFC3339, in.Until); err == nil {
		until = &at
	}
	n, err := a.Store.ReadNotices(ctx, s.User, in.Notices, until)
	if err != nil {
		return 0, internal("read notices", err)
	}
	return n, nil
}

// NoticePreference is how a person is told of a kind.
type NoticePreference struct {
	Kind      string `json:"kind"`
	Channel   string `json:"channel"`   // now, daily, weekly, inbox
	Mandatory bool   `json:"mandatory"` // it is mailed at once whatever is chosen
}

// chosenKinds are the kinds that people choose channels for: those of cases.
func chosenKinds() []notify.Kind {
	return slices.DeleteFunc(notify.Kinds(), func(k notify.Kind) bool { return k == notify.Test })
}

// NoticePreferences lists the session's choice for every kind, and whether there
// is an address to mail to.
func (a *App) NoticePreferences(ctx context.Context, s Session) ([]NoticePreference, error) {
	chosen, err := a.Store.Preferences(ctx, s.User)
	if err != nil {
		return nil, internal("read preferences", err)
	}
	out := []NoticePreference{}
	for _, k := range chosenKinds() {
		out = append(out, NoticePreference{Kind: string(k), Channel: string(notify.Chosen(k, chosen[string(k)])), Mandatory: notify.Mandatory(k)})
	}
	return out, nil
}

// PreferencesInput chooses channels by kind.
type PreferencesInput struct {
	Channels map[string]string `json:"channels" validate:"required,max=50,dive,oneof=now daily weekly inbox"`
}

// SetNoticePreferences keeps the session's choices. A kind that is mandatory stays
// as it is.
func (a *App) SetNoticePreferences(ctx context.Context, s Session, in PreferencesInput) ([]NoticePreference, error) {
	if err := a.check(in); err != nil {
		return nil, err
	}
	for k, channel := range in.Channels {
		if !slices.Contains(chosenKinds(), notify.Kind(k)) {
			return nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "channels[" + k + "]", Rule: "unknown"}}}
		}
		if notify.Mandatory(notify.Kind(k)) && channel != string(notify.Now) {
			return nil, &Error{
				Code: CodeInvalid, Detail: "mandatory notice", Fields: []FieldError{{Field: "channels[" + k + "]", Rule: "mandatory"}},
			}
		}
	}
	for k, channel := range in.Channels {
		if err := a.Store.SetPreference(ctx, s.User, k, channel); err != nil {
			return nil, internal("keep preference", err)
		}
	}
	return a.NoticePreferences(ctx, s)
}

// LocaleInput is the language that a person reads.
type LocaleInput struct {
	Locale string `json:"locale" validate:"required,oneof=vi en"`
}

// SetLocale keeps the language of the session's person: of pages on every machine,
// and of mails.
func (a *App) SetLocale(ctx context.Context, s Session, in LocaleInput) error {
	if err := a.check(in); err != nil {
		return err
	}
	if err := a.Store.SetLocale(ctx, s.User, in.Locale); err != nil {
		return internal("keep the language", err)
	}
	return nil
}
