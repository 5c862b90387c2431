package clerk

import (
	"slices"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// kinds of subject, as the form offers them.
var kinds = []string{"individual", "collective", "household"}

// addPage is the form of a new item: what every item has. What its award asks for
// comes on the item's own page.
type addPage struct {
	Brief  app.SubmissionBrief
	Kind   string
	Kinds  []string
	Awards []ui.Option
	Forms  []string // usual forms of address
	Last   proposal.ItemContent
	Count  int // items so far
}

func newAddPage(c *ui.Context) (addPage, error) {
	v, err := c.App.Checkout(c, c.Session, c.Path("id"))
	if err != nil {
		return addPage{}, err
	}
	p := addPage{Brief: v.Brief, Kind: c.Field("kind"), Kinds: kinds, Count: v.Brief.Items}
	for _, pr := range slices.Backward(v.Submission.Proposals) {
		for _, it := range slices.Backward(pr.ItemList) {
			if p.Last.Name == "" || it.ID == c.Field("after") {
				p.Last = it.Content // its award, workplace and period are offered for the next one
			}
		}
	}
	if !slices.Contains(kinds, p.Kind) {
		p.Kind = "individual"
		if p.Last.Kind != "" {
			p.Kind = p.Last.Kind
		}
	}
	p.Forms = app.FormsOfAddress(p.Kind)
	p.Awards, err = awardsFor(c, p.Kind)
	return p, err
}

// awardsFor are today's awards for a kind of subject.
func awardsFor(c *ui.Context, kind string) ([]ui.Option, error) {
	on, err := c.App.AwardsOn(c, "")
	if err != nil {
		return nil, err
	}
	out := []ui.Option{{Value: "", Text: c.T("clerk.choose")}}
	for _, a := range on.Awards {
		for _, k := range a.Kinds {
			if string(k) == kind {
				name := a.Names.VI
				if c.Lang == "en" {
					name = a.Names.EN
				}
				out = append(out, ui.Option{Value: a.Code, Text: name})
			}
		}
	}
	return out, nil
}

func addForm(c *ui.Context) error {
	p, err := newAddPage(c)
	if err != nil {
		return err
	}
	return c.Render("additem", p)
}

func add(c *ui.Context) error {
	content := proposal.ItemContent{
		Kind: c.Field("kind"), Award: c.Field("award"), Form: c.Field("form"), Name: c.Field("name"), Position: c.Field("position"),
		Workplace: c.Field("workplace"), PeriodKind: c.Field("period_kind"), Period: c.Field("period"),
	}
	err := required(c, "award", "name")
	var it app.ItemView
	if err == nil {
		it, err = c.App.AddItem(c, c.Session, app.AddInput{Submission: c.Path("id"), Content: content, Nonce: c.Field("nonce")})
	}
	if err != nil {
		p, perr := newAddPage(c)
		if perr != nil {
			return perr
		}
		return c.Fail("additem", p, stripped(err))
	}
	switch c.Field("then") {
	case "next":
		return c.DoneAt("/submissions/"+c.Path("id")+"/items/new?kind="+it.Content.Kind+"&after="+it.ID, "clerk.added")
	case "list":
		return c.DoneAt("/submissions/"+c.Path("id"), "clerk.added")
	}
	return c.DoneAt("/items/"+it.ID, "clerk.added")
}

// required names the fields of the form that are empty.
func required(c *ui.Context, names ...string) error {
	e := &app.Error{Code: app.CodeInvalid}
	for _, n := range names {
		if c.Field(n) == "" {
			e.Fields = append(e.Fields, app.FieldError{Field: n, Rule: "required"})
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}
