package notices

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// read marks one notice or all as read, and opens the case where one was chosen.
func read(c *ui.Context) error {
	in := app.ReadInput{Until: c.Field("until")}
	if id := c.Field("notice"); id != "" {
		in = app.ReadInput{Notices: []string{id}}
	}
	if _, err := c.App.ReadNotices(c, c.Session, in); err != nil {
		return err
	}
	if to := c.Field("open"); to != "" {
		return c.Redirect(to)
	}
	return c.DoneAt("/notices", "notices.done")
}
