package letters

import (
	"bytes"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/cases"
	"vinhdanh/internal/web/ui"
)

func show(c *ui.Context) error {
	v, err := c.App.OutcomeLetter(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("show", v)
}

// file answers thong-bao.pdf and thong-bao.docx.
func file(c *ui.Context) error {
	_, format, _ := strings.Cut(c.Path("file"), ".")
	f, err := c.App.OutcomeLetterFile(c, c.Session, c.Path("id"), format)
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.MediaType, bytes.NewReader(f.Content))
}

func edit(c *ui.Context) error {
	_, err := c.App.EditOutcomeLetter(c, c.Session, c.Path("id"), app.EditLetterInput{Version: cases.Number(c, "version"), Paragraph: c.Field("paragraph")})
	return after(c, err, "letters.done.edited")
}

func discard(c *ui.Context) error {
	_, err := c.App.DiscardOutcomeLetter(c, c.Session, c.Path("id"), app.DiscardLetterInput{Version: cases.Number(c, "version"), Reason: c.Field("reason")})
	return after(c, err, "letters.done.discarded")
}

func restore(c *ui.Context) error {
	_, err := c.App.RestoreOutcomeLetter(c, c.Session, c.Path("id"), app.DiscardLetterInput{Version: cases.Number(c, "version"), Reason: c.Field("reason")})
	return after(c, err, "letters.done.restored")
}

// after says what was done, or shows the letter again with what was refused.
func after(c *ui.Context, err error, done string) error {
	if err == nil {
		return c.DoneAt("/outcome-letters/"+c.Path("id"), done)
	}
	v, gone := c.App.OutcomeLetter(c, c.Session, c.Path("id"))
	if gone != nil {
		return err
	}
	return c.Fail("show", v, err)
}
