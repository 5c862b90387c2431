package upward

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// page is one case on its way above the province.
type page struct {
	app.UpwardView
	Way []map[string]any
	Do  string // consult, publish, submit-up or upper-outcome, where the reader may; "": nothing to do here
	Why string // what is next, and who does it
	c   *ui.Context
}

func show(c *ui.Context) error {
	p, err := newPage(c)
	if err != nil {
		return err
	}
	return c.Render("case", p)
}

func newPage(c *ui.Context) (page, error) {
	v, err := c.App.Upward(c, c.Session, c.Path("id"))
	if err != nil {
		return page{}, err
	}
	p := page{UpwardView: v, Way: cases.Way(c, v.Steps), c: c}
	for _, a := range v.Abilities {
		switch a.Action {
		case "consult", "publish", "submit-up", "upper-outcome":
			if a.Allowed {
				p.Do = a.Action
			} else {
				p.Why = cases.Why(c, a)
			}
		}
	}
	return p, nil
}

// Open are the items in play.
func (p page) Open() []app.ItemView {
	var out []app.ItemView
	for _, it := range p.ItemList {
		if it.Outcome == "" || it.Outcome == "passed" {
			out = append(out, it)
		}
	}
	return out
}

// ItemOptions are the items to point at.
func (p page) ItemOptions() []ui.Option {
	var out []ui.Option
	for _, it := range p.Open() {
		out = append(out, ui.Option{Value: it.ID, Text: it.Content.PrintedLine()})
	}
	return out
}

// Unasked are the agencies that may still be asked.
func (p page) Unasked() []ui.Option {
	return p.agencies(func(a app.AgencyView) bool { return !a.Asked })
}

// Awaited are the agencies whose answer is awaited.
func (p page) Awaited() []ui.Option {
	return p.agencies(func(a app.AgencyView) bool { return a.Asked && a.Answer == "" })
}

func (p page) agencies(of func(app.AgencyView) bool) []ui.Option {
	var out []ui.Option
	for _, a := range p.Agencies {
		if of(a) {
			out = append(out, ui.Option{Value: a.Code, Text: p.name(a)})
		}
	}
	return out
}

func (p page) name(a app.AgencyView) string {
	if p.c.Lang == "en" {
		return a.Names.EN
	}
	return a.Names.VI
}

// Answered tells whether every agency that was asked has answered, and one was.
func (p page) Answered() bool {
	asked := false
	for _, a := range p.Agencies {
		if a.Asked && a.Answer == "" {
			return false
		}
		asked = asked || a.Asked
	}
	return asked
}

// LetterPaper is the id of the letter among the papers of the case.
func (p page) LetterPaper() string {
	for _, x := range p.Papers {
		if x.SHA256 == p.Letter && p.Letter != "" {
			return x.ID
		}
	}
	return ""
}

// Typed is what a field of a form that was refused holds already.
func (p page) Typed(name string) string { return p.c.Field(name) }
