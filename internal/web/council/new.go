package council

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// plan is the form of a session: a new one, or a draft that is changed.
type plan struct {
	Action   string
	Councils []ui.Option // to choose from, where the reader serves more than one
	In       app.DraftSessionInput
	Edit     bool
	ID       string
}

func draftForm(c *ui.Context) error { return c.Render("new", planned(c)) }

func planned(c *ui.Context) plan {
	p := plan{Action: "/sessions", In: app.DraftSessionInput{HeldOn: c.App.Today().String(), Mode: "meeting", Secret: "paper"}}
	for _, m := range c.Session.Memberships {
		if m.Role == string(proposal.RoleSecretary) {
			p.Councils = append(p.Councils, ui.Option{Value: m.Unit, Text: m.UnitName})
		}
	}
	return p
}

func draft(c *ui.Context) error {
	in := typed(c)
	in.Council, in.Nonce = c.Field("council"), c.Field("nonce")
	v, err := c.App.DraftSession(c, c.Session, in)
	if err != nil {
		p := planned(c)
		p.In = in
		return c.Fail("new", p, err)
	}
	return c.DoneAt("/sessions/"+v.ID+"/agenda", "council.done.drafted")
}

func typed(c *ui.Context) app.DraftSessionInput {
	return app.DraftSessionInput{
		Title: c.Field("title"), Place: c.Field("place"), HeldOn: c.Field("held_on"), Mode: c.Field("mode"), Until: c.Field("until"), Secret: c.Field("secret"),
	}
}

func editForm(c *ui.Context) error {
	p, err := drafted(c)
	if err != nil {
		return err
	}
	return c.Render("new", p)
}

func drafted(c *ui.Context) (plan, error) {
	v, err := read(c)
	if err != nil {
		return plan{}, err
	}
	secret := "paper"
	if v.Electronic {
		secret = app.SecretElectronic
	}
	return plan{
		Action: here(c) + "/edit", Edit: true, ID: v.ID,
		In: app.DraftSessionInput{
			Title: v.Title, Place: v.Place, HeldOn: v.HeldOn.Format("2006-01-02"), Mode: v.Mode, Until: v.Progress.Until, Secret: secret,
		},
	}, nil
}

func edit(c *ui.Context) error {
	if _, err := c.App.EditSession(c, c.Session, c.Path("id"), typed(c)); err != nil {
		p, rerr := drafted(c)
		if rerr != nil {
			return rerr
		}
		return c.Fail("new", p, err)
	}
	return c.DoneAt(here(c), "council.done.edited")
}
