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
	PIN    bool  // the reader's key asks for one
}

// NeedsPIN tells the form to ask for the PIN.
func (r rehearsal) NeedsPIN() bool { return r.PIN }

func rehearse(c *ui.Context) error {
	v, err := rehearsalOf(c, c.Fields("id"))
	if err != nil {
		return err
	}
	if v.Report.Results == nil {
		return c.DoneAt("/signing", "signing.none.chosen")
	}
	return c.Render("rehearse", v)
}

// rehearsalOf rehearses signing decisions; without one that waits the report is empty.
func rehearsalOf(c *ui.Context, ids []string) (rehearsal, error) {
	v := rehearsal{Briefs: map[string]app.SigningBrief{}}
	waiting, err := c.App.SigningDesk(c, c.Session)
	if err != nil {
		return v, err
	}
	in := app.SignManyInput{Rehearse: true}
	for _, b := range waiting {
		v.Briefs[b.ID] = b
	}
	for _, id := range ids {
		if b, ok := v.Briefs[id]; ok {
			in.Documents = append(in.Documents, app.SignDocument{ID: id, Content: b.Content})
		}
	}
	if len(in.Documents) == 0 {
		return v, nil
	}
	if v.Report, err = c.App.SignMany(c, c.Session, in); err != nil {
		return v, err
	}
	if err := stale(v.Report); err != nil {
		return v, err
	}
	for _, r := range v.Report.Results {
		if r.Status == app.ManyReady {
			v.Ready++
			v.PIN = v.PIN || v.Briefs[r.ID].NeedsPIN
			v.Items += len(v.Briefs[r.ID].Lines)
			v.Total += v.Briefs[r.ID].Total
		}
	}
	return v, nil
}
