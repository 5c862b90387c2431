package account

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func passwordForm(c *ui.Context) error { return c.Render("password", nil) }

func changePassword(c *ui.Context) error {
	err := c.App.ChangePassword(c, c.Session, app.PasswordInput{
		Proof: app.Proof{Password: c.Secret("password")}, NewPassword: c.Secret("new_password"),
	})
	if err != nil {
		return c.Fail("password", nil, err)
	}
	return c.DoneAt("/account", "account.password.done")
}
