package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// Rows of figures.
type (
	StageFigure = postgres.StageFigure
	AwardFigure = postgres.AwardFigure
)

// CampaignFigure is how far a campaign has come, as far as the reader sees, beside
// what its text states: name, when dossiers are received, how many are to be commended.
type CampaignFigure struct {
	postgres.CampaignFigure
	Title  string           `json:"title,omitempty"` // none: a draft that the reader does not see
	Window string           `json:"reception_window,omitempty"`
	Quota  string           `json:"quota,omitempty"` // in the words of the text
	Limits []CampaignNumber `json:"limits,omitempty"`
}

// Figures are pictures in numbers: where cases stand, how late they are, how far
// campaigns have come, who was recognised. They hold only what the session sees.
type Figures struct {
	Stages    []StageFigure    `json:"stages"` // in the order of a route
	Campaigns []CampaignFigure `json:"campaigns"`
	Awards    []AwardFigure    `json:"awards"`
	// Small is up to which count awards are not told to this reader: a few people
	// of one kind in one unit are easily guessed. 0: everything is told.
	Small int `json:"small,omitempty"`
	// CountedAt is when they were counted, where that was a moment ago: figures over
	// very many cases are kept for a while. nil: now.
	CountedAt *time.Time `json:"counted_at,omitempty"`
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
	out, err := a.figures(ctx, s, a.filterOf(s, ListQuery{Unit: q.Unit, Campaign: q.Campaign, From: q.From, To: q.To}))
	if err != nil {
		return out, err
	}
	if err := a.entitle(ctx, s, out.Campaigns); err != nil {
		return out, err
	}
	if a.outsider(s) {
		out.Small = a.SmallCounts
		before := len(out.Awards)
		out.Awards = slices.DeleteFunc(out.Awards, func(r AwardFigure) bool { return r.Items <= out.Small })
		out.Hidden = before - len(out.Awards)
	}
	return out, nil
}

// figuresKept is how long figures over very many cases are good for.
const figuresKept = 5 * time.Minute

// figures counts now, or, for a session that sees very many cases, tells what was
// counted for the same sight and filter a moment ago: counting them all for every
// look would cost the more the longer the system is used.
func (a *App) figures(ctx context.Context, s Session, f postgres.CaseFilter) (Figures, error) {
	var out Figures
	many, err := a.Store.SeesMany(ctx, s.scope())
	if err != nil {
		return out, internal("see how much is seen", err)
	}
	if !many {
		return a.count(ctx, s, f)
	}
	raw, err := json.Marshal([]any{s.scope(), f})
	if err != nil {
		return out, internal("name the figures", err)
	}
	key := sha256.Sum256(raw)
	kept, at, err := a.Store.KeptFigures(ctx, key[:], figuresKept)
	if err == nil {
		if err := json.Unmarshal(kept, &out); err != nil {
			return out, internal("read the figures", err)
		}
		out.CountedAt = &at
		return out, nil
	}
	if !errors.Is(err, postgres.ErrNotFound) {
		return out, internal("read the figures", err)
	}
	if out, err = a.count(ctx, s, f); err != nil {
		return out, err
	}
	if raw, err = json.Marshal(out); err == nil {
		at, err = a.Store.KeepFigures(ctx, key[:], raw)
	}
	if err != nil {
		return out, internal("keep the figures", err)
	}
	out.CountedAt = &at
	return out, nil
}

// count counts what is in the session's sight.
func (a *App) count(ctx context.Context, s Session, f postgres.CaseFilter) (Figures, error) {
	var out Figures
	var err error
	if out.Stages, err = a.Store.StageFigures(ctx, s.scope(), f); err != nil {
		return out, internal("count stages", err)
	}
	slices.SortFunc(out.Stages, func(x, y StageFigure) int {
		return slices.Index(stageOrder, x.Stage) - slices.Index(stageOrder, y.Stage)
	})
	campaigns, err := a.Store.CampaignFigures(ctx, s.scope(), f)
	if err != nil {
		return out, internal("count campaigns", err)
	}
	out.Campaigns = []CampaignFigure{}
	for _, c := range campaigns {
		out.Campaigns = append(out.Campaigns, CampaignFigure{CampaignFigure: c})
	}
	if out.Awards, err = a.Store.AwardFigures(ctx, s.scope(), f); err != nil {
		return out, internal("count awards", err)
	}
	return out, nil
}

// entitle puts what the campaigns' texts state beside their figures.
func (a *App) entitle(ctx context.Context, s Session, rows []CampaignFigure) error {
	if len(rows) == 0 {
		return nil
	}
	all, err := a.Campaigns(ctx, s)
	if err != nil {
		return err
	}
	for i := range rows {
		for _, c := range all {
			if c.ID == rows[i].Campaign {
				rows[i].Title, rows[i].Limits = c.Title, c.Numbers
				rows[i].Window, rows[i].Quota = c.Open["reception_window"].Value, c.Open["quotas"].Value
			}
		}
	}
	return nil
}

// outsider tells whether the session sees cases only on their way, of units that
// are not its own.
func (a *App) outsider(s Session) bool {
	return !s.anywhere("case.read") && len(s.where("case.read", permission.Own)) == 0
}
