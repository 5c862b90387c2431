package ledger

import (
	"bytes"
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/tabular"
	"vinhdanh/internal/web/ui"
)

// page is a ledger with what stands beside it.
type page struct {
	app.LedgerView
	History []app.LedgerEntry // corrected or withdrawn
	Current []app.LedgerEntry // what counts
	Undo    string            // the join that a form takes back
	Full    []app.RevealedNumber
}

func pageOf(v app.LedgerView) page {
	p := page{LedgerView: v}
	for _, r := range v.Rows {
		if r.Counts() {
			p.Current = append(p.Current, r)
		} else {
			p.History = append(p.History, r)
		}
	}
	return p
}

func subject(c *ui.Context) error {
	v, err := c.App.Ledger(c, c.Session, c.Path("ref"))
	if err != nil {
		return err
	}
	return c.Render("subject", pageOf(v))
}

func export(c *ui.Context) error {
	f, err := c.App.ExportLedger(c, c.Session, c.Path("ref"), tabular.Format(c.Field("format")), c.Lang)
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.ContentType, bytes.NewReader(f.Content))
}

// at is the address of a ledger.
func at(ref string) string { return "/ledger/subjects/" + url.PathEscape(ref) }
