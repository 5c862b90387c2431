package app

import (
	"context"

	"vinhdanh/internal/law"
)

// AwardsOn is the catalogue of a day under its regime.
type AwardsOn struct {
	On      law.Date     `json:"on"`
	Regime  law.Regime   `json:"regime"`
	LawHash string       `json:"law_hash"`
	Awards  []AwardEntry `json:"awards"`
}

// AwardEntry is an award with what the regime says of it.
type AwardEntry struct {
	law.Award
	Rule     law.AwardRule     `json:"rule"`
	Criteria []law.Criterion   `json:"criteria,omitempty"`
	Papers   []law.NeededPaper `json:"papers,omitempty"`
}

// AwardsOn lists the awards of a day (ISO civil date; empty: the business date).
func (a *App) AwardsOn(_ context.Context, day string) (AwardsOn, error) {
	on, regime, err := a.lawOn(day)
	if err != nil {
		return AwardsOn{}, err
	}
	awards, err := a.law().Awards(on)
	if err != nil {
		return AwardsOn{}, fromLaw(err)
	}
	out := AwardsOn{On: on, Regime: *regime, LawHash: a.law().Hash(), Awards: []AwardEntry{}}
	for _, w := range awards {
		rule, err := a.law().AwardRule(w.Code, regime.ID)
		if err != nil {
			return out, fromLaw(err)
		}
		e := AwardEntry{Award: *w, Rule: rule}
		e.Award.Rules = nil // of every regime: the entry shows the one of the day
		out.Awards = append(out.Awards, e)
	}
	return out, nil
}

// AwardOn shows one award of a day with its criteria and papers.
func (a *App) AwardOn(ctx context.Context, code, day string) (AwardEntry, error) {
	all, err := a.AwardsOn(ctx, day)
	if err != nil {
		return AwardEntry{}, err
	}
	for _, e := range all.Awards {
		if e.Code != code {
			continue
		}
		for _, id := range e.Rule.Criteria {
			c, _, err := a.law().Criterion(id, all.Regime.ID)
			if err != nil {
				return e, fromLaw(err)
			}
			shown := *c
			shown.Cases = nil // test cases are for the makers of the data
			e.Criteria = append(e.Criteria, shown)
		}
		if d, err := a.law().Dossier(e.Rule.Dossier, all.Regime.ID); err == nil {
			e.Papers = d.Papers
		}
		return e, nil
	}
	return AwardEntry{}, &Error{Code: CodeNotFound}
}

func (a *App) lawOn(day string) (law.Date, *law.Regime, error) {
	on := a.Today()
	if day != "" {
		var err error
		if on, err = law.ParseDate(day); err != nil {
			return on, nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "on", Rule: "datetime"}}}
		}
	}
	regime, err := a.law().RegimeOn(on)
	if err != nil {
		return on, nil, fromLaw(err)
	}
	return on, regime, nil
}
