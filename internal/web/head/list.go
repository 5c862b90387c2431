package head

import "vinhdanh/internal/web/ui"

// list is what waits for the head: to approve, to send back corrected, to answer.
func list(c *ui.Context) error {
	rows, err := c.App.ToApprove(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("list", rows)
}
