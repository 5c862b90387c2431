package review

import (
	"net/http"

	"vinhdanh/internal/web/ui"
)

// cookieKeys remembers that a person turned single-key shortcuts off (WCAG 2.1.4).
// It says nothing of the business.
const cookieKeys = "__Host-keys"

// keys turns the shortcuts of the desk on or off and goes back to the page.
func keys(c *ui.Context) error {
	k := &http.Cookie{Name: cookieKeys, Value: "off", Path: "/", MaxAge: 365 * 24 * 3600, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if c.Checked("on") {
		k.MaxAge = -1
	}
	http.SetCookie(c.W, k)
	return c.Redirect(ui.OwnPath(c.Field("back")))
}

// KeysOff tells whether the reader turned the shortcuts off.
func (p deskPage) KeysOff() bool {
	k, err := p.c.R.Cookie(cookieKeys)
	return err == nil && k.Value == "off"
}
