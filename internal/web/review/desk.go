package review

import (
	"net/url"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// deskPage is one case on the reader's desk.
type deskPage struct {
	app.CaseView
	Filter   filter
	Place    app.QueuePlace
	Way      []map[string]any
	Flags    []string
	Mode     string // forward, reconsidered, accept or appraise; "": nothing to decide here
	Rows     []deskRow
	Why      []whyNot // what cannot be done here, and who can
	Return   bool
	Targets  []ui.Option   // where it may go back to, if there is a choice
	Beside   []app.Ability // hold and release
	NotList  []app.StandardReason
	BackList []app.StandardReason
	Remarks  []remark
	Fields   []ui.Option
	Minutes  minutes
	Regime   app.RegimeChange
	Since    []app.AccountStep
	Kept     []string // what was typed for an act that is not possible any more
	Default  string
	c        *ui.Context
}

// deskRow is one item with what is said of it.
type deskRow struct {
	app.ItemView
	Said    []app.Said
	Open    bool // to be decided now
	Opinion string
	Reason  string
	Wrong   string
}

// whyNot is an act that cannot be done now.
type whyNot struct{ Action, Why string }

// minutes are the choices of a paper that the act needs or takes.
type minutes struct {
	Needed bool
	Here   []app.PaperRow // with this case
	Recent []app.PaperRow // own ones, with other cases
	Chosen string
}

// Upload tells whether minutes must be uploaded: they are needed, and there are none
// to choose.
func (m minutes) Upload() bool { return m.Needed && len(m.Here)+len(m.Recent) == 0 }

func desk(c *ui.Context) error {
	p, err := newDesk(c)
	if err != nil {
		return err
	}
	return c.Render("desk", p)
}

func newDesk(c *ui.Context) (deskPage, error) {
	v, err := c.App.Case(c, c.Session, c.Path("id"), false)
	if err != nil {
		return deskPage{}, err
	}
	p := deskPage{CaseView: v, Filter: filterOf(c), Way: cases.Way(c, v.Steps), Flags: cases.Flags(v.Proposal, v.DaysLeft), c: c}
	if p.Place, err = c.App.QueuePlace(c, c.Session, p.Filter.QueueQuery, v.ID); err != nil {
		return p, err
	}
	p.abilities(c)
	p.rows(c)
	if err := p.reasons(c); err != nil {
		return p, err
	}
	p.remarks(c)
	if p.Mode == "accept" {
		if p.Regime, err = c.App.ConfirmRegime(c, c.Session, v.ID, c.Field("regime")); err != nil {
			return p, err
		}
	}
	if p.Mode == "forward" || p.Mode == "reconsidered" {
		err = p.minutes(c)
	}
	return p, err
}

// abilities sorts what the reader may do by where the desk shows it.
func (p *deskPage) abilities(c *ui.Context) {
	for _, a := range p.Abilities {
		switch {
		case a.Action == "hold" || a.Action == "release":
			if a.Allowed {
				p.Beside = append(p.Beside, a)
			}
		case a.Action == "return":
			p.Return = a.Allowed
			if len(a.To) > 1 {
				for _, to := range a.To {
					p.Targets = append(p.Targets, ui.Option{Value: to, Text: c.T("review.return.to." + to)})
				}
			}
		case a.Action == "forward" || a.Action == "accept" || a.Action == "appraise" || a.Action == "reconsidered":
			if a.Allowed && (p.Mode == "" || a.Action == "reconsidered") {
				p.Mode = a.Action
			} else if !a.Allowed {
				p.Why = append(p.Why, whyNot{a.Action, cases.Why(c, a)})
			}
		}
	}
}

// rows are the items with what was typed of them, or with what the level said last.
func (p *deskPage) rows(c *ui.Context) {
	p.Default = "propose"
	for _, it := range p.ItemList {
		r := deskRow{ItemView: it, Said: p.Opinions[it.ID], Opinion: p.Default}
		r.Open = it.Outcome == "" || it.Outcome == "passed"
		if p.Mode == "reconsidered" {
			r.Open = it.Reconsider
		}
		if typed := c.Field("opinion-" + it.ID); typed != "" {
			r.Opinion, r.Reason = typed, c.Field("reason-"+it.ID)
		}
		p.Rows = append(p.Rows, r)
	}
}

func (p *deskPage) reasons(c *ui.Context) error {
	var err error
	if p.NotList, err = c.App.StandardReasons(c, c.Session, "not_propose", p.Stage); err != nil {
		return err
	}
	p.BackList, err = c.App.StandardReasons(c, c.Session, "return", p.Stage)
	return err
}

// minutes lists the minutes that may be taken: those with the case, and those of
// the same meeting that the reader gave with another case.
func (p *deskPage) minutes(c *ui.Context) error {
	for _, st := range p.Route.Stages {
		if string(st.Kind) == "review" {
			p.Minutes.Needed = st.Minutes
		}
	}
	known := map[string]bool{}
	for _, x := range p.Papers {
		if x.Kind == "minutes" && x.CaseID != "" {
			p.Minutes.Here, known[x.SHA256] = append(p.Minutes.Here, x), true
		}
	}
	recent, err := c.App.RecentPapers(c, c.Session, "minutes")
	if err != nil {
		return err
	}
	for _, x := range recent {
		if !known[x.SHA256] {
			p.Minutes.Recent = append(p.Minutes.Recent, x)
		}
	}
	p.Minutes.Chosen = c.Field("minutes-of")
	if n := len(p.Minutes.Here); p.Minutes.Chosen == "" && n > 0 {
		p.Minutes.Chosen = p.Minutes.Here[n-1].ID
	} else if p.Minutes.Chosen == "" && len(p.Minutes.Recent) > 0 {
		p.Minutes.Chosen = p.Minutes.Recent[0].ID
	}
	return nil
}

// remark is one line of a return: which item, which field, what to do.
type remark struct{ Item, Field, Text string }

// remarkLines is how many empty lines a return offers.
const remarkLines = 3

func (p *deskPage) remarks(c *ui.Context) {
	items, fields, texts := c.Fields("remark-item"), c.Fields("remark-field"), c.Fields("remark-text")
	for i := range texts {
		if i < len(items) && i < len(fields) && (items[i] != "" || fields[i] != "" || texts[i] != "") {
			p.Remarks = append(p.Remarks, remark{items[i], fields[i], texts[i]})
		}
	}
	for range remarkLines {
		p.Remarks = append(p.Remarks, remark{})
	}
	p.Fields = []ui.Option{{Text: c.T("review.field.choose")}}
	for _, f := range app.ItemFields() {
		p.Fields = append(p.Fields, ui.Option{Value: f.Field, Text: cases.FieldName(c, f.Field)})
	}
	seen := map[string]bool{}
	for _, x := range p.Papers {
		if !seen[x.Kind] {
			p.Fields, seen[x.Kind] = append(p.Fields, ui.Option{Value: cases.PaperField + x.Kind, Text: cases.FieldName(c, cases.PaperField+x.Kind)}), true
		}
	}
	p.Fields = append(p.Fields, ui.Option{Value: cases.PaperField + "other", Text: c.T("review.field.missing")})
}

// PositionOptions are the items to point at.
func (p deskPage) PositionOptions() []ui.Option {
	out := []ui.Option{{Text: p.c.T("review.whole")}}
	for _, it := range p.ItemList {
		out = append(out, ui.Option{Value: it.ID, Text: strconv.Itoa(it.Position) + ". " + it.Content.PrintedLine()})
	}
	return out
}

// PaperName is the name of a kind of paper.
func (p deskPage) PaperName(kind string) string { return cases.PaperName(p.c, kind) }

// FieldName is the name of a field.
func (p deskPage) FieldName(field string) string { return cases.FieldName(p.c, field) }

// Left is how much time is left.
func (p deskPage) Left() string { return cases.Left(p.c, p.DaysLeft) }

// Typed is what a field of the form holds already.
func (p deskPage) Typed(name string) string { return p.c.Field(name) }

// RegimeOptions are the regimes that the transitional rule leaves to a person.
func (p deskPage) RegimeOptions() []ui.Option {
	var out []ui.Option
	for _, id := range p.Regime.Rule.Choices {
		name := p.c.Regime(id)
		text := p.c.T("review.regime.new", name)
		if id == p.Regime.From.Regime {
			text = p.c.T("review.regime.keep", name)
		}
		out = append(out, ui.Option{Value: id, Text: text})
	}
	return out
}

// Compare is the desk with what confirming another regime would change.
func (p deskPage) Compare(regime string) string {
	q, _ := url.ParseQuery(p.Filter.Query) // our own encoding
	q.Set("regime", regime)
	return "/review/cases/" + url.PathEscape(p.ID) + "?" + q.Encode()
}

// At keeps the filter on a path.
func (p deskPage) At(path string) string { return p.Filter.At(path) }

// DeskOf is the desk of another case of the queue.
func (p deskPage) DeskOf(id string) string { return p.Filter.desk(id) }

// more shows the desk with what was typed and three more lines for remarks.
func more(c *ui.Context) error {
	p, err := newDesk(c)
	if err != nil {
		return err
	}
	return c.Render("desk", p)
}
