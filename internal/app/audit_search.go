package app

import (
	"context"
	"strings"
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/vietnamese"
)

// AuditHit is one case that an auditor's search found.
type AuditHit struct {
	postgres.AuditHit
	AwardName law.Text `json:"award_name,omitzero"`
}

// AuditQuery narrows an auditor's search; empty values do not. Text is looked for
// without regard to accents and case.
type AuditQuery struct {
	Text    string `json:"text,omitempty" validate:"max=200"` // reference, name of a subject, title, decision number
	Kind    string `json:"kind,omitempty" validate:"omitempty,oneof=commendation council issuance revocation"`
	Unit    string `json:"unit,omitempty" validate:"max=100"`
	Award   string `json:"award,omitempty" validate:"max=40"`
	Actor   string `json:"actor,omitempty" validate:"max=200"`                       // part of a name, or an opaque id
	Since   string `json:"since,omitempty" validate:"omitempty,datetime=2006-01-02"` // somebody acted on this day or later
	Until   string `json:"until,omitempty" validate:"omitempty,datetime=2006-01-02"` // or earlier
	Number  string `json:"number,omitempty" validate:"max=60"`                       // of a decision: 328 or 328/QĐ-UBND
	State   string `json:"state,omitempty" validate:"omitempty,oneof=open over"`     // empty: both
	Refused bool   `json:"refused,omitempty"`                                        // only where something was refused
	Limit   int    `json:"limit,omitempty" validate:"min=0,max=500"`
	Offset  int    `json:"offset,omitempty" validate:"min=0"`
}

// AuditSearch finds cases of every kind, open and archived: auditors only.
func (a *App) AuditSearch(ctx context.Context, s Session, q AuditQuery) ([]AuditHit, error) {
	if err := a.check(q); err != nil {
		return nil, err
	}
	if err := a.onlyAuditors(ctx, s, "audit-search", ""); err != nil {
		return nil, err
	}
	f := postgres.AuditFilter{
		Query: strings.TrimSpace(q.Text), Kind: q.Kind, Unit: q.Unit, Award: q.Award, Refused: q.Refused,
		Number: strings.ToLower(strings.TrimSpace(q.Number)), Limit: pageSize(q.Limit), Offset: q.Offset,
	}
	if q.State != "" {
		open := q.State == "open"
		f.Open = &open
	}
	var err error
	if f.Actors, err = a.actors(ctx, q.Actor); err != nil {
		return nil, err
	}
	if f.From, f.To, err = days(q.Since, q.Until); err != nil {
		return nil, err
	}
	rows, err := a.Store.AuditSearch(ctx, f)
	if err != nil {
		return nil, internal("search the cases", err)
	}
	hits := make([]AuditHit, len(rows))
	for i, r := range rows {
		if hits[i].AuditHit = r; r.Award != "" {
			hits[i].AwardName = a.awardName(r.Award)
		}
	}
	return hits, nil
}

// actors finds people by part of their name without accents, or by opaque id. nil
// means that nobody was asked for; empty that nobody was found.
func (a *App) actors(ctx context.Context, asked string) ([]string, error) {
	if asked = strings.TrimSpace(asked); asked == "" {
		return nil, nil
	}
	people, err := a.Store.PersonNames(ctx)
	if err != nil {
		return nil, internal("read people", err)
	}
	out := []string{}
	want := vietnamese.Fold(asked)
	for _, p := range people {
		if p.ID == asked || strings.Contains(vietnamese.Fold(p.Name), want) {
			out = append(out, p.ID)
		}
	}
	return out, nil
}

// vietNam is the zone of civil times; it has had no daylight saving since 1975.
var vietNam = time.FixedZone("+07", 7*60*60)

// days turns two civil dates, both included, into instants; the second is exclusive.
func days(from, to string) (first, end *time.Time, err error) {
	at := func(s string, add int) (*time.Time, error) {
		if s == "" {
			return nil, nil
		}
		t, err := time.ParseInLocation(time.DateOnly, s, vietNam)
		if err != nil {
			return nil, internal("read the date", err) // the validator has seen to it
		}
		t = t.AddDate(0, 0, add)
		return &t, nil
	}
	if first, err = at(from, 0); err != nil {
		return nil, nil, err
	}
	end, err = at(to, 1)
	return first, end, err
}
