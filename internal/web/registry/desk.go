package registry

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// numbering is what waits, and after a try what became of each.
type numbering struct {
	app.NumberingDesk
	Report *app.ManyReport
}

// Result is what became of a decision in the last try, or nil.
func (n numbering) Result(id string) *app.ManyResult {
	if n.Report != nil {
		for i, r := range n.Report.Results {
			if r.ID == id {
				return &n.Report.Results[i]
			}
		}
	}
	return nil
}

func desk(c *ui.Context) error {
	v, err := c.App.NumberingDesk(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("desk", numbering{NumberingDesk: v})
}

// number numbers the decisions that the reader filled in or chose. If all of it is
// done the reader goes on; else the list comes back with a word at each.
func number(c *ui.Context) error {
	v, err := c.App.NumberingDesk(c, c.Session)
	if err != nil {
		return err
	}
	in := app.NumberManyInput{Nonce: c.Field("nonce")}
	for _, id := range c.Fields("id") {
		d := app.NumberDocument{ID: id, Date: c.Field("date-" + id)}
		n := c.Field("number-" + id)
		if d.Number, err = strconv.Atoi(n); err != nil && n != "" {
			return c.Fail("desk", numbering{NumberingDesk: v}, &app.Error{
				Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "number-" + id, Rule: "type", Param: "1, 2, 3 …"}},
			})
		}
		if v.Ink {
			if up, err := c.Uploads("scan-" + id); err == nil && len(up) == 1 {
				d.Scan = up[0].Content
			}
		}
		if (v.OwnRegister && c.Checked("take-"+id)) || (!v.OwnRegister && n != "") {
			in.Documents = append(in.Documents, d)
		}
	}
	if len(in.Documents) == 0 {
		return c.DoneAt("/numbering", "registry.none.chosen")
	}
	report, err := c.App.NumberMany(c, c.Session, in)
	if err != nil {
		return c.Fail("desk", numbering{NumberingDesk: v}, err)
	}
	if report.Done == len(report.Results) {
		return c.DoneAt("/register", "registry.done")
	}
	if v, err = c.App.NumberingDesk(c, c.Session); err != nil {
		return err
	}
	return c.Render("desk", numbering{NumberingDesk: v, Report: &report})
}
