package postgres

import (
	"context"
	"time"
)

// ItemRow is an item as a list or a search shows it: as it was last sent, or as
// it is drafted in a case that was never sent.
type ItemRow struct {
	ID           string     `db:"id" json:"id"`
	Position     int        `db:"position" json:"position"`
	Proposal     string     `db:"proposal" json:"proposal"`
	Ref          string     `db:"ref" json:"ref"`
	Unit         string     `db:"unit" json:"unit"`
	UnitName     string     `db:"unit_name" json:"unit_name"`
	Award        string     `db:"award" json:"award"`
	Campaign     *string    `db:"campaign" json:"campaign,omitempty"`
	Subject      string     `db:"subject" json:"subject"`
	Kind         string     `db:"kind" json:"kind"`
	Name         string     `db:"name" json:"name"`
	BirthYear    *int       `db:"birth_year" json:"birth_year,omitempty"`
	Post         string     `db:"post" json:"post,omitempty"` // position and workplace as the list has them
	Workplace    string     `db:"workplace" json:"workplace,omitempty"`
	Period       string     `db:"period" json:"period,omitempty"`
	Outcome      string     `db:"outcome" json:"outcome"`
	Number       int        `db:"number" json:"number"` // of the case's last act
	Stage        string     `db:"stage" json:"stage"`
	WaitingName  *string    `db:"waiting_name" json:"waiting_name,omitempty"`
	WaitingRoles []string   `db:"waiting_roles" json:"waiting_roles"`
	Returned     bool       `db:"returned" json:"returned"`
	OnHold       bool       `db:"on_hold" json:"on_hold"`
	Closed       bool       `db:"closed" json:"closed"`
	DueOn        *time.Time `db:"due_on" json:"due_on,omitempty"`
	SentOn       *time.Time `db:"sent_on" json:"sent_on,omitempty"`
	DecisionID   *string    `db:"decision_id" json:"decision_id,omitempty"`
	Decision     *string    `db:"decision" json:"decision,omitempty"` // its number, once issued
	DecidedOn    *time.Time `db:"decided_on" json:"decided_on,omitempty"`
	CreatedAt    time.Time  `db:"created_at" json:"-"`
	Match        string     `db:"match" json:"-"` // the name from the matching word on, folded or keyed
}

// itemRow selects an item i of case p; %s is what matched.
const itemRow = `
	select i.id::text, i.position, p.id::text as proposal, p.ref, p.unit, u.name as unit_name, p.award, p.campaign, i.subject,
		c.v ->> 'kind' as kind, c.v ->> 'name' as name, nullif(c.v ->> 'birth_year', '0')::int as birth_year,
		coalesce(c.v ->> 'position', '') as post, coalesce(c.v ->> 'workplace', '') as workplace, i.period, i.outcome, p.number, p.stage,
		(select w.name from units w where w.id = p.waiting_unit) as waiting_name, p.waiting_roles, p.returned, p.on_hold, p.closed,
		p.due_on, p.sent_on, d.id as decision_id, d.number_text as decision, d.number_date as decided_on, p.created_at, `

// itemSaid joins what an item says and the decision that names it.
const itemSaid = `
	join proposals p on p.id = i.proposal
	join units u on u.id = p.unit
	join lateral (select c.content as v from item_contents c
		where c.item = i.id and (p.number = 0 or c.revision <= p.revision) order by c.revision desc limit 1) c on true
	left join lateral (select d.id::text, d.number_text, d.number_date from decision_items x join decisions d on d.id = x.decision
		where x.item = i.id and d.number_text <> '' limit 1) d on true`

// ListItems gives one page of the items in a scope that fit the filter. Without a
// text the newest case comes first, and its items in the order of the tờ trình;
// with a name the best match does (SearchItems). Errors: ErrCursor.
func (s *Store) ListItems(ctx context.Context, sc Scope, f CaseFilter, after Cursor, limit int) ([]ItemRow, Cursor, error) {
	if f.Text != "" {
		q, err := s.spell(ctx, f.Text)
		if err != nil {
			return nil, "", err
		}
		if !q.digits {
			return s.itemsNamed(ctx, sc, f, q, after, limit)
		}
	}
	from, err := after.read("items")
	if err != nil {
		return nil, "", err
	}
	c, err := s.itemClause(ctx, sc, f)
	if err != nil {
		return nil, "", err
	}
	if after != "" {
		at, id := c.arg(from.At), c.arg(from.ID)
		c.and(`(p.created_at, p.id) <= (` + at + `::timestamptz, ` + id + `::uuid)`)
		c.and(`not (p.id = `+id+`::uuid and i.position <= %s)`, from.Pos)
	}
	rows, err := listTyped[ItemRow](ctx, s, itemRow+`'' as match from items i`+itemSaid+` where `+c.where()+
		` order by p.created_at desc, p.id desc, i.position limit `+c.arg(limit+1), c.args)
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	rows = rows[:limit]
	last := rows[limit-1]
	return rows, mark{List: "items", At: last.CreatedAt, ID: last.Proposal, Pos: last.Position}.cursor(), nil
}

// CountItems counts the items of a list, up to most.
func (s *Store) CountItems(ctx context.Context, sc Scope, f CaseFilter, most int) (int, error) {
	c, err := s.itemClause(ctx, sc, f)
	if err != nil {
		return 0, err
	}
	n := 0
	err = s.pool.QueryRow(ctx, `select count(*)::int from (select 1 from items i join proposals p on p.id = i.proposal
		where `+c.where()+` limit `+c.arg(most)+`) x`, c.args...).Scan(&n)
	return n, err
}

// itemClause is what items must meet.
func (s *Store) itemClause(ctx context.Context, sc Scope, f CaseFilter) (*clause, error) {
	text := f.Text
	f.Text = ""
	c, err := s.begin(ctx, sc)
	if err != nil {
		return nil, err
	}
	f.cases(c)
	f.items(c)
	if err := s.rareOutcome(ctx, c, f); err != nil || text == "" {
		return c, err
	}
	q, err := s.spell(ctx, text)
	if err != nil {
		return nil, err
	}
	switch {
	case q.number > 0:
		c.and(`(search_number(p.ref) = %s or i.id in (select x.item from decision_items x join decisions d on d.id = x.decision
			where d.number = %s and d.number_text <> ''))`, q.number, q.number)
	case q.digits:
		c.and(`(search_fold(p.ref) collate "C" >= %s and search_fold(p.ref) collate "C" < %s
			or i.id in (select x.item from decision_items x join decisions d on d.id = x.decision
			where search_fold(d.number_text) collate "C" >= %s and search_fold(d.number_text) collate "C" < %s and d.number_text <> ''))`,
			q.fold, upper(q.fold), q.fold, upper(q.fold))
	default:
		anyOrder(c, q)
	}
	return c, nil
}

// rareOutcome begins with the items of an outcome where there are few of them.
func (s *Store) rareOutcome(ctx context.Context, c *clause, f CaseFilter) error {
	if f.Outcome == "" || f.Outcome == "pending" {
		return nil
	}
	n := 0
	err := s.pool.QueryRow(ctx, `
		select count(*)::int from (select 1 from items where outcome = $1 and outcome <> '' limit $2) x`, f.Outcome, few+1).Scan(&n)
	if err == nil && n <= few {
		c.and(`i.id = any(array(select o.id from items o where o.outcome = %s and o.outcome <> ''))`, f.Outcome)
	}
	return err
}
