package cases

import (
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// itemPage is one item with everything that was said of it.
type itemPage struct {
	Case    page
	Item    app.ItemView
	Said    []app.Said
	Asked   []askedField // what returns asked for
	Before  string       // ids of the neighbours
	After   string
	Content []contentField
	Doubles []app.DuplicateView // who else could be proposed or rewarded for the same
}

// askedField is one remark of a return.
type askedField struct {
	app.FieldSaid
	Return app.ReturnView
}

// contentField is one field of the item as it stands.
type contentField struct {
	Name  string
	Value string
}

func findItem(c *ui.Context) (app.CaseView, int, error) {
	v, err := c.App.Case(c, c.Session, c.Path("id"), true)
	if err != nil {
		return v, 0, err
	}
	i := slices.IndexFunc(v.ItemList, func(it app.ItemView) bool { return it.ID == c.Path("item") })
	if i < 0 {
		return v, 0, &app.Error{Code: app.CodeNotFound}
	}
	return v, i, nil
}

func item(c *ui.Context) error {
	v, i, err := findItem(c)
	if err != nil {
		return err
	}
	it := v.ItemList[i]
	p := itemPage{Case: newPage(c, v), Item: it, Said: v.Opinions[it.ID], Content: contentOf(c, it)}
	if p.Doubles, err = c.App.DuplicatesOf(c, c.Session, it.ID); err != nil {
		return err
	}
	if i > 0 {
		p.Before = v.ItemList[i-1].ID
	}
	if i+1 < len(v.ItemList) {
		p.After = v.ItemList[i+1].ID
	}
	for _, r := range v.Returns {
		for _, f := range r.Fields {
			if f.Item == it.ID {
				p.Asked = append(p.Asked, askedField{f, r})
			}
		}
	}
	return c.Render("item", p)
}

// itemLaw is the law's word on one item, condition by condition, for a page that
// asks for it when somebody looks.
func itemLaw(c *ui.Context) error {
	v, i, err := findItem(c)
	if err != nil {
		return err
	}
	return c.Partial("item#law", v.ItemList[i])
}

// contentOf is the item's content field by field, in the order of the form.
func contentOf(c *ui.Context, it app.ItemView) []contentField {
	x := it.Content
	values := map[string]string{
		"name": x.Name, "form": x.Form, "sex": word(c, "cases.sex.", x.Sex), "position": x.Position, "workplace": x.Workplace,
		"achievement": x.Achievement, "period_kind": word(c, "cases.period.", x.PeriodKind), "period": x.Period, "note": x.Note,
	}
	if x.BirthYear > 0 {
		values["birth_year"] = itoa(x.BirthYear)
	}
	var out []contentField
	for _, f := range app.ItemFields() {
		if v := values[f.Field]; v != "" {
			out = append(out, contentField{Name: FieldName(c, f.Field), Value: v})
		}
	}
	return out
}

func word(c *ui.Context, prefix, code string) string {
	if code == "" {
		return ""
	}
	return c.T(prefix + code)
}
