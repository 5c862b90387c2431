package admin

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// lawPage is the law directory, perhaps with the verdict on what was just uploaded.
type lawPage struct {
	app.LawStatus
	Check *app.LawCheck
}

func lawHome(c *ui.Context) error {
	v, err := c.App.LawStatus(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("law", lawPage{LawStatus: v})
}

func uploadLaw(c *ui.Context) error {
	v, err := c.App.LawStatus(c, c.Session)
	if err != nil {
		return err
	}
	up, err := c.Upload("file")
	if err != nil {
		return c.Fail("law", lawPage{LawStatus: v}, err)
	}
	check, err := c.App.UploadLaw(c, c.Session, app.LawUpload{File: up.Content, Note: c.Field("note"), Nonce: c.Field("nonce")})
	if err != nil {
		return c.Fail("law", lawPage{LawStatus: v}, err)
	}
	if check.Valid {
		return c.DoneAt("/admin/law/"+check.Summary.Hash, "admin.law.valid")
	}
	return c.Render("law", lawPage{LawStatus: v, Check: &check})
}

// statePage is one state of the law data beside the one in force.
type statePage struct {
	app.LawCheck
	InForce string
	Hash    string
	Sim     *app.Simulation
	In      app.ActivateInput
}

func stateOf(c *ui.Context) (statePage, error) {
	status, err := c.App.LawStatus(c, c.Session)
	if err != nil {
		return statePage{}, err
	}
	v, err := c.App.LawDiff(c, c.Session, "", c.Path("hash"))
	return statePage{LawCheck: v, InForce: status.InForce.Hash, Hash: c.Path("hash")}, err
}

func lawState(c *ui.Context) error {
	page, err := stateOf(c)
	if err != nil {
		return err
	}
	return c.Render("law-state", page)
}

func simulateLaw(c *ui.Context) error {
	page, err := stateOf(c)
	if err != nil {
		return err
	}
	sim, err := c.App.Simulate(c, c.Session, app.SimulateInput{Hash: page.Hash, Since: c.Field("since")})
	if err != nil {
		return c.Fail("law-state", page, err)
	}
	page.Sim = &sim
	return c.Render("law-state", page)
}

func activateLaw(c *ui.Context) error {
	in := app.ActivateInput{Hash: c.Path("hash"), From: c.Field("from"), Note: c.Field("note"), Nonce: c.Field("nonce")}
	if _, err := c.App.ActivateLaw(c, c.Session, in); err != nil {
		page, perr := stateOf(c)
		if perr != nil {
			return perr
		}
		page.In = in
		return c.Fail("law-state", page, err)
	}
	return c.DoneAt("/admin/law", "admin.law.activated")
}
