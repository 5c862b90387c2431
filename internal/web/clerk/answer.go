package clerk

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

func answerRoutes(m *ui.Mux) {
	m.Page("GET /returns/{id}", returned)
	m.Page("POST /returns/{id}", resubmit)
	m.Page("GET /proposals/{id}/changes", changes)
}

// returnPage is a case that came back: what was asked for, field by field, and what
// was changed since.
type returnPage struct {
	app.AnswerView
	Head bool
	Left int // remarks on fields that still say the same
}

func newReturnPage(c *ui.Context) (returnPage, error) {
	v, err := c.App.AnswerTo(c, c.Session, c.Path("id"))
	if err != nil {
		return returnPage{}, err
	}
	p := returnPage{AnswerView: v}
	_, p.Head = c.Session.As(v.Proposal.Unit, proposal.RoleUnitHead)
	for _, r := range v.Remarks {
		if r.Item != "" && !r.Changed && !strings.HasPrefix(r.Field, "paper/") {
			p.Left++
		}
	}
	return p, nil
}

func returned(c *ui.Context) error {
	p, err := newReturnPage(c)
	if err != nil {
		return err
	}
	return c.Render("returned", p)
}

// resubmit sends the case back to the level that returned it. The head does.
func resubmit(c *ui.Context) error {
	p, err := newReturnPage(c)
	if err != nil {
		return err
	}
	done, err := c.App.Resubmit(c, c.Session, app.ResubmitInput{
		Target:   app.Target{Proposal: p.Proposal.ID, Number: p.Proposal.Number, Nonce: c.Field("nonce")},
		LeaveOut: c.Fields("leave_out"),
	})
	if err != nil {
		return c.Fail("returned", p, err)
	}
	if !done.Recorded {
		return c.DoneAt("/submissions/"+p.Proposal.Submission, "ui.pending")
	}
	return c.DoneAt("/submissions/"+p.Proposal.Submission, "clerk.resubmitted")
}

// changesPage is what changed between two revisions.
type changesPage struct {
	app.Comparison
	Case app.ProposalView
}

func changes(c *ui.Context) error {
	from, to := whole(c.Field("from")), whole(c.Field("to"))
	v, err := c.App.CompareRevisions(c, c.Session, c.Path("id"), from, to)
	if err != nil {
		return err
	}
	p := changesPage{Comparison: v}
	if p.Case, err = c.App.Proposal(c, c.Session, v.Proposal, false); err != nil {
		return err
	}
	return c.Render("changes", p)
}

// whole is a whole number, or 0.
func whole(v string) int {
	n := 0
	for _, r := range v {
		if r < '0' || r > '9' || n > 1e6 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}
