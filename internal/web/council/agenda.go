package council

import (
	"slices"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// building is an agenda beside what could stand on it.
type building struct {
	room
	Waiting []app.AwardGroup // candidates, filtered
	All     int              // candidates before the filter
	Award   string           // the filter
	Text    string
	Awards  []ui.Option
}

func agenda(c *ui.Context) error {
	b, err := build(c)
	if err != nil {
		return err
	}
	return c.Render("agenda", b)
}

func build(c *ui.Context) (building, error) {
	r, err := read(c)
	b := building{room: r, Award: c.R.URL.Query().Get("award"), Text: strings.TrimSpace(c.R.URL.Query().Get("q"))}
	if err != nil || !r.May(app.ActEdit) {
		return b, err
	}
	items, err := c.App.AgendaCandidates(c, c.Session, r.Unit)
	if err != nil {
		return b, err
	}
	b.All = len(items)
	b.Awards = []ui.Option{{Value: "", Text: c.T("ui.all")}}
	for _, g := range c.App.GroupAgenda(items) {
		name := g.AwardName.VI
		if c.Lang == "en" {
			name = g.AwardName.EN
		}
		b.Awards = append(b.Awards, ui.Option{Value: g.Award, Text: name})
	}
	items = slices.DeleteFunc(items, func(it app.AgendaItem) bool {
		return b.Award != "" && it.Award != b.Award || b.Text != "" && !app.Finds(b.Text, it.Line, it.UnitName, it.ProposalRef)
	})
	b.Waiting = c.App.GroupAgenda(items)
	return b, nil
}

// changeAgenda adds or takes off the proposals of a button, which names them, or
// moves an award up.
func changeAgenda(c *ui.Context) error {
	id := c.Path("id")
	var err error
	switch {
	case c.Field("add") != "":
		_, err = c.App.PutOnAgenda(c, c.Session, id, app.AgendaInput{Proposals: strings.Fields(c.Field("add"))})
	case c.Field("remove") != "":
		_, err = c.App.TakeOffAgenda(c, c.Session, id, app.AgendaInput{Proposals: strings.Fields(c.Field("remove"))})
	case c.Field("up") != "":
		err = moveUp(c, id, c.Field("up"))
	}
	if err != nil {
		b, rerr := build(c)
		if rerr != nil {
			return rerr
		}
		return c.Fail("agenda", b, err)
	}
	return c.DoneAt(here(c)+"/agenda", "council.done.agenda")
}

// moveUp takes an award one place earlier.
func moveUp(c *ui.Context, id, award string) error {
	v, err := c.App.SessionView(c, c.Session, id)
	if err != nil {
		return err
	}
	var order []string
	for _, g := range c.App.GroupAgenda(v.Agenda) {
		order = append(order, g.Award)
	}
	if i := slices.Index(order, award); i > 0 {
		order[i-1], order[i] = order[i], order[i-1]
	}
	_, err = c.App.OrderAgenda(c, c.Session, id, app.OrderInput{Awards: order})
	return err
}

func printAgenda(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	return c.Render("agenda-print", r)
}

// paper prints the ballot paper of what is voted on by paper, or of everything
// where nothing is.
func paper(c *ui.Context) error {
	r, err := read(c)
	if err != nil {
		return err
	}
	var secret []app.AgendaItem
	if r.Round > 1 { // of a second ballot: its items alone
		r.Agenda = slices.DeleteFunc(slices.Clone(r.Agenda), func(it app.AgendaItem) bool { return !it.Second })
		r.Groups = c.App.GroupAgenda(r.Agenda)
	}
	for _, it := range r.Agenda {
		if it.Rule != nil && it.Rule.Ballot == "secret" {
			secret = append(secret, it)
		}
	}
	if len(secret) > 0 {
		r.Groups = c.App.GroupAgenda(secret)
	}
	return c.Render("paper", r)
}

func agendaSheet(c *ui.Context) error {
	f, err := c.App.AgendaSheet(c, c.Session, c.Path("id"), "xlsx")
	if err != nil {
		return err
	}
	return send(c, f)
}
