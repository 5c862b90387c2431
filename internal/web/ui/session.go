package ui

import "vinhdanh/internal/edge"

// signIn reads who asks from the session cookie.
func (c *Context) signIn() error {
	secret := c.readCookie(cookieSession)
	c.cookie = secret
	if secret == "" {
		c.cookie = c.readCookie(cookieForm)
	}
	s, err := c.App.SignInByToken(c, secret)
	if err != nil {
		if secret != "" {
			c.cookie = c.readCookie(cookieForm)
		}
		return err
	}
	c.Session = s
	edge.CallOf(c).Actor = s.User
	if c.readCookie(cookieLang) == "" && s.Locale != "" {
		c.Lang = s.Locale
	}
	return nil
}

// Begin puts a new session's secret into the reader's cookie.
func (c *Context) Begin(secret string) { c.setCookie(cookieSession, secret, 0) }

// End takes the session's cookie away.
func (c *Context) End() { c.setCookie(cookieSession, "", -1) }
