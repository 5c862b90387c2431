package admin

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// endPage is the form of a merger or dissolution, with its rehearsal once the form
// was looked at.
type endPage struct {
	In         app.EndInput
	Plan       *app.EndPlan
	Units, All []ui.Option
}

func endUnit(c *ui.Context) error {
	page, err := endChoices(c)
	if err != nil {
		return err
	}
	page.In.Units = c.Fields("units")
	page.In.MoveChildren, page.In.MoveLinks, page.In.CarryPeople = true, true, true
	return c.Render("unit-end", page)
}

// endUnits first rehearses; only what was looked at, and named by its button, is done.
func endUnits(c *ui.Context) error {
	page, err := endChoices(c)
	if err != nil {
		return err
	}
	page.In = app.EndInput{
		Units: chosen(c.Fields("units")), Successor: c.Field("successor"), On: c.Field("on"), Reason: c.Field("reason"),
		MoveChildren: c.Checked("move_children"), MoveLinks: c.Checked("move_links"), CarryPeople: c.Checked("carry_people"), Nonce: c.Field("nonce"),
	}
	if c.Field("do") != "end" {
		plan, err := c.App.PlanEnd(c, c.Session, page.In)
		if err != nil {
			return c.Fail("unit-end", page, err)
		}
		page.Plan = &plan
		return c.Render("unit-end", page)
	}
	if _, err := c.App.EndUnits(c, c.Session, page.In); err != nil {
		return c.Fail("unit-end", page, err)
	}
	return c.DoneAt("/admin/units/"+page.In.Units[0], "admin.unit.ended")
}

// chosen drops empty choices.
func chosen(values []string) []string {
	var out []string
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			out = append(out, v)
		}
	}
	return out
}

func endChoices(c *ui.Context) (endPage, error) {
	all, err := c.App.Units(c, c.Session)
	if err != nil {
		return endPage{}, err
	}
	page := endPage{All: []ui.Option{{Text: c.T("admin.end.none")}}}
	for _, u := range all {
		o := ui.Option{Value: u.ID, Text: u.ShortName + " (" + u.ID + ")"}
		if u.Exists && u.Mine {
			page.Units = append(page.Units, o)
		}
		if u.Mine {
			page.All = append(page.All, o)
		}
	}
	return page, nil
}

func handOver(c *ui.Context) error {
	id := c.Path("id")
	out, err := c.App.HandOver(c, c.Session, app.HandOverInput{Unit: id, To: c.Field("to"), Reason: c.Field("reason"), Nonce: c.Field("nonce")})
	v, verr := c.App.UnitDetail(c, c.Session, id)
	if verr != nil {
		return verr
	}
	if err != nil {
		return c.Fail("unit", v, err)
	}
	return c.Render("handed-over", handedOver{UnitDetail: v, Result: out})
}

// handedOver is the result of a hand-over, case by case.
type handedOver struct {
	app.UnitDetail
	Result app.HandedOver
}
