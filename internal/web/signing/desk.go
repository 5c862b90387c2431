package signing

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// deskPage is what waits for a signature, and the key that is to sign.
type deskPage struct {
	Waiting []app.SigningBrief
	Key     app.SigningKey
}

func readDesk(c *ui.Context) (deskPage, error) {
	waiting, err := c.App.SigningDesk(c, c.Session)
	if err != nil {
		return deskPage{}, err
	}
	page := deskPage{Waiting: waiting}
	if c.Session.Has(proposal.RoleSigner) {
		page.Key, err = c.App.SigningKey(c, c.Session)
	}
	return page, err
}

func desk(c *ui.Context) error {
	page, err := readDesk(c)
	if err != nil {
		return err
	}
	return c.Render("desk", page)
}
