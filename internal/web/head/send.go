package head

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// send approves in the system: the head's signed act starts each proposal.
func send(c *ui.Context) error {
	sent, err := c.App.Send(c, c.Session, app.SendInput{Submission: c.Path("id"), Nonce: c.Field("nonce")})
	return after(c, sent, err)
}

// scan approves on paper: number, date and signer of the letter, and its scan.
func scan(c *ui.Context) error {
	file, err := c.Upload("scan")
	if err != nil {
		return after(c, app.Sent{}, err)
	}
	sent, err := c.App.SendOnPaper(c, c.Session, app.PaperSendInput{
		Submission: c.Path("id"), LetterNumber: c.Field("letter_number"), LetterDate: c.Field("letter_date"),
		LetterSigner: c.Field("letter_signer"), FileName: file.Name, Nonce: c.Field("nonce"),
	}, file.Content)
	return after(c, sent, err)
}

// after tells what became of each proposal. What is sent stays sent; the rest may
// be sent again.
func after(c *ui.Context, sent app.Sent, err error) error {
	var bad []failed
	pending := false
	for _, p := range sent.Proposals {
		if p.Error != nil {
			bad = append(bad, failed{p.Proposal.Ref, p.Proposal.Award, p.Error.Text(c.Lang)})
			if err == nil {
				err = p.Error
			}
		}
		pending = pending || p.Error == nil && p.Done.Status != "" && !p.Done.Recorded
	}
	if err != nil {
		v, verr := newPage(c)
		if verr != nil {
			return verr
		}
		v.Failed = bad
		return c.Fail("show", v, err)
	}
	if pending {
		return c.DoneAt("/submissions/"+c.Path("id"), "ui.pending")
	}
	return c.DoneAt("/submissions/"+c.Path("id"), "head.sent")
}

// back gives the draft to the clerk again, with the head's word.
func back(c *ui.Context) error {
	if c.Field("note") == "" {
		v, err := newPage(c)
		if err != nil {
			return err
		}
		return c.Fail("show", v, &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "note", Rule: "required"}}})
	}
	if _, err := c.App.GiveBack(c, c.Session, app.HandInput{Submission: c.Path("id"), Note: c.Field("note")}); err != nil {
		v, verr := newPage(c)
		if verr != nil {
			return verr
		}
		return c.Fail("show", v, err)
	}
	return c.DoneAt("/approvals", "head.given.back")
}
