package ui

import (
	"net/http"

	"vinhdanh/internal/app"
	"vinhdanh/internal/edge"
)

// languages that the pages speak, the first one unless somebody asks otherwise.
var languages = []string{"vi", "en"}

// language is what the reader chose, or Vietnamese: offices have machines whose
// browsers ask for English though nobody before them does.
func language(c *Context) string {
	if c.readCookie(cookieLang) == "en" {
		return "en"
	}
	return "vi"
}

// setLanguage keeps the reader's choice and goes back to the page.
func setLanguage(c *Context) error {
	lang := "vi"
	if c.Field("lang") == "en" {
		lang = "en"
	}
	c.setCookie(cookieLang, lang, 365*24*3600)
	edge.CallOf(c).Locale = lang
	if c.SignedIn() {
		if err := c.App.SetLocale(c, c.Session, app.LocaleInput{Locale: lang}); err != nil {
			return err
		}
	}
	return c.Redirect(c.Field("back"))
}

// setFlash keeps a text key for the next page.
func (c *Context) setFlash(key string) { c.setCookie(cookieFlash, key, 60) }

// takeFlash reads it once. A key that somebody else put there is no text of ours.
func (c *Context) takeFlash() string {
	if c.R.Method != http.MethodGet || c.HTMX() {
		return ""
	}
	key := c.readCookie(cookieFlash)
	if key == "" {
		return ""
	}
	c.setCookie(cookieFlash, "", -1)
	if _, ok := c.site.texts[key]; !ok {
		return ""
	}
	return key
}
