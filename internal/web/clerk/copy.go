package clerk

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// copyPage chooses what of an earlier submission is taken over.
type copyPage struct {
	From   app.SubmissionView
	Papers []ui.Option
	Years  []ui.Option
}

func newCopyPage(c *ui.Context) (copyPage, error) {
	v, err := c.App.Submission(c, c.Session, c.Path("id"), false)
	if err != nil {
		return copyPage{}, err
	}
	p := copyPage{From: v}
	for _, a := range v.Attachments {
		// Letter, minutes and list belong to one year; certificates do not.
		if a.Kind != "TO_TRINH" && a.Kind != "BIEN_BAN" && a.Kind != "list" && a.SecretRef == "" {
			p.Papers = append(p.Papers, ui.Option{Value: a.ID, Text: a.FileName})
		}
	}
	for n := range 4 {
		p.Years = append(p.Years, ui.Option{Value: strconv.Itoa(n), Text: c.T("clerk.copy.years", n)})
	}
	return p, nil
}

func copyForm(c *ui.Context) error {
	p, err := newCopyPage(c)
	if err != nil {
		return err
	}
	return c.Render("copy", p)
}

func copySubmission(c *ui.Context) error {
	in := app.CopyInput{
		From: c.Path("id"), Title: c.Field("title"), Items: c.Fields("items"), Papers: c.Fields("papers"),
		KeepText: c.Checked("keep_text"), Nonce: c.Field("nonce"),
	}
	if n, err := strconv.Atoi(c.Field("years")); err == nil {
		in.Years = &n
	}
	v, err := c.App.CopySubmission(c, c.Session, in)
	if err != nil {
		p, perr := newCopyPage(c)
		if perr != nil {
			return perr
		}
		return c.Fail("copy", p, err)
	}
	return c.DoneAt("/submissions/"+v.ID, "clerk.copied")
}
