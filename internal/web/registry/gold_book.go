package registry

import (
	"net/url"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// gold is the gold book as its page shows it.
type gold struct {
	app.GoldBook
	Query app.GoldBookQuery
	Sheet app.Sheet
	Files string
	Next  int
}

// Book names a book in the reader's language.
func (g gold) Book(code, lang string) string {
	for _, b := range g.Books {
		if b.Code == code && lang == "en" {
			return b.Names.EN
		} else if b.Code == code {
			return b.Names.VI
		}
	}
	return code
}

func goldQuery(c *ui.Context) app.GoldBookQuery {
	year, _ := strconv.Atoi(c.Field("year"))     // anything else is every year
	offset, _ := strconv.Atoi(c.Field("offset")) // or the first page
	return app.GoldBookQuery{Book: c.Field("book"), Year: year, Search: c.Field("search"), Anew: c.Field("anew") != "", Offset: max(offset, 0), Limit: perPage}
}

func goldBook(c *ui.Context) error {
	q := goldQuery(c)
	v, err := c.App.GoldBook(c, c.Session, q)
	if err != nil {
		return err
	}
	files := url.Values{}
	for _, k := range []string{"year", "book", "search", "anew"} {
		if c.Field(k) != "" {
			files.Set(k, c.Field(k))
		}
	}
	out := gold{GoldBook: v, Query: q, Sheet: app.GoldBookSheet(v, c.Lang), Files: files.Encode()}
	if len(v.Lines) == perPage {
		out.Next = q.Offset + perPage
	}
	return c.Render("gold", out)
}

func exportGoldBook(c *ui.Context) error {
	x, err := c.App.ExportGoldBook(c, c.Session, goldQuery(c), c.Field("format"), c.Lang)
	return give(c, x, err)
}
