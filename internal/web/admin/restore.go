package admin

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/law"
	"vinhdanh/internal/web/ui"
)

// restorePage is whether a restore can be tried, and what trials found.
type restorePage struct{ app.RestoreTrials }

// Say is what a finding means.
func (restorePage) Say(code string) law.Text { return app.TrialText(code) }

func restores(c *ui.Context) error {
	v, err := c.App.RestoreTrials(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("restore", restorePage{v})
}

// tryRestore begins a trial; its result comes on the page when it has ended.
func tryRestore(c *ui.Context) error {
	if _, err := c.App.StartRestoreTrial(c, c.Session, c.Field("nonce")); err != nil {
		v, verr := c.App.RestoreTrials(c, c.Session)
		if verr != nil {
			return verr
		}
		return c.Fail("restore", restorePage{v}, err)
	}
	return c.DoneAt("/admin/restore", "admin.restore.begun")
}
