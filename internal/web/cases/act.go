package cases

import (
	"slices"

	"github.com/google/uuid"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// actPage is the form of one act beside the way up.
type actPage struct {
	Case    page
	Action  string
	Ability app.Ability
	Reasons []app.StandardReason
	Awards  []ui.Option
	Since   []app.AccountStep // what somebody else did while this was typed
}

// acts are the acts that this form does.
var acts = []string{"hold", "release", "recall", "withdraw", "reconsider", "lower"}

func newActPage(c *ui.Context) (actPage, error) {
	action := c.Path("action")
	if !slices.Contains(acts, action) {
		return actPage{}, &app.Error{Code: app.CodeNotFound}
	}
	v, err := c.App.Case(c, c.Session, c.Path("id"), false)
	if err != nil {
		return actPage{}, err
	}
	p := actPage{Case: newPage(c, v), Action: action}
	for _, a := range v.Abilities {
		if a.Action == action {
			p.Ability = a
		}
	}
	if p.Reasons, err = c.App.StandardReasons(c, c.Session, reasonAct(action), v.Stage); err != nil {
		return p, err
	}
	if action == "lower" {
		p.Awards = lowerAwards(c, v)
	}
	return p, err
}

// reasonAct is the act that standard reasons are looked up for; acts without a
// reason have none.
func reasonAct(action string) string {
	if action == "reconsider" || action == "lower" {
		return ""
	}
	return action
}

// lowerAwards are the awards that the law ranks lower than the case's.
func lowerAwards(c *ui.Context, v app.CaseView) []ui.Option {
	var out []ui.Option
	for _, a := range v.Lower {
		name := a.Names.VI
		if c.Lang == "en" {
			name = a.Names.EN
		}
		out = append(out, ui.Option{Value: a.Code, Text: name})
	}
	return out
}

func actForm(c *ui.Context) error {
	p, err := newActPage(c)
	if err != nil {
		return err
	}
	return c.Render("act", p)
}

func act(c *ui.Context) error {
	target := Target(c)
	before, was, err := c.App.Repeated(c, c.Session, app.Act{Kind: "proposal", ID: target.Proposal, Action: c.Path("action"), Nonce: target.Nonce})
	if err == nil && !was {
		before, err = do(c, target)
	}
	if err != nil {
		return actAgain(c, err)
	}
	return c.DoneAt("/proposals/"+c.Path("id"), Recorded(before))
}

// Target is the case that a form is for, as its reader saw it.
func Target(c *ui.Context) app.Target {
	return app.Target{Proposal: c.Path("id"), Revision: Number(c, "revision"), Number: Number(c, "number"), Nonce: c.Field("nonce")}
}

func do(c *ui.Context, t app.Target) (app.Done, error) {
	in := app.ReasonInput{Target: t, Items: c.Fields("items"), Reason: Reason(c, "reason")}
	switch c.Path("action") {
	case "hold":
		return c.App.Hold(c, c.Session, in)
	case "release":
		return c.App.Release(c, c.Session, in)
	case "recall":
		in.Items = nil
		return c.App.Recall(c, c.Session, in)
	case "withdraw":
		in.Items = nil
		return c.App.Withdraw(c, c.Session, in)
	case "reconsider":
		return c.App.Reconsider(c, c.Session, app.ReconsiderInput{Target: t, Items: in.Items})
	case "lower":
		return c.App.Lower(c, c.Session, app.LowerInput{Target: t, Item: c.Field("item"), Award: c.Field("award")})
	}
	return app.Done{}, &app.Error{Code: app.CodeNotFound}
}

// actAgain shows the form again with what was typed, and what happened meanwhile.
func actAgain(c *ui.Context, failure error) error {
	p, err := newActPage(c)
	if err != nil {
		return err
	}
	if seen := Number(c, "number"); seen > 0 && seen < p.Case.Number {
		if p.Since, err = c.App.Since(c, c.Session, p.Case.ID, seen); err != nil {
			return err
		}
	}
	Renew(c, failure)
	return c.Fail("act", p, failure)
}

// Renew gives a form that was refused a new nonce: under the old one the refusal
// stands. After an outage the old one is kept, so that the act is not done twice.
func Renew(c *ui.Context, failure error) {
	if app.ErrorOf(failure).Code != app.CodeUnavailable {
		c.R.Form["nonce"] = []string{uuid.NewString()}
	}
}

// Recorded is the word on an act that was done.
func Recorded(d app.Done) string {
	if d.Status != "accepted" || !d.Recorded {
		return "ui.pending"
	}
	return "ui.recorded"
}

// WhyNot says why an act cannot be done now, and who can.
func (p page) WhyNot(a app.Ability) string { return Why(p.c, a) }

// OpenOptions are the items in play, to choose from.
func (p page) OpenOptions() []ui.Option {
	return p.options(func(it app.ItemView) bool { return it.Outcome == "" })
}

// RefusedOptions are the items that a level did not propose and that may be looked
// at again.
func (p page) RefusedOptions() []ui.Option {
	return p.options(func(it app.ItemView) bool { return it.Outcome == "not_proposed" && !it.Reconsider })
}

// RefusedIDs are the ids of RefusedOptions: at first each is asked for.
func (p page) RefusedIDs() []string {
	var out []string
	for _, o := range p.RefusedOptions() {
		out = append(out, o.Value)
	}
	return out
}

func (p page) options(fit func(app.ItemView) bool) []ui.Option {
	var out []ui.Option
	for _, it := range p.ItemList {
		if fit(it) {
			out = append(out, ui.Option{Value: it.ID, Text: itoa(it.Position) + ". " + it.Content.PrintedLine()})
		}
	}
	return out
}
