package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// SubmissionBrief is a submission in a list, with where its proposals stand.
type SubmissionBrief struct {
	Submission
	Items     int      `db:"items" json:"items"`
	Awards    []string `db:"awards" json:"awards"`
	Unsent    int      `db:"unsent" json:"unsent"`       // proposals still with the unit
	Returned  int      `db:"returned" json:"returned"`   // sent back for completion
	Open      int      `db:"open" json:"open"`           // on their way
	Closed    int      `db:"closed" json:"closed"`       // with an outcome
	Answering int      `db:"answering" json:"answering"` // an answer of the head is awaited
	State     string   `db:"state" json:"state"`         // see States
}

// States of a submission, in the order in which they ask for its unit's work:
// returned for completion, awaiting the head's answer, handed to the head, being
// drafted, on its way, decided.
var States = []string{"returned", "answer", "ready", "draft", "sent", "closed"}

// submissionBriefs reads the submissions that %s finds; their state is the one that
// triggers keep (migrations/00015).
const submissionBriefs = submissionColumns + `,
		(select count(*) from items i join proposals p on p.id = i.proposal where p.submission = s.id)::int as items,
		c.awards, c.unsent, c.returned, c.open, c.closed, c.answering, s.state
	from (select * from submissions s where %s) s join units u on u.id = s.unit, lateral (
		select coalesce(array_agg(distinct p.award order by p.award), '{}') as awards,
			count(*) filter (where p.number = 0)::int as unsent,
			count(*) filter (where p.returned and not p.closed)::int as returned,
			count(*) filter (where p.number > 0 and not p.closed and not p.returned)::int as open,
			count(*) filter (where p.closed)::int as closed,
			count(*) filter (where not p.closed and not p.returned and p.number > 0 and p.waiting_unit = s.unit)::int as answering
		from proposals p where p.submission = s.id) c
	order by s.created_at desc, s.id desc`

// SubmissionQuery narrows a list of submissions; zero values do not.
type SubmissionQuery struct {
	State  string
	Text   string // words of reference, title, letter number and names
	Limit  int
	Offset int
}

// SubmissionBriefs lists the submissions of units, newest first.
func (s *Store) SubmissionBriefs(ctx context.Context, units []string, q SubmissionQuery) ([]SubmissionBrief, error) {
	c := &clause{}
	ofUnits(c, units)
	if q.State != "" {
		c.and(`s.state = %s`, q.State)
	}
	if q.Text != "" {
		if err := s.submissionHas(ctx, c, units, q.Text); err != nil {
			return nil, err
		}
	}
	page := c.where() + fmt.Sprintf(` order by s.created_at desc, s.id desc limit %d offset %d`, q.Limit, q.Offset)
	return list[SubmissionBrief](ctx, s.pool, strings.Replace(submissionBriefs, "%s", page, 1), c.args...)
}

// ofUnits asks for submissions s of units; one unit is read in the order of its index.
func ofUnits(c *clause, units []string) {
	if len(units) == 1 {
		c.and(`s.unit = %s`, units[0])
	} else {
		c.and(`s.unit = any(%s::text[])`, units)
	}
}

// SubmissionBriefByID reads one submission as lists show it.
func (s *Store) SubmissionBriefByID(ctx context.Context, id string) (SubmissionBrief, error) {
	if _, err := uuid.Parse(id); err != nil {
		return SubmissionBrief{}, ErrNotFound
	}
	return one[SubmissionBrief](ctx, s.pool, strings.Replace(submissionBriefs, "%s", `s.id = $1::uuid`, 1), id)
}

// SubmissionCounts counts the submissions of units by state, each up to most.
func (s *Store) SubmissionCounts(ctx context.Context, units []string, most int) (map[string]int, error) {
	c := &clause{}
	ofUnits(c, units)
	rows, err := s.pool.Query(ctx, `
		select st.state, n.count from unnest(`+c.arg(States)+`::text[]) st(state), lateral (
			select count(*)::int from (select 1 from submissions s where `+c.where()+` and s.state = st.state limit `+strconv.Itoa(most)+`) x) n(count)
		where n.count > 0`, c.args...)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	var state string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error {
		out[state] = n
		return nil
	})
	return out, err
}

// Doubles is one subject that stands more than once among a unit's open items.
type Doubles struct {
	Subject string `db:"subject"`
	Item    string `db:"item"`
	Ref     string `db:"ref"` // of the other proposal
	Award   string `db:"award"`
	Name    string `db:"name"`
	Outcome string `db:"outcome"`
	Period  string `db:"period"`
}

// DoublesOf finds other items of the same unit about the subjects of a submission.
func (s *Store) DoublesOf(ctx context.Context, submission string) ([]Doubles, error) {
	return list[Doubles](ctx, s.pool, `
		select mine.subject, mine.id::text as item, po.ref, po.award, co.content ->> 'name' as name, o.outcome,
			coalesce(co.content ->> 'period', '') as period
		from items mine join proposals p on p.id = mine.proposal
		join items o on o.subject = mine.subject and o.id <> mine.id
		join proposals po on po.id = o.proposal and po.unit = p.unit
		join lateral (select content from item_contents c where c.item = o.id order by revision desc limit 1) co on true
		where p.submission = $1::uuid and mine.name_key <> '' and o.outcome not in ('withdrawn', 'lower_award')
		order by mine.position, po.ref`, submission)
}
