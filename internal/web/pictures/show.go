package pictures

import (
	"cmp"
	"html/template"
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
	"vinhdanh/internal/web/ui/chart"
)

// Page is the figures with their pictures.
type Page struct {
	app.Figures
	Query                      app.FiguresQuery
	Flow, Late, Campaign, Kind template.HTML
	Keep                       string // the filter as the end of a list's address: &unit=…
}

func show(c *ui.Context) error {
	p := Page{Query: app.FiguresQuery{Unit: c.Field("unit"), Campaign: c.Field("campaign"), From: c.Field("from"), To: c.Field("to")}}
	var err error
	if p.Figures, err = c.App.Figures(c, c.Session, p.Query); err != nil {
		return c.Fail("show", p, err)
	}
	keep := url.Values{}
	for name, v := range map[string]string{"unit": p.Query.Unit, "campaign": p.Query.Campaign, "from": p.Query.From, "to": p.Query.To} {
		if v != "" {
			keep.Set(name, v)
		}
	}
	if len(keep) > 0 {
		p.Keep = "&" + keep.Encode()
	}
	p.draw(c)
	return c.Render("show", p)
}

func (p *Page) draw(c *ui.Context) {
	flow := chart.Chart{ID: "flow", Title: c.T("pictures.flow"), Desc: c.T("pictures.flow.desc")}
	late := chart.Chart{ID: "late", Title: c.T("pictures.late"), Desc: c.T("pictures.late.desc")}
	for _, s := range p.Stages {
		label := c.T("stage." + s.Stage)
		flow.Bars = append(flow.Bars, chart.Bar{Label: label, Parts: []chart.Part{{Name: c.T("pictures.cases"), Class: "a", Value: s.Cases, Href: StageHref(s.Stage) + p.Keep}}})
		if s.Stage == "draft" || s.Stage == "closed" {
			continue
		}
		late.Bars = append(late.Bars, chart.Bar{Label: label, Parts: []chart.Part{
			{Name: c.T("pictures.ontime"), Class: "a", Value: s.OnTime, Href: StageHref(s.Stage) + p.Keep},
			{Name: c.T("pictures.soon"), Class: "c", Value: s.Soon, Href: StageHref(s.Stage) + "&sort=due" + p.Keep},
			{Name: c.T("pictures.some.late"), Class: "b", Value: s.Late, Href: StageHref(s.Stage) + "&late=1&sort=due" + p.Keep},
			{Name: c.T("pictures.very.late"), Class: "d", Value: s.VeryLate, Href: StageHref(s.Stage) + "&late=1&sort=due" + p.Keep},
		}})
	}
	campaign := chart.Chart{ID: "campaign", Title: c.T("pictures.campaigns"), Desc: c.T("pictures.campaigns.desc")}
	for _, x := range p.Campaigns {
		to := "/search/cases?campaign=" + url.QueryEscape(x.Campaign) + "&state="
		campaign.Bars = append(campaign.Bars, chart.Bar{Label: cmp.Or(x.Title, x.Campaign), Parts: []chart.Part{
			{Name: c.T("pictures.drafts"), Class: "c", Value: x.Drafts, Href: to + "draft"}, {Name: c.T("pictures.open"), Class: "b", Value: x.Open, Href: to + "open"},
			{Name: c.T("pictures.closed"), Class: "a", Value: x.Closed, Href: to + "closed"},
		}})
	}
	p.Flow, p.Late, p.Campaign, p.Kind = flow.SVG(), late.SVG(), campaign.SVG(), p.kinds(c).SVG()
}

// kinds draws who was recognised, by award.
func (p *Page) kinds(c *ui.Context) chart.Chart {
	out := chart.Chart{ID: "kind", Title: c.T("pictures.awards"), Desc: c.T("pictures.awards.desc")}
	classes := map[string]string{"individual": "a", "collective": "b", "household": "c"}
	names := map[string]string{}
	for _, a := range c.App.AwardNames(c.Lang) {
		names[a.Code] = a.Name
	}
	for _, x := range p.Awards {
		label := names[x.Award]
		if label == "" {
			label = x.Award
		}
		if n := len(out.Bars); n == 0 || out.Bars[n-1].Label != label {
			out.Bars = append(out.Bars, chart.Bar{Label: label})
		}
		b := &out.Bars[len(out.Bars)-1]
		b.Parts = append(b.Parts, chart.Part{Name: c.T("kind." + x.Kind), Class: classes[x.Kind], Value: x.Items, Href: AwardHref(x) + p.Keep})
	}
	return out
}

// StageHref is the list of the cases that a stage counts.
func StageHref(stage string) string {
	switch stage {
	case "draft", "closed":
		return "/search/cases?state=" + stage
	}
	return "/search/cases?stage=" + stage
}

// AwardHref is the list of the items that a row of awards counts.
func AwardHref(x app.AwardFigure) string {
	q := url.Values{"award": {x.Award}, "kind": {x.Kind}, "outcome": {"recognised"}}
	if x.Class != "" {
		q.Set("class", x.Class)
	}
	return "/search/items?" + q.Encode()
}

// Href leads from a row of the table to its list.
func (p Page) Href(row any) string {
	switch x := row.(type) {
	case app.StageFigure:
		return StageHref(x.Stage) + p.Keep
	case app.AwardFigure:
		return AwardHref(x) + p.Keep
	}
	return "/search/cases"
}
