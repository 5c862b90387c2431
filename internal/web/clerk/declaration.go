package clerk

import (
	"vinhdanh/internal/app"
	"vinhdanh/internal/web/ui"
)

// declared are the questions that no list carries and that the unit answers for
// all items at once, with its letter.
var declared = []string{"facts.proposer_manages", "facts.on_hold", "facts.already_rewarded", "facts.unit_dissolved"}

// declarationPage is the form of the declaration.
type declarationPage struct {
	submissionPage
	Questions []shownFact
	Items     []ui.Option // that it may not hold for
}

func newDeclarationPage(c *ui.Context) (declarationPage, error) {
	base, err := newSubmissionPage(c, c.Path("id"))
	if err != nil {
		return declarationPage{}, err
	}
	p := declarationPage{submissionPage: base}
	for _, x := range factFields {
		for _, path := range declared {
			if x.Path == path {
				p.Questions = append(p.Questions, shownFact{factField: x, Options: x.options(c)})
			}
		}
	}
	for _, pr := range base.Submission.Proposals {
		for _, it := range pr.ItemList {
			p.Items = append(p.Items, ui.Option{Value: it.ID, Text: it.Content.PrintedLine()})
		}
	}
	return p, nil
}

func declaration(c *ui.Context) error {
	p, err := newDeclarationPage(c)
	if err != nil {
		return err
	}
	return c.Render("declaration", p)
}

func declare(c *ui.Context) error {
	p, err := newDeclarationPage(c)
	if err != nil {
		return err
	}
	answer := func(path string) *bool {
		yes := c.Field(path) == "yes"
		if c.Field(path) == "" {
			return nil
		}
		return &yes
	}
	in := app.Declaration{
		Submission: p.Brief.ID, Version: p.Brief.Version, ProposerManages: answer(declared[0]), OnHold: answer(declared[1]),
		AlreadyRewarded: answer(declared[2]), UnitDissolved: answer(declared[3]), Except: c.Fields("except"),
	}
	if c.Checked("no_discipline") {
		in.Discipline = "NONE"
	}
	if _, err := c.App.Declare(c, c.Session, in); err != nil {
		return c.Fail("declaration", p, err)
	}
	return c.DoneAt("/submissions/"+p.Brief.ID, "clerk.declared")
}
