package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// CaseView is a case as its page shows it: what it is, where it stands, what was
// said of it, and what the reader may do now.
type CaseView struct {
	ProposalView
	AwardNames law.Text              `json:"award_names"`
	Rules      CaseRules             `json:"rules"`
	Steps      []StepView            `json:"steps"`
	Opinions   map[string][]Said     `json:"opinions"` // by item, oldest first
	Appraisal  []Said                `json:"appraisal,omitempty"`
	Returns    []ReturnView          `json:"returns,omitempty"`
	Papers     []postgres.Attachment `json:"papers"`
	History    []AccountStep         `json:"history"`
	Abilities  []Ability             `json:"abilities"`
	Viewers    []postgres.Viewer     `json:"viewers,omitempty"` // colleagues who have it open now
	Reasons    bool                  `json:"reasons,omitempty"` // the letter on what was not awarded can be read
	// LetterWaits: the unit's letter of outcome is drawn and not released yet.
	LetterWaits bool          `json:"letter_waits,omitempty"`
	Linked      []LinkedCase  `json:"linked,omitempty"`
	Lower       []LowerChoice `json:"lower,omitempty"` // what an item may be moved to, where the reader may do that
	// Quotas are the shares and numbers that concern the case, counted with what the
	// reader sees of its submission.
	Quotas   []law.QuotaCount `json:"quotas,omitempty"`
	Mine     bool             `json:"mine"`                // it waits for the reader
	Hidden   int              `json:"hidden,omitempty"`    // items that are closed to the reader for a conflict; which ones is not said
	DaysLeft *int             `json:"days_left,omitempty"` // working days to the due day; negative: late
	// CalendarUnconfirmed are the years that the due day was reckoned in and whose days
	// off no official announcement confirms.
	CalendarUnconfirmed []int `json:"calendar_unconfirmed,omitempty"`
}

// CaseRules says under which rules a case is judged.
type CaseRules struct {
	Regime    string     `json:"regime"`
	Stack     []law.Text `json:"stack,omitempty"`
	Article   string     `json:"article,omitempty"`
	Mark      string     `json:"mark,omitempty"` // confirmed, secondary or unconfirmed
	LawHash   string     `json:"law_hash,omitempty"`
	Confirmed bool       `json:"confirmed"` // by the body that accepted the complete dossier
	// Told is how the regime was confirmed, with each item before and after; nil before
	// the acceptance.
	Told *RegimeTold `json:"told,omitempty"`
}

// LinkedCase is a proposal that was opened out of an item for a lower award.
type LinkedCase struct {
	ID    string   `json:"id"`
	Ref   string   `json:"ref"`
	Award law.Text `json:"award"`
	Stage string   `json:"stage"`
}

// record is a case's trail, read once for all that a page says of it.
type record struct {
	rows    []postgres.TrailRow
	steps   []proposal.Transition
	reasons []postgres.Reason
	names   map[string]string // people
	units   map[string]string
	machine *proposal.Case
	mute    bool            // the reader may not read opinions and reasons
	closed  map[string]bool // items that are closed to the reader for a conflict
}

// Case reads everything about a case within the reader's sight. Reading it as the
// awaited actor marks it as opened, and shows colleagues that the reader has it
// open; an auditor's reading leaves no mark.
func (a *App) Case(ctx context.Context, s Session, id string, explain bool) (CaseView, error) {
	pv, err := a.Proposal(ctx, s, id, explain)
	if err != nil {
		return CaseView{}, err
	}
	p := pv.Proposal
	v := CaseView{ProposalView: pv, Mine: a.awaits(s, p), Steps: []StepView{}, History: []AccountStep{}, Abilities: []Ability{}, Opinions: map[string][]Said{}}
	v.AwardNames, v.Rules, v.DaysLeft = a.namesOf(p.Award), a.rulesOf(ctx, p), a.daysLeft(p.DueOn)
	if v.Reasons, v.LetterWaits, err = a.hasReasons(ctx, s, pv); err != nil {
		return v, err
	}
	v.CalendarUnconfirmed = a.unconfirmedYears(p.StageSince, p.DueOn)
	if err := a.besides(ctx, s, &v); err != nil {
		return v, err
	}
	if p.Number == 0 {
		return v, nil
	}
	rec, err := a.record(ctx, p)
	if err != nil {
		return v, err
	}
	if !s.reads("item.opinion", casePlace(p)) {
		rec.reasons, rec.mute = nil, true
	}
	if rec.closed, err = a.barred(ctx, s, p); err != nil {
		return v, err
	}
	v.Hidden = len(rec.closed)
	rec.reasons = slices.DeleteFunc(rec.reasons, func(r postgres.Reason) bool { return rec.closed[deref(r.Item)] })
	v.Steps = a.stepsOf(p, rec)
	if s.reads("item.opinion", casePlace(p)) {
		v.Opinions, v.Appraisal, v.Returns = rec.opinions(), rec.appraisals(), rec.returns()
		maps.DeleteFunc(v.Opinions, func(item string, _ []Said) bool { return rec.closed[item] })
	}
	if err = a.tellRegime(ctx, p, rec, &v.Rules); err != nil {
		return v, err
	}
	if v.History, err = a.tellAll(ctx, p, rec); err != nil {
		return v, err
	}
	if v.Abilities, err = a.abilities(ctx, s, p, rec.machine); err != nil {
		return v, err
	}
	if v.Viewers, err = a.presence(ctx, s, p); err == nil {
		v.Lower, err = a.lowerChoices(ctx, p, v.ItemList, v.Abilities)
	}
	return v, err
}

// record reads a case's trail with the names and words that it refers to.
func (a *App) record(ctx context.Context, p postgres.Proposal) (record, error) {
	recs, err := a.records(ctx, []postgres.Proposal{p})
	if err != nil {
		return record{}, err
	}
	rec := recs[0]
	rec.machine, err = a.restoredFrom(ctx, rec.rows)
	return rec, err
}

// records reads the trails of cases, parallel, with the names and words that they
// refer to; the machines of their cases are not restored.
func (a *App) records(ctx context.Context, ps []postgres.Proposal) ([]record, error) {
	recs, at, ids := make([]record, len(ps)), map[string]int{}, make([]string, len(ps))
	for i, p := range ps {
		ids[i], at[p.CaseID] = p.CaseID, i
	}
	rows, err := a.Store.Trails(ctx, ids)
	if err != nil {
		return nil, internal("read trail", err)
	}
	for _, r := range rows {
		recs[at[r.CaseID]].rows = append(recs[at[r.CaseID]].rows, r)
	}
	reasons, err := a.Store.ReasonsOf(ctx, ids...)
	if err != nil {
		return nil, internal("read reasons", err)
	}
	for _, r := range reasons {
		recs[at[r.CaseID]].reasons = append(recs[at[r.CaseID]].reasons, r)
	}
	people, units := map[string]bool{}, map[string]bool{}
	for i, p := range ps {
		if recs[i].steps, err = transitionsOf(recs[i].rows); err != nil {
			return nil, err
		}
		for _, t := range recs[i].steps {
			people[t.Actor], people[t.OnBehalfOf], units[t.Unit] = true, true, true
		}
		if p.Route != nil {
			for _, st := range p.Route.Stages {
				units[st.Unit] = true
			}
		}
	}
	names, of, err := a.namesIn(ctx, people, units)
	for i := range recs {
		recs[i].names, recs[i].units = names, of
	}
	return recs, err
}

// namesIn reads the names of people and units.
func (a *App) namesIn(ctx context.Context, people, units map[string]bool) (names, of map[string]string, err error) {
	users, err := a.Store.UsersByID(ctx, slices.Sorted(maps.Keys(people)))
	if err != nil {
		return nil, nil, internal("read people", err)
	}
	names = map[string]string{}
	for _, u := range users {
		names[u.ID] = u.FullName
	}
	if of, err = a.Store.UnitNames(ctx, slices.Sorted(maps.Keys(units))); err != nil {
		return nil, nil, internal("read units", err)
	}
	return names, of, nil
}

// namesOf are the names of an award; empty where the law in force does not know it.
func (a *App) namesOf(code string) law.Text {
	if award, err := a.law().Award(code); err == nil {
		return award.Names
	}
	return law.Text{}
}

// rulesOf names the law that a case is judged under.
func (a *App) rulesOf(ctx context.Context, p postgres.Proposal) CaseRules {
	r := CaseRules{Regime: p.Regime, LawHash: p.LawHash}
	l := a.law()
	if p.Number == 0 {
		if regime, err := l.RegimeOn(a.Today()); err == nil {
			r.Regime, r.LawHash = regime.ID, l.Hash()
		}
	} else if pinned, err := a.Pinned.Law(ctx, p.LawHash); err == nil {
		l = pinned
	}
	if regime, err := l.Regime(r.Regime); err == nil {
		r.Stack, r.Article, r.Mark = regime.Stack, regime.Article, string(regime.Mark)
	}
	return r
}

// tellAll tells the history in plain words.
func (a *App) tellAll(ctx context.Context, p postgres.Proposal, rec record) ([]AccountStep, error) {
	tell, err := a.teller(ctx, p.CaseID, rec.rows, rec.closed)
	if err != nil {
		return nil, err
	}
	tell.Unit = func(id string) string { return rec.units[id] }
	if rec.mute {
		tell.Reason = nil
	}
	out := make([]AccountStep, 0, len(rec.rows))
	for _, r := range rec.rows {
		text, err := tell.Row(r.CaseID, r.Body)
		if err != nil {
			return nil, internal("tell the trail", err)
		}
		out = append(out, AccountStep{Number: r.Number, At: r.At.UTC().Format(time.RFC3339), Vi: text.VI, En: text.EN, Hash: r.Hash})
	}
	return out, nil
}

// linkedOf lists the proposals for lower awards in the reader's sight.
func (a *App) linkedOf(ctx context.Context, s Session, p postgres.Proposal) ([]LinkedCase, error) {
	rows, err := a.Store.LinkedFrom(ctx, p.ID)
	if err != nil {
		return nil, internal("read linked proposals", err)
	}
	var out []LinkedCase
	for _, r := range rows {
		if _, err := a.proposal(ctx, s, r.ID); err != nil {
			continue
		}
		l := LinkedCase{ID: r.ID, Ref: r.Ref, Stage: r.Stage}
		if award, err := a.law().Award(r.Award); err == nil {
			l.Award = award.Names
		}
		out = append(out, l)
	}
	return out, nil
}

// besides reads what stands beside a case, sent or not: papers, linked cases, quotas.
func (a *App) besides(ctx context.Context, s Session, v *CaseView) error {
	var err error
	if v.Papers, err = a.Papers(ctx, s, v.ID); err != nil {
		return err
	}
	if v.Linked, err = a.linkedOf(ctx, s, v.Proposal); err != nil {
		return err
	}
	v.Quotas, err = a.quotasOfCase(ctx, s, v.ProposalView)
	return err
}
