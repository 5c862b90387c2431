package app

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"vinhdanh/internal/council"
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
	out := law.QuotaCount{
		Code: "CAMPAIGN", Award: n.Award, Kind: law.Kind(n.Kind), Unit: n.Unit, Count: n.Count, Limit: n.Limit, Known: true, Over: over, Article: c.Title,
		Text: law.Text{
			VI: fmt.Sprintf("%s: đề nghị %d, phong trào quy định tối đa %d – %s. Căn cứ: %s (phiên bản %d).", award.VI, n.Count, n.Limit, vi, c.Title, c.Version),
			EN: fmt.Sprintf("%s: %d proposed, the campaign allows %d – %s. Source: %s (version %d).", award.EN, n.Count, n.Limit, en, c.Title, c.Version),
		},
	}
	if n.Does == law.QuotaCuts {
		left := max(0, n.Limit-n.Given)
		out.Code, out.Items, out.Left = cutCode(c, n), n.Items, &left
		out.Cuts, out.Order, out.Beyond = true, cmp.Or(council.Order(n.Order), council.OrderVotes), n.Beyond
		said := law.CutSaid(out.Order)
		out.Text.VI, out.Text.EN = out.Text.VI+said.VI, out.Text.EN+said.EN
	}
	return out
}

// campaignCut begins the code of a campaign's number that cuts; the campaign, its version
// and the number's place follow, and the unit where the number is each unit's.
const campaignCut = "campaign/"

func cutCode(c dossier.Campaign, n dossier.CampaignCount) string {
	code := fmt.Sprintf("%s%s/%d/%d", campaignCut, c.ID, c.Version, n.At)
	if n.Unit != "" {
		code += "/" + n.Unit
	}
	return code
}

// cutText says what a quota is that cut: one of the law's data, or a campaign's number.
func (a *App) cutText(ctx context.Context, code string) law.Text {
	rest, campaign := strings.CutPrefix(code, campaignCut)
	if !campaign {
		return a.law().QuotaText(code)
	}
	parts := append(strings.Split(rest, "/"), "", "", "")
	title := parts[0]
	if row, err := a.Store.CampaignByID(ctx, parts[0]); err == nil {
		if v, err := campaignView(row); err == nil {
			title = v.Title
		}
	}
	out := law.Text{VI: fmt.Sprintf("số lượng của phong trào %s, phiên bản %s", title, parts[1]), EN: fmt.Sprintf("the number that the campaign %s sets, version %s", title, parts[1])}
	if u, err := a.Store.UnitByID(ctx, parts[3]); err == nil && parts[3] != "" {
		out.VI, out.EN = out.VI+", "+u.Name, out.EN+", "+u.Name
	}
	return out
}

var kindWords = map[string]law.Text{
	"individual": {VI: "cá nhân", EN: "individuals"}, "collective": {VI: "tập thể", EN: "collectives"}, "household": {VI: "hộ gia đình", EN: "households"},
}
