package app

import (
	"context"
	"errors"

	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/postgres"
)

// Rows of lists and searches, as the store hands them out.
type (
	CaseRow       = postgres.CaseRow
	ListedItem    = postgres.ItemRow
	FoundPerson   = postgres.FoundPerson
	SubmissionRef = postgres.SubmissionRow
	DecisionRef   = postgres.DecisionItem
	FoundUnit     = postgres.FoundUnit
)

// ListQuery narrows a list of cases or items. Its names are those of the address
// of the page and of the API, so that a filtered list can be sent to a colleague:
// who opens it sees of it what is theirs to see. Zero values narrow nothing.
type ListQuery struct {
	Text     string `json:"q,omitempty" validate:"max=200"` // a reference or number, or words of names
	State    string `json:"state,omitempty" validate:"omitempty,oneof=draft open returned on_hold closed"`
	Stage    string `json:"stage,omitempty" validate:"omitempty,oneof=nomination review reception appraisal consultation publication council submission outcome issuance"`
	Award    string `json:"award,omitempty" validate:"max=60"`
	Unit     string `json:"unit,omitempty" validate:"max=100"` // the proposing unit
	Campaign string `json:"campaign,omitempty" validate:"max=100"`
	Period   string `json:"period,omitempty" validate:"max=40"`
	Outcome  string `json:"outcome,omitempty" validate:"omitempty,oneof=pending passed recognised not_proposed not_passed deferred lower_award withdrawn not_awarded"`
	Kind     string `json:"kind,omitempty" validate:"omitempty,oneof=individual collective household"`
	Class    string `json:"class,omitempty" validate:"omitempty,oneof=leader direct"`
	Decision string `json:"decision,omitempty" validate:"max=100"` // id of a numbered decision
	Subject  string `json:"subject,omitempty" validate:"max=100"`  // reference of a person or collective
	Role     string `json:"role,omitempty" validate:"omitempty,oneof=clerk unit_head reviewer appraiser standing_head secretary member chair signer registrar"`
	Mine     bool   `json:"mine,omitempty"` // waits for me
	Own      bool   `json:"own,omitempty"`  // of the units in which I am clerk or head
	Late     bool   `json:"late,omitempty"`
	From     string `json:"from,omitempty" validate:"omitempty,datetime=2006-01-02"` // of the sending, both included
	To       string `json:"to,omitempty" validate:"omitempty,datetime=2006-01-02"`
	Sort     string `json:"sort,omitempty" validate:"omitempty,oneof=newest due"`
	After    string `json:"after,omitempty" validate:"max=2000"` // cursor of the page
	Limit    int    `json:"limit,omitempty" validate:"min=0,max=500"`
}

// Listed is one page of a list; Next is the cursor of the next one, "" on the last.
type Listed[T any] struct {
	Rows []T    `json:"rows"`
	Next string `json:"next,omitempty"`
}

// CountedTo is where counting stops: "hơn 100" sends to the list as the number would,
// and costs the same however many cases there are.
const CountedTo = 100

const listedAtOnce = 25

func (a *App) filterOf(s Session, q ListQuery) postgres.CaseFilter {
	units, roles := s.queued()
	return postgres.CaseFilter{
		State: q.State, Stage: q.Stage, Award: q.Award, Unit: q.Unit, Campaign: q.Campaign, Period: q.Period, Outcome: q.Outcome,
		Kind: q.Kind, Class: q.Class, Decision: q.Decision, Subject: q.Subject, Role: q.Role, Mine: q.Mine, Own: q.Own, Late: q.Late,
		Today: a.Today().String(), From: q.From, To: q.To, Text: q.Text, Due: q.Sort == "due",
		Offices: postgres.Scope{Units: units, Roles: roles},
	}
}

func (q ListQuery) limit() int {
	if q.Limit == 0 {
		return listedAtOnce
	}
	return q.Limit
}

// ListProposals lists the cases in the session's sight that fit the query.
func (a *App) ListProposals(ctx context.Context, s Session, q ListQuery) (Listed[CaseRow], error) {
	if err := a.check(q); err != nil {
		return Listed[CaseRow]{}, err
	}
	rows, next, err := a.Store.ListCases(ctx, s.scope(), a.filterOf(s, q), postgres.Cursor(q.After), q.limit())
	return pageOf(rows, next, err)
}

// ListItems lists the items in the session's sight that fit the query: with names
// the best matches first, else the newest case first.
func (a *App) ListItems(ctx context.Context, s Session, q ListQuery) (Listed[ListedItem], error) {
	if err := a.check(q); err != nil {
		return Listed[ListedItem]{}, err
	}
	rows, next, err := a.Store.ListItems(ctx, s.scope(), a.filterOf(s, q), postgres.Cursor(q.After), q.limit())
	if !s.readsSomewhere("item.birth_year") {
		for i := range rows {
			rows[i].BirthYear = nil
		}
	}
	return pageOf(rows, next, err)
}

// CountProposals counts the list of ListProposals, up to CountedTo+1.
func (a *App) CountProposals(ctx context.Context, s Session, q ListQuery) (int, error) {
	if err := a.check(q); err != nil {
		return 0, err
	}
	n, err := a.Store.CountCases(ctx, s.scope(), a.filterOf(s, q), CountedTo+1)
	if err != nil {
		return 0, internal("count cases", err)
	}
	return n, nil
}

// CountItems counts the list of ListItems, up to CountedTo+1.
func (a *App) CountItems(ctx context.Context, s Session, q ListQuery) (int, error) {
	if err := a.check(q); err != nil {
		return 0, err
	}
	n, err := a.Store.CountItems(ctx, s.scope(), a.filterOf(s, q), CountedTo+1)
	if err != nil {
		return 0, internal("count items", err)
	}
	return n, nil
}

// FindPeople finds people, collectives and households by name, among the items in
// the session's sight.
func (a *App) FindPeople(ctx context.Context, s Session, q ListQuery) (Listed[FoundPerson], error) {
	if err := a.check(q); err != nil {
		return Listed[FoundPerson]{}, err
	}
	rows, next, err := a.Store.ListPeople(ctx, s.scope(), a.filterOf(s, q), postgres.Cursor(q.After), q.limit())
	if !s.readsSomewhere("item.birth_year") {
		for i := range rows {
			rows[i].BirthYear = nil
		}
	}
	return pageOf(rows, next, err)
}

// FindSubmissions lists the submissions of the session's own units.
func (a *App) FindSubmissions(ctx context.Context, s Session, q ListQuery) (Listed[SubmissionRef], error) {
	if err := a.check(q); err != nil {
		return Listed[SubmissionRef]{}, err
	}
	f := postgres.SubmissionFilter{Unit: q.Unit, Campaign: q.Campaign, Text: q.Text}
	switch q.State {
	case "draft":
		f.Status = "draft"
	case "open":
		f.Status = "sent"
	}
	rows, next, err := a.Store.ListSubmissions(ctx, s.where("submission.read", permission.Own), s.anywhere("submission.read"),
		f, postgres.Cursor(q.After), q.limit())
	return pageOf(rows, next, err)
}

// FindDecisions lists the decisions that the session may see, by number or
// reference.
func (a *App) FindDecisions(ctx context.Context, s Session, q ListQuery) (Listed[DecisionRef], error) {
	if err := a.check(q); err != nil {
		return Listed[DecisionRef]{}, err
	}
	rows, next, err := a.Store.ListDecisions(ctx, s.decisionScope(), q.Text, postgres.Cursor(q.After), q.limit())
	return pageOf(rows, next, err)
}

// FindUnits finds units by name. Who holds no role sees none.
func (a *App) FindUnits(ctx context.Context, s Session, text string, limit int) ([]FoundUnit, error) {
	if !s.member("unit.find") {
		return []FoundUnit{}, nil
	}
	rows, err := a.Store.FindUnits(ctx, text, a.Today().String(), min(max(limit, 1), 1000))
	if err != nil {
		return nil, internal("find units", err)
	}
	return rows, nil
}

func pageOf[T any](rows []T, next postgres.Cursor, err error) (Listed[T], error) {
	if errors.Is(err, postgres.ErrCursor) {
		return Listed[T]{}, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "after", Rule: "cursor"}}}
	}
	if err != nil {
		return Listed[T]{}, internal("list", err)
	}
	if rows == nil {
		rows = []T{}
	}
	return Listed[T]{Rows: rows, Next: string(next)}, nil
}
