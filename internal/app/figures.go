package app

import (
	"context"
	"slices"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// Rows of figures.
type (
	StageFigure    = postgres.StageFigure
	CampaignFigure = postgres.CampaignFigure
	AwardFigure    = postgres.AwardFigure
)

// Figures are pictures in numbers: where cases stand, how late they are, how far
// campaigns have come, who was recognised. They hold only what the session sees.
type Figures struct {
	Stages    []StageFigure    `json:"stages"` // in the order of a route
	Campaigns []CampaignFigure `json:"campaigns"`
	Awards    []AwardFigure    `json:"awards"`
	// Small is up to which count awards are not told to this reader: a few people
	// of one kind in one unit are easily guessed. 0: everything is told.
	Small int `json:"small,omitempty"`
	// Hidden is how many of the awards' rows were left out for that.
	Hidden int `json:"hidden,omitempty"`
}

// FiguresQuery narrows figures; zero values do not.
type FiguresQuery struct {
	Unit     string `json:"unit,omitempty" validate:"max=100"`
	Campaign string `json:"campaign,omitempty" validate:"max=100"`
	From     string `json:"from,omitempty" validate:"omitempty,datetime=2006-01-02"`
	To       string `json:"to,omitempty" validate:"omitempty,datetime=2006-01-02"`
}

// stageOrder is the order in which figures tell where cases stand.
var stageOrder = []string{"draft", "nomination", "review", "reception", "appraisal", "consultation", "publication", "council", "submission", "outcome",
	"issuance", "closed"}

// Figures counts what is in the session's sight.
func (a *App) Figures(ctx context.Context, s Session, q FiguresQuery) (Figures, error) {
	if err := a.check(q); err != nil {
		return Figures{}, err
	}
	f := a.filterOf(s, ListQuery{Unit: q.Unit, Campaign: q.Campaign, From: q.From, To: q.To})
	var out Figures
	var err error
	if out.Stages, err = a.Store.StageFigures(ctx, s.scope(), f); err != nil {
		return out, internal("count stages", err)
	}
	slices.SortFunc(out.Stages, func(x, y StageFigure) int {
		return slices.Index(stageOrder, x.Stage) - slices.Index(stageOrder, y.Stage)
	})
	if out.Campaigns, err = a.Store.CampaignFigures(ctx, s.scope(), f); err != nil {
		return out, internal("count campaigns", err)
	}
	if out.Awards, err = a.Store.AwardFigures(ctx, s.scope(), f); err != nil {
		return out, internal("count awards", err)
	}
	if a.outsider(s) {
		out.Small = a.SmallCounts
		before := len(out.Awards)
		out.Awards = slices.DeleteFunc(out.Awards, func(r AwardFigure) bool { return r.Items <= out.Small })
		out.Hidden = before - len(out.Awards)
	}
	return out, nil
}

// outsider tells whether the session sees cases only on their way, of units that
// are not its own.
func (a *App) outsider(s Session) bool {
	return !s.anywhere("case.read") && len(s.where("case.read", permission.Own)) == 0
}
