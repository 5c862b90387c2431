package account

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// tokenPage is one's tokens; New was made a moment ago and is shown this once.
type tokenPage struct {
	Rows   []app.TokenRow
	Scopes []ui.Option
	New    *app.NewToken
}

func tokenData(c *ui.Context) (tokenPage, error) {
	rows, err := c.App.Tokens(c, c.Session)
	p := tokenPage{Rows: rows}
	for _, s := range app.Scopes {
		p.Scopes = append(p.Scopes, ui.Option{Value: string(s), Text: c.T("account.scope." + string(s))})
	}
	return p, err
}

func tokens(c *ui.Context) error {
	p, err := tokenData(c)
	if err != nil {
		return err
	}
	return c.Render("tokens", p)
}

func createToken(c *ui.Context) error {
	days, _ := strconv.Atoi(c.Field("days")) // no number is 0, which is refused with words
	made, err := c.App.CreateToken(c, c.Session, app.TokenInput{Name: c.Field("name"), Scopes: c.Fields("scopes"), Days: days})
	p, rerr := tokenData(c)
	if rerr != nil {
		return rerr
	}
	if err != nil {
		return c.Fail("tokens", p, err)
	}
	p.New = &made
	return c.Render("tokens", p)
}

func revokeToken(c *ui.Context) error {
	if err := c.App.RevokeToken(c, c.Session, c.Field("id")); err != nil {
		return err
	}
	return c.DoneAt("/account/tokens", "account.token.revoked")
}
