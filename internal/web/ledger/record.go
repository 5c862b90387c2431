package ledger

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// recordPage is a historical record with its cells to correct.
type recordPage struct {
	app.HistoricalRecord
	Fields []string
}

// corrected are the fields that a form corrects: the rest is the subject's.
func corrected() []string {
	var out []string
	for _, f := range app.RecordFields() {
		switch f {
		case "kind", "sex", "birth_year", "personal_number", "unit":
		default:
			out = append(out, f)
		}
	}
	return out
}

func recordOf(c *ui.Context) (recordPage, error) {
	v, err := c.App.LedgerRecord(c, c.Session, c.Path("id"))
	return recordPage{HistoricalRecord: v, Fields: corrected()}, err
}

func record(c *ui.Context) error {
	p, err := recordOf(c)
	if err != nil {
		return err
	}
	return c.Render("record", p)
}

func correct(c *ui.Context) error {
	in := app.RecordInput{Record: c.Path("id"), Cells: map[string]string{}, Reason: c.Field("reason"), Nonce: c.Field("nonce")}
	for _, f := range corrected() {
		in.Cells[f] = c.Field(f)
		if in.Cells[f] == "" {
			in.Cells[f] = "-" // the form shows the whole record: an emptied field is empty
		}
	}
	v, err := c.App.CorrectRecord(c, c.Session, in)
	return answered(c, v, err, "ledger.corrected")
}

func withdraw(c *ui.Context) error {
	v, err := c.App.WithdrawRecord(c, c.Session, app.WithdrawInput{Record: c.Path("id"), Reason: c.Field("reason"), Nonce: c.Field("nonce")})
	return answered(c, v, err, "ledger.withdrawn")
}

func answered(c *ui.Context, v app.LedgerView, err error, done string) error {
	if err == nil {
		return c.DoneAt(at(v.Ref), done)
	}
	p, perr := recordOf(c)
	if perr != nil {
		return err
	}
	return c.Fail("record", p, err)
}

func scan(c *ui.Context) error {
	s, r, err := c.App.OpenScan(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	defer r.Close()
	return c.Download(s.FileName, "application/octet-stream", r)
}
