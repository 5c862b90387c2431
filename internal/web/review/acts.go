package review

import (
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// doer does one act of the desk.
type doer func(*ui.Context, deskPage, app.Target) (app.Done, error)

// act runs an act of the desk: what was done before under the same nonce is not done
// again; what is refused comes back with everything that was typed; what is done
// leads to the next case of the queue.
func act(c *ui.Context, action, done string, do doer) error {
	p, err := newDesk(c)
	if err != nil {
		return err
	}
	onward := p.Place.AfterID // before the case leaves the queue
	target := cases.Target(c)
	before, was, err := c.App.Repeated(c, c.Session, app.Act{Kind: "proposal", ID: target.Proposal, Action: action, Nonce: target.Nonce})
	if err == nil && !was {
		before, err = do(c, p, target)
	}
	if err != nil {
		return refused(c, err)
	}
	if key := cases.Recorded(before); key != "ui.recorded" {
		done = key
	}
	if c.Field("then") == "case" {
		return c.DoneAt("/proposals/"+p.ID, done)
	}
	if onward != "" {
		return c.DoneAt(p.Filter.desk(onward), done)
	}
	if p.Place.Position > 0 && p.Place.FirstID != p.ID { // the last one: the queue begins anew
		return c.DoneAt(p.Filter.desk(p.Place.FirstID), done)
	}
	return c.DoneAt(p.Filter.At("/review"), done)
}

// refused shows the desk again as the case stands now.
func refused(c *ui.Context, failure error) error {
	p, err := newDesk(c)
	if err != nil {
		return err
	}
	if seen := cases.Number(c, "number"); seen > 0 && seen < p.Number {
		if p.Since, err = c.App.Since(c, c.Session, p.ID, seen); err != nil {
			return err
		}
		p.Kept = typed(c, p)
	}
	e := *app.ErrorOf(failure)
	e.Fields = p.ownFields(c, e.Fields)
	cases.Renew(c, failure)
	return c.Fail("desk", p, &e)
}

// typed is every word of the form, for a desk whose form is not the same any more.
func typed(c *ui.Context, p deskPage) []string {
	var out []string
	for _, name := range []string{"text", "reason", "regime-reason"} {
		if v := c.Field(name); v != "" {
			out = append(out, v)
		}
	}
	for _, it := range p.ItemList {
		if v := c.Field("reason-" + it.ID); v != "" {
			out = append(out, strconv.Itoa(it.Position)+". "+it.Content.PrintedLine()+": "+c.T("status."+c.Field("opinion-"+it.ID))+" – "+v)
		}
	}
	for _, v := range c.Fields("remark-text") {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}

// ownFields names the fields of the application's input as the form does.
func (p deskPage) ownFields(c *ui.Context, given []app.FieldError) []app.FieldError {
	xs := exceptions(c, p)
	out := make([]app.FieldError, len(given))
	for i, f := range given {
		out[i] = f
		if rest, ok := strings.CutPrefix(f.Field, "exceptions["); ok {
			n, field, _ := strings.Cut(rest, "].")
			if k, err := strconv.Atoi(n); err == nil && k < len(xs) && field == "reason" {
				text := c.T("review.reason.needed", p.itemName(xs[k].Item))
				out[i] = app.FieldError{Field: "reason-" + xs[k].Item, Rule: "required", Vi: text, En: text}
			}
		}
	}
	return out
}

// exceptions are the items of which the reader says something else than to propose
// them, or says it with a reason.
func exceptions(c *ui.Context, p deskPage) []app.OpinionInput {
	var out []app.OpinionInput
	for _, r := range p.Rows {
		opinion, reason := c.Field("opinion-"+r.ID), c.Field("reason-"+r.ID)
		if !r.Open || (opinion != "not_propose" && reason == "") {
			continue
		}
		if opinion == "" {
			opinion = "propose"
		}
		out = append(out, app.OpinionInput{Item: r.ID, Opinion: opinion, Reason: reason})
	}
	return out
}

// decide forwards with the level's opinions, or answers a request to look again.
func decide(c *ui.Context) error {
	verdict, done := "forward", "review.done.forward"
	if strings.HasSuffix(c.R.URL.Path, "/reconsidered") {
		verdict, done = "reconsidered", "review.done.reconsidered"
	}
	return act(c, "decide", done, func(c *ui.Context, p deskPage, t app.Target) (app.Done, error) {
		in := app.DecideInput{Target: t, Verdict: verdict, Default: "propose", Exceptions: exceptions(c, p)}
		var err error
		if in.Minutes, err = p.takeMinutes(c); err != nil {
			return app.Done{}, err
		}
		if in.Letter, err = p.give(c, "letter"); err != nil {
			return app.Done{}, err
		}
		return c.App.Decide(c, c.Session, in)
	})
}

// give stores a file of the form with the case and returns its hash; "" without one.
func (p deskPage) give(c *ui.Context, kind string) (string, error) {
	files, err := c.Uploads(kind)
	if err != nil || len(files) == 0 {
		return "", err
	}
	row, err := c.App.AddPaper(c, c.Session, app.PaperInput{Proposal: p.ID, Kind: kind, FileName: files[0].Name}, files[0].Content)
	return row.SHA256, named(err, kind)
}

// takeMinutes is the hash of the minutes: those uploaded now, or those chosen.
func (p deskPage) takeMinutes(c *ui.Context) (string, error) {
	if sha, err := p.give(c, "minutes"); err != nil || sha != "" {
		return sha, err
	}
	chosen := c.Field("minutes-of")
	for _, x := range p.Minutes.Here {
		if x.ID == chosen {
			return x.SHA256, nil
		}
	}
	for _, x := range p.Minutes.Recent {
		if x.ID == chosen {
			row, err := c.App.AddPaperAgain(c, c.Session, app.PaperAgainInput{Proposal: p.ID, Paper: x.ID, Kind: "minutes"})
			return row.SHA256, err
		}
	}
	if p.Minutes.Needed {
		text := c.T("review.minutes.needed")
		return "", &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "minutes", Rule: "required", Vi: text, En: text}}}
	}
	return "", nil
}

func (p deskPage) itemName(id string) string {
	for _, it := range p.ItemList {
		if it.ID == id {
			return it.Content.PrintedLine()
		}
	}
	return id
}

// named puts an error about a file beside its field.
func named(err error, field string) error {
	if err == nil {
		return nil
	}
	e := *app.ErrorOf(err)
	if len(e.Fields) == 0 && e.Code == app.CodeBadFile {
		e.Fields = []app.FieldError{{Field: field, Rule: "file", Vi: e.Text("vi"), En: e.Text("en")}}
	}
	return &e
}

// giveBack returns the case with its reasons, field by field.
func giveBack(c *ui.Context) error {
	return act(c, "decide", "review.done.return", func(c *ui.Context, p deskPage, t app.Target) (app.Done, error) {
		in := app.DecideInput{Target: t, Verdict: "return", Reason: cases.Reason(c, "reason"), To: c.Field("to")}
		for _, r := range p.Remarks {
			if r.Text == "" {
				continue
			}
			f := app.FieldRemark{Field: r.Field, Remark: r.Text}
			if f.Field == "" {
				f.Field = "note"
			}
			if !strings.HasPrefix(f.Field, cases.PaperField) {
				f.Item = r.Item
			}
			in.Fields = append(in.Fields, f)
		}
		return c.App.Decide(c, c.Session, in)
	})
}

// accept says that the dossier is complete, under the regime shown.
func accept(c *ui.Context) error {
	return act(c, "accept", "review.done.accept", func(c *ui.Context, _ deskPage, t app.Target) (app.Done, error) {
		done, err := c.App.Accept(c, c.Session, app.AcceptInput{Target: t, Regime: c.Field("regime"), Reason: c.Field("regime-reason")})
		if err == nil {
			return done, nil
		}
		e := *app.ErrorOf(err)
		e.Fields = slices.Clone(e.Fields)
		for i, f := range e.Fields {
			if f.Field == "reason" {
				e.Fields[i].Field = "regime-reason"
			}
		}
		return done, &e
	})
}

// appraise gives the written appraisal.
func appraise(c *ui.Context) error {
	return act(c, "appraise", "review.done.appraise", func(c *ui.Context, p deskPage, t app.Target) (app.Done, error) {
		in := app.AppraiseInput{Target: t, Default: "propose", Exceptions: exceptions(c, p), Text: c.Field("text")}
		var err error
		if in.Report, err = p.give(c, "report"); err != nil {
			return app.Done{}, err
		}
		return c.App.Appraise(c, c.Session, in)
	})
}
