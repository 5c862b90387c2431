package upward

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// row is one case that waits.
type row struct {
	app.QueueRow
	Flags []string
	Left  string
}

func list(c *ui.Context) error {
	waiting, err := c.App.UpwardQueue(c, c.Session)
	if err != nil {
		return err
	}
	rows := make([]row, 0, len(waiting))
	for _, w := range waiting {
		rows = append(rows, row{w, cases.Flags(w.Proposal, w.DaysLeft), cases.Left(c, w.DaysLeft)})
	}
	return c.Render("list", rows)
}
