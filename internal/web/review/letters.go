package review

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

// letterPage is the form of the level's own tờ trình, with what its list takes.
type letterPage struct {
	Letter app.LevelLetterInput
	Level  string // name of the level's unit
	Saved  bool
	Last   string // who changed it last
	At     any
	Awards []ui.Option
	Count  app.LevelList
}

// letterInput reads the form.
func letterInput(c *ui.Context) app.LevelLetterInput {
	in := app.LevelLetterInput{
		ID: c.Path("id"), Unit: c.Field("unit"), Addressee: c.Field("addressee"), Number: c.Field("number"), Date: c.Field("date"), Title: c.Field("title"),
		Body: c.Field("body"), Recipients: c.Field("recipients"), SignerTitle: c.Field("signer_title"), Signer: c.Field("signer"),
		From: c.Field("from"), To: c.Field("to"), Award: c.Field("award"), Proposing: c.Field("proposing"), Nonce: c.Field("nonce"),
	}
	in.Version = cases.Number(c, "version")
	return in
}

func letters(c *ui.Context) error {
	v, err := c.App.LevelLetters(c, c.Session)
	if err != nil {
		return err
	}
	return c.Render("letters", v)
}

// newLetter is the form with the words that are proposed for what was filtered.
func newLetter(c *ui.Context) error {
	l, err := c.App.NewLevelLetter(c, c.Session, levelQuery(c))
	if err != nil {
		return err
	}
	p, err := newLetterPage(c, app.LevelLetterOf(l))
	if err != nil {
		return err
	}
	p.Level = l.UnitName
	return c.Render("letter", p)
}

func letter(c *ui.Context) error {
	l, err := c.App.LevelLetter(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	p, err := newLetterPage(c, app.LevelLetterOf(l))
	if err != nil {
		return err
	}
	p.Level, p.Saved, p.Last, p.At = l.UnitName, true, l.ChangedByName, l.ChangedAt
	return c.Render("letter", p)
}

func newLetterPage(c *ui.Context, in app.LevelLetterInput) (letterPage, error) {
	p := letterPage{Letter: in, Saved: in.ID != "", Awards: []ui.Option{{Text: c.T("ui.all")}}}
	for _, a := range c.App.AwardNames(c.Lang) {
		p.Awards = append(p.Awards, ui.Option{Value: a.Code, Text: a.Name})
	}
	var err error
	p.Count, err = c.App.LevelList(c, c.Session, app.LevelQuery{From: in.From, To: in.To, Award: in.Award, Unit: in.Proposing})
	return p, err
}

func saveLetter(c *ui.Context) error {
	in := letterInput(c)
	l, err := c.App.SaveLevelLetter(c, c.Session, in)
	if err == nil {
		return c.DoneAt("/review/letters/"+l.ID, "review.letter.saved")
	}
	p, perr := newLetterPage(c, in)
	if perr != nil { // the filter itself is what is wrong
		p.Count = app.LevelList{}
	}
	return c.Fail("letter", p, err)
}

func dropLetter(c *ui.Context) error {
	if err := c.App.DropLevelLetter(c, c.Session, c.Path("id")); err != nil {
		return err
	}
	return c.DoneAt("/review/letters", "review.letter.dropped")
}

// letterFile hands the letter or its list out in Word.
func letterFile(c *ui.Context) error {
	d, err := c.App.LevelLetterDocument(c, c.Session, c.Path("id"), c.Path("name"))
	if err != nil {
		return err
	}
	return c.Download(d.Name, d.Type, bytes.NewReader(d.Content))
}
