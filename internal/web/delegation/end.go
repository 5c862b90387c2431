package delegation

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func end(c *ui.Context) error {
	_, err := c.App.EndDelegation(c, c.Session, c.Path("id"), app.EndDelegationInput{Reason: c.Field("reason")})
	if err == nil {
		return c.DoneAt("/delegations", "delegation.done.end")
	}
	data, rerr := read(c)
	if rerr != nil {
		return rerr
	}
	return c.Fail("list", data, err)
}
