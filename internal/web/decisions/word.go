package decisions

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// word is the draft for Word, to be edited outside.
func word(c *ui.Context) error {
	d, err := c.App.DraftWord(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Download(d.Name, d.Type, bytes.NewReader(d.Content))
}

// takeWord takes the wording from the edited file and shows what changed; a file that
// differs from the data is refused with each difference.
func takeWord(c *ui.Context) error {
	up, err := c.Upload("file")
	var taken app.WordTaken
	if err == nil {
		taken, err = c.App.TakeDraftWord(c, c.Session, c.Path("id"), app.DraftWordInput{File: up.Content, Name: up.Name})
	}
	p, gone := read(c)
	if gone != nil {
		return gone
	}
	if err != nil {
		return c.Fail("draft", p, err)
	}
	p.Changes, p.Taken = taken.Changes, true
	return c.Render("draft", p)
}
