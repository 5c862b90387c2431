package council

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// pageSize is how many sessions a page lists.
const pageSize = 50

type listing struct {
	Rows    []app.SessionRow
	Next    string
	Plans   bool // the reader plans sessions
	Waiting []app.AwardGroup
}

func list(c *ui.Context) error {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	rows, err := c.App.Sessions(c, c.Session, pageSize+1, offset)
	if err != nil {
		return err
	}
	data := listing{Rows: rows, Plans: c.Session.Has(proposal.RoleSecretary)}
	if len(rows) > pageSize {
		data.Rows, data.Next = rows[:pageSize], strconv.Itoa(offset+pageSize)
	}
	if councils := c.Session.Units(proposal.RoleSecretary); len(councils) == 1 {
		if data.Waiting, err = c.App.CandidateGroups(c, c.Session, councils[0]); err != nil {
			return err
		}
	}
	return c.Render("list", data)
}
