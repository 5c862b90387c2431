package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// few is how many cases a reader may see at most for all of them to be looked at;
// who sees more finds a page's rows soon in the list's own order.
const few = 2000

// CaseRow is a case as a list shows it.
type CaseRow struct {
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

const caseSelect = `
	select p.id::text, p.ref, p.submission::text, p.unit, u.name as unit_name, p.award, p.campaign, p.case_id, p.number, p.revision,
		p.stage, p.waiting_unit, (select w.name from units w where w.id = p.waiting_unit) as waiting_name, p.waiting_roles,
		p.returned, p.on_hold, p.closed, p.open_items, (select count(*) from items i where i.proposal = p.id)::int as items,
		p.stage_since, p.due_on, p.sent_on, p.closed_at, p.created_at
	from proposals p join units u on u.id = p.unit
	where `

// ListCases gives one page of the cases in a scope that fit the filter, and the
// cursor of the next page, empty on the last. Errors: ErrCursor.
func (s *Store) ListCases(ctx context.Context, sc Scope, f CaseFilter, after Cursor, limit int) ([]CaseRow, Cursor, error) {
	order, list := `p.created_at desc, p.id desc`, "cases"
	if f.Due {
		order, list = `coalesce(p.due_on, 'infinity'::date), p.id`, "cases/due"
	}
	from, err := after.read(list)
	if err != nil {
		return nil, "", err
	}
	c, err := s.caseClause(ctx, sc, f)
	if err != nil {
		return nil, "", err
	}
	switch {
	case after != "" && f.Due:
		c.and(`(coalesce(p.due_on, 'infinity'::date), p.id) > (%s::date, %s::uuid)`, from.Day, from.ID)
	case after != "":
		c.and(`(p.created_at, p.id) < (%s::timestamptz, %s::uuid)`, from.At, from.ID)
	}
	rows, err := listTyped[CaseRow](ctx, s, caseSelect+c.where()+` order by `+order+` limit `+c.arg(limit+1), c.args)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	last := rows[limit-1]
	next := mark{List: list, ID: last.ID, At: last.CreatedAt}
	if f.Due {
		next = mark{List: list, ID: last.ID, Day: "infinity"}
		if last.DueOn != nil {
			next.Day = last.DueOn.Format(time.DateOnly)
		}
	}
	return rows, next.cursor(), nil
}

// CountCases counts the cases of a list, up to most.
func (s *Store) CountCases(ctx context.Context, sc Scope, f CaseFilter, most int) (int, error) {
	c, err := s.caseClause(ctx, sc, f)
	if err != nil {
		return 0, err
	}
	n := 0
	err = s.pool.QueryRow(ctx, `
		select count(*)::int from (select 1 from proposals p where `+c.where()+` limit `+c.arg(most)+`) x`, c.args...).Scan(&n)
	return n, err
}

// caseClause is what cases must meet: the scope, the filter, and from where the
// search is best begun. A filter that asks something of items is met by a case
// with such an item.
func (s *Store) caseClause(ctx context.Context, sc Scope, f CaseFilter) (*clause, error) {
	c, err := s.begin(ctx, sc)
	if err != nil {
		return nil, err
	}
	f.cases(c)
	if f.ofItems() {
		inner := c.fork()
		inner.conds = []string{`i.proposal = p.id`}
		f.items(inner)
		c.args = inner.args
		c.and(`exists (select 1 from items i where ` + inner.where() + `)`)
	}
	if f.Text == "" {
		return c, nil
	}
	q, err := s.spell(ctx, f.Text)
	if err != nil {
		return nil, err
	}
	switch {
	case q.number > 0:
		c.and(`search_number(p.ref) = %s`, q.number)
	case q.digits:
		c.and(`search_fold(p.ref) collate "C" >= %s and search_fold(p.ref) collate "C" < %s`, q.fold, upper(q.fold))
	default:
		return c, s.named(ctx, c, q)
	}
	return c, nil
}

// begin starts a clause at the reader's scope: at the cases of the only unit, at
// the few cases that a reader may see at all, or at the order of the list.
func (s *Store) begin(ctx context.Context, sc Scope) (*clause, error) {
	c := scoped(sc)
	if units, only := sc.proposing(); only {
		if len(units) == 1 {
			c.and(`p.unit = %s`, units[0])
		} else {
			c.and(`p.unit = any(%s)`, units)
		}
		return c, nil
	}
	if sc.All {
		return c, nil
	}
	n := 0
	err := s.pool.QueryRow(ctx, `
		select count(*)::int from (select 1 from case_readers where capacity = any($1) limit $2) x`, sc.capacities(), few+1).Scan(&n)
	if err == nil && n <= few {
		c.and(`p.id = any(array(select r.proposal from case_readers r where r.capacity = any(%s)))`, sc.capacities())
	}
	return c, err
}

// named asks for cases with an item whose name has q's words in that order,
// beginning with the rarer of names and cases.
func (s *Store) named(ctx context.Context, c *clause, q spelling) error {
	n := 0
	err := s.pool.QueryRow(ctx, `
		select count(*)::int from (select 1 from search_names where fold >= $1 and fold < $2 limit $3) x`,
		q.fold, upper(q.fold), few+1).Scan(&n)
	if err != nil {
		return err
	}
	if n <= few {
		c.and(`p.id = any(array(select i.proposal from search_names n join items i on i.id = n.item where n.fold >= %s and n.fold < %s))`,
			q.fold, upper(q.fold))
	} else {
		c.and(`exists (select 1 from items i join search_names n on n.item = i.id
			where i.proposal = p.id and n.fold >= %s and n.fold < %s)`, q.fold, upper(q.fold))
	}
	return nil
}

// listTyped collects rows with arguments in a slice; a cursor or filter whose
// values have the wrong form is the reader's error.
func listTyped[T any](ctx context.Context, s *Store, sql string, args []any) ([]T, error) {
	rows, err := list[T](ctx, s.pool, sql, args...)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) && badValue(err) {
		return nil, ErrCursor
	}
	return rows, err
}
