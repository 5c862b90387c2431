package upward

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// act does what a form of the page asks for. What was done before under the same nonce
// is not done again; what is refused comes back with everything that was typed.
func act(c *ui.Context) error {
	do, known := map[string]func(*ui.Context, app.Target) (app.Done, error){
		"consult": consult, "publish": publish, "submit-up": submitUp, "upper-outcome": outcome,
	}[c.Path("act")]
	if !known {
		return &app.Error{Code: app.CodeNotFound}
	}
	target := cases.Target(c)
	before, was, err := c.App.Repeated(c, c.Session, app.Act{Kind: "proposal", ID: target.Proposal, Action: c.Path("act"), Nonce: target.Nonce})
	if err == nil && !was {
		before, err = do(c, target)
	}
	if err != nil {
		p, gone := newPage(c)
		if gone != nil {
			return err
		}
		cases.Renew(c, err)
		return c.Fail("case", p, err)
	}
	key := cases.Recorded(before)
	if key == "ui.recorded" {
		key = "upward.done"
	}
	if c.Field("verdict") == "numbered" || c.Field("verdict") == "sent_back" || c.Field("verdict") == "signed" {
		return c.DoneAt("/upward", key)
	}
	return c.DoneAt("/upward/cases/"+c.Path("id"), key)
}

func consult(c *ui.Context, t app.Target) (app.Done, error) {
	in := app.ConsultInput{
		Target: t, Verdict: c.Field("verdict"), Number: c.Field("number-of"), Date: c.Field("date"), Agency: c.Field("agency"),
		Answer: c.Field("answer"), Items: c.Fields("items"), Text: c.Field("text"), Exceptions: exceptions(c),
	}
	if in.Verdict == "asked" {
		in.Agencies = c.Fields("agencies")
	}
	var err error
	if in.Paper, err = give(c, "consultation"); err != nil {
		return app.Done{}, err
	}
	return c.App.Consult(c, c.Session, in)
}

func publish(c *ui.Context, t app.Target) (app.Done, error) {
	in := app.PublishInput{
		Target: t, Verdict: c.Field("verdict"), From: c.Field("from"), To: c.Field("to"), Where: c.Field("where"), Date: c.Field("date"),
		Against: c.Checked("against"), Items: c.Fields("items"), Text: c.Field("text"), Exceptions: exceptions(c),
	}
	var err error
	if in.Paper, err = give(c, "comment"); err != nil {
		return app.Done{}, err
	}
	return c.App.Publish(c, c.Session, in)
}

func submitUp(c *ui.Context, t app.Target) (app.Done, error) {
	in := app.SubmitUpInput{
		Target: t, Verdict: c.Field("verdict"), Letter: c.Field("letter"), Mode: c.Field("mode"), Number: c.Field("number-of"),
		Date: c.Field("date"), Reason: c.Field("reason"),
	}
	sha, err := give(c, "upward_letter")
	if err != nil {
		return app.Done{}, err
	}
	if in.Verdict == "prepared" {
		in.Letter = sha
	} else {
		in.Scan = sha
	}
	return c.App.SubmitUp(c, c.Session, in)
}

func outcome(c *ui.Context, t app.Target) (app.Done, error) {
	in := app.UpperOutcomeInput{Target: t, Number: c.Field("number-of"), Date: c.Field("date")}
	p, err := newPage(c)
	if err != nil {
		return app.Done{}, err
	}
	for _, it := range p.Open() {
		if of := c.Field("outcome-" + it.ID); of != "" {
			x := app.AboveItemInput{Item: it.ID, Outcome: of}
			if of == "not_awarded" {
				x.Reason = c.Field("reason-" + it.ID)
			}
			in.Items = append(in.Items, x)
		}
	}
	if in.Paper, err = give(c, "upward_decision"); err != nil {
		return app.Done{}, err
	}
	return c.App.UpperOutcome(c, c.Session, in)
}

// exceptions are the items that the form marks as not proposed.
func exceptions(c *ui.Context) []app.OpinionInput {
	var out []app.OpinionInput
	for _, id := range c.Fields("not") {
		out = append(out, app.OpinionInput{Item: id, Opinion: "not_propose", Reason: c.Field("reason-" + id)})
	}
	return out
}

// give stores a file of the form with the case and returns its hash; "" without one.
func give(c *ui.Context, kind string) (string, error) {
	files, err := c.Uploads("paper")
	if err != nil || len(files) == 0 {
		return "", err
	}
	row, err := c.App.AddPaper(c, c.Session, app.PaperInput{Proposal: c.Path("id"), Kind: kind, FileName: files[0].Name}, files[0].Content)
	return row.SHA256, err
}
