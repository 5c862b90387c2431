package app

import (
	"context"
	"encoding/json"
)

// Campaign shows an emulation campaign as its text states it. What the text does
// not say is marked not stated and never guessed.
func (a *App) Campaign(ctx context.Context, s Session, id string) (json.RawMessage, error) {
	if len(s.Memberships) == 0 {
		return nil, &Error{Code: CodeNotFound}
	}
	if _, err := a.CampaignView(ctx, s, id); err != nil { // drafts are their administrators' only
		return nil, err
	}
	data, err := a.Store.Campaign(ctx, id)
	if err != nil {
		return nil, internal("read campaign", err)
	}
	return data, nil
}
