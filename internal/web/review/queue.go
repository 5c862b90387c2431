package review

import (
	"net/url"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// perPage is how many cases the list shows at once.
const perPage = 50

// filter is the queue's filter and how addresses say it.
type filter struct {
	app.QueueQuery
	Query string // encoded, without the mark of the page
}

// filterOf reads the filter from the address, or from the hidden field q of a form.
func filterOf(c *ui.Context) filter {
	v := c.R.URL.Query()
	if given := c.R.PostFormValue("q"); given != "" {
		v, _ = url.ParseQuery(given) // what cannot be read narrows nothing
	}
	return filterFrom(v)
}

func filterFrom(v url.Values) filter {
	f := filter{QueueQuery: app.QueueQuery{
		Stage: v.Get("stage"), Award: v.Get("award"), Unit: v.Get("unit"), Text: v.Get("text"), Held: v.Get("held"), Late: v.Get("late") != "",
	}}
	if n, err := strconv.Atoi(v.Get("days")); err == nil && n >= 0 && n <= 60 {
		f.Days = &n
	}
	if f.Held != "true" && f.Held != "false" {
		f.Held = ""
	}
	q := url.Values{}
	for k, x := range map[string]string{"stage": f.Stage, "award": f.Award, "unit": f.Unit, "text": f.Text, "held": f.Held} {
		if x != "" {
			q.Set(k, x)
		}
	}
	if f.Late {
		q.Set("late", "1")
	}
	if f.Days != nil {
		q.Set("days", strconv.Itoa(*f.Days))
	}
	f.Query = q.Encode()
	return f
}

// At is a path with the filter behind it.
func (f filter) At(path string) string {
	if f.Query == "" {
		return path
	}
	return path + "?" + f.Query
}

// desk is the address of a case's desk within the filter.
func (f filter) desk(id string) string { return f.At("/review/cases/" + url.PathEscape(id)) }

// list is the page of the queue.
type list struct {
	app.QueueView
	Filter  filter
	Choices app.QueueChoices
	Rows    []row
	Next    string // offset of the next page
	Units   []ui.Option
	Awards  []ui.Option
	Stages  []ui.Option
	Days    string
	Start   string
	Actions []ui.Option
}

// row is one case of the list.
type row struct {
	app.QueueRow
	Flags []string
	Left  string
	Desk  string
	Mark  string // what its box sends: id, revision and number as shown
}

func queue(c *ui.Context) error {
	p, err := newList(c, filterOf(c))
	if err != nil {
		return err
	}
	return c.Render("queue", p)
}

func newList(c *ui.Context, f filter) (list, error) {
	offset := cases.Number(c, "from")
	p := list{Filter: f, Start: f.At("/review/next")}
	var err error
	if p.QueueView, err = c.App.Queue(c, c.Session, f.QueueQuery, perPage+1, offset); err != nil {
		return p, err
	}
	if len(p.Cases) > perPage {
		p.Cases, p.Next = p.Cases[:perPage], strconv.Itoa(offset+perPage)
	}
	for _, r := range p.Cases {
		p.Rows = append(p.Rows, row{
			QueueRow: r, Flags: cases.Flags(r.Proposal, r.DaysLeft), Left: cases.Left(c, r.DaysLeft), Desk: f.desk(r.ID),
			Mark: mark(r.ID, r.Revision, r.Number),
		})
	}
	if p.Choices, err = c.App.QueueChoices(c, c.Session); err != nil {
		return p, err
	}
	p.choose(c)
	return p, nil
}

func mark(id string, revision, number int) string {
	return id + " " + strconv.Itoa(revision) + " " + strconv.Itoa(number)
}

// choose fills the filters: only values that lead somewhere.
func (p *list) choose(c *ui.Context) {
	all := ui.Option{Text: c.T("ui.all")}
	p.Units, p.Awards, p.Stages = []ui.Option{all}, []ui.Option{all}, []ui.Option{all}
	for _, x := range p.Choices.Units {
		p.Units = append(p.Units, ui.Option{Value: x.Value, Text: counted(x.Name, x.Count)})
	}
	for _, x := range p.Choices.Awards {
		p.Awards = append(p.Awards, ui.Option{Value: x.Value, Text: counted(awardName(c, x.Value), x.Count)})
	}
	for _, x := range p.Choices.Stages {
		p.Stages = append(p.Stages, ui.Option{Value: x.Value, Text: counted(c.T("stage."+x.Value), x.Count)})
	}
	if p.Filter.Days != nil {
		p.Days = strconv.Itoa(*p.Filter.Days)
	}
	for _, a := range p.possible() {
		p.Actions = append(p.Actions, ui.Option{Value: a, Text: c.T("review.act." + a)})
	}
}

// possible are the acts that make sense at the stages where something waits.
func (p *list) possible() []string {
	var out []string
	for _, x := range p.Choices.Stages {
		if a := map[string]string{"review": "forward", "reception": "accept", "appraisal": "appraise"}[x.Value]; a != "" {
			out = append(out, a)
		}
	}
	return append(out, "return", "hold", "release")
}

func counted(name string, n int) string { return name + " (" + strconv.Itoa(n) + ")" }

func awardName(c *ui.Context, code string) string {
	a, err := c.App.Law.Award(code)
	switch {
	case err != nil:
		return code
	case c.Lang == "en":
		return a.Names.EN
	}
	return a.Names.VI
}

// next leads to the first case of the queue, or to the one after ?after=.
func next(c *ui.Context) error {
	f := filterOf(c)
	q, err := c.App.Queue(c, c.Session, f.QueueQuery, 1, 0)
	if err != nil {
		return err
	}
	if len(q.Cases) == 0 {
		return c.Redirect(f.At("/review"))
	}
	return c.Redirect(f.desk(q.Cases[0].ID))
}
