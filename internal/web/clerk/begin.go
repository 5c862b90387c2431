package clerk

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// beginPage offers the three ways to begin.
type beginPage struct {
	Units     []ui.Option
	Campaigns []ui.Option
	Types     []ui.Option
	Earlier   []app.SubmissionBrief
}

func newBeginPage(c *ui.Context) (beginPage, error) {
	var p beginPage
	for _, m := range c.Session.Memberships {
		if m.Role == string(proposal.RoleClerk) || m.Role == string(proposal.RoleUnitHead) {
			p.Units = append(p.Units, ui.Option{Value: m.Unit, Text: m.UnitName})
		}
	}
	if len(p.Units) == 0 {
		return p, &app.Error{Code: app.CodeForbidden}
	}
	var err error
	if p.Campaigns, err = campaigns(c); err != nil {
		return p, err
	}
	if p.Types, err = types(c); err != nil {
		return p, err
	}
	p.Earlier, err = c.App.MySubmissions(c, c.Session, app.SubmissionQuery{Limit: 5})
	return p, err
}

// campaigns are the movements to choose from, after none.
func campaigns(c *ui.Context) ([]ui.Option, error) {
	rows, err := c.App.CampaignTitles(c, c.Session)
	if err != nil {
		return nil, err
	}
	out := []ui.Option{{Value: "", Text: c.T("clerk.campaign.none")}}
	for _, r := range rows {
		out = append(out, ui.Option{Value: r.ID, Text: r.Title})
	}
	return out, nil
}

// types are the types of commendation to choose from, after none.
func types(c *ui.Context) ([]ui.Option, error) {
	rows, err := c.App.CommendationTypes(c)
	if err != nil {
		return nil, err
	}
	out := []ui.Option{{Value: "", Text: c.T("clerk.type.none")}}
	for _, r := range rows {
		text := r.Names.VI
		if c.Lang == "en" {
			text = r.Names.EN
		}
		out = append(out, ui.Option{Value: r.Code, Text: text})
	}
	return out, nil
}

func begin(c *ui.Context) error {
	p, err := newBeginPage(c)
	if err != nil {
		return err
	}
	return c.Render("begin", p)
}

func beginBlank(c *ui.Context) error {
	v, err := c.App.NewSubmission(c, c.Session, app.NewInput{
		Unit: c.Field("unit"), Campaign: c.Field("campaign"), Type: c.Field("type"), Title: c.Field("title"), Nonce: c.Field("nonce"),
	})
	if err != nil {
		p, perr := newBeginPage(c)
		if perr != nil {
			return perr
		}
		return c.Fail("begin", p, err)
	}
	return c.DoneAt("/submissions/"+v.ID, "clerk.begun")
}
