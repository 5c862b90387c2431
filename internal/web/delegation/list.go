package delegation

import (
	"strconv"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// pageSize is how many delegations a page lists.
const pageSize = 50

// row is a delegation with the state it is in today.
type row struct {
	app.DelegationRow
	State string // active, coming, ended, over
	Mine  bool   // the reader is the delegate: ending it hands it back
}

// listing is what the list shows.
type listing struct {
	Now  []row // in force or to come
	Past []row
	Next string
}

func list(c *ui.Context) error {
	data, err := read(c)
	if err != nil {
		return err
	}
	return c.Render("list", data)
}

func read(c *ui.Context) (listing, error) {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	rows, err := c.App.Delegations(c, c.Session, pageSize+1, offset)
	if err != nil {
		return listing{}, err
	}
	out := listing{}
	if len(rows) > pageSize {
		rows, out.Next = rows[:pageSize], strconv.Itoa(offset+pageSize)
	}
	for _, d := range rows {
		r := row{DelegationRow: d, State: state(d, c.App.Today().String()), Mine: d.Delegate == c.Session.User}
		if r.State == "active" || r.State == "coming" {
			out.Now = append(out.Now, r)
		} else {
			out.Past = append(out.Past, r)
		}
	}
	return out, nil
}

// state is where a delegation stands on a day.
func state(d app.DelegationRow, today string) string {
	switch {
	case d.EndedAt != nil:
		return "ended"
	case d.ValidTo.Format(time.DateOnly) < today:
		return "over"
	case d.ValidFrom.Format(time.DateOnly) > today:
		return "coming"
	}
	return "active"
}
