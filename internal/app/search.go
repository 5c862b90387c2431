package app

import (
	"context"
	"strings"
)

// Found is what a search shows at first: the best few of each sort. Each leads to
// its own list with the same words.
type Found struct {
	Items       Listed[ListedItem]    `json:"items"`
	People      Listed[FoundPerson]   `json:"people"`
	Cases       Listed[CaseRow]       `json:"cases"`
	Submissions Listed[SubmissionRef] `json:"submissions"`
	Decisions   Listed[DecisionRef]   `json:"decisions"`
	Units       []FoundUnit           `json:"units"`
}

// Empty tells whether nothing was found.
func (f Found) Empty() bool {
	return len(f.Items.Rows)+len(f.People.Rows)+len(f.Cases.Rows)+len(f.Submissions.Rows)+len(f.Decisions.Rows)+len(f.Units) == 0
}

const foundOfEach = 5

// Search looks for words everywhere: names, references, decision numbers, units;
// with and without accents. Nothing is found beyond the session's sight, and
// nothing says that there was something.
func (a *App) Search(ctx context.Context, s Session, text string) (Found, error) {
	q := ListQuery{Text: strings.TrimSpace(text), Limit: foundOfEach}
	var f Found
	err := a.check(q)
	if err != nil || q.Text == "" {
		return f, err
	}
	if err := a.costly.finding(s.User, a.SearchBurst); err != nil {
		return f, err
	}
	if f.People, err = a.FindPeople(ctx, s, q); err != nil {
		return f, err
	}
	if f.Items, err = a.ListItems(ctx, s, q); err != nil {
		return f, err
	}
	if strings.ContainsAny(q.Text, "0123456789") {
		if f.Cases, err = a.ListProposals(ctx, s, q); err != nil {
			return f, err
		}
		if f.Decisions, err = a.FindDecisions(ctx, s, q); err != nil {
			return f, err
		}
	}
	if f.Submissions, err = a.FindSubmissions(ctx, s, q); err != nil {
		return f, err
	}
	f.Units, err = a.FindUnits(ctx, s, q.Text, foundOfEach)
	return f, err
}
