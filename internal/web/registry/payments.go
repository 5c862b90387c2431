package registry

import (
	"net/url"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// paying is the payments as their page shows them.
type paying struct {
	app.Payments
	Year  int
	Sheet app.Sheet
	Files string
	Next  int
}

// YearText is the year that is asked for, or nothing.
func (p paying) YearText() string {
	if p.Year == 0 {
		return ""
	}
	return strconv.Itoa(p.Year)
}

func payments(c *ui.Context) error {
	year, _ := strconv.Atoi(c.Field("year"))     // anything else is every year
	offset, _ := strconv.Atoi(c.Field("offset")) // or the first page
	q := app.PaymentQuery{Year: year, Offset: max(offset, 0), Limit: perPage}
	v, err := c.App.Payments(c, c.Session, q)
	if err != nil {
		return err
	}
	out := paying{Payments: v, Year: year, Sheet: app.PaymentSheet(v, c.Lang)}
	if year != 0 {
		out.Files = url.Values{"year": {strconv.Itoa(year)}}.Encode()
	}
	if v.More {
		out.Next = q.Offset + perPage
	}
	return c.Render("payments", out)
}

func exportPayments(c *ui.Context) error {
	year, _ := strconv.Atoi(c.Field("year")) // anything else is every year
	x, err := c.App.ExportPayments(c, c.Session, app.PaymentQuery{Year: year}, c.Field("format"), c.Lang)
	return give(c, x, err)
}

// voidNumber takes the register's next number out of use.
func voidNumber(c *ui.Context) error {
	_, err := c.App.VoidNumber(c, c.Session, app.VoidInput{Symbol: c.Field("void_symbol"), Reason: c.Field("reason"), Nonce: c.Field("nonce")})
	if err == nil {
		return c.DoneAt("/register", "registry.void.done")
	}
	out, other := bookOf(c)
	if other != nil {
		return err
	}
	return c.Fail("register", out, err)
}
