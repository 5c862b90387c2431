package council

import (
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// naming is the form that names the counting team.
type naming struct {
	room
	Choices []ui.Option // of whom it may be named
	HeadNow string
	Chosen  []string // the others, as named or as sent
}

// In tells whether somebody is among those chosen.
func (n naming) In(user string) bool { return slices.Contains(n.Chosen, user) }

func team(c *ui.Context) error {
	n, err := named(c)
	if err != nil {
		return err
	}
	return c.Render("team", n)
}

func named(c *ui.Context) (naming, error) {
	r, err := read(c)
	n := naming{room: r}
	if err != nil {
		return n, err
	}
	if r.Team != nil {
		n.HeadNow = r.Team.Head().User
		for _, p := range r.Team.People[1:] {
			n.Chosen = append(n.Chosen, p.User)
		}
	}
	if !r.May(app.ActTeam) {
		return n, nil
	}
	people, err := c.App.TeamChoices(c, c.Session, r.ID)
	for _, p := range people {
		n.Choices = append(n.Choices, ui.Option{Value: p.User, Text: p.Name + " – " + p.Title})
	}
	return n, err
}

func nameTeam(c *ui.Context) error {
	n, err := named(c)
	if err != nil {
		return err
	}
	in := app.TeamInput{Head: c.Field("head"), Members: c.Fields("members"), Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	done, err := c.App.NameTeam(c, c.Session, n.ID, in)
	if err != nil {
		n.HeadNow, n.Chosen = in.Head, in.Members
		return c.Fail("team", n, err)
	}
	return told(c, done, here(c)+"/team", "council.done.team")
}

// signCount is the head's signature for the count.
func signCount(c *ui.Context) error {
	done, err := c.App.SignCount(c, c.Session, c.Path("id"), c.Field("nonce"))
	if err != nil {
		d, rerr := papers(c)
		if rerr != nil {
			return rerr
		}
		return c.Fail("count", d, err)
	}
	return told(c, done, here(c)+"/count", "council.done.sign")
}
