package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"vinhdanh/internal/account"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// CaseTimeline is a case of any kind as an auditor reads it: each transition with
// who, when, on whose behalf, signed in how, why, under which rules.
type CaseTimeline struct {
	Case     string               `json:"case"`
	Kind     string               `json:"kind"`
	Ref      string               `json:"ref"`
	Award    string               `json:"award,omitempty"`
	Title    string               `json:"title,omitempty"`
	Unit     string               `json:"unit"`
	UnitName string               `json:"unit_name"`
	Steps    []TimelineStep       `json:"steps"`
	Total    int                  `json:"total"`  // transitions, before the filter
	Actors   []TimelineActor      `json:"actors"` // who acted, for the filter
	Findings []ValidationFinding  `json:"findings,omitempty"`
	Refusals []RefusalLine        `json:"refusals,omitempty"`
	Archive  *postgres.ArchiveRow `json:"archive,omitempty"`
}

// TimelineStep is one transition, its parts apart and in a sentence.
type TimelineStep struct {
	Number       int       `json:"number"`
	At           time.Time `json:"at"` // workflow time
	Action       string    `json:"action"`
	Verdict      string    `json:"verdict,omitempty"`
	Actor        string    `json:"actor"`
	ActorName    string    `json:"actor_name"`
	OnBehalfOf   string    `json:"on_behalf_of,omitempty"`
	OnBehalfName string    `json:"on_behalf_name,omitempty"`
	Role         string    `json:"role"`
	Unit         string    `json:"unit,omitempty"`
	UnitName     string    `json:"unit_name,omitempty"`
	SignedIn     string    `json:"signed_in"` // how the actor had signed in
	Also         []string  `json:"also,omitempty"`
	Stage        string    `json:"stage,omitempty"` // where it was done
	After        string    `json:"after"`           // stage or phase after it
	Revision     int       `json:"revision,omitempty"`
	Reasons      []string  `json:"reasons,omitempty"`
	Regime       string    `json:"regime,omitempty"`
	LawHash      string    `json:"law_hash,omitempty"`
	Vi           string    `json:"vi"`
	En           string    `json:"en"`
	Key          string    `json:"key"`      // that signed
	Envelope     string    `json:"envelope"` // SHA-256 of the signed message
	Hash         string    `json:"hash"`     // of the trail row
}

// By is who did it, in words: a person's name, or the body that acted.
func (t TimelineStep) By(locale string) string {
	if b := account.Body(t.Actor); b.VI != "" {
		return pick(locale, b.VI, b.EN)
	}
	return orElse(t.ActorName, t.Actor)
}

// TimelineActor is a person, or a body, that acted in a case.
type TimelineActor struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Steps int    `json:"steps"`
}

// Timeline reads a case for an auditor; actor narrows it to one person's steps,
// their own and those done on their behalf.
func (a *App) Timeline(ctx context.Context, s Session, id, actor string) (CaseTimeline, error) {
	c, err := a.audited(ctx, s, "timeline", id)
	if err != nil {
		return CaseTimeline{}, err
	}
	out := CaseTimeline{Case: c.Case, Kind: c.Kind, Ref: c.Ref, Award: c.Award, Title: c.Title, Unit: c.Unit, Actors: []TimelineActor{}}
	rows, err := a.Store.Trail(ctx, c.Case)
	if err != nil {
		return out, internal("read trail", err)
	}
	if out.Steps, err = a.steps(ctx, c, rows); err != nil {
		return out, err
	}
	out.Total = len(out.Steps)
	out.Actors = actorsOf(out.Steps)
	out.Steps = slices.DeleteFunc(out.Steps, func(t TimelineStep) bool {
		return actor != "" && t.Actor != actor && t.OnBehalfOf != actor
	})
	units := newUnitNames(a.Store)
	if out.UnitName = units.of(ctx, c.Unit); units.err != nil {
		return out, internal("read unit", units.err)
	}
	return out, a.beside(ctx, c, &out)
}

// beside adds what stands beside the transitions.
func (a *App) beside(ctx context.Context, c auditable, out *CaseTimeline) error {
	var err error
	if c.Proposal != nil {
		if out.Findings, err = a.findings(ctx, c.ID); err != nil {
			return err
		}
	}
	rows, err := a.Store.FindRefusals(ctx, postgres.RefusalFilter{Case: c.Case, Limit: 200})
	if err != nil {
		return internal("read refusals", err)
	}
	if out.Refusals, err = a.refusalLines(ctx, rows); err != nil {
		return err
	}
	archive, err := a.Store.ArchiveOf(ctx, c.Case)
	switch {
	case err == nil:
		out.Archive = &archive
	case !errors.Is(err, postgres.ErrNotFound):
		return internal("read archive", err)
	}
	return nil
}

// steps tells trail rows, in sentences and in parts.
func (a *App) steps(ctx context.Context, c auditable, rows []postgres.TrailRow) ([]TimelineStep, error) {
	tell, err := a.teller(ctx, c.Case, rows, nil)
	if err != nil {
		return nil, err
	}
	units := newUnitNames(a.Store)
	tell.Unit = func(id string) string { return units.of(ctx, id) }
	out := []TimelineStep{}
	for _, r := range rows {
		text, err := tell.Row(r.CaseID, r.Body)
		if err != nil {
			return nil, internal("tell the trail", err)
		}
		t := stepOf(r, tell)
		t.Vi, t.En = text.VI, text.EN
		out = append(out, t)
	}
	return out, units.err
}

// stepOf takes a row's parts; fields that a kind of case does not have stay empty.
func stepOf(r postgres.TrailRow, tell account.Teller) TimelineStep {
	var b struct {
		envelope.Step
		Verdict  string                `json:"verdict"`
		Also     []string              `json:"also"`
		Stage    string                `json:"stage"`
		Revision int                   `json:"revision"`
		Regime   string                `json:"regime"`
		LawHash  string                `json:"law_hash"`
		Reason   string                `json:"reason"`
		Note     string                `json:"note"`
		Phase    string                `json:"phase"`
		Items    []proposal.ItemChange `json:"items"`
		After    proposal.Place        `json:"after"`
	}
	_ = json.Unmarshal(r.Body, &b) // the sentence was made of the same bytes a moment ago
	t := TimelineStep{
		Number: r.Number, At: b.At, Action: b.Action, Verdict: b.Verdict, Actor: b.Actor, OnBehalfOf: b.OnBehalfOf,
		Role: b.Role, Unit: b.Unit, SignedIn: b.SignedIn, Also: b.Also, Stage: b.Stage, After: string(b.After.Stage),
		Revision: b.Revision, Regime: b.Regime, LawHash: b.LawHash, Key: b.Key, Envelope: b.Envelope, Hash: r.Hash,
	}
	if b.Phase != "" {
		t.After = b.Phase
	}
	t.ActorName, t.UnitName = tell.Name(b.Actor), tell.Unit(b.Unit)
	if b.OnBehalfOf != "" {
		t.OnBehalfName = tell.Name(b.OnBehalfOf)
	}
	commitments := []string{b.Reason, b.Note}
	for _, it := range b.Items {
		commitments = append(commitments, it.Reason)
	}
	for _, c := range commitments {
		if text := tell.Reason(c); c != "" && text != "" {
			t.Reasons = addOnce(t.Reasons, text)
		}
	}
	return t
}

func actorsOf(steps []TimelineStep) []TimelineActor {
	out := []TimelineActor{}
	at := map[string]int{}
	count := func(id, name string) {
		i, ok := at[id]
		if !ok {
			if b := account.Body(id); b.VI != "" {
				return // a body is found by its own case
			}
			i, at[id] = len(out), len(out)
			out = append(out, TimelineActor{ID: id, Name: orElse(name, id)})
		}
		out[i].Steps++
	}
	for _, t := range steps {
		count(t.Actor, t.ActorName)
		if t.OnBehalfOf != "" {
			count(t.OnBehalfOf, t.OnBehalfName)
		}
	}
	return out
}

// unitNames reads each unit's name once.
type unitNames struct {
	store *postgres.Store
	known map[string]string
	err   error
}

func newUnitNames(s *postgres.Store) *unitNames {
	return &unitNames{store: s, known: map[string]string{}}
}

func (u *unitNames) of(ctx context.Context, id string) string {
	name, ok := u.known[id]
	if ok || id == "" {
		return name
	}
	row, err := u.store.UnitByID(ctx, id)
	if err != nil && !errors.Is(err, postgres.ErrNotFound) {
		u.err = err
	}
	u.known[id] = orElse(row.Name, id)
	return u.known[id]
}
