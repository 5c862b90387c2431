package app

import (
	"context"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// DuplicateView is a pair of entries that could be the same subject for the same
// achievement, as far as its reader may see it. Whoever may not see a side learns that
// there is one, how strong the hit is and what was said of it, and nothing more.
type DuplicateView struct {
	Pair        string          `json:"pair"`
	Level       duplicate.Level `json:"level"`           // strong, possible; empty: no longer a hit
	State       string          `json:"state,omitempty"` // what was said: same, other_achievement, different; empty: nothing
	Sentence    law.Text        `json:"sentence"`
	Score       int             `json:"score,omitempty"`
	Subject     int             `json:"subject,omitempty"`
	Achievement int             `json:"achievement,omitempty"`
	Parts       []DuplicatePart `json:"parts,omitempty"`
	Sides       []DuplicateSide `json:"sides"`
	Words       []DuplicateWord `json:"words,omitempty"` // newest first
	May         bool            `json:"may"`             // the reader may say which it is
}

// DuplicateWord is what somebody said of a pair.
type DuplicateWord = postgres.DuplicateWord

// DuplicatePart is one thing that was compared, in words.
type DuplicatePart struct {
	duplicate.Part
	Text law.Text `json:"text"`
}

// DuplicateSide is one side of a pair; empty but for Shown where the reader may not
// see it.
type DuplicateSide struct {
	Shown     bool     `json:"shown"`
	Item      string   `json:"item,omitempty"`
	Proposal  string   `json:"proposal,omitempty"`
	Readable  bool     `json:"readable"` // the reader may open its case
	Ref       string   `json:"ref,omitempty"`
	Record    bool     `json:"record,omitempty"` // a historical record of the ledger
	Name      string   `json:"name,omitempty"`
	BirthYear int      `json:"birth_year,omitempty"`
	Unit      string   `json:"unit,omitempty"` // its name
	Award     string   `json:"award,omitempty"`
	AwardName law.Text `json:"award_name,omitzero"`
	Period    string   `json:"period,omitempty"`
	Campaign  string   `json:"campaign,omitempty"`
	Decision  string   `json:"decision,omitempty"`
	Rewarded  bool     `json:"rewarded"`
}

// Duplicates lists pairs for the standing body that decides them, and for auditors,
// newest first. State is open, said or empty for both.
func (a *App) Duplicates(ctx context.Context, s Session, state string, limit, offset int) ([]DuplicateView, error) {
	f := postgres.DuplicateFilter{State: state, Standing: s.where("duplicate.resolve", permission.Standing), All: s.anywhere("duplicate.list")}
	if len(f.Standing) == 0 && !f.All {
		return nil, a.refuse(ctx, s, "duplicates", "", fail(CodeForbidden, "the standing body looks through duplicates"))
	}
	pairs, err := a.Store.DuplicatePairs(ctx, f, pageSize(limit), max(offset, 0))
	if err != nil {
		return nil, internal("list duplicates", err)
	}
	out, err := a.duplicateViews(ctx, s, pairs, "")
	if err != nil {
		return nil, err
	}
	return out, nil
}

// DuplicatesOf lists who could be the same as one item, the strongest first, to whoever
// may see the item.
func (a *App) DuplicatesOf(ctx context.Context, s Session, item string) ([]DuplicateView, error) {
	v, err := a.Item(ctx, s, item)
	if err != nil {
		return nil, err
	}
	p, err := a.proposal(ctx, s, v.Proposal)
	if err != nil {
		return nil, err
	}
	if _, ok := s.may("duplicate.read", casePlace(p)); !ok {
		return []DuplicateView{}, nil
	}
	hits, err := dossier.Duplicates(ctx, a.Store, p, []postgres.Item{v.Item})
	if err != nil {
		return nil, internal("find duplicates", err)
	}
	if p.Number > 0 { // what is found later than at the sending is to be looked at too
		if err := dossier.KeepDuplicates(ctx, a.Store, hits); err != nil {
			return nil, internal("keep duplicates", err)
		}
	}
	var pairs []postgres.DuplicatePair
	for _, h := range hits[0] {
		pairs = append(pairs, h.Pair)
	}
	return a.duplicateViews(ctx, s, pairs, item)
}

// Duplicate shows one pair to whoever may see one of its sides.
func (a *App) Duplicate(ctx context.Context, s Session, pair string) (DuplicateView, error) {
	low, high, ok := cutPair(pair)
	if !ok {
		return DuplicateView{}, &Error{Code: CodeNotFound}
	}
	all, err := a.duplicateViews(ctx, s, []postgres.DuplicatePair{postgres.PairOf(low, high)}, "")
	if err != nil {
		return DuplicateView{}, err
	}
	if len(all) == 0 || !all[0].Sides[0].Shown && !all[0].Sides[1].Shown {
		return DuplicateView{}, &Error{Code: CodeNotFound}
	}
	return all[0], nil
}

// duplicateViews are pairs as the reader may see them, first's side first.
func (a *App) duplicateViews(ctx context.Context, s Session, pairs []postgres.DuplicatePair, first string) ([]DuplicateView, error) {
	weighed, err := dossier.WeighPairs(ctx, a.Store, pairs)
	if err != nil {
		return nil, internal("weigh duplicates", err)
	}
	last, err := a.Store.LastWords(ctx, pairs)
	if err != nil {
		return nil, internal("read what was said of duplicates", err)
	}
	out := []DuplicateView{}
	for _, p := range pairs {
		w, ok := weighed[p]
		if !ok {
			continue
		}
		v, err := a.duplicateView(ctx, s, p, w, last[p])
		if err != nil {
			return nil, err
		}
		if first == p.High {
			v.Sides[0], v.Sides[1] = v.Sides[1], v.Sides[0]
		}
		out = append(out, v)
	}
	return out, nil
}

func (a *App) duplicateView(ctx context.Context, s Session, p postgres.DuplicatePair, w postgres.WeighedPair, last DuplicateWord) (DuplicateView, error) {
	v := DuplicateView{Pair: p.Low + "." + p.High, Level: w.Match.Level, State: last.Word}
	if v.State == dossier.WordUndone {
		v.State = ""
	}
	v.Sentence = duplicateSentence(v.Level, v.State, w.Low.Rewarded || w.High.Rewarded)
	sight, err := a.pairSight(ctx, s, w)
	if err != nil {
		return v, err
	}
	v.Sides, v.May = []DuplicateSide{a.sideView(w.Low, sight.low), a.sideView(w.High, sight.high)}, sight.may
	if !sight.low.shown || !sight.high.shown {
		return v, nil
	}
	v.Score, v.Subject, v.Achievement = w.Match.Score, w.Match.Subject, w.Match.Achievement
	for _, part := range w.Match.Parts {
		v.Parts = append(v.Parts, DuplicatePart{part, partText(part)})
	}
	v.Words, err = a.Store.DuplicateWords(ctx, p)
	if err != nil {
		return v, internal("read what was said of a duplicate", err)
	}
	return v, nil
}

func (a *App) sideView(x postgres.DuplicateSide, see sideSight) DuplicateSide {
	if !see.shown {
		return DuplicateSide{}
	}
	out := DuplicateSide{
		Shown: true, Readable: see.open, Ref: x.Ref, Record: x.Record != nil, Name: x.Name, BirthYear: x.BirthYear, Unit: x.UnitName,
		Award: x.Award, AwardName: a.awardName(x.Award), Period: x.Period, Campaign: x.CampaignText, Decision: x.Decision, Rewarded: x.Rewarded,
	}
	if x.Item != nil && see.open {
		out.Item, out.Proposal = *x.Item, x.Proposal
	}
	return out
}
