package app

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/proposal"
)

// actWithin is how long an act that something was prepared for may take until it
// is stored. What was prepared for an act that is not stored by then, nobody will
// ever use: preparedFor, which is longer, is how long it is kept.
const (
	actWithin   = 30 * time.Second
	preparedFor = time.Minute
)

// LowerInput closes an item in favour of a lower award, with the unit's consent.
type LowerInput struct {
	Target
	Item  string `json:"item" validate:"required"`
	Award string `json:"award" validate:"required"`
}

// Lower opens a linked draft for the lower award and closes the item. The draft
// is checked, sent and voted anew like any other.
func (a *App) Lower(ctx context.Context, s Session, in LowerInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	p, err := a.proposal(ctx, s, in.Proposal)
	if err != nil {
		return Done{}, err
	}
	it, err := a.Store.ItemByID(ctx, in.Item)
	if err != nil || it.Proposal != p.ID {
		return Done{}, &Error{Code: CodeNotFound, Detail: "item " + in.Item}
	}
	aw, err := a.law().Award(in.Award)
	if err != nil {
		return Done{}, fromLaw(err)
	}
	if err := a.mayLower(ctx, p, it, in.Award); err != nil {
		return Done{}, err
	}
	content := it.Content
	content.Award = in.Award
	d, err := drafted(content)
	if err != nil {
		return Done{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, actWithin)
	defer cancel()
	from := p
	if !aw.HasType(p.Type) { // the lower award is not given for it and goes its ordinary way
		from.Type = ""
	}
	link, err := a.Store.OpenLinked(ctx, from, it, d)
	if err != nil {
		return Done{}, internal("open the linked proposal", err)
	}
	data := proposal.LowerData{Item: it.ID, Award: in.Award, Link: link}
	done, err := a.actOn(ctx, s, p, in.Target, proposal.ActionLower, data)
	if err == nil && !done.Recorded {
		return done, nil // it may still take effect
	}
	// Refused, or a repetition of an act that names another draft: then this one is
	// of no use. The store keeps it if it is named, or may still be.
	if _, derr := a.Store.DropLinked(ctx, link, 0); derr != nil {
		zerolog.Ctx(ctx).Warn().Err(derr).Str("proposal", link).Msg("a linked draft is left to the next sending")
	}
	return done, err
}
