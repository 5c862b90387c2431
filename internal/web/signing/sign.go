package signing

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// stale is the error of a report that asks for a fresh sign-in: the kit takes the
// reader there and back.
func stale(r app.ManyReport) error {
	for _, x := range r.Results {
		if x.Code == app.CodeFresh {
			return &app.Error{Code: app.CodeFresh}
		}
	}
	return nil
}

// sign signs each document that the form names with the content that was shown. If
// all of it is done the reader goes on; else the report says what became of each.
// Sent again, the same form gives the same results.
func sign(c *ui.Context) error {
	in := app.SignManyInput{Nonce: c.Field("nonce")}
	for _, d := range c.Fields("document") {
		id, content, _ := strings.Cut(d, "=")
		in.Documents = append(in.Documents, app.SignDocument{ID: id, Content: content})
	}
	r, err := c.App.SignMany(app.WithPIN(c, c.Secret("pin")), c.Session, in)
	if err != nil {
		return again(c, in, err)
	}
	if err := stale(r); err != nil {
		return err
	}
	if r.Done == len(r.Results) {
		if r.Done == 1 {
			return c.DoneAt("/signing", "signing.done")
		}
		return c.DoneAt("/signing", "signing.done.all")
	}
	return c.Render("report", r)
}

// again shows what was to be signed once more, with what is wrong: the PIN.
func again(c *ui.Context, in app.SignManyInput, failure error) error {
	ids := make([]string, len(in.Documents))
	for i, d := range in.Documents {
		ids[i] = d.ID
	}
	v, err := rehearsalOf(c, ids)
	if err != nil || v.Report.Results == nil {
		return failure
	}
	return c.Fail("rehearse", v, failure)
}
