package app

import (
	"context"

	"vinhdanh/internal/postgres"
)

// RefusalLine is a refused attempt with the name of who tried, where it is known.
type RefusalLine struct {
	postgres.Refusal
	ActorName string `json:"actor_name,omitempty"`
}

// OperatorUse marks what an operator did at Temporal itself: it stands on the
// same record, refused by nobody, and is listed only where this code is asked for.
const OperatorUse = "operator-use"

// RefusalQuery narrows a list of refusals; empty values do not.
type RefusalQuery struct {
	Case   string `json:"case,omitempty" validate:"max=120"`
	Where  string `json:"where,omitempty" validate:"omitempty,oneof=workflow application gate"`
	Actor  string `json:"actor,omitempty" validate:"max=200"` // part of a name, or an opaque id
	Action string `json:"action,omitempty" validate:"max=60"`
	Code   string `json:"code,omitempty" validate:"max=60"`
	Since  string `json:"since,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Until  string `json:"until,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Limit  int    `json:"limit,omitempty" validate:"min=0,max=500"`
	Offset int    `json:"offset,omitempty" validate:"min=0"`
}

// FindRefusals lists refused attempts, by the rules, by the application and at
// Temporal's gate, newest first: auditors only.
func (a *App) FindRefusals(ctx context.Context, s Session, q RefusalQuery) ([]RefusalLine, error) {
	if err := a.check(q); err != nil {
		return nil, err
	}
	if err := a.onlyAuditors(ctx, s, "refusals", q.Case); err != nil {
		return nil, err
	}
	f := postgres.RefusalFilter{Case: q.Case, Where: q.Where, Action: q.Action, Code: q.Code, Used: q.Code == OperatorUse, Limit: pageSize(q.Limit), Offset: q.Offset}
	if q.Case != "" {
		if c, err := a.audited(ctx, s, "refusals", q.Case); err == nil {
			f.Case = c.Case
		}
	}
	var err error
	if f.Actors, err = a.actors(ctx, q.Actor); err != nil {
		return nil, err
	}
	if f.From, f.To, err = days(q.Since, q.Until); err != nil {
		return nil, err
	}
	rows, err := a.Store.FindRefusals(ctx, f)
	if err != nil {
		return nil, internal("read refusals", err)
	}
	return a.refusalLines(ctx, rows)
}

func (a *App) refusalLines(ctx context.Context, rows []postgres.Refusal) ([]RefusalLine, error) {
	ids := []string{}
	for _, r := range rows {
		ids = addOnce(ids, r.Actor)
	}
	users, err := a.Store.UsersByID(ctx, ids)
	if err != nil {
		return nil, internal("read people", err)
	}
	names := map[string]string{}
	for _, u := range users {
		names[u.ID] = u.FullName
	}
	out := []RefusalLine{}
	for _, r := range rows {
		out = append(out, RefusalLine{Refusal: r, ActorName: names[r.Actor]})
	}
	return out, nil
}
