package revocations

import (
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// opening is the form as it was filled in.
type opening struct {
	app.RevocationForm
	In      app.OpenRevocationInput
	Whole   string // "whole" or "some"
	Grounds []ui.Option
}

// Chosen tells whether an award is ticked.
func (o opening) Chosen(recognition string) bool {
	return slices.Contains(o.In.Recognitions, recognition)
}

func form(c *ui.Context) error {
	f, err := fill(c, app.OpenRevocationInput{Decision: c.Field("decision")})
	if err != nil {
		return err
	}
	return c.Render("new", f)
}

func fill(c *ui.Context, in app.OpenRevocationInput) (opening, error) {
	v, err := c.App.RevocationForm(c, c.Session, in.Decision)
	if err != nil {
		return opening{}, err
	}
	f := opening{RevocationForm: v, In: in, Whole: c.Field("whole")}
	for _, g := range v.Grounds {
		text, clause := g.Text.VI, g.Clause.VI
		if c.Lang == "en" {
			text, clause = g.Text.EN, g.Clause.EN
		}
		f.Grounds = append(f.Grounds, ui.Option{Value: g.Code, Text: text, Hint: clause})
	}
	return f, nil
}

// open opens the revocation. Sent twice it was opened once.
func open(c *ui.Context) error {
	in := app.OpenRevocationInput{
		Decision: c.Field("decision"), Ground: c.Field("ground"), Reason: c.Field("reason"), Due: c.Field("due"), Nonce: c.Field("nonce"),
	}
	if c.Field("whole") == "some" {
		in.Recognitions = c.Fields("recognitions")
	}
	up, err := c.Upload("evidence")
	if err == nil && c.Field("whole") == "some" && len(in.Recognitions) == 0 {
		err = &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: "recognitions", Rule: "required"}}}
	}
	if err == nil {
		in.Evidence, in.EvidenceName = up.Content, up.Name
		var done app.RevocationDone
		if done, err = c.App.OpenRevocation(c, c.Session, in); err == nil {
			if done.Status == "pending" || !done.Recorded {
				return c.DoneAt("/revocations", "ui.pending")
			}
			return c.DoneAt("/revocations/"+done.ID, "revocations.done.opened")
		}
	}
	f, gone := fill(c, in)
	if gone != nil {
		return gone
	}
	return c.Fail("new", f, err)
}
