package clerk

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// submissionPage is a submission on one page: what is to do, who stands in it, its
// papers, where its proposals are.
type submissionPage struct {
	app.Checkout
	Draft  bool // its unit still prepares (part of) it
	Head   bool
	Fresh  bool // nothing of it was ever sent
	Back   []app.ProposalView
	Ready  bool // nothing that must be there is missing
	Undone int  // tasks that are not done
}

func newSubmissionPage(c *ui.Context, id string) (submissionPage, error) {
	v, err := c.App.Checkout(c, c.Session, id)
	if err != nil {
		return submissionPage{}, err
	}
	p := submissionPage{Checkout: v, Fresh: v.Brief.SentAt == nil, Ready: true}
	p.Draft = v.Brief.Unsent > 0 || len(v.Submission.Proposals) == 0
	_, p.Head = c.Session.As(v.Brief.Unit, proposal.RoleUnitHead)
	for _, pr := range v.Submission.Proposals {
		p.Fresh = p.Fresh && pr.Number == 0
		if pr.Returned && !pr.Closed {
			p.Back = append(p.Back, pr)
		}
	}
	for _, t := range v.Tasks {
		if t.State == app.TaskDone {
			continue
		}
		p.Undone++
		p.Ready = p.Ready && !t.Must
	}
	return p, nil
}

func submission(c *ui.Context) error {
	p, err := newSubmissionPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("submission", p)
}

func removeSubmission(c *ui.Context) error {
	if err := c.App.RemoveSubmission(c, c.Session, c.Path("id")); err != nil {
		p, perr := newSubmissionPage(c, c.Path("id"))
		if perr != nil {
			return perr
		}
		return c.Fail("submission", p, err)
	}
	return c.DoneAt("/submissions", "clerk.removed")
}
