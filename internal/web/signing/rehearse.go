package signing

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// rehearsal is what signing the chosen decisions would do.
type rehearsal struct {
	Report app.ManyReport
	Briefs map[string]app.SigningBrief // by id, of those that can be signed
	Ready  int
	Items  int
	Total  int64 // đồng
}

func rehearse(c *ui.Context) error {
	v := rehearsal{Briefs: map[string]app.SigningBrief{}}
	waiting, err := c.App.SigningDesk(c, c.Session)
	if err != nil {
		return err
	}
	in := app.SignManyInput{Rehearse: true}
	for _, b := range waiting {
		v.Briefs[b.ID] = b
	}
	for _, id := range c.Fields("id") {
		if b, ok := v.Briefs[id]; ok {
			in.Documents = append(in.Documents, app.SignDocument{ID: id, Content: b.Content})
		}
	}
	if len(in.Documents) == 0 {
		return c.DoneAt("/signing", "signing.none.chosen")
	}
	if v.Report, err = c.App.SignMany(c, c.Session, in); err != nil {
		return err
	}
	if err := stale(v.Report); err != nil {
		return err
	}
	for _, r := range v.Report.Results {
		if r.Status == app.ManyReady {
			v.Ready++
			v.Items += len(v.Briefs[r.ID].Lines)
			v.Total += v.Briefs[r.ID].Total
		}
	}
	return c.Render("rehearse", v)
}
