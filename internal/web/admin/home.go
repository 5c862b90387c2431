package admin

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// homePage is what an administrator begins with.
type homePage struct {
	Whole   bool // administers the installation, or audits it
	Tasks   []app.SetupTask
	Trouble []app.HealthPart
}

func home(c *ui.Context) error {
	tasks, err := c.App.SetupTasks(c, c.Session)
	if err != nil {
		return err
	}
	page := homePage{Tasks: tasks}
	_, page.Whole = c.App.Administers(c, c.Session)
	if c.Session.Has("auditor") {
		page.Whole = true
	}
	if page.Whole {
		h, err := c.App.Health(c, c.Session)
		if err != nil {
			return err
		}
		for _, p := range h.Parts {
			if p.State != app.HealthOK {
				page.Trouble = append(page.Trouble, p)
			}
		}
	}
	return c.Render("home", page)
}
