package council

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// away is the entry of an absent member's written opinion.
type away struct {
	room
	Members []ui.Option // absent, without a ballot yet
}

func opinionForm(c *ui.Context) error {
	d, err := absentees(c)
	if err != nil {
		return err
	}
	return c.Render("opinion", d)
}

func absentees(c *ui.Context) (away, error) {
	r, err := read(c)
	d := away{room: r}
	for _, seat := range r.Roster {
		if !seat.Present && !seat.Voted {
			d.Members = append(d.Members, ui.Option{Value: seat.User, Text: seat.Name + " – " + seat.Title})
		}
	}
	return d, err
}

// opinion stores the scan and enters what it says: one choice for all, and the
// exceptions by their numbers on the agenda.
func opinion(c *ui.Context) error {
	d, err := absentees(c)
	if err != nil {
		return err
	}
	if err := enterOpinion(c, d); err != nil {
		return c.Fail("opinion", d, err)
	}
	return c.DoneAt(here(c)+"/run", "council.done.opinion")
}

func enterOpinion(c *ui.Context, d away) error {
	if c.Field("member") == "" {
		return wrong("member")
	}
	in := app.CastInput{
		Member: c.Field("member"), Default: c.Field("default"), Items: map[string]string{}, Written: true, Round: round(c), Nonce: c.Field("nonce"),
	}
	for _, choice := range []string{"yes", "no", "abstain"} {
		for _, n := range numbers(c.Field("but." + choice)) {
			if n < 1 || n > len(d.Agenda) {
				return wrong("but." + choice)
			}
			in.Items[d.Agenda[n-1].Item] = choice
		}
	}
	scan, err := c.Upload("scan")
	if err != nil {
		return err
	}
	p, err := c.App.AddSessionPaper(c, c.Session, d.ID, app.SessionPaperInput{Kind: "opinion", FileName: scan.Name}, scan.Content)
	if err != nil {
		return err
	}
	in.Paper = p.SHA256
	_, err = c.App.Cast(c, c.Session, d.ID, in)
	return err
}

// numbers reads a list such as "3, 7 12".
func numbers(text string) []int {
	var out []int
	n, in := 0, false
	for _, r := range text + " " {
		if r >= '0' && r <= '9' && n < 1e6 {
			n, in = n*10+int(r-'0'), true
			continue
		}
		if in {
			out = append(out, n)
		}
		n, in = 0, false
	}
	return out
}

// round is the ballot that a form was filled in for; 0 where it does not say.
func round(c *ui.Context) int { return max(whole(c, "round"), 0) }

func wrong(field string) error {
	return &app.Error{Code: app.CodeInvalid, Fields: []app.FieldError{{Field: field, Rule: "required"}}}
}

// whole reads a count from a field; anything else is refused by the application.
func whole(c *ui.Context, name string) int {
	n, err := strconv.Atoi(c.Field(name))
	if err != nil {
		return -1
	}
	return n
}
