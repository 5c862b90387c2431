package clerk

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// letterPage is the form of the letter's particulars.
type letterPage struct {
	Brief     app.SubmissionBrief
	Letter    app.LetterBase
	Base      app.LetterBase // what the form started from
	Campaigns []ui.Option
	Types     []ui.Option
	Clashes   []app.Clash
}

func newLetterPage(c *ui.Context) (letterPage, error) {
	v, err := c.App.Checkout(c, c.Session, c.Path("id"))
	if err != nil {
		return letterPage{}, err
	}
	p := letterPage{Brief: v.Brief, Letter: app.LetterOf(v.Brief.Submission)}
	p.Base = p.Letter
	if p.Campaigns, err = campaigns(c); err != nil {
		return p, err
	}
	p.Types, err = types(c)
	return p, err
}

func letter(c *ui.Context) error {
	p, err := newLetterPage(c)
	if err != nil {
		return err
	}
	return c.Render("letter", p)
}

// letterInput reads the form; a clash that its reader settled takes that value.
func letterInput(c *ui.Context) app.LetterInput {
	take(c)
	return app.LetterInput{
		Submission: c.Path("id"), Title: c.Field("title"), LetterNumber: c.Field("letter_number"), LetterDate: c.Field("letter_date"),
		LetterSigner: c.Field("letter_signer"), Campaign: c.Field("campaign"), Type: c.Field("type"),
		Base: &app.LetterBase{
			Title: c.Field("base.title"), LetterNumber: c.Field("base.letter_number"), LetterDate: c.Field("base.letter_date"),
			LetterSigner: c.Field("base.letter_signer"), Campaign: c.Field("base.campaign"), Type: c.Field("base.type"),
		},
	}
}

func saveLetter(c *ui.Context) error {
	if open := unsettled(c); len(open) > 0 {
		p, err := newLetterPage(c)
		if err != nil {
			return err
		}
		p.Clashes = open
		return c.Fail("letter", p, askAgain(c, open))
	}
	saved, err := c.App.SaveLetter(c, c.Session, letterInput(c))
	p, perr := newLetterPage(c)
	if perr != nil {
		return perr
	}
	if err != nil {
		return c.Fail("letter", p, err)
	}
	if len(saved.Clashes) > 0 {
		p.Clashes = saved.Clashes
		return c.Render("letter", p)
	}
	return c.DoneAt("/submissions/"+p.Brief.ID, "clerk.saved")
}

func autosaveLetter(c *ui.Context) error {
	if len(unsettled(c)) > 0 {
		return answerClash(c)
	}
	in := letterInput(c)
	saved, err := c.App.SaveLetter(c, c.Session, in)
	if err != nil {
		return answerError(c, err)
	}
	if len(saved.Clashes) > 0 {
		return answerClash(c)
	}
	// The next save starts from what this form shows.
	return answerSaved(c, map[string]string{
		"base.title": in.Title, "base.letter_number": in.LetterNumber, "base.letter_date": in.LetterDate,
		"base.letter_signer": in.LetterSigner, "base.campaign": in.Campaign, "base.type": in.Type,
	})
}
