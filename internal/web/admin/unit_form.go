package admin

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// unitForm is the form of one unit with what can be chosen.
type unitForm struct {
	Unit                  app.Unit
	New                   bool
	Action                string
	Kinds, Levels         []ui.Option
	Parents, All, Council []ui.Option
}

func newUnit(c *ui.Context) error {
	f, err := unitChoices(c)
	if err != nil {
		return err
	}
	f.Unit.Parent = c.Field("parent")
	f.New, f.Action = true, "/admin/unit-new"
	return c.Render("unit-form", f)
}

func editUnit(c *ui.Context) error {
	f, err := unitChoices(c)
	if err != nil {
		return err
	}
	v, err := c.App.UnitDetail(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	f.Unit, f.Action = v.Unit, "/admin/units/"+v.ID+"/edit"
	return c.Render("unit-form", f)
}

func makeUnit(c *ui.Context) error {
	in := unitInput(c)
	in.New, in.ID = true, c.Field("id")
	v, err := c.App.SaveUnit(c, c.Session, in)
	if err != nil {
		return failUnit(c, in, "/admin/unit-new", err)
	}
	return c.DoneAt("/admin/units/"+v.ID, "admin.unit.made")
}

func saveUnit(c *ui.Context) error {
	in := unitInput(c)
	in.ID = c.Path("id")
	if _, err := c.App.SaveUnit(c, c.Session, in); err != nil {
		return failUnit(c, in, "/admin/units/"+in.ID+"/edit", err)
	}
	return c.DoneAt("/admin/units/"+in.ID, "admin.saved")
}

func failUnit(c *ui.Context, in app.UnitInput, action string, err error) error {
	f, cerr := unitChoices(c)
	if cerr != nil {
		return cerr
	}
	f.Unit, f.New, f.Action = in.Unit, in.New, action
	return c.Fail("unit-form", f, err)
}

func unitInput(c *ui.Context) app.UnitInput {
	order, _ := strconv.Atoi(c.Field("order")) // no number is no order
	in := app.UnitInput{Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	in.Unit = app.Unit{
		Name: c.Field("name"), ShortName: c.Field("short_name"), Kind: c.Field("kind"), Level: c.Field("level"), Parent: c.Field("parent"),
		Place: c.Field("place"), Symbol: c.Field("symbol"), Authority: c.Field("authority"), StandingBody: c.Field("standing_body"),
		Council: c.Field("council"), Order: order, ValidFrom: c.Field("valid_from"), ValidTo: c.Field("valid_to"),
	}
	return in
}

// unitChoices lists what a unit may name.
func unitChoices(c *ui.Context) (unitForm, error) {
	all, err := c.App.Units(c, c.Session)
	if err != nil {
		return unitForm{}, err
	}
	f := unitForm{Kinds: options(c, app.UnitKinds()), Levels: options(c, app.UnitLevels())}
	none := ui.Option{Text: "–"}
	f.Parents, f.All, f.Council = []ui.Option{none}, []ui.Option{none}, []ui.Option{none}
	for _, u := range all {
		o := ui.Option{Value: u.ID, Text: u.ShortName + " (" + u.ID + ")"}
		f.Parents = append(f.Parents, o)
		f.All = append(f.All, o)
		if u.Kind == "council" {
			f.Council = append(f.Council, o)
		}
	}
	return f, nil
}

// options makes choices of words in the reader's language, after one that is empty.
func options(c *ui.Context, words []app.Word) []ui.Option {
	out := []ui.Option{{Text: "–"}}
	for _, w := range words {
		text := w.VI
		if c.Lang == "en" {
			text = w.EN
		}
		out = append(out, ui.Option{Value: w.Code, Text: text})
	}
	return out
}
