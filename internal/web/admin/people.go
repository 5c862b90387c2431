package admin

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// peoplePage is a filtered list of people.
type peoplePage struct {
	Rows             []app.PersonRow
	Text, Unit, Role string
	Units, Roles     []ui.Option
	Names            map[string]string // of units
	Next             int
}

const peopleOnPage = 60

func people(c *ui.Context) error {
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	page := peoplePage{Text: c.Field("text"), Unit: c.Field("unit"), Role: c.Field("role"), Roles: options(c, app.PersonRoles())}
	var err error
	if page.Units, page.Names, err = unitNames(c); err != nil {
		return err
	}
	rows, err := c.App.People(c, c.Session, app.PeopleQuery{Text: page.Text, Unit: page.Unit, Role: page.Role, Limit: peopleOnPage + 1, Offset: max(offset, 0)})
	if err != nil {
		return err
	}
	if len(rows) > peopleOnPage {
		rows, page.Next = rows[:peopleOnPage], offset+peopleOnPage
	}
	page.Rows = rows
	return c.Render("people", page)
}

// unitNames lists units to choose, and their names by id.
func unitNames(c *ui.Context) ([]ui.Option, map[string]string, error) {
	all, err := c.App.Units(c, c.Session)
	if err != nil {
		return nil, nil, err
	}
	names, choices := map[string]string{}, []ui.Option{{Text: "–"}}
	for _, u := range all {
		names[u.ID] = u.ShortName
		choices = append(choices, ui.Option{Value: u.ID, Text: u.ShortName + " (" + u.ID + ")"})
	}
	return choices, names, nil
}
