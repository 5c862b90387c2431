package api

import (
	"context"

	"vinhdanh/internal/app"
)

// Me is who is signed in.
type Me struct {
	User        string           `json:"user"`
	Name        string           `json:"name"`
	Locale      string           `json:"locale"`
	Memberships []app.Membership `json:"memberships"`
}

func (h *handlers) registerSelf() {
	add(h, get("me", "/me", "self", "Who is signed in, with which roles in which units"),
		func(_ context.Context, s app.Session, _ *struct{}) (*One[Me], error) {
			return &One[Me]{Me{User: s.User, Name: s.Name, Locale: s.Locale, Memberships: s.Memberships}}, nil
		})
	add(h, get("inbox", "/inbox", "self", "What waits for me, what is late, what was I told"),
		func(ctx context.Context, s app.Session, _ *struct{}) (*One[app.Inbox], error) {
			in, err := h.app.Inbox(ctx, s)
			return &One[app.Inbox]{in}, err
		})
	add(h, get("attempt", "/attempts/{nonce}", "self", "What became of an act of mine"),
		func(ctx context.Context, s app.Session, in *struct {
			Nonce string `path:"nonce" maxLength:"300" doc:"The attempt's nonce, percent-encoded"`
		},
		) (*One[app.AttemptView], error) {
			v, err := h.app.Attempt(ctx, s, in.Nonce)
			return &One[app.AttemptView]{v}, err
		})
}
