package audit

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// proof is the page of the check; Found is nil until it was asked for.
type proof struct {
	Found *app.Integrity
}

// integrity checks the record when the button was pressed. It is a GET, since it
// changes nothing; the application bounds how often it is asked for.
func integrity(c *ui.Context) error {
	v, err := c.App.Timeline(c, c.Session, caseOf(c), "")
	if err != nil {
		return err
	}
	if c.Field("check") == "" {
		return c.Render("integrity", around(c, "integrity", v.Ref, proof{}))
	}
	found, err := c.App.CheckIntegrity(c, c.Session, caseOf(c))
	if err != nil {
		return c.Fail("integrity", around(c, "integrity", v.Ref, proof{}), err)
	}
	return c.Render("integrity", around(c, "integrity", v.Ref, proof{Found: &found}))
}
