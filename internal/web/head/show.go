package head

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// page is one submission as its head reads it before signing.
type page struct {
	app.Checkout
	Ready   bool // nothing that must be there is missing
	Left    int  // proposals that are not sent yet
	Against []concern
	Today   string
	Failed  []failed // after a sending that went through in part
}

// concern is an item of which the law says something else than "met".
type concern struct {
	Award string
	Item  app.ItemView
}

// failed is a proposal that was not sent, and why.
type failed struct{ Ref, Award, Text string }

func newPage(c *ui.Context) (page, error) {
	v, err := c.App.Checkout(c, c.Session, c.Path("id"))
	if err != nil {
		return page{}, err
	}
	if _, ok := c.Session.As(v.Brief.Unit, proposal.RoleUnitHead); !ok {
		return page{}, &app.Error{Code: app.CodeForbidden}
	}
	p := page{Checkout: v, Ready: true, Left: v.Brief.Unsent, Today: c.App.Today().String()}
	for _, t := range v.Tasks {
		if t.Must && t.State != app.TaskDone {
			p.Ready = false
		}
	}
	for _, pr := range v.Submission.Proposals {
		for _, it := range pr.ItemList {
			if it.Verdict != "met" && it.Outcome == "" {
				p.Against = append(p.Against, concern{pr.Award, it})
			}
		}
	}
	return p, nil
}

func show(c *ui.Context) error {
	p, err := newPage(c)
	if err != nil {
		return err
	}
	return c.Render("show", p)
}
