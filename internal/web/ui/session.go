package ui

import (
	"net/http"
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
	"vinhdanh/internal/identity"
)

// signIn reads who asks from the session cookie.
func (c *Context) signIn() error {
	secret := c.readCookie(cookieSession)
	c.cookie = secret
	if secret == "" {
		c.cookie = c.readCookie(cookieForm)
	}
	s, err := c.App.SignInByCookie(c, secret)
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

// steps are the pages on which a session shows what it still has to show.
var steps = map[string]string{identity.StepSecond: "/account/second-factor", identity.StepEnrol: "/account/factors"}

// unfinished sends a session that has not shown everything to where it does.
func (c *Context) unfinished() error {
	to := steps[c.Session.Step]
	if safe(c.R.Method) && c.R.URL.Path != "/" {
		to += "?next=" + url.QueryEscape(c.R.URL.RequestURI())
	}
	return c.Redirect(to)
}

// freshen sends the reader to sign in again and back to the page they came from.
func (c *Context) freshen() error {
	next := "/"
	if c.R.Method == http.MethodGet {
		next = c.R.URL.RequestURI()
	} else if from, err := url.Parse(c.R.Referer()); err == nil && from.Host == c.R.Host {
		next = from.RequestURI()
	}
	return c.Redirect("/account/freshen?next=" + url.QueryEscape(OwnPath(next)))
}

// From is address and agent of the reader, for the record of signing in.
func (c *Context) From() app.From {
	return app.From{Address: c.Address(), Agent: identity.AgentClass(c.R.UserAgent())}
}

// End takes the session's cookie away.
func (c *Context) End() { c.setCookie(cookieSession, "", -1) }
