package clerk

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// check is the last look before the head gets it: every answer on one page that
// can be printed.
func check(c *ui.Context) error {
	p, err := newSubmissionPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("check", p)
}

func handOver(c *ui.Context) error {
	_, err := c.App.HandToHead(c, c.Session, app.HandInput{Submission: c.Path("id"), Note: c.Field("note")})
	if err != nil {
		p, perr := newSubmissionPage(c, c.Path("id"))
		if perr != nil {
			return perr
		}
		return c.Fail("check", p, err)
	}
	return c.DoneAt("/submissions/"+c.Path("id"), "clerk.handed")
}
