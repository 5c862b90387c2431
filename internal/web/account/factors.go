package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// factorPage is one's second factors. Must tells that the session opens nothing
// until one is enrolled.
type factorPage struct {
	app.Factors
	Must bool
	Next string
}

func factorData(c *ui.Context) (factorPage, error) {
	f, err := c.App.Factors(c, c.Session)
	return factorPage{f, c.Session.Step == app.StepEnrol, next(c).Next}, err
}

func factors(c *ui.Context) error {
	p, err := factorData(c)
	if err != nil {
		return err
	}
	return c.Render("factors", p)
}

func failFactors(c *ui.Context, err error) error {
	p, rerr := factorData(c)
	if rerr != nil {
		return rerr
	}
	return c.Fail("factors", p, err)
}

func removeFactor(c *ui.Context) error {
	if err := c.App.RemoveFactor(c, c.Session, c.Field("id"), app.Proof{}); err != nil {
		return failFactors(c, err)
	}
	return c.DoneAt("/account/factors", "account.factor.removed")
}

// codes are recovery codes, shown this once.
type codes struct {
	Codes []string
	Next  string
	First bool // with the first factor
}

func newRecoveryCodes(c *ui.Context) error {
	made, err := c.App.NewRecoveryCodes(c, c.Session, app.Proof{})
	if err != nil {
		return failFactors(c, err)
	}
	return c.Render("codes", codes{made.Codes, "/account/factors", false})
}
