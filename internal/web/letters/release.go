package letters

import (
	"strconv"
	"strings"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// plan is a release as it is rehearsed, with the letters that would go as they were shown.
type plan struct {
	app.Released
	Picks []string // "id version" of what would go
}

// picked reads the letters that are marked, each as it was shown.
func picked(c *ui.Context) []app.LetterPick {
	var out []app.LetterPick
	for _, m := range c.Fields("letters") {
		id, version, _ := strings.Cut(m, " ")
		if n, err := strconv.Atoi(version); err == nil {
			out = append(out, app.LetterPick{ID: id, Version: n})
		}
	}
	return out
}

// rehearse shows what would go: count, units and names, before anything goes.
func rehearse(c *ui.Context) error {
	in := app.ReleaseInput{Letters: picked(c), Session: c.Field("of"), Rehearse: true}
	if in.Session != "" {
		in.Letters = nil
	}
	v, err := c.App.ReleaseOutcomeLetters(c, c.Session, in)
	if err != nil {
		d, gone := newListing(c)
		if gone != nil {
			return err
		}
		return c.Fail("list", d, err)
	}
	return c.Render("plan", newPlan(v))
}

func newPlan(v app.Released) plan {
	p := plan{Released: v}
	for _, r := range v.Rows {
		if r.Result == app.ReleaseWould {
			p.Picks = append(p.Picks, r.ID+" "+strconv.Itoa(r.Version))
		}
	}
	return p
}

// release lets the letters of the rehearsal go and shows what became of each. Sent twice,
// the second tells that they went before.
func release(c *ui.Context) error {
	v, err := c.App.ReleaseOutcomeLetters(c, c.Session, app.ReleaseInput{Letters: picked(c)})
	if err != nil {
		d, gone := newListing(c)
		if gone != nil {
			return err
		}
		return c.Fail("list", d, err)
	}
	return c.Render("plan", newPlan(v))
}
