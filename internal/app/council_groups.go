package app

import (
	"context"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
)

// AwardGroup is the part of an agenda that is about one award, as a council works
// through it: by award, then by proposing unit.
type AwardGroup struct {
	Award     string        `json:"award"`
	AwardName law.Text      `json:"award_name"`
	Rule      *council.Rule `json:"rule,omitempty"` // of its first item
	Items     int           `json:"items"`
	Units     []UnitGroup   `json:"units"`
	Proposals []string      `json:"proposals"`
}

// UnitGroup is the part of an award's group that one unit proposes.
type UnitGroup struct {
	Unit      string       `json:"unit"`
	UnitName  string       `json:"unit_name"`
	Proposals []string     `json:"proposals"`
	Items     []AgendaItem `json:"items"`
}

// GroupAgenda splits items by award and unit, in their order.
func (a *App) GroupAgenda(items []AgendaItem) []AwardGroup {
	out := []AwardGroup{}
	for _, it := range items {
		at := slices.IndexFunc(out, func(g AwardGroup) bool { return g.Award == it.Award })
		if at < 0 { // a late item joins its award's group
			at = len(out)
			out = append(out, AwardGroup{Award: it.Award, AwardName: a.awardName(it.Award), Rule: it.Rule})
		}
		g := &out[at]
		g.Items++
		g.Proposals = addOnce(g.Proposals, it.Proposal)
		u := -1
		for i := range g.Units {
			if g.Units[i].Unit == it.Unit {
				u = i
			}
		}
		if u < 0 {
			u = len(g.Units)
			g.Units = append(g.Units, UnitGroup{Unit: it.Unit, UnitName: it.UnitName})
		}
		g.Units[u].Proposals = addOnce(g.Units[u].Proposals, it.Proposal)
		g.Units[u].Items = append(g.Units[u].Items, it)
	}
	return out
}

// CandidateGroups lists what waits for a council's vote, grouped as it works.
func (a *App) CandidateGroups(ctx context.Context, s Session, unit string) ([]AwardGroup, error) {
	items, err := a.AgendaCandidates(ctx, s, unit)
	if err != nil {
		return nil, err
	}
	return a.GroupAgenda(items), nil
}
