package signing

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func brief(c *ui.Context) error {
	b, err := c.App.SigningBrief(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("brief", b)
}

// preview is the text as it stands; the signed document once there is one.
func preview(c *ui.Context) error {
	read := c.App.PreviewDecision
	if v, err := c.App.DecisionView(c, c.Session, c.Path("id")); err == nil && v.Document != "" {
		read = c.App.DecisionPDF
	}
	pdf, err := read(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Inline("quyet-dinh.pdf", "application/pdf", bytes.NewReader(pdf))
}

// sendBack returns a decision unsigned.
func sendBack(c *ui.Context) error {
	id, nonce := c.Path("id"), c.Field("nonce")
	_, was, err := c.App.Repeated(c, c.Session, app.Act{Kind: "decision", ID: id, Action: "send-back", Nonce: nonce})
	if err == nil && !was {
		_, err = c.App.SendBackDecision(c, c.Session, id, app.CancelInput{Reason: c.Field("reason"), Nonce: nonce})
	}
	if err == nil {
		return c.DoneAt("/signing", "signing.sent.back")
	}
	b, other := c.App.SigningBrief(c, c.Session, id)
	if other != nil {
		return err
	}
	return c.Fail("brief", b, err)
}
