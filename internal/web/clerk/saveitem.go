package clerk

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// save merges the form into the item.
func save(c *ui.Context) (app.SavedItem, error) {
	old, err := c.App.Item(c, c.Session, c.Path("id"))
	if err != nil {
		return app.SavedItem{}, err
	}
	content, err := readItem(c, old.Content)
	if err != nil {
		return app.SavedItem{}, err
	}
	base, err := strconv.Atoi(c.Field("base"))
	if err != nil || base < 1 {
		base = 1 // long forgotten: whatever differs is asked
	}
	return c.App.SaveItem(c, c.Session, app.SaveInput{Item: old.ID, Base: base, Content: content})
}

func saveItem(c *ui.Context) error {
	if open := unsettled(c); len(open) > 0 {
		return showClashes(c, open, askAgain(c, open))
	}
	saved, err := save(c)
	if err != nil {
		p, perr := newItemPage(c, c.Path("id"))
		if perr != nil {
			return perr
		}
		return c.Fail("item", p, stripped(err))
	}
	if len(saved.Clashes) > 0 {
		return showClashes(c, saved.Clashes, nil)
	}
	p, err := newItemPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	switch next := c.Field("then"); {
	case next == "list":
		return c.DoneAt("/submissions/"+p.Brief.ID, "clerk.saved")
	case next == "next" && p.Next != "":
		return c.DoneAt("/items/"+p.Next, "clerk.saved")
	case next == "next":
		return c.DoneAt("/submissions/"+p.Brief.ID+"/items/new?kind="+p.Item.Content.Kind, "clerk.saved")
	}
	return c.DoneAt("/items/"+p.Item.ID, "clerk.saved")
}

// showClashes asks which side of each clash holds; failure is why it asks again.
func showClashes(c *ui.Context, open []app.Clash, failure error) error {
	p, err := newItemPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	for _, x := range open {
		p.Clashes = append(p.Clashes, shownClash{x, wordsOf(c, x.Field)})
	}
	if failure != nil {
		return c.Fail("item", p, failure)
	}
	return c.Render("item", p)
}

// wordsOf are the choices of a coded field.
func wordsOf(c *ui.Context, path string) []ui.Option {
	for _, x := range factFields {
		if x.Path == path {
			return x.options(c)
		}
	}
	return nil
}

func autosaveItem(c *ui.Context) error {
	if len(unsettled(c)) > 0 {
		return answerClash(c)
	}
	saved, err := save(c)
	if err != nil {
		return answerError(c, stripped(err))
	}
	if len(saved.Clashes) > 0 {
		return answerClash(c)
	}
	return answerSaved(c, map[string]string{"base": strconv.Itoa(saved.Version)})
}

func removeItem(c *ui.Context) error {
	p, err := newItemPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	if err := c.App.RemoveItem(c, c.Session, p.Item.ID, p.Brief.Version); err != nil {
		return c.Fail("item", p, err)
	}
	return c.DoneAt("/submissions/"+p.Brief.ID, "clerk.item.removed")
}

func copyItem(c *ui.Context) error {
	p, err := newItemPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	it, err := c.App.CopyItem(c, c.Session, app.CopyItemInput{
		Item: p.Item.ID, Submission: p.Brief.ID, Award: c.Field("to_award"), KeepText: c.Checked("keep_text"), Nonce: c.Field("nonce"),
	})
	if err != nil {
		return c.Fail("item", p, stripped(err))
	}
	return c.DoneAt("/items/"+it.ID, "clerk.item.copied")
}
