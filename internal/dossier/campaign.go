package dossier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// CampaignNumber is how many of an award a campaign allows: of one kind of subject or
// of all, over the whole campaign or for each proposing unit.
type CampaignNumber struct {
	Award string `json:"award" validate:"required,max=60"`
	Kind  string `json:"kind,omitempty" validate:"omitempty,oneof=individual collective household"`
	Per   string `json:"per" validate:"oneof=campaign unit"`
	Limit int64  `json:"limit" validate:"min=1,max=1000000"`
	// Does is what the number does where more get their majority in the Council: warn, as
	// everywhere (empty), or cut. Order then says who comes first, Beyond what becomes of the
	// others, as with a quota of the law's data.
	Does   string `json:"does,omitempty" validate:"omitempty,oneof=warn cut"`
	Order  string `json:"order,omitempty" validate:"omitempty,oneof=votes share council"`
	Beyond string `json:"beyond,omitempty" validate:"omitempty,oneof=not_passed deferred"`
}

// Campaign is what its numbers are counted by.
type Campaign struct {
	ID      string           `json:"-"`
	Version int              `json:"-"`
	Title   string           `json:"title"`
	Numbers []CampaignNumber `json:"quota_numbers"`
}

// CampaignRow is one item of a campaign; Item is empty for what is not stored.
type CampaignRow struct{ Item, Award, Kind, Unit string }

// CampaignCount is a number with what is proposed.
type CampaignCount struct {
	CampaignNumber
	Unit  string
	Count int64
	Given int64    // of those counted, what passed or was recognised outside the list
	Items []string // of the list
	At    int      // place of the number in its campaign
}

// CampaignNumbers reads the numbers that a campaign sets; none where it sets none or
// is not there.
func CampaignNumbers(ctx context.Context, store *postgres.Store, id string) (Campaign, error) {
	row, err := store.CampaignByID(ctx, id)
	if errors.Is(err, postgres.ErrNotFound) {
		return Campaign{}, nil
	}
	if err != nil {
		return Campaign{}, fmt.Errorf("dossier: read campaign: %w", err)
	}
	c := Campaign{}
	if err := json.Unmarshal(row.Data, &c); err != nil {
		return c, fmt.Errorf("dossier: campaign %s: %w", id, err)
	}
	c.ID, c.Version = row.ID, row.Version
	return c, nil
}

// Count counts, for each number, what is sent for the campaign and still goes on or was
// decided for, together with the rows of a list: for each unit of the list where the
// number is each unit's.
func (c Campaign) Count(ctx context.Context, store *postgres.Store, list []CampaignRow) ([]CampaignCount, error) {
	var stored []string
	for _, r := range list {
		if r.Item != "" {
			stored = append(stored, r.Item)
		}
	}
	sent, err := store.CampaignItems(ctx, c.ID, stored)
	if err != nil {
		return nil, fmt.Errorf("dossier: count campaign: %w", err)
	}
	var out []CampaignCount
	for i, n := range c.Numbers {
		for _, counted := range n.count(list, sent) {
			counted.At = i
			out = append(out, counted)
		}
	}
	return out, nil
}

// count is a number counted over a list and what is sent beside it.
func (n CampaignNumber) count(list []CampaignRow, sent []postgres.CampaignItems) []CampaignCount {
	fits := func(award, kind string) bool { return award == n.Award && (n.Kind == "" || n.Kind == kind) }
	byUnit := map[string]*CampaignCount{}
	var units []string
	total := CampaignCount{CampaignNumber: n}
	for _, r := range list {
		if !fits(r.Award, r.Kind) {
			continue
		}
		if byUnit[r.Unit] == nil {
			units = append(units, r.Unit)
			byUnit[r.Unit] = &CampaignCount{CampaignNumber: n, Unit: r.Unit}
		}
		for _, c := range []*CampaignCount{byUnit[r.Unit], &total} {
			if c.Count++; r.Item != "" {
				c.Items = append(c.Items, r.Item)
			}
		}
	}
	if len(units) == 0 {
		return nil
	}
	for _, r := range sent {
		if fits(r.Award, r.Kind) {
			total.Count, total.Given = total.Count+r.Count, total.Given+r.Given
			if u := byUnit[r.Unit]; u != nil {
				u.Count, u.Given = u.Count+r.Count, u.Given+r.Given
			}
		}
	}
	if n.Per != "unit" {
		return []CampaignCount{total}
	}
	var out []CampaignCount
	for _, u := range units {
		out = append(out, *byUnit[u])
	}
	return out
}

// addCampaign states of an item what its campaign's numbers make of it: the tightest of
// them. Where the campaign has no numbers, what was typed stands.
func addCampaign(f *eval.Facts, counts []CampaignCount, award, kind string) {
	var found *CampaignCount
	for i, n := range counts {
		if n.Award == award && (n.Kind == "" || n.Kind == kind) && (found == nil || n.Limit-n.Count < found.Limit-found.Count) {
			found = &counts[i]
		}
	}
	if found == nil {
		return
	}
	yes, limit, count := true, found.Limit, found.Count
	f.Campaign.QuotaStated, f.Campaign.QuotaLimit, f.Campaign.QuotaProposed = &yes, &limit, &count
}

// campaignCounts are the counts of a case's campaign over the case's open items.
func campaignCounts(ctx context.Context, store *postgres.Store, p postgres.Proposal, items []postgres.Item) ([]CampaignCount, error) {
	if p.Campaign == nil {
		return nil, nil
	}
	c, err := CampaignNumbers(ctx, store, *p.Campaign)
	if err != nil || len(c.Numbers) == 0 {
		return nil, err
	}
	var list []CampaignRow
	for _, it := range items {
		if it.Outcome == "" || it.Outcome == "passed" || it.Outcome == "recognised" {
			list = append(list, CampaignRow{Item: it.ID, Award: p.Award, Kind: it.Content.Kind, Unit: p.Unit})
		}
	}
	return c.Count(ctx, store, list)
}
