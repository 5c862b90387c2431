package app

import "context"

// AccessInput is an act on somebody's access, with its reason.
type AccessInput struct {
	Person string `json:"-"`
	Reason string `json:"reason,omitempty" validate:"max=1000"`
	Nonce  string `json:"-"`
}

// SetActive lets somebody in, or keeps somebody out: tokens and sessions end at once.
func (a *App) SetActive(ctx context.Context, s Session, in AccessInput, active bool) (PersonDetail, error) {
	if err := a.check(in); err != nil {
		return PersonDetail{}, err
	}
	action := "user.deactivate"
	if active {
		action = "user.activate"
	}
	r, err := a.others(ctx, s, action, in.Person)
	if err != nil {
		return PersonDetail{}, err
	}
	if err := a.whole(ctx, s, r, action, in.Person); err != nil {
		return PersonDetail{}, err
	}
	if _, err := a.Store.SetActive(ctx, doing(s, action, in.Person, in.Reason, in.Nonce), active); err != nil {
		return PersonDetail{}, changed("change access", err)
	}
	if !active {
		if _, err := a.Store.EndWebSessions(ctx, in.Person, "", "admin"); err != nil {
			return PersonDetail{}, internal("end the sessions", err)
		}
	}
	return a.Person(ctx, s, in.Person)
}

// EndSessions ends every session of a person at once, such as after a theft; the
// person may sign in again.
func (a *App) EndSessions(ctx context.Context, s Session, in AccessInput) (Ended, error) {
	if err := a.check(in); err != nil {
		return Ended{}, err
	}
	r, err := a.reach(ctx, s, false, "user.sessions-end", in.Person)
	if err != nil {
		return Ended{}, err
	}
	if _, err := a.person(ctx, r, in.Person); err != nil {
		return Ended{}, err
	}
	if err := a.whole(ctx, s, r, "user.sessions-end", in.Person); err != nil {
		return Ended{}, err
	}
	n, err := a.Store.EndWebSessions(ctx, in.Person, "", "admin")
	if err != nil {
		return Ended{}, internal("end the sessions", err)
	}
	_, err = a.Store.NoteAdmin(ctx, doing(s, "user.sessions-end", in.Person, in.Reason, in.Nonce), map[string]int{"sessions": n}, map[string]int{"sessions": 0})
	return Ended{n}, changed("note the act", err)
}
