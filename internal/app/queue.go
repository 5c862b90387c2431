package app

import (
	"context"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// QueueQuery narrows what waits for the reader; zero values do not. Pages keep it
// in their address, so that it can be shared.
type QueueQuery struct {
	Stage string `json:"stage,omitempty" validate:"omitempty,max=40"`
	Award string `json:"award,omitempty" validate:"omitempty,max=60"`
	Unit  string `json:"unit,omitempty" validate:"omitempty,max=100"` // the proposing unit
	Days  *int   `json:"days,omitempty" validate:"omitempty,min=0,max=60"`
	Late  bool   `json:"late,omitempty"`
	Held  string `json:"held,omitempty" validate:"omitempty,oneof=true false"`
	Text  string `json:"text,omitempty" validate:"max=100"` // in references and names, without regard to accents
}

// QueueView is a page of what waits, in the order of work: due first comes first.
type QueueView struct {
	Total int        `json:"total"`
	Late  int        `json:"late"`
	Cases []QueueRow `json:"cases"`
}

// QueueRow is one case that waits.
type QueueRow struct {
	postgres.Proposal
	AwardNames law.Text `json:"award_names"`
	DaysLeft   *int     `json:"days_left,omitempty"` // working days; negative: late
}

// QueueChoices are the values that its filters may take now, with counts.
type QueueChoices struct {
	Units  []postgres.Choice `json:"units"`
	Awards []postgres.Choice `json:"awards"`
	Stages []postgres.Choice `json:"stages"`
}

// QueuePlace is where a case stands in the reader's queue: "12 / 45".
type QueuePlace struct {
	Position int    `json:"position"` // from 1; 0: it does not wait for the reader, or does not fit the filter
	Total    int    `json:"total"`
	Before   string `json:"before,omitempty"` // reference
	After    string `json:"after,omitempty"`
	BeforeID string `json:"before_id,omitempty"`
	AfterID  string `json:"after_id,omitempty"`
	FirstID  string `json:"first_id,omitempty"` // of the whole queue
}

func (a *App) queueFilter(q QueueQuery) (postgres.QueueFilter, error) {
	if err := a.check(q); err != nil {
		return postgres.QueueFilter{}, err
	}
	f := postgres.QueueFilter{
		Stage: q.Stage, Award: q.Award, Unit: q.Unit, Late: q.Late, Today: civilDay(a.Today()), Query: vietnamese.Fold(q.Text),
	}
	if q.Held != "" {
		held := q.Held == "true"
		f.Held = &held
	}
	if q.Days != nil {
		by, err := a.law().Calendar().AddWorkingDays(a.Today(), *q.Days)
		if err != nil {
			return f, fromLaw(err)
		}
		day := civilDay(by)
		f.By = &day
	}
	return f, nil
}

// Queue lists what waits for the reader.
func (a *App) Queue(ctx context.Context, s Session, q QueueQuery, limit, offset int) (QueueView, error) {
	out := QueueView{Cases: []QueueRow{}}
	f, err := a.queueFilter(q)
	if err != nil {
		return out, err
	}
	units, roles := s.queued()
	if out.Total, out.Late, err = a.Store.QueueCount(ctx, units, roles, f); err != nil {
		return out, internal("count the queue", err)
	}
	ps, err := a.Store.Queue(ctx, units, roles, f, limit, offset)
	if err != nil {
		return out, internal("read the queue", err)
	}
	for _, p := range ps {
		row := QueueRow{Proposal: p, DaysLeft: a.daysLeft(p.DueOn)}
		if award, err := a.law().Award(p.Award); err == nil {
			row.AwardNames = award.Names
		}
		out.Cases = append(out.Cases, row)
	}
	return out, nil
}

// QueueChoices lists what the filters of the reader's queue may choose.
func (a *App) QueueChoices(ctx context.Context, s Session) (QueueChoices, error) {
	var out QueueChoices
	var err error
	units, roles := s.queued()
	if out.Units, out.Awards, out.Stages, err = a.Store.QueueChoices(ctx, units, roles); err != nil {
		return out, internal("read the queue's choices", err)
	}
	for i, c := range out.Awards {
		if award, err := a.law().Award(c.Value); err == nil {
			out.Awards[i].Name = award.Names.VI
		}
	}
	return out, nil
}

// QueuePlace finds a case in the reader's queue, with its neighbours.
func (a *App) QueuePlace(ctx context.Context, s Session, q QueueQuery, id string) (QueuePlace, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return QueuePlace{}, err
	}
	f, err := a.queueFilter(q)
	if err != nil {
		return QueuePlace{}, err
	}
	units, roles := s.queued()
	var out QueuePlace
	first, err := a.Store.Queue(ctx, units, roles, f, 1, 0)
	if err != nil {
		return out, internal("read the queue", err)
	}
	if len(first) > 0 {
		out.FirstID = first[0].ID
	}
	at, err := a.Store.QueuePlaceOf(ctx, units, roles, f, p.ID)
	if err == nil {
		out.Position, out.Total, out.Before, out.After = at.Position, at.Total, deref(at.Before), deref(at.After)
		out.BeforeID, out.AfterID = deref(at.BeforeID), deref(at.AfterID)
		return out, nil
	}
	if err != postgres.ErrNotFound {
		return out, internal("find the case in the queue", err)
	}
	out.Total, _, err = a.Store.QueueCount(ctx, units, roles, f)
	if err != nil {
		return out, internal("count the queue", err)
	}
	return out, nil
}
