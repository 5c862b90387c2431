package registry

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// giving is the hand-over list as its page shows it.
type giving struct {
	app.HandoverList
	Sheet       app.Sheet
	UnitChoices []ui.Option // whose paper is made
}

func givingOf(c *ui.Context, v app.HandoverList) giving {
	out := giving{HandoverList: v, Sheet: app.HandoverSheet(v, c.Lang), UnitChoices: []ui.Option{{Value: "", Text: c.T("ui.all")}}}
	for _, u := range v.Units {
		out.UnitChoices = append(out.UnitChoices, ui.Option{Value: u.Unit, Text: u.Name})
	}
	return out
}

// Back says how a thing that is to come back stands.
func (giving) Back(m *app.AwardReturn, lang string) string { return app.ReturnText(m, lang) }

func handover(c *ui.Context) error {
	v, err := c.App.Handover(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("handover", givingOf(c, v))
}

// mark puts on record what was given or received.
func mark(c *ui.Context) error {
	id := c.Path("id")
	in := app.HandoverInput{
		Items: c.Fields("items"), Thing: c.Field("thing"), State: c.Field("state"), Date: c.Field("date"), Receiver: c.Field("receiver"),
		Relation: c.Field("relation"), Note: c.Field("note"), Nonce: c.Field("nonce"),
	}
	_, err := c.App.MarkHandover(c, c.Session, id, in)
	if err == nil {
		return c.DoneAt("/register/"+id, "registry.marked")
	}
	v, other := c.App.Handover(c, c.Session, id)
	if other != nil {
		return err
	}
	return c.Fail("handover", givingOf(c, v), err)
}

func exportHandover(c *ui.Context) error {
	x, err := c.App.ExportHandover(c, c.Session, c.Path("id"), c.Field("format"), c.Lang)
	return give(c, x, err)
}

// paper is a paper of the hand-over, to be signed.
func paper(c *ui.Context) error {
	f, err := c.App.HandoverPaper(c, c.Session, c.Path("id"), app.HandoverPaperInput{Kind: c.Field("kind"), Unit: c.Field("unit"), Format: c.Field("format")})
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.MediaType, bytes.NewReader(f.Content))
}

func document(c *ui.Context) error {
	pdf, err := c.App.DecisionPDF(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Download("quyet-dinh.pdf", "application/pdf", bytes.NewReader(pdf))
}
