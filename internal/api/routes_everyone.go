package api

import (
	"context"

	"vinhdanh/internal/app"
)

type noticesIn struct {
	Unread bool   `query:"unread"`
	Kind   string `query:"kind" maxLength:"40"`
	Since  string `query:"since" format:"date-time"`
	After  string `query:"after" maxLength:"2000" doc:"Cursor of the page: next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"25"`
}

// ReadCount is how many notices were unread before.
type ReadCount struct {
	Read int `json:"read"`
}

type figuresIn struct {
	Unit     string `query:"unit" maxLength:"100"`
	Campaign string `query:"campaign" maxLength:"100"`
	From     string `query:"from" format:"date"`
	To       string `query:"to" format:"date"`
}

// registerEveryone registers what every role has: the first page in numbers, one's
// notices and how one is told, one's language, figures.
func (h *handlers) registerEveryone() {
	add(h, get("home", "/home", "self", "What waits for me, what is late, what I sent, what changed; each count with its list's query"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.Home], error) {
			v, err := h.app.Home(ctx, s)
			return &One[app.Home]{v}, err
		})
	add(h, get("notices", "/notices", "notices", "My notices, newest first"),
		func(ctx context.Context, s app.Session, in *noticesIn) (*One[app.Listed[app.NoticeRow]], error) {
			v, err := h.app.Notices(ctx, s, app.NoticeQuery{Unread: in.Unread, Kind: in.Kind, Since: in.Since, After: in.After, Limit: in.Limit})
			return &One[app.Listed[app.NoticeRow]]{v}, err
		})
	add(h, post("read-notices", "/notices/read", "notices", "Mark my notices as read"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.ReadInput
		}) (*One[ReadCount], error) {
			n, err := h.app.ReadNotices(ctx, s, in.Body)
			return &One[ReadCount]{ReadCount{n}}, err
		})
	add(h, get("notice-preferences", "/notices/preferences", "notices", "How I am told of each kind"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[[]app.NoticePreference], error) {
			v, err := h.app.NoticePreferences(ctx, s)
			return &One[[]app.NoticePreference]{v}, err
		})
	add(h, post("set-notice-preferences", "/notices/preferences", "notices", "Choose how I am told: now, daily, weekly, inbox"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.PreferencesInput
		}) (*One[[]app.NoticePreference], error) {
			v, err := h.app.SetNoticePreferences(ctx, s, in.Body)
			return &One[[]app.NoticePreference]{v}, err
		})
	add(h, post("set-locale", "/me/locale", "self", "My language: of pages and of mails"),
		func(ctx context.Context, s app.Session, in *struct {
			Key
			Body app.LocaleInput
		}) (*One[app.LocaleInput], error) {
			return &One[app.LocaleInput]{in.Body}, h.app.SetLocale(ctx, s, in.Body)
		})
	add(h, get("figures", "/figures", "figures", "Where cases stand, lateness, campaigns, awards; within my sight"),
		func(ctx context.Context, s app.Session, in *figuresIn) (*One[app.Figures], error) {
			v, err := h.app.Figures(ctx, s, app.FiguresQuery{Unit: in.Unit, Campaign: in.Campaign, From: in.From, To: in.To})
			return &One[app.Figures]{v}, err
		})
}
