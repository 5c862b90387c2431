package clerk

import (
	"strconv"

	"vinhdanh/internal/app"
	"vinhdanh/internal/proposal"
	"vinhdanh/internal/web/ui"
)

// pageRows is how many rows a list shows at once.
const pageRows = 30

// listPage is the unit's submissions.
type listPage struct {
	Rows   []app.SubmissionBrief
	Counts []stateCount
	State  string
	Text   string
	Next   int // offset of the next page, 0 for none
	Lists  []app.StagedList
	Clerk  bool
}

// stateCount is a tally above the list.
type stateCount struct {
	State string
	Count int
	More  bool // there are more than were counted
	Tone  string
}

// tones of the tallies: what asks for the unit's work stands out.
var tones = map[string]string{"returned": "warn", "answer": "warn", "closed": "plain", "sent": "good"}

func list(c *ui.Context) error {
	p := listPage{State: c.Field("state"), Text: c.Field("q"), Clerk: c.Session.Has(proposal.RoleClerk, proposal.RoleUnitHead)}
	offset, _ := strconv.Atoi(c.Field("offset")) // anything else is the first page
	rows, err := c.App.MySubmissions(c, c.Session, app.SubmissionQuery{State: p.State, Text: p.Text, Limit: pageRows + 1, Offset: max(offset, 0)})
	if err != nil {
		return err
	}
	if len(rows) > pageRows {
		rows, p.Next = rows[:pageRows], max(offset, 0)+pageRows
	}
	p.Rows = rows
	counts, err := c.App.MySubmissionCounts(c, c.Session)
	if err != nil {
		return err
	}
	for _, s := range app.SubmissionStates() {
		if counts[s] > 0 || s == p.State {
			p.Counts = append(p.Counts, stateCount{s, min(counts[s], app.CountedTo), counts[s] > app.CountedTo, tones[s]})
		}
	}
	if p.Lists, err = c.App.StagedLists(c, c.Session); err != nil {
		return err
	}
	return c.Render("list", p)
}
