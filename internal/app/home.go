package app

import (
	"context"
	"slices"
	"time"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// Home is the first page: what waits for me, what is late, what I sent, what
// changed. Each tally has the query of the list that it counts; list and count
// come from the same filter.
type Home struct {
	Tallies   []Tally                  `json:"tallies"`
	Waiting   []CaseRow                `json:"waiting"`   // the first of them, the earliest due first
	Decisions []postgres.DecisionBrief `json:"decisions"` // to sign or to number
	Sessions  []SessionTask            `json:"sessions"`  // of my councils, to come or open
	Changed   []NoticeRow              `json:"changed"`   // since the last visit
	Since     *time.Time               `json:"since,omitempty"`
	Unread    int                      `json:"unread"` // up to CountedTo+1
}

// SessionTask is a session with what it asks of the reader now.
type SessionTask struct {
	SessionRow
	Next string `json:"next,omitempty"` // declare, ballot (cast it), or nothing
}

// Path is the page on which the reader does it.
func (t SessionTask) Path() string {
	if t.Next == "" {
		return "/sessions/" + t.ID
	}
	return "/sessions/" + t.ID + "/" + t.Next
}

// Tally is a count with the list that it leads to.
type Tally struct {
	Name  string    `json:"name"` // waiting, late, returned, drafts, sent, own-late, signing, numbering, done, open
	Count int       `json:"count"`
	More  bool      `json:"more,omitempty"` // there are more than were counted
	Query ListQuery `json:"query"`
}

const homeRows = 8

// Home reads the session's first page. Looking at it is remembered, so that the
// next visit can say what changed; for an auditor nothing is written.
func (a *App) Home(ctx context.Context, s Session) (Home, error) {
	h := Home{Tallies: []Tally{}, Waiting: []CaseRow{}, Decisions: []postgres.DecisionBrief{}, Sessions: []SessionTask{}, Changed: []NoticeRow{}}
	if len(s.Memberships) == 0 {
		return h, nil
	}
	if err := a.homeTallies(ctx, s, &h); err != nil {
		return h, err
	}
	waiting, err := a.ListProposals(ctx, s, ListQuery{Mine: true, Sort: "due", Limit: homeRows})
	if err != nil {
		return h, err
	}
	h.Waiting = waiting.Rows
	h.Decisions, err = a.Store.DecisionsWaiting(ctx, s.where("decision.sign", permission.Deciding), s.where("decision.number", permission.Deciding))
	if err != nil {
		return h, internal("read decisions", err)
	}
	if err := a.homeSessions(ctx, s, &h); err != nil {
		return h, err
	}
	return h, a.homeChanges(ctx, s, &h)
}

// homeTallies counts what each of the session's roles has to look at.
func (a *App) homeTallies(ctx context.Context, s Session, h *Home) error {
	var wanted []Tally
	add := func(name string, q ListQuery) { wanted = append(wanted, Tally{Name: name, Query: q}) }
	if sc := s.scope(); len(sc.Units) > 0 || sc.All {
		if units, _ := s.queued(); !sc.All && len(units) > 0 {
			add("waiting", ListQuery{Mine: true, Sort: "due"})
			add("late", ListQuery{Mine: true, Late: true, Sort: "due"})
		}
		if len(s.where("case.read", permission.Own)) > 0 {
			add("returned", ListQuery{Own: true, State: "returned"})
			add("drafts", ListQuery{Own: true, State: "draft"})
			add("sent", ListQuery{Own: true, State: "open"})
			add("own-late", ListQuery{Own: true, Late: true, Sort: "due"})
			add("done", ListQuery{Own: true, State: "closed"})
		} else {
			add("open", ListQuery{State: "open"})
			add("all-late", ListQuery{Late: true, Sort: "due"})
			add("closed", ListQuery{State: "closed"})
		}
	}
	for _, t := range wanted {
		n, err := a.CountProposals(ctx, s, t.Query)
		if err != nil {
			return err
		}
		t.Count, t.More = min(n, CountedTo), n > CountedTo
		h.Tallies = append(h.Tallies, t)
	}
	return nil
}

// homeSessions lists the sessions that the session's councils have before them.
func (a *App) homeSessions(ctx context.Context, s Session, h *Home) error {
	if len(s.where("session.read", permission.Council)) == 0 {
		return nil
	}
	all, err := a.Sessions(ctx, s, 20, 0)
	if err != nil {
		return err
	}
	for _, x := range all {
		if (x.Phase != "convened" && x.Phase != "open") || len(h.Sessions) >= homeRows {
			continue
		}
		v, err := a.SessionView(ctx, s, x.ID)
		if err != nil {
			return err
		}
		h.Sessions = append(h.Sessions, SessionTask{SessionRow: x, Next: nextIn(s, v)})
	}
	return nil
}

// nextIn is what a session asks of the reader: first the declaration, then the
// ballot.
func nextIn(s Session, v SessionView) string {
	i := slices.IndexFunc(v.Roster, func(x SeatView) bool { return x.User == s.User })
	switch {
	case i >= 0 && !v.Roster[i].Declared && slices.Contains(v.May, ActDeclare):
		return "declare"
	case slices.Contains(v.May, ActCast):
		return "ballot"
	}
	return ""
}

// homeChanges lists what the person was told since the visit before.
func (a *App) homeChanges(ctx context.Context, s Session, h *Home) error {
	var err error
	if h.Unread, err = a.UnreadNotices(ctx, s); err != nil {
		return err
	}
	if !s.anywhere("case.read") {
		if h.Since, err = a.Store.Visit(ctx, s.User); err != nil {
			return internal("note the visit", err)
		}
	}
	q := NoticeQuery{Limit: homeRows}
	if h.Since != nil {
		q.Since = h.Since.UTC().Format(time.RFC3339)
	}
	page, err := a.Notices(ctx, s, q)
	h.Changed = page.Rows
	return err
}
