package clerk

import (
	"encoding/json"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// itemPage is the form of one item with the law's word beside it.
type itemPage struct {
	Item    app.ItemView
	Case    app.ProposalView
	Brief   app.SubmissionBrief
	Base    int // version that the form started from
	Facts   []shownFact
	Lists   []shownList
	Forms   []string
	Clashes []shownClash
	Foreign bool
	At, Of  int // place in the list, from 1, and its length
	Prev    string
	Next    string
	Awards  []ui.Option
	Targets []ui.Option // awards to copy the item for
	Editing bool
}

// shownFact is a fact with what it says.
type shownFact struct {
	factField
	Value   string
	Options []ui.Option
}

// shownList is a list of rows with blank ones at its end.
type shownList struct {
	Path string
	Rows []shownRow
	None bool // stated to be empty
}

// shownClash is a field that two writers changed.
type shownClash struct {
	app.Clash
	Words []ui.Option // of coded values
}

// blanks is how many empty rows a list ends with.
const blanks = 2

func newItemPage(c *ui.Context, id string) (itemPage, error) {
	it, err := c.App.Item(c, c.Session, id)
	if err != nil {
		return itemPage{}, err
	}
	p := itemPage{Item: it, Base: it.Version, Forms: app.FormsOfAddress(it.Content.Kind)}
	if p.Case, err = c.App.Proposal(c, c.Session, it.Proposal, false); err != nil {
		return p, err
	}
	check, err := c.App.Checkout(c, c.Session, p.Case.Submission)
	if err != nil {
		return p, err
	}
	p.Brief = check.Brief
	p.Editing = p.Case.Number == 0 || p.Case.Returned && !p.Case.Closed
	p.place(neighbours(p.Case, check.Submission.Proposals))
	if p.Awards, err = allAwards(c); err != nil {
		return p, err
	}
	if p.Targets, err = awardsFor(c, it.Content.Kind); err != nil {
		return p, err
	}
	return p, p.show(c, it.Content)
}

// neighbours are the items that one goes through in a row: while the submission is
// prepared all of it, award after award; after a return those of the case.
func neighbours(here app.ProposalView, all []app.ProposalView) []app.ItemView {
	if here.Number > 0 {
		return here.ItemList
	}
	var out []app.ItemView
	for _, p := range all {
		if p.Number == 0 {
			out = append(out, p.ItemList...)
		}
	}
	return out
}

// place finds the item's neighbours in the list.
func (p *itemPage) place(list []app.ItemView) {
	p.Of = len(list)
	for i, x := range list {
		if x.ID != p.Item.ID {
			continue
		}
		p.At = i + 1
		if i > 0 {
			p.Prev = list[i-1].ID
		}
		if i+1 < len(list) {
			p.Next = list[i+1].ID
		}
	}
}

// show lays a content out as the fields of the form: those that the criteria ask
// for, and those that say something already.
func (p *itemPage) show(c *ui.Context, content proposal.ItemContent) error {
	f, err := app.ContentFields(content)
	if err != nil {
		return err
	}
	needs := map[string]bool{}
	if p.Item.Law != nil {
		asked(p.Item.Law.Tree, needs)
	}
	p.Facts, p.Lists = nil, nil
	for _, x := range factFields {
		if !needs[x.Fact] && f[x.Path] == "" {
			continue
		}
		p.Facts = append(p.Facts, shownFact{factField: x, Value: plain(f[x.Path]), Options: x.options(c)})
	}
	for _, l := range rowLists {
		if !needs[l.Fact] && f[l.Path] == "" {
			continue
		}
		shown := shownList{Path: l.Path, None: f[l.Path] == "[]"}
		if shown.Rows, err = l.shownRows(c, f[l.Path], p.Awards); err != nil {
			return err
		}
		p.Lists = append(p.Lists, shown)
	}
	return nil
}

// plain is a JSON value as a form shows it.
func plain(raw string) string {
	var s string
	switch {
	case raw == "true":
		return "yes"
	case raw == "false":
		return "no"
	case json.Unmarshal([]byte(raw), &s) == nil:
		return s
	}
	return raw
}

// options are the choices of a coded fact, after "not known".
func (x factField) options(c *ui.Context) []ui.Option {
	unknown := ui.Option{Value: "", Text: c.T("clerk.unknown")}
	switch x.Type {
	case "flag":
		return []ui.Option{unknown, {Value: "yes", Text: c.T("ui.yes")}, {Value: "no", Text: c.T("ui.no")}}
	case "word":
		out := []ui.Option{unknown}
		for _, w := range x.Words {
			out = append(out, ui.Option{Value: w, Text: c.T("clerk.word." + w)})
		}
		return out
	}
	return nil
}

// allAwards are today's awards, for titles that a subject holds.
func allAwards(c *ui.Context) ([]ui.Option, error) {
	on, err := c.App.AwardsOn(c, "")
	if err != nil {
		return nil, err
	}
	out := []ui.Option{{Value: "", Text: c.T("clerk.choose")}}
	for _, a := range on.Awards {
		name := a.Names.VI
		if c.Lang == "en" {
			name = a.Names.EN
		}
		out = append(out, ui.Option{Value: a.Code, Text: name})
	}
	return out, nil
}

func item(c *ui.Context) error {
	p, err := newItemPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Render("item", p)
}

// verdict is the law's word alone, for a page that is being typed into.
func verdict(c *ui.Context) error {
	p, err := newItemPage(c, c.Path("id"))
	if err != nil {
		return err
	}
	return c.Partial("item#law", p)
}
