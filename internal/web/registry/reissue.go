package registry

import (
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// anew is the form by which a certificate is made anew.
type anew struct {
	app.CertificateDesk
	Line    app.CertificateLine
	In      app.ReissueInput
	Choices []ui.Option
}

func anewOf(c *ui.Context, in app.ReissueInput) (anew, error) {
	v, err := c.App.Certificates(c, c.Session, c.Path("id"))
	if err != nil {
		return anew{}, err
	}
	i := slices.IndexFunc(v.Lines, func(l app.CertificateLine) bool { return l.Certificate != nil && l.Certificate.ID == in.Certificate })
	if i < 0 || (len(v.Reissues) == 0 && !v.MayMake) {
		return anew{}, &app.Error{Code: app.CodeNotFound}
	}
	out := anew{CertificateDesk: v, Line: v.Lines[i], In: in}
	for _, r := range v.Reissues {
		text, clause := r.Text.VI, r.Clause.VI
		if c.Lang == "en" {
			text, clause = r.Text.EN, r.Clause.EN
		}
		out.Choices = append(out.Choices, ui.Option{Value: r.Code, Text: text, Hint: clause})
	}
	return out, nil
}

func reissueForm(c *ui.Context) error {
	f, err := anewOf(c, app.ReissueInput{Certificate: c.Path("certificate")})
	if err != nil {
		return err
	}
	return c.Render("reissue", f)
}

// reissue makes the certificate anew. Sent twice it is made once.
func reissue(c *ui.Context) error {
	in := app.ReissueInput{
		Certificate: c.Path("certificate"), Reason: c.Field("reason"), Why: c.Field("why"), ReturnedOn: c.Field("returned_on"), Nonce: c.Field("nonce"),
	}
	_, err := c.App.ReissueCertificate(c, c.Session, c.Path("id"), in)
	if err == nil {
		return c.DoneAt("/register/"+c.Path("id")+"/certificates", "registry.reissue.done")
	}
	f, gone := anewOf(c, in)
	if gone != nil {
		return err
	}
	return c.Fail("reissue", f, err)
}
