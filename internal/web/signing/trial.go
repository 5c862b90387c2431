package signing

import (
	"bytes"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// tryKey gives the sheet that the signer's key has signed.
func tryKey(c *ui.Context) error {
	pdf, err := c.App.TestSignature(app.WithPIN(c, c.Secret("pin")), c.Session)
	if err != nil {
		page, derr := readDesk(c)
		if derr != nil {
			return derr
		}
		return c.Fail("desk", page, err)
	}
	return c.Inline("ban-thu-chu-ky.pdf", "application/pdf", bytes.NewReader(pdf))
}
