package app

import (
	"context"
	"time"

	"vinhdanh/internal/postgres"
)

// presentFor is how long somebody counts as looking at a case after the last
// sign of it. Pages give a sign every half minute.
const presentFor = 90 * time.Second

// presence notes that the reader has the case open and lists the colleagues who
// have, too. It is for those whom the case waits for, and about them only; others
// neither see nor leave a mark.
func (a *App) presence(ctx context.Context, s Session, p postgres.Proposal) ([]postgres.Viewer, error) {
	if !a.awaits(s, p) {
		return nil, nil
	}
	if err := a.Store.MarkSeen(ctx, p.ID, s.User); err != nil {
		return nil, internal("note who looks", err)
	}
	vs, err := a.Store.ViewersOf(ctx, p.ID, s.User, presentFor)
	if err != nil {
		return nil, internal("read who looks", err)
	}
	return vs, nil
}

// Presence is what a page asks for again and again: who else has the case open,
// and whether it moved since the reader's page was made.
type Presence struct {
	Viewers  []postgres.Viewer `json:"viewers"`
	Number   int               `json:"number"`
	Revision int               `json:"revision"`
	Last     *AccountStep      `json:"last,omitempty"` // what was done last
}

// Presence says who has a case open and what was done on it last.
func (a *App) Presence(ctx context.Context, s Session, id string) (Presence, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return Presence{}, err
	}
	out := Presence{Number: p.Number, Revision: p.Revision, Viewers: []postgres.Viewer{}}
	if vs, err := a.presence(ctx, s, p); err != nil {
		return out, err
	} else if vs != nil {
		out.Viewers = vs
	}
	if p.Number == 0 {
		return out, nil
	}
	since, err := a.Since(ctx, s, id, p.Number-1)
	if err == nil && len(since) > 0 {
		out.Last = &since[len(since)-1]
	}
	return out, err
}

// Since tells what was done on a case after the transition that the reader saw
// last: the answer to a person who was too late.
func (a *App) Since(ctx context.Context, s Session, id string, number int) ([]AccountStep, error) {
	acc, err := a.Account(ctx, s, id)
	if err != nil {
		return nil, err
	}
	out := []AccountStep{}
	for _, st := range acc.Steps {
		if st.Number > number {
			out = append(out, st)
		}
	}
	return out, nil
}
