package council

import (
	"strconv"

	"vinhdanh/internal/app"
	rules "vinhdanh/internal/council"
	"vinhdanh/internal/web/ui"
)

// counting is one entry of the paper counts.
type counting struct {
	room
	Lines []ballotLine // what is voted on by paper
}

func countForm(c *ui.Context) error {
	d, err := papers(c)
	if err != nil {
		return err
	}
	return c.Render("count", d)
}

func papers(c *ui.Context) (counting, error) {
	r, err := read(c)
	d := counting{room: r}
	for n, it := range r.Agenda {
		if it.Rule != nil && it.Rule.Ballot == "secret" && (r.Round < 2 || it.Second) {
			d.Lines = append(d.Lines, ballotLine{BallotItem: app.BallotItem{AgendaItem: it}, N: n})
		}
	}
	return d, err
}

// count takes one entry. The second, by another person, must be equal; the page
// never shows the first.
func count(c *ui.Context) error {
	d, err := papers(c)
	if err != nil {
		return err
	}
	in := app.CountInput{Issued: whole(c, "issued"), Collected: whole(c, "collected"), Written: whole(c, "written"), Round: round(c), Nonce: c.Field("nonce")}
	for _, l := range d.Lines {
		at := strconv.Itoa(l.N)
		p := rules.PaperItem{
			Item: l.Item, Yes: whole(c, "yes"+at), No: whole(c, "no"+at), Abstain: whole(c, "abstain"+at), Invalid: whole(c, "invalid"+at),
		}
		if p.Yes < 0 || p.No < 0 || p.Abstain < 0 || p.Invalid < 0 {
			return c.Fail("count", d, wrong("yes"+at))
		}
		in.Items = append(in.Items, p)
	}
	done, err := c.App.CountPaper(c, c.Session, d.ID, in)
	if err != nil {
		return c.Fail("count", d, err)
	}
	after, err := read(c)
	if err != nil {
		return err
	}
	key := "council.done.count"
	if after.Counts > 1 {
		key = "council.done.counted"
	}
	return told(c, done, here(c), key)
}
