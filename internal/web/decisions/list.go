package decisions

import (
	"slices"
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// pageSize is how many decisions, and how many waiting cases, a page lists.
const pageSize = 50

type listing struct {
	Waiting []app.DecisionGroup
	More    string // cursor of what waits beyond this page
	Drafts  []app.DecisionRow
	Others  []app.DecisionRow // submitted or beyond
	Next    string
}

func list(c *ui.Context) error {
	if !c.Session.Has(proposal.RoleStandingHead, proposal.RoleAppraiser) {
		return &app.Error{Code: app.CodeNotFound}
	}
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	waiting, err := c.App.DecisionCandidates(c, c.Session, app.CandidateQuery{After: c.Field("after"), Limit: pageSize})
	if err != nil {
		return err
	}
	rows, err := c.App.Decisions(c, c.Session, pageSize+1, offset)
	if err != nil {
		return err
	}
	data := listing{Waiting: waiting.Rows, More: waiting.Next}
	if len(rows) > pageSize {
		rows, data.Next = rows[:pageSize], strconv.Itoa(offset+pageSize)
	}
	standing := c.Session.Units(proposal.RoleStandingHead, proposal.RoleAppraiser)
	for _, d := range rows {
		switch {
		case !slices.Contains(standing, d.Standing): // seen in another capacity
		case d.Phase == "draft":
			data.Drafts = append(data.Drafts, d)
		default:
			data.Others = append(data.Others, d)
		}
	}
	return c.Render("list", data)
}
