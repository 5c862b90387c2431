package review

import (
	"bytes"
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// sentPage is what the reader's level has sent up: the list of its own tờ trình over
// items of many units.
type sentPage struct {
	app.LevelList
	Query  app.LevelQuery
	Awards []ui.Option
	Excel  string
	CSV    string
	Letter string // address of the form of a letter over the same
	Shown  []app.LevelRow
	Rest   int // rows that stand in the files only
}

// sentShown is how many rows the page shows; the files have them all.
const sentShown = 200

func levelQuery(c *ui.Context) app.LevelQuery {
	return app.LevelQuery{
		From: c.Field("from"), To: c.Field("to"), Award: c.Field("award"), Unit: c.Field("unit"), Number: c.Field("number"), Date: c.Field("date"),
	}
}

func sent(c *ui.Context) error {
	p := sentPage{Query: levelQuery(c), Awards: []ui.Option{{Text: c.T("ui.all")}}}
	var err error
	if p.LevelList, err = c.App.LevelList(c, c.Session, p.Query); err != nil {
		return c.Fail("sent", p, err)
	}
	p.Shown = p.Rows[:min(len(p.Rows), sentShown)]
	p.Rest = len(p.Rows) - len(p.Shown)
	seen := map[string]bool{}
	for _, r := range p.Rows {
		if !seen[r.Award] {
			p.Awards, seen[r.Award] = append(p.Awards, ui.Option{Value: r.Award, Text: awardName(c, r.Award)}), true
		}
	}
	q := url.Values{}
	for k, v := range map[string]string{"from": p.Query.From, "to": p.Query.To, "award": p.Query.Award, "unit": p.Query.Unit, "number": p.Query.Number, "date": p.Query.Date} {
		if v != "" {
			q.Set(k, v)
		}
	}
	p.Letter = "/review/letters/new?" + q.Encode()
	file := func(format string) string {
		q.Set("format", format)
		return "/review/sent/file?" + q.Encode()
	}
	p.Excel, p.CSV = file("xlsx"), file("csv")
	return c.Render("sent", p)
}

// sentFile hands the list out.
func sentFile(c *ui.Context) error {
	format := c.Field("format")
	var b bytes.Buffer
	if err := c.App.WriteLevelList(c, c.Session, levelQuery(c), format, c.Lang, &b); err != nil {
		return err
	}
	return c.Download("danh-sach-trinh."+format, mediaType(format), &b)
}

func mediaType(format string) string {
	if format == "xlsx" {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}
