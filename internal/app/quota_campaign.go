package app

import (
	"context"
	"fmt"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
)

// campaignQuotas counts the numbers that the campaigns of a list set: over everything
// that is sent for the campaign, and the list.
func (a *App) campaignQuotas(ctx context.Context, list []quotaItem) ([]law.QuotaCount, error) {
	byCampaign := map[string][]quotaItem{}
	var order []string
	for _, x := range list {
		if x.Campaign == "" {
			continue
		}
		if byCampaign[x.Campaign] == nil {
			order = append(order, x.Campaign)
		}
		byCampaign[x.Campaign] = append(byCampaign[x.Campaign], x)
	}
	var out []law.QuotaCount
	for _, id := range order {
		c, err := dossier.CampaignNumbers(ctx, a.Store, id)
		if err != nil {
			return nil, internal("read the campaign's numbers", err)
		}
		if len(c.Numbers) == 0 {
			continue
		}
		var mine []dossier.CampaignRow
		for _, x := range byCampaign[id] {
			mine = append(mine, dossier.CampaignRow{Item: x.Item, Award: x.Award, Kind: x.Content.Kind, Unit: x.Unit})
		}
		counts, err := c.Count(ctx, a.Store, mine)
		if err != nil {
			return nil, internal("count the campaign", err)
		}
		for _, n := range counts {
			out = append(out, a.sayCampaign(ctx, c, n))
		}
	}
	return out, nil
}

// sayCampaign is one number of a campaign in words.
func (a *App) sayCampaign(ctx context.Context, c dossier.Campaign, n dossier.CampaignCount) law.QuotaCount {
	award := law.Text{VI: n.Award, EN: n.Award}
	if found, err := a.law().Award(n.Award); err == nil {
		award = found.Names
	}
	if k, ok := kindWords[n.Kind]; ok {
		award = law.Text{VI: award.VI + ", " + k.VI, EN: award.EN + ", " + k.EN}
	}
	if n.Unit != "" {
		name := n.Unit
		if u, err := a.Store.UnitByID(ctx, n.Unit); err == nil {
			name = u.Name
		}
		award = law.Text{VI: award.VI + " – " + name, EN: award.EN + " – " + name}
	}
	vi, en := "trong mức", "within it"
	over := n.Count > n.Limit
	if over {
		vi, en = fmt.Sprintf("vượt %d", n.Count-n.Limit), fmt.Sprintf("%d over", n.Count-n.Limit)
	}
	return law.QuotaCount{
		Code: "CAMPAIGN", Award: n.Award, Kind: law.Kind(n.Kind), Unit: n.Unit, Count: n.Count, Limit: n.Limit, Known: true, Over: over, Article: c.Title,
		Text: law.Text{
			VI: fmt.Sprintf("%s: đề nghị %d, phong trào quy định tối đa %d – %s. Căn cứ: %s (phiên bản %d).", award.VI, n.Count, n.Limit, vi, c.Title, c.Version),
			EN: fmt.Sprintf("%s: %d proposed, the campaign allows %d – %s. Source: %s (version %d).", award.EN, n.Count, n.Limit, en, c.Title, c.Version),
		},
	}
}

var kindWords = map[string]law.Text{
	"individual": {VI: "cá nhân", EN: "individuals"}, "collective": {VI: "tập thể", EN: "collectives"}, "household": {VI: "hộ gia đình", EN: "households"},
}
