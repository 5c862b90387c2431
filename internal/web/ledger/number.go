package ledger

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// readsPage is who saw a number in full.
type readsPage struct {
	Ref  string
	Rows []app.NumberRead
}

func setNumber(c *ui.Context) error {
	ref := c.Path("ref")
	_, err := c.App.SetPersonalNumber(c, c.Session, app.PersonalInput{Subject: ref, Item: c.Field("item"), Number: c.Field("number")})
	if err == nil && c.Field("item") != "" {
		return c.DoneAt("/items/"+c.Field("item"), "ledger.number.done")
	}
	if err == nil {
		return c.DoneAt(at(ref), "ledger.number.done")
	}
	return again(c, ref, err)
}

// again shows the ledger with what is wrong; a number that was typed is not sent back.
func again(c *ui.Context, ref string, err error) error {
	v, lerr := c.App.Ledger(c, c.Session, ref)
	if lerr != nil {
		return err
	}
	return c.Fail("subject", pageOf(v), err)
}

func reveal(c *ui.Context) error {
	ref := c.Path("ref")
	full, err := c.App.RevealPersonalNumber(c, c.Session, app.RevealInput{Subject: ref, Reason: c.Field("reason")})
	if err != nil {
		return again(c, ref, err)
	}
	v, err := c.App.Ledger(c, c.Session, ref)
	if err != nil {
		return err
	}
	p := pageOf(v)
	p.Full = full
	return c.Render("subject", p)
}

func reads(c *ui.Context) error {
	rows, err := c.App.NumberReads(c, c.Session, c.Path("ref"))
	if err != nil {
		return err
	}
	return c.Render("reads", readsPage{Ref: c.Path("ref"), Rows: rows})
}
