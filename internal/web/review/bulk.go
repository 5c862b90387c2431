package review

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// planPage is a rehearsal: what an act on many cases would do. Its form for changes
// leads to another rehearsal; its form for confirming carries the act as rehearsed.
type planPage struct {
	app.BulkPlan
	Filter   filter
	In       app.BulkInput
	Ready    bool   // there is something to confirm
	Frozen   string // the act as rehearsed, JSON
	Marks    []string
	Reasons  []app.StandardReason
	Recent   []app.PaperRow
	Opinions bool // the act says something of each item
	Needs    bool // a reason is needed
	Typed    map[string]string
}

// rehearse shows what an act on the marked cases, or on all of the filter, would do.
func rehearse(c *ui.Context) error {
	p, err := newPlan(c)
	if err != nil {
		return err
	}
	return c.Render("plan", p)
}

func newPlan(c *ui.Context) (planPage, error) {
	p := planPage{Filter: filterOf(c), Typed: map[string]string{}}
	in, err := bulkInput(c, p.Filter)
	if err != nil {
		return p, err
	}
	p.Opinions = in.Action == "forward" || in.Action == "appraise"
	p.Needs = in.Action == "return" || in.Action == "hold"
	if p.Recent, err = c.App.RecentPapers(c, c.Session, "minutes"); err != nil {
		return p, err
	}
	for _, x := range p.Recent {
		if x.ID == c.Field("minutes-of") {
			in.Minutes = x.SHA256
		}
	}
	if in.Minutes == "" && in.Action == "forward" && len(p.Recent) > 0 && c.Field("again") == "" {
		in.Minutes = p.Recent[0].SHA256
	}
	if p.Reasons, err = c.App.StandardReasons(c, c.Session, reasonOf(in.Action), ""); err != nil {
		return p, err
	}
	if len(in.Cases) == 0 && in.Filter == nil {
		p.In, p.BulkPlan = in, app.BulkPlan{Action: in.Action}
		return p, nil
	}
	if p.BulkPlan, err = c.App.RehearseBulk(c, c.Session, in); err != nil {
		return p, err
	}
	p.freeze(in)
	return p, nil
}

// freeze keeps the act as it was rehearsed: the cases that would take it, each at
// the state in which it was shown.
func (p *planPage) freeze(in app.BulkInput) {
	p.Marks = nil
	in.Cases, in.Filter = nil, nil
	for _, t := range append(slices.Clone(p.Would), p.Excluded...) {
		if t.ID != "" {
			p.Marks = append(p.Marks, mark(t.ID, t.Revision, t.Number))
		}
	}
	for _, t := range p.Would {
		in.Cases = append(in.Cases, app.BulkCase{Proposal: t.ID, Revision: t.Revision, Number: t.Number})
	}
	p.In = in
	p.Ready = len(in.Cases) > 0
	raw, err := json.Marshal(in)
	if err == nil { // a struct of texts and numbers
		p.Frozen = string(raw)
	}
}

// reasonOf is the act whose standard reasons fit.
func reasonOf(action string) string {
	if action == "forward" || action == "appraise" {
		return "not_propose"
	}
	if action == "accept" {
		return ""
	}
	return action
}

// bulkInput reads the act from the list of cases or from the plan.
func bulkInput(c *ui.Context, f filter) (app.BulkInput, error) {
	in := app.BulkInput{Action: c.Field("action"), Reason: cases.Reason(c, "reason"), Text: c.Field("text")}
	for _, m := range c.Fields("cases") {
		id, rest, _ := strings.Cut(m, " ")
		revision, number, _ := strings.Cut(rest, " ")
		r, err1 := strconv.Atoi(revision)
		n, err2 := strconv.Atoi(number)
		if err1 == nil && err2 == nil {
			in.Cases = append(in.Cases, app.BulkCase{Proposal: id, Revision: r, Number: n})
		}
	}
	if c.Field("over") == "filter" {
		in.Cases, in.Filter = nil, &f.QueueQuery
	}
	for name := range c.R.PostForm {
		item, ok := strings.CutPrefix(name, "reason-")
		if !ok || item == "standard" {
			continue
		}
		x := app.OpinionInput{Item: item, Opinion: "propose", Reason: c.Field(name)}
		if c.Checked("not-" + item) {
			x.Opinion = "not_propose"
		}
		if x.Reason != "" || x.Opinion == "not_propose" {
			in.Exceptions = append(in.Exceptions, x)
		}
	}
	slices.SortFunc(in.Exceptions, func(a, b app.OpinionInput) int { return strings.Compare(a.Item, b.Item) })
	return in, takeBulkMinutes(c, &in)
}

// takeBulkMinutes stores minutes that were uploaded with the first of the cases; the
// act puts them with each.
func takeBulkMinutes(c *ui.Context, in *app.BulkInput) error {
	files, err := c.Uploads("minutes")
	if err != nil || len(files) == 0 || len(in.Cases) == 0 {
		return err
	}
	row, err := c.App.AddPaper(c, c.Session, app.PaperInput{Proposal: in.Cases[0].Proposal, Kind: "minutes", FileName: files[0].Name}, files[0].Content)
	in.Minutes = row.SHA256
	return err
}

// bulk does what was rehearsed. The number of cases is typed where nobody here can
// take the act back.
func bulk(c *ui.Context) error {
	var in app.BulkInput
	d := json.NewDecoder(strings.NewReader(c.Field("act")))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return &app.Error{Code: app.CodeBadRequest}
	}
	in.Nonce, in.Confirm = c.Field("nonce"), cases.Number(c, "confirm")
	res, err := c.App.Bulk(c, c.Session, in)
	if err != nil {
		return confirmAgain(c, in, err)
	}
	return c.Redirect(filterOf(c).At("/review/bulk/" + url.PathEscape(res.ID)))
}

// confirmAgain shows the plan again, as it would be done now.
func confirmAgain(c *ui.Context, in app.BulkInput, failure error) error {
	e := app.ErrorOf(failure)
	if e.Code != app.CodeInvalid {
		return failure
	}
	p := planPage{Filter: filterOf(c), Opinions: in.Action == "forward" || in.Action == "appraise"}
	in.Confirm, in.Nonce = 0, ""
	var err error
	if p.BulkPlan, err = c.App.RehearseBulk(c, c.Session, in); err != nil {
		return err
	}
	p.freeze(in)
	return c.Fail("plan", p, failure)
}

// resultPage is what became of an act on many cases.
type resultPage struct {
	app.BulkResult
	Filter filter
}

func result(c *ui.Context) error {
	res, err := c.App.BulkResult(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("result", resultPage{res, filterOf(c)})
}

// again takes up a run that was cut off.
func again(c *ui.Context) error {
	res, err := c.App.ContinueBulk(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Redirect(filterOf(c).At("/review/bulk/" + url.PathEscape(res.ID)))
}

// report hands the result out as a list.
func report(c *ui.Context) error {
	format := c.Field("format")
	var b bytes.Buffer
	if err := c.App.BulkReport(c, c.Session, c.Path("id"), format, c.Lang, &b); err != nil {
		return err
	}
	return c.Download("ket-qua-xu-ly."+format, mediaType(format), &b)
}

// All are the cases of the plan whose items can be told of, taken or left out.
func (p planPage) All() []app.BulkTarget { return append(slices.Clone(p.Would), p.Excluded...) }
