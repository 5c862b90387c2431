package admin

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// personPage is one person with the forms that change something; New has no id yet.
type personPage struct {
	Person app.PersonDetail
	New    bool
	Units  []ui.Option
	Roles  []ui.Option
	Names  map[string]string
	Seat   app.Seat // of the form of a new role
	Today  string
	Link   *app.LinkView
}

func choices(c *ui.Context, p app.PersonDetail) (personPage, error) {
	page := personPage{Person: p, New: p.ID == "", Roles: options(c, app.PersonRoles())}
	var err error
	page.Units, page.Names, err = unitNames(c)
	return page, err
}

func readPerson(c *ui.Context) (personPage, error) {
	v, err := c.App.Person(c, c.Session, c.Path("id"))
	if err != nil {
		return personPage{}, err
	}
	return choices(c, v)
}

func person(c *ui.Context) error {
	page, err := readPerson(c)
	if err != nil {
		return err
	}
	return c.Render("person", page)
}

func newPerson(c *ui.Context) error {
	page, err := choices(c, app.PersonDetail{})
	if err != nil {
		return err
	}
	page.Seat.Unit = c.Field("unit")
	return c.Render("person-new", page)
}

func personInput(c *ui.Context) app.PersonInput {
	in := app.PersonInput{Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	in.Person = app.Person{Login: c.Field("login"), FullName: c.Field("full_name"), Email: c.Field("email"), Locale: c.Field("locale")}
	return in
}

func makePerson(c *ui.Context) error {
	in := personInput(c)
	if unit, role := c.Field("seats[0].unit"), c.Field("seats[0].role"); unit != "" || role != "" {
		in.Seats = []app.Seat{{Unit: unit, Role: role, Title: c.Field("seats[0].title"), From: c.Field("seats[0].from")}}
	}
	v, err := c.App.SavePerson(c, c.Session, in)
	if err != nil {
		page, cerr := choices(c, app.PersonDetail{})
		if cerr != nil {
			return cerr
		}
		return c.Fail("person-new", page, err)
	}
	return c.DoneAt("/admin/people/"+v.ID, "admin.person.made")
}

// acted answers after an act on a person: back to the page, or the page again with
// what is wrong.
func acted(c *ui.Context, err error, done string) error {
	if err == nil {
		return c.DoneAt("/admin/people/"+c.Path("id"), done)
	}
	page, rerr := readPerson(c)
	if rerr != nil {
		return rerr
	}
	return c.Fail("person", page, err)
}

func savePerson(c *ui.Context) error {
	in := personInput(c)
	in.ID = c.Path("id")
	_, err := c.App.SavePerson(c, c.Session, in)
	return acted(c, err, "admin.saved")
}

func giveRole(c *ui.Context) error {
	_, err := c.App.GiveRole(c, c.Session, app.SeatInput{
		Person: c.Path("id"), Reason: c.Field("reason"), Nonce: c.Field("nonce"),
		Seat: app.Seat{Unit: c.Field("unit"), Role: c.Field("role"), Title: c.Field("title"), From: c.Field("from"), To: c.Field("to"), Standing: c.Field("standing") != ""},
	})
	return acted(c, err, "admin.role.given")
}

func endRole(c *ui.Context) error {
	_, err := c.App.EndRole(c, c.Session, app.EndRoleInput{
		Person: c.Path("id"), Unit: c.Field("unit"), Role: c.Field("role"), LastOn: c.Field("last_on"), Reason: c.Field("reason"), Nonce: c.Field("nonce"),
	})
	return acted(c, err, "admin.role.ended")
}

// access locks, unlocks, or ends the sessions.
func access(c *ui.Context) error {
	in := app.AccessInput{Person: c.Path("id"), Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	switch c.Field("do") {
	case "activate", "deactivate":
		_, err := c.App.SetActive(c, c.Session, in, c.Field("do") == "activate")
		return acted(c, err, "admin.saved")
	case "end-sessions":
		_, err := c.App.EndSessions(c, c.Session, in)
		return acted(c, err, "admin.sessions.ended")
	}
	return &app.Error{Code: app.CodeBadRequest}
}

// link shows a link that works once, this once.
func link(c *ui.Context) error {
	page, err := readPerson(c)
	if err != nil {
		return err
	}
	v, err := c.App.IssueLink(c, c.Session, app.LinkInput{Login: page.Person.Login, Proof: app.Proof{Password: c.R.FormValue("password"), Code: c.Field("code")}})
	if err != nil {
		return c.Fail("person", page, err)
	}
	page.Link = &v
	return c.Render("person", page)
}
