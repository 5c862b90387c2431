package clerk

import (
	"bytes"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/importing"
	"vinhdanh/internal/web/ui"
)

// kindWords are the codes of kinds as a sheet may hold them.
var kindWords = []string{"individual", "collective", "household"}

// correct takes the corrected cells of one page of the preview.
func correct(c *ui.Context) error {
	v, err := c.App.StagedList(c, c.Session, c.Path("id"))
	if err != nil {
		return err
	}
	in := app.ListChange{List: v.ID}
	in.Version, _ = strconv.Atoi(c.Field("version")) // anything else is refused
	n, _ := strconv.Atoi(c.Field("fields"))
	for i := range min(max(n, 0), 5000) {
		at := "c." + strconv.Itoa(i)
		line, err := strconv.Atoi(c.Field(at + ".line"))
		if err != nil {
			continue
		}
		x := importing.Correction{Sheet: c.Field(at + ".sheet"), Line: line}
		switch {
		case c.Checked(at + ".remove"):
			x.Remove = true
		case c.Field(at+".field") != "" && c.Field(at+".value") != c.Field(at+".was"):
			x.Field, x.Value = importing.Field(c.Field(at+".field")), c.Field(at+".value")
		default:
			continue
		}
		in.Corrections = append(in.Corrections, x)
	}
	in.Choices = chosen(c, v)
	for name, into := range map[string]**string{
		"period_kind": &in.PeriodKind, "period": &in.Period, "title": &in.Title, "campaign": &in.Campaign, "type": &in.Type,
		"letter_number": &in.Number, "letter_date": &in.Date,
	} {
		if _, ok := c.R.Form[name]; ok {
			value := c.Field(name)
			*into = &value
		}
	}
	next, err := c.App.ChangeList(c, c.Session, in)
	if err != nil {
		return c.Fail("preview", newPreviewPage(c, v), err)
	}
	if next.Preview.Counts.Errors == 0 && len(choices(c, next)) == 0 {
		return c.DoneAt("/lists/"+v.ID, "clerk.list.clean")
	}
	return c.DoneAt("/lists/"+v.ID, "clerk.list.corrected")
}

// chosen adds what was chosen for ambiguous awards to what was chosen before.
func chosen(c *ui.Context, v app.StagedList) []importing.Choice {
	out := append([]importing.Choice(nil), v.Input.Choices...)
	for _, x := range choices(c, v) {
		if code := c.Field("choice." + strconv.Itoa(x.N)); code != "" {
			out = append(out, importing.Choice{Candidates: x.Candidates, Code: code})
		}
	}
	return out
}

func takeOver(c *ui.Context) error {
	version, _ := strconv.Atoi(c.Field("version")) // anything else is refused
	sub, err := c.App.TakeOver(c, c.Session, c.Path("id"), version)
	if err != nil {
		v, verr := c.App.StagedList(c, c.Session, c.Path("id"))
		if verr != nil {
			return verr
		}
		return c.Fail("preview", newPreviewPage(c, v), err)
	}
	return c.DoneAt("/submissions/"+sub.ID, "clerk.list.taken")
}

func badRows(c *ui.Context) error {
	var b bytes.Buffer
	if err := c.App.ListBadRows(c, c.Session, c.Path("id"), &b); err != nil {
		return err
	}
	return c.Download(c.T("clerk.badrows.name"), xlsx, &b)
}

func dropList(c *ui.Context) error {
	if err := c.App.DropList(c, c.Session, c.Path("id")); err != nil {
		return err
	}
	return c.DoneAt("/submissions", "clerk.list.dropped")
}
