package revocations

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// page is a revocation with the choices of its forms.
type page struct {
	app.RevocationView
	SignedBy []ui.Option
}

// Back says how a thing that is to come back stands.
func (page) Back(m *app.AwardReturn, lang string) string { return app.ReturnText(m, lang) }

func newPage(c *ui.Context) (page, error) {
	v, err := c.App.Revocation(c, c.Session, c.Path("id"))
	if err != nil {
		return page{}, err
	}
	p := page{RevocationView: v}
	for _, s := range v.Signers {
		text := s.Name + ", " + s.Title
		if s.Mode != "" {
			text = s.Mode + " " + text
		}
		p.SignedBy = append(p.SignedBy, ui.Option{Value: s.User, Text: text})
	}
	return p, nil
}

func show(c *ui.Context) error {
	p, err := newPage(c)
	if err != nil {
		return err
	}
	return c.Render("show", p)
}

// preview is the revoking decision as it would be submitted.
func preview(c *ui.Context) error {
	pdf, err := c.App.PreviewRevocation(c, c.Session, c.Path("id"), app.RevokingDraftInput{Signer: c.Field("signer")})
	if err != nil {
		return err
	}
	return c.Inline("du-thao.pdf", "application/pdf", bytes.NewReader(pdf))
}

// file is the evidence, or what came with an answer; it is kept, never run here.
func file(c *ui.Context) error {
	f, err := c.App.RevocationFile(c, c.Session, c.Path("id"), c.Path("sha256"))
	if err != nil {
		return err
	}
	defer f.Close()
	v, err := c.App.Revocation(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	name := "y-kien"
	if c.Path("sha256") == v.Evidence {
		name = v.EvidenceName
	}
	return c.Download(name, "application/octet-stream", f)
}
