package cases

import (
	"fmt"
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// page is what the page of a case shows.
type page struct {
	app.CaseView
	Way   []map[string]any // for the component "steps"
	Can   []choice
	Flags []string // states in words
	Draft bool
	c     *ui.Context
	Since string // address that says whether the case moved
}

// choice is one thing that people do on the case, with where it is done.
type choice struct {
	app.Ability
	Href    string
	Primary bool
	Why     string // a disabled one: why, and who can
}

func show(c *ui.Context) error {
	v, err := c.App.Case(c, c.Session, c.Path("id"), false)
	if err != nil {
		return err
	}
	return c.Render("case", newPage(c, v))
}

func newPage(c *ui.Context, v app.CaseView) page {
	p := page{CaseView: v, Way: Way(c, v.Steps), Flags: Flags(v.Proposal, v.DaysLeft), Draft: v.Number == 0, c: c, Since: "/proposals/" + v.ID + "/presence"}
	for _, a := range v.Abilities {
		p.Can = append(p.Can, newChoice(c, v, a))
	}
	return p
}

// ItemName is the printed line of an item, or "".
func (p page) ItemName(id string) string {
	for _, it := range p.ItemList {
		if it.ID == id {
			return it.Content.PrintedLine()
		}
	}
	return ""
}

// FieldName is the name of a field that a return points at.
func (p page) FieldName(field string) string { return FieldName(p.c, field) }

// PaperName is the name of a kind of paper.
func (p page) PaperName(kind string) string { return PaperName(p.c, kind) }

// soon is how many working days before its due day a case counts as due soon.
const soon = 3

// Flags are the states of a case that a reader must see at once.
func Flags(p app.ProposalRow, days *int) []string {
	var out []string
	if p.Closed {
		return []string{"closed"}
	}
	if p.Returned {
		out = append(out, "returned")
	}
	if p.OnHold {
		out = append(out, "on_hold")
	}
	if days != nil && *days < 0 {
		out = append(out, "late")
	} else if days != nil && *days <= soon {
		out = append(out, "due_soon")
	}
	return out
}

// reviewing are the acts whose forms are in the queue.
var reviewing = []string{"forward", "accept", "appraise", "return", "reconsidered"}

// upwardly are the acts whose forms are on the way above the province.
var upwardly = []string{"consult", "publish", "submit-up", "upper-outcome"}

func newChoice(c *ui.Context, v app.CaseView, a app.Ability) choice {
	ch := choice{Ability: a, Href: "/proposals/" + v.ID + "/act/" + a.Action}
	switch {
	case slices.Contains(reviewing, a.Action):
		ch.Href = "/review/cases/" + v.ID
		if a.Action == "return" {
			ch.Href += "#return"
		}
		ch.Primary = a.Action != "return"
	case slices.Contains(upwardly, a.Action):
		ch.Href, ch.Primary = "/upward/cases/"+v.ID, true
	case a.Action == "resubmit":
		ch.Href, ch.Primary = "/returns/"+v.ID, true
	}
	if !a.Allowed {
		ch.Why = Why(c, a)
	}
	return ch
}

// Why says why something cannot be done now, and who can.
func Why(c *ui.Context, a app.Ability) string {
	why := a.Vi
	if c.Lang == "en" {
		why = a.En
	}
	switch n := len(a.People); {
	case a.Code == app.CodeForbidden && n == 0:
		return c.T("cases.only.unit", a.UnitName)
	case a.Code == app.CodeForbidden && n > 3:
		return c.T("cases.only.many", join(a.People[:3]), n-3, a.UnitName)
	case a.Code == app.CodeForbidden:
		return c.T("cases.only", join(a.People), a.UnitName)
	}
	return why
}

func join(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}

// Way is a case's way for the component "steps".
func Way(c *ui.Context, steps []app.StepView) []map[string]any {
	out := make([]map[string]any, 0, len(steps))
	for _, s := range steps {
		state := map[string]string{app.StepDone: "done", app.StepHere: "here"}[s.State]
		if state == "" {
			state = "todo"
		}
		out = append(out, map[string]any{"text": c.T("stage." + s.Kind), "state": state, "note": note(c, s)})
	}
	return out
}

func note(c *ui.Context, s app.StepView) string {
	text := s.UnitName
	switch {
	case s.State == app.StepDone && s.DoneAt != nil:
		text = c.T("cases.step.done", s.UnitName, ui.Day(*s.DoneAt))
		if s.DoneBy != "" {
			text += " – " + s.DoneBy
		}
	case s.State == app.StepEnded:
		text = c.T("cases.step.ended", s.UnitName)
	case s.State == app.StepHere && s.Returned:
		text = c.T("cases.step.returned", s.UnitName)
	case s.State == app.StepHere && s.OnHold:
		text = c.T("cases.step.held", s.UnitName)
	case s.State == app.StepHere && s.DueOn != nil:
		text = c.T("cases.step.due", s.UnitName, ui.Day(*s.DueOn), Left(c, s.DaysLeft))
	case s.State == app.StepAhead && s.WorkingDays > 0:
		text = c.T("cases.step.ahead", s.UnitName, s.WorkingDays)
	}
	return text
}

// Left says how many working days are left, or how many it is late.
func Left(c *ui.Context, days *int) string {
	switch {
	case days == nil:
		return ""
	case *days < 0:
		return c.T("ui.days.late", -*days)
	}
	return c.T("ui.days.left", *days)
}

// presence is the part of a page that says who else has the case open, and whether
// it moved since the page was made (?number=).
func presence(c *ui.Context) error {
	v, err := c.App.Presence(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	seen := c.Field("number")
	return c.Partial("case#presence-part", map[string]any{
		"Viewers": v.Viewers, "Moved": seen != "" && seen != fmt.Sprint(v.Number), "Last": v.Last, "ID": c.Path("id"),
	})
}
