package admin

import (
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

func texts(c *ui.Context) error {
	rows, err := c.App.Texts(c, c.Session)
	if err != nil {
		return err
	}
	var shown []textPage
	for _, r := range rows {
		if r.Locale == c.Lang || (textPage{TextView: r}).Document() {
			shown = append(shown, textPage{TextView: r})
		}
	}
	return c.Render("texts", shown)
}

// Short is a text's name without its kind, to be said in words.
func (p textPage) Short() string { return shortName(p.Name) }

func shortName(name string) string {
	_, short, _ := strings.Cut(name, "/")
	return short
}

// Document tells that the text is a sentence of documents, which are in Vietnamese alone.
func (p textPage) Document() bool { return strings.HasPrefix(p.Name, "document/") }

// textPage is one text with the form that words it, perhaps with a preview.
type textPage struct {
	app.TextView
	Preview *app.TextWords
}

func readText(c *ui.Context) (textPage, error) {
	v, err := c.App.Text(c, c.Session, c.Field("name"), c.Field("locale"))
	return textPage{TextView: v}, err
}

func text(c *ui.Context) error {
	page, err := readText(c)
	if err != nil {
		return err
	}
	return c.Render("text", page)
}

// wordText previews, saves or restores.
func wordText(c *ui.Context) error {
	page, err := readText(c)
	if err != nil {
		return err
	}
	in := app.TextInput{
		Name: page.Name, Locale: page.Locale, Subject: c.Field("subject"), Body: c.Field("body"),
		Restore: c.Field("do") == "restore", Reason: c.Field("reason"), Nonce: c.Field("nonce"),
	}
	if c.Field("do") == "preview" {
		shown, err := c.App.PreviewText(c, c.Session, in)
		if err != nil {
			return c.Fail("text", page, err)
		}
		page.Subject, page.Body, page.Preview = in.Subject, in.Body, &shown
		return c.Render("text", page)
	}
	if _, err := c.App.SaveText(c, c.Session, in); err != nil {
		return c.Fail("text", page, err)
	}
	return c.DoneAt("/admin/text?locale="+page.Locale+"&name="+page.Name, "admin.saved")
}
