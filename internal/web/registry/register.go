package registry

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// perPage is how many lines a page of the register shows.
const perPage = 100

// book is the register as its page shows it.
type book struct {
	app.Register
	Query app.RegisterQuery
	Sheet app.Sheet
	Files string
	Next  int
	// Symbols are those of the registers.
	Symbols []ui.Option
}

func queryOf(c *ui.Context) app.RegisterQuery {
	year, _ := strconv.Atoi(c.Field("year"))     // anything else is every year
	offset, _ := strconv.Atoi(c.Field("offset")) // or the first page
	return app.RegisterQuery{Year: year, Symbol: c.Field("symbol"), Offset: max(offset, 0), Limit: perPage}
}

func register(c *ui.Context) error {
	out, err := bookOf(c)
	if err != nil {
		return err
	}
	return c.Render("register", out)
}

// bookOf reads the register that the address asks for.
func bookOf(c *ui.Context) (book, error) {
	q := queryOf(c)
	v, err := c.App.Register(c, c.Session, q)
	if err != nil {
		return book{}, err
	}
	files := url.Values{}
	for _, k := range []string{"year", "symbol", "offset"} {
		if c.Field(k) != "" {
			files.Set(k, c.Field(k))
		}
	}
	out := book{Register: v, Query: q, Sheet: app.RegisterSheet(v, c.Lang), Files: files.Encode()}
	if len(v.Lines) == perPage {
		out.Next = q.Offset + perPage
	}
	for _, y := range v.Years {
		out.symbol(y.Symbol)
	}
	return out, nil
}

// symbol adds a symbol that a number can be voided of.
func (b *book) symbol(s string) {
	if !slices.ContainsFunc(b.Symbols, func(o ui.Option) bool { return o.Value == s }) {
		b.Symbols = append(b.Symbols, ui.Option{Value: s, Text: s})
	}
}

func exportRegister(c *ui.Context) error {
	x, err := c.App.ExportRegister(c, c.Session, queryOf(c), c.Field("format"), c.Lang)
	return give(c, x, err)
}

func give(c *ui.Context, x app.Export, err error) error {
	if err != nil {
		return err
	}
	c.W.Header().Set("X-Content-Sha256", x.SHA256)
	return c.Download(x.Name, x.ContentType, bytes.NewReader(x.Data))
}
