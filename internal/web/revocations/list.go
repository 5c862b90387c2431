package revocations

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// pageSize is how many revocations a page lists.
const pageSize = 50

type listing struct {
	Rows []app.RevocationRow
	Next string
}

func list(c *ui.Context) error {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	rows, err := c.App.Revocations(c, c.Session, pageSize+1, offset)
	if err != nil {
		return err
	}
	data := listing{Rows: rows}
	if len(rows) > pageSize {
		data.Rows, data.Next = rows[:pageSize], strconv.Itoa(offset+pageSize)
	}
	return c.Render("list", data)
}
