package admin

import (
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func campaigns(c *ui.Context) error {
	rows, err := c.App.Campaigns(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("campaigns", rows)
}

// campaignPage is one campaign for everybody who sees it; whoever may change it sees
// its versions too.
type campaignPage struct {
	app.CampaignView
	Points   []app.Word
	Versions []app.CampaignVersion
	Awards   map[string]app.AwardEntry // of today's catalogue
}

func campaign(c *ui.Context) error {
	v, err := c.App.CampaignView(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	page := campaignPage{CampaignView: v, Points: app.CampaignPoints, Awards: map[string]app.AwardEntry{}}
	on, err := c.App.AwardsOn(c, "")
	if err != nil {
		return err
	}
	for _, x := range on.Awards {
		page.Awards[x.Code] = x
	}
	if v.Mine {
		if page.Versions, err = c.App.CampaignVersions(c, c.Session, v.ID); err != nil {
			return err
		}
	}
	return c.Render("campaign", page)
}

// campaignForm is the form of a campaign.
type campaignForm struct {
	app.CampaignView
	Action                string
	Units                 []ui.Option
	Points                []app.Word
	Aims                  string // one a line
	Contents              string // one a paragraph
	Awards, Kinds, Pers   []ui.Option
	Does, Orders, Beyonds []ui.Option // of a number in the Council
	Rows                  []numberRow // of its quotas as numbers: those that stand, and empty ones
}

func formOf(c *ui.Context, v app.CampaignView, action string) (campaignForm, error) {
	f := campaignForm{CampaignView: v, Action: action, Points: app.CampaignPoints, Aims: strings.Join(v.Aims, "\n\n")}
	var texts []string
	for _, x := range v.Contents {
		texts = append(texts, x.Text)
	}
	f.Contents = strings.Join(texts, "\n\n")
	var err error
	if f.Units, _, err = unitNames(c); err != nil {
		return f, err
	}
	f.Rows = numberRows(v.Numbers)
	on, err := c.App.AwardsOn(c, "")
	if err != nil {
		return f, err
	}
	f.Awards = []ui.Option{{Value: "", Text: c.T("admin.campaign.number.none")}}
	for _, x := range on.Awards {
		name := x.Names.VI
		if c.Lang == "en" {
			name = x.Names.EN
		}
		f.Awards = append(f.Awards, ui.Option{Value: x.Code, Text: name})
	}
	f.Kinds, f.Pers = kinds(c), pers(c)
	f.Does, f.Orders, f.Beyonds = does(c), orders(c), beyonds(c)
	return f, nil
}

func newCampaign(c *ui.Context) error {
	f, err := formOf(c, app.CampaignView{Status: "draft"}, "/admin/campaign-new")
	if err != nil {
		return err
	}
	return c.Render("campaign-form", f)
}

func editCampaign(c *ui.Context) error {
	v, err := c.App.CampaignView(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	f, err := formOf(c, v, "/admin/campaigns/"+v.ID+"/edit")
	if err != nil {
		return err
	}
	return c.Render("campaign-form", f)
}

func makeCampaign(c *ui.Context) error { return writeCampaign(c, "", "/admin/campaign-new") }

func saveCampaign(c *ui.Context) error {
	return writeCampaign(c, c.Path("id"), "/admin/campaigns/"+c.Path("id")+"/edit")
}

func writeCampaign(c *ui.Context, id, action string) error {
	version, _ := strconv.Atoi(c.Field("version")) // no number: a new campaign, which conflicts with an old one
	in := app.CampaignInput{Status: c.Field("status"), Version: version, Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	in.ID, in.Title, in.Theme, in.KindName = id, c.Field("title"), c.Field("theme"), c.Field("kind_name")
	in.Launcher = app.CampaignLauncher{Unit: c.Field("launcher.unit"), Office: c.Field("launcher.office"), Name: c.Field("launcher.name")}
	in.AudienceText, in.Source, in.Aims = c.Field("audience_text"), c.Field("source"), paragraphs(c.Field("aims"))
	for i, text := range paragraphs(c.Field("contents")) {
		in.Contents = append(in.Contents, app.CampaignContent{Number: i + 1, Text: text})
	}
	in.Numbers = numbersOf(c)
	in.Open = map[string]app.StatedOrNot{}
	for _, p := range app.CampaignPoints {
		in.Open[p.Code] = app.StatedOrNot{Value: c.Field("open." + p.Code)}
	}
	v, err := c.App.SaveCampaign(c, c.Session, in)
	if err != nil {
		f, ferr := formOf(c, app.CampaignView{CampaignText: in.CampaignText, Status: in.Status, Version: in.Version}, action)
		if ferr != nil {
			return ferr
		}
		return c.Fail("campaign-form", f, err)
	}
	return c.DoneAt("/campaigns/"+v.ID, "admin.saved")
}

// paragraphs are divided by an empty line.
func paragraphs(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
