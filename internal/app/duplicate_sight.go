package app

import (
	"context"
	"errors"
	"slices"

	"vinhdanh/internal/act"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// sideSight is what a reader may see of one side: the side, and its case.
type sideSight struct{ shown, open bool }

// pairSight is what a reader may see of a pair and do about it.
type pairSight struct {
	low, high sideSight
	may       bool
	actor     act.Actor
	self      bool // the reader, or whom they act for, is one of the two
}

// pairSight looks at both sides as their own cases allow; the standing body of one side
// sees the other too (field duplicate.other).
func (a *App) pairSight(ctx context.Context, s Session, w postgres.WeighedPair) (pairSight, error) {
	var out pairSight
	widened := false
	for i, x := range []postgres.DuplicateSide{w.Low, w.High} {
		see := &out.low
		if i == 1 {
			see = &out.high
		}
		if x.Item == nil {
			continue
		}
		p, err := a.proposal(ctx, s, x.Proposal)
		if err != nil {
			if code := asError(err).Code; code != CodeNotFound && code != CodeNotReady {
				return out, err
			}
			continue
		}
		at := casePlace(p)
		if _, ok := s.may("duplicate.read", at); !ok {
			continue
		}
		*see = sideSight{shown: true, open: true}
		widened = widened || s.reads("duplicate.other", at)
		if actor, ok := s.may("duplicate.resolve", at); ok && !out.may {
			out.may, out.actor = true, actor
		}
	}
	for i, x := range []postgres.DuplicateSide{w.Low, w.High} {
		see := &out.low
		if i == 1 {
			see = &out.high
		}
		own := x.Record != nil && slices.Contains(s.where("case.read", permission.Own), x.Unit)
		see.shown = see.shown || widened || own
	}
	if out.may {
		self, err := a.isSide(ctx, s, out.actor, w)
		if err != nil {
			return out, err
		}
		out.self, out.may = self, !self
	}
	return out, nil
}

// isSide tells whether one of the people behind an act is a subject of the pair.
func (a *App) isSide(ctx context.Context, s Session, actor act.Actor, w postgres.WeighedPair) (bool, error) {
	for _, x := range []postgres.DuplicateSide{w.Low, w.High} {
		if x.Item == nil {
			continue
		}
		it, err := a.Store.ItemByID(ctx, *x.Item)
		if errors.Is(err, postgres.ErrNotFound) {
			continue
		}
		if err != nil {
			return false, internal("read item", err)
		}
		if slices.ContainsFunc(s.behind(actor), func(p party) bool { return p.self != "" && p.self == it.Subject }) {
			return true, nil
		}
	}
	return false, nil
}
