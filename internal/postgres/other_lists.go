package postgres

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// SubmissionRow is a submission as a list shows it.
type SubmissionRow struct {
	ID           string     `db:"id" json:"id"`
	Ref          string     `db:"ref" json:"ref"`
	Unit         string     `db:"unit" json:"unit"`
	UnitName     string     `db:"unit_name" json:"unit_name"`
	Campaign     *string    `db:"campaign" json:"campaign,omitempty"`
	Title        string     `db:"title" json:"title"`
	LetterNumber string     `db:"letter_number" json:"letter_number"`
	LetterDate   *time.Time `db:"letter_date" json:"letter_date,omitempty"`
	Status       string     `db:"status" json:"status"`
	Proposals    int        `db:"proposals" json:"proposals"`
	Items        int        `db:"items" json:"items"`
	Returned     int        `db:"returned" json:"returned"` // cases that wait for an answer
	Open         int        `db:"open" json:"open"`         // cases on their way
	CreatedAt    time.Time  `db:"created_at" json:"created_at"`
	SentAt       *time.Time `db:"sent_at" json:"sent_at,omitempty"`
	Match        string     `db:"match" json:"-"` // what a search matched, from there on, folded
	Age          int64      `db:"age" json:"-"`
}

// submissionColumnsListed reads the columns of a row, of submissions s and their unit u.
const submissionColumnsListed = `s.id::text, s.ref, s.unit, u.name as unit_name, s.campaign, s.title, s.letter_number, s.letter_date, s.status,
		w.proposals, w.items, w.returned, w.open,
		s.created_at, s.sent_at`

const submissionRow = `select '' as match, 0::bigint as age, ` + submissionColumnsListed + ` from (%s) s ` + submissionJoined + `
	order by s.created_at desc, s.id desc`

// submissionJoined adds to submissions s their unit u and what their cases count to.
const submissionJoined = `join units u on u.id = s.unit, lateral (
		select count(*)::int as proposals, coalesce(sum((select count(*) from items i where i.proposal = p.id)), 0)::int as items,
			count(*) filter (where p.returned and not p.closed)::int as returned, count(*) filter (where p.number > 0 and not p.closed)::int as open
		from proposals p where p.submission = s.id) w`

// SubmissionFilter narrows a list of submissions; zero values do not.
type SubmissionFilter struct {
	Status   string // draft, sent
	Unit     string
	Campaign string
	Text     string // its reference or number, the letter's number, words of the title
}

// ListSubmissions gives one page of the submissions of the reader's own units
// (all of them for who sees everything): the newest first, or, with a text, in the
// order of what matches it (see submissionsFound). Errors: ErrCursor.
func (s *Store) ListSubmissions(ctx context.Context, units []string, all bool, f SubmissionFilter, after Cursor, limit int) ([]SubmissionRow, Cursor, error) {
	if f.Text != "" {
		return s.submissionsFound(ctx, units, all, f, after, limit)
	}
	from, err := after.read("submissions")
	if err != nil {
		return nil, "", err
	}
	c := &clause{conds: []string{"true"}}
	f.submissions(c)
	if after != "" {
		c.and(`(s.created_at, s.id) < (%s::timestamptz, %s::uuid)`, from.At, from.ID)
	}
	order := ` order by s.created_at desc, s.id desc limit ` + strconv.Itoa(limit+1)
	page := `select s.* from submissions s where ` + c.where() + order
	if !all { // each unit is read in the order of the index by itself
		page = `select s.* from unnest(` + c.arg(units) + `::text[]) o(unit), lateral (select s.* from submissions s where s.unit = o.unit and ` + c.where() + order + `) s` + order
	}
	rows, err := listTyped[SubmissionRow](ctx, s.lists, strings.Replace(submissionRow, "%s", page, 1), c.args)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	return rows, mark{List: "submissions", At: rows[limit-1].CreatedAt, ID: rows[limit-1].ID}.cursor(), nil
}

// submissions adds what the filter asks of submissions s, its text aside.
func (f SubmissionFilter) submissions(c *clause) {
	for _, e := range [][2]string{{"s.status", f.Status}, {"s.unit", f.Unit}, {"s.campaign", f.Campaign}} {
		if e[1] != "" {
			c.and(e[0]+` = %s`, e[1])
		}
	}
}

// DecisionItem is a decision as a list shows it.
type DecisionItem struct {
	DecisionBrief
	Number *string    `db:"number" json:"number,omitempty"`
	Date   *time.Time `db:"date" json:"date,omitempty"`
}

const decisionRow = `
	select d.id::text, d.ref, u.name as authority_name, d.award, d.phase,
		(select count(*) from decision_named i where i.decision = d.id)::int as items, d.created_at,
		nullif(d.number_text, '') as number, d.number_date as date
	from decisions d join units u on u.id = d.authority where `

// ListDecisions gives one page of the decisions that a reader may see, newest
// first; text is the beginning of a number or reference. Errors: ErrCursor.
func (s *Store) ListDecisions(ctx context.Context, sc DecisionScope, text string, after Cursor, limit int) ([]DecisionItem, Cursor, error) {
	from, err := after.read("decisions")
	if err != nil {
		return nil, "", err
	}
	c := &clause{args: []any{sc.Standing, sc.Authority, sc.Proposing, sc.All}, conds: []string{decisionVisible}}
	if text != "" {
		q, err := s.spell(ctx, text)
		if err != nil {
			return nil, "", err
		}
		if q.fold == "" {
			return []DecisionItem{}, "", nil
		}
		lo, hi := c.arg(q.fold), c.arg(upper(q.fold))
		cond := `search_fold(d.number_text) collate "C" >= ` + lo + ` and search_fold(d.number_text) collate "C" < ` + hi +
			` or search_fold(d.ref) collate "C" >= ` + lo + ` and search_fold(d.ref) collate "C" < ` + hi
		if q.number > 0 {
			cond = `d.number = ` + c.arg(q.number) + ` or ` + cond
		}
		c.conds = append(c.conds, "("+cond+")")
	}
	if after != "" {
		c.and(`(d.created_at, d.id) < (%s::timestamptz, %s::uuid)`, from.At, from.ID)
	}
	rows, err := listTyped[DecisionItem](ctx, s.pool, decisionRow+c.where()+` order by d.created_at desc, d.id desc limit `+strconv.Itoa(limit+1), c.args)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	return rows, mark{List: "decisions", At: rows[limit-1].CreatedAt, ID: rows[limit-1].ID}.cursor(), nil
}

// FoundUnit is a unit as a search or a choice shows it.
type FoundUnit struct {
	ID     string `db:"id" json:"id"`
	Name   string `db:"name" json:"name"`
	Level  string `db:"level" json:"level"`
	Parent string `db:"parent_name" json:"parent,omitempty"`
}

// FindUnits finds units whose name has the words of text, valid ones first, in
// protocol order; an empty text lists them all.
func (s *Store) FindUnits(ctx context.Context, text, on string, limit int) ([]FoundUnit, error) {
	return list[FoundUnit](ctx, s.pool, `
		select u.id, u.name, u.level, coalesce(p.name, '') as parent_name
		from units u left join units p on p.id = u.parent
		where ' ' || search_fold(u.name || ' ' || u.short_name) like '% ' || replace(replace(search_fold($1), '%', ''), '_', '') || '%'
		order by coalesce(u.valid_to < $2::date, false), u.protocol_order, u.id limit $3`, storable(text), on, limit)
}
