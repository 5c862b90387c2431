package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// CaseRow is a case as a list shows it.
type CaseRow struct {
	Seen         bool       `db:"seen" json:"-"`
	Key          string     `db:"key" json:"-"` // of the order
	Tie          string     `db:"tie" json:"-"`
	ID           string     `db:"id" json:"id"`
	Ref          string     `db:"ref" json:"ref"`
	Submission   string     `db:"submission" json:"submission"`
	Unit         string     `db:"unit" json:"unit"`
	UnitName     string     `db:"unit_name" json:"unit_name"`
	Award        string     `db:"award" json:"award"`
	Campaign     *string    `db:"campaign" json:"campaign,omitempty"`
	CaseID       string     `db:"case_id" json:"case"`
	Number       int        `db:"number" json:"number"`
	Revision     int        `db:"revision" json:"revision"`
	Stage        string     `db:"stage" json:"stage"`
	WaitingUnit  *string    `db:"waiting_unit" json:"waiting_unit,omitempty"`
	WaitingName  *string    `db:"waiting_name" json:"waiting_name,omitempty"`
	WaitingRoles []string   `db:"waiting_roles" json:"waiting_roles"`
	Returned     bool       `db:"returned" json:"returned"`
	OnHold       bool       `db:"on_hold" json:"on_hold"`
	Closed       bool       `db:"closed" json:"closed"`
	OpenItems    int        `db:"open_items" json:"open_items"`
	Items        int        `db:"items" json:"items"`
	StageSince   *time.Time `db:"stage_since" json:"stage_since,omitempty"`
	DueOn        *time.Time `db:"due_on" json:"due_on,omitempty"`
	SentOn       *time.Time `db:"sent_on" json:"sent_on,omitempty"`
	ClosedAt     *time.Time `db:"closed_at" json:"closed_at,omitempty"`
	CreatedAt    time.Time  `db:"created_at" json:"created_at"`
}

// caseSelect reads the rows of a page, which %s finds; seen is the rule itself,
// asked of each row again.
const caseSelect = `
	with page as materialized (%s)
	select ` + visible + ` as seen, page.key::text, page.tie::text, p.id::text, p.ref, p.submission::text, p.unit, u.name as unit_name, p.award, p.campaign, p.case_id, p.number, p.revision,
		p.stage, p.waiting_unit, (select w.name from units w where w.id = p.waiting_unit) as waiting_name, p.waiting_roles,
		p.returned, p.on_hold, p.closed, p.open_items, (select count(*) from items i where i.proposal = p.id)::int as items,
		p.stage_since, p.due_on, p.sent_on, p.closed_at, p.created_at
	from page join proposals p on p.id = page.id join units u on u.id = p.unit
	order by `

// ListCases gives one page of the cases in a scope that fit the filter, and the
// cursor of the next page, empty on the last. The newest come first, or the
// earliest due; with a text, references and names in their order. Errors: ErrCursor.
func (s *Store) ListCases(ctx context.Context, sc Scope, f CaseFilter, after Cursor, limit int) ([]CaseRow, Cursor, error) {
	v, err := s.sightOf(ctx, sc)
	if err != nil {
		return nil, "", err
	}
	o, err := s.caseOrder(ctx, f, v)
	if err != nil {
		return nil, "", err
	}
	from, err := after.read(o.list)
	if err != nil || v.nothing() || f.draftsOf(sc) {
		return []CaseRow{}, "", err
	}
	c := o.begin(v, f)
	f.cases(c)
	source := o.source(c, v, f, from, after != "")
	page := `select p.id, ` + o.key + ` as key, ` + o.tie + ` as tie from ` + source + ` where ` + c.where() +
		` order by ` + o.by() + ` limit ` + strconv.Itoa(limit+1)
	rows, err := listTyped[CaseRow](ctx, s.lists, fmt.Sprintf(caseSelect, page)+o.shown(), c.args)
	if err != nil || len(rows) <= limit {
		return onlySeen(rows, func(r CaseRow) bool { return r.Seen }), "", err
	}
	rows = rows[:limit]
	last := rows[limit-1]
	next := mark{List: o.list, ID: last.Tie, Text: last.Key, At: last.CreatedAt}
	return onlySeen(rows, func(r CaseRow) bool { return r.Seen }), next.cursor(), nil
}

// onlySeen drops what the rule does not show, should an index ever say otherwise.
func onlySeen[T any](rows []T, seen func(T) bool) []T {
	return slices.DeleteFunc(rows, func(r T) bool { return !seen(r) })
}

// CountCases counts the cases of a list, up to most.
func (s *Store) CountCases(ctx context.Context, sc Scope, f CaseFilter, most int) (int, error) {
	v, err := s.sightOf(ctx, sc)
	if err != nil || v.nothing() || f.draftsOf(sc) {
		return 0, err
	}
	o, err := s.caseOrder(ctx, f, v)
	if err != nil {
		return 0, err
	}
	c := o.begin(v, f)
	f.cases(c)
	source := o.source(c, v, f, mark{}, false)
	n := 0
	err = s.lists.QueryRow(ctx, `select count(*)::int from (select 1 from `+source+` where `+c.where()+` limit `+strconv.Itoa(most)+`) x`, c.args...).Scan(&n)
	return n, err
}

// listTyped collects rows with arguments in a slice; a cursor or filter whose
// values have the wrong form is the reader's error.
func listTyped[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args []any) ([]T, error) {
	rows, err := list[T](ctx, pool, sql, args...)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) && badValue(err) {
		return nil, ErrCursor
	}
	return rows, err
}
