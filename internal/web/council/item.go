package council

import (
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// material is one item with its place on the agenda.
type material struct {
	app.ItemMaterial
	SessionID string
	Title     string
	N, Of     int
	Before    string // the neighbours on the agenda
	After     string
}

func item(c *ui.Context) error {
	m, err := c.App.AgendaMaterial(c, c.Session, c.Path("id"), c.Path("item"))
	if e := app.ErrorOf(err); err != nil && e.Code == app.CodeNotReady {
		return c.Redirect(here(c) + "/declare")
	}
	if err != nil {
		return err
	}
	v, err := c.App.SessionView(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	out := material{ItemMaterial: m, SessionID: v.ID, Title: v.Title, Of: len(v.Agenda)}
	i := slices.IndexFunc(v.Agenda, func(it app.AgendaItem) bool { return it.Item == m.Item })
	out.N = i + 1
	if i > 0 {
		out.Before = v.Agenda[i-1].Item
	}
	if i+1 < len(v.Agenda) {
		out.After = v.Agenda[i+1].Item
	}
	return c.Render("item", out)
}

// line leads to the item at a place of the agenda: on a ballot of a thousand items
// its short address keeps the page light.
func line(c *ui.Context) error {
	v, err := c.App.SessionView(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.Path("n"))
	if err != nil || n < 0 || n >= len(v.Agenda) {
		return &app.Error{Code: app.CodeNotFound}
	}
	return c.Redirect(here(c) + "/items/" + v.Agenda[n].Item)
}

// send answers with a file that the application has made.
func send(c *ui.Context, f app.SheetFile) error {
	return c.Download(f.Name, f.MediaType, strings.NewReader(string(f.Content)))
}
