package decisions

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// page is a draft with what the reader may do.
type page struct {
	app.DecisionView
	Submits bool // the head of the standing body
	Drafts  bool // who prepares it
	Taken   bool // the wording was just taken from a Word file
	Changes []app.WordChange
}

// CorrectedText says what was corrected of a line, and by which decision.
func (page) CorrectedText(c app.Corrected, lang string) string { return app.CorrectedText(c, lang) }

func draft(c *ui.Context) error {
	p, err := read(c)
	if err != nil {
		return err
	}
	return c.Render("draft", p)
}

// read reads a decision for its standing body; for others it is not here.
func read(c *ui.Context) (page, error) {
	d, err := c.App.DecisionView(c, c.Session, c.Path("id"))
	if err != nil {
		return page{}, err
	}
	p := page{DecisionView: d}
	for _, m := range c.Session.Memberships {
		if m.Unit != d.Standing {
			continue
		}
		head := m.Role == string(proposal.RoleStandingHead)
		p.Submits = p.Submits || head
		p.Drafts = p.Drafts || head || m.Role == string(proposal.RoleAppraiser)
	}
	if !p.Drafts {
		return page{}, &app.Error{Code: app.CodeNotFound}
	}
	return p, nil
}

// preview is the PDF as it stands, shown in the draft's page.
func preview(c *ui.Context) error {
	pdf, err := c.App.PreviewDecision(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Inline("du-thao.pdf", "application/pdf", bytes.NewReader(pdf))
}

func editForm(c *ui.Context) error {
	f, err := again(c)
	if err != nil {
		return err
	}
	return c.Render("new", f)
}

// again is the form of a draft with the choices that it was composed with.
func again(c *ui.Context) (choosing, error) {
	p, err := read(c)
	if err != nil {
		return choosing{}, err
	}
	if p.Choices == nil {
		return choosing{}, &app.Error{Code: app.CodeNotFound}
	}
	g := app.DecisionGroup{Award: p.Award, AwardName: p.AwardName, Authority: p.Authority, Standing: p.Standing, Items: p.Lines}
	f, err := fill(c, g, *p.Choices)
	f.Action, f.Back, f.Ref = "/decision-drafts/"+p.ID+"/edit", "/decision-drafts/"+p.ID, p.Ref
	if p.Choices.Mode != nil {
		f.Mode = *p.Choices.Mode
	}
	return f, err
}

// edit composes the draft anew.
func edit(c *ui.Context) error {
	f, err := again(c)
	if err != nil {
		return err
	}
	if _, err := c.App.RedraftDecision(c, c.Session, c.Path("id"), typed(c)); err != nil {
		return c.Fail("new", f, named(err))
	}
	return c.DoneAt(f.Back, "decisions.done.edited")
}

// submit sends the draft to its signer. Sent twice it was submitted once.
func submit(c *ui.Context) error {
	done, err := c.App.SubmitDecision(c, c.Session, c.Path("id"))
	at := "/decision-drafts/" + c.Path("id")
	if err != nil {
		p, rerr := read(c)
		if rerr != nil {
			return rerr
		}
		if p.Phase != "draft" {
			return c.DoneAt(at, "decisions.done.submitted")
		}
		return c.Fail("draft", p, err)
	}
	if done.Status == "pending" || !done.Recorded {
		return c.DoneAt(at, "ui.pending")
	}
	return c.DoneAt(at, "decisions.done.submitted")
}

func discard(c *ui.Context) error {
	if err := c.App.DiscardDecision(c, c.Session, c.Path("id")); err != nil {
		p, rerr := read(c)
		if rerr != nil {
			return rerr
		}
		return c.Fail("draft", p, err)
	}
	return c.DoneAt("/decision-drafts", "decisions.done.discarded")
}
