package home

import (
	"net/url"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/notices"
	"vinhdanh/internal/web/ui"
)

// Page is the first page with its counts as links.
type Page struct {
	app.Home
	Counts  []Count
	Told    []notices.Row
	SinceAt string // of the visit before, RFC 3339
	Begins  bool   // the reader prepares dossiers: the page offers a new one
}

// Count is a number with the list that it counts.
type Count struct {
	Count int
	More  bool
	Text  string
	Href  string
	Tone  string
}

// tones mark the counts that ask for something.
var tones = map[string]string{"late": "bad", "own-late": "bad", "all-late": "bad", "returned": "warn", "drafts": "plain", "done": "plain", "closed": "plain"}

func home(c *ui.Context) error {
	h, err := c.App.Home(c, c.Session)
	if err != nil {
		return err
	}
	p := Page{Home: h, Begins: c.Session.Has(proposal.RoleClerk)}
	for _, t := range h.Tallies {
		tone := tones[t.Name]
		if t.Count == 0 && tone != "plain" {
			tone = "good"
		}
		p.Counts = append(p.Counts, Count{Count: t.Count, More: t.More, Text: c.T("home.count." + t.Name), Href: "/search/cases?" + address(t.Query), Tone: tone})
	}
	for _, n := range h.Changed {
		p.Told = append(p.Told, notices.RowOf(n))
	}
	if h.Since != nil {
		p.SinceAt = h.Since.UTC().Format("2006-01-02T15:04:05Z")
	}
	return c.Render("home", p)
}

// address is a count's query as the address of its list.
func address(q app.ListQuery) string {
	v := url.Values{}
	for name, on := range map[string]bool{"mine": q.Mine, "own": q.Own, "late": q.Late} {
		if on {
			v.Set(name, "1")
		}
	}
	for name, text := range map[string]string{"state": q.State, "sort": q.Sort, "stage": q.Stage} {
		if text != "" {
			v.Set(name, text)
		}
	}
	return v.Encode()
}
