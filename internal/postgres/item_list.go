package postgres

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// ItemRow is an item as a list or a search shows it: as it was last sent, or as
// it is drafted in a case that was never sent; what a later decision corrected
// (đính chính) stands in its place.
type ItemRow struct {
	Seen         bool       `db:"seen" json:"-"`
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
	Name         string     `db:"name" json:"name"`                         // as it stands now
	NameBefore   string     `db:"name_before" json:"name_before,omitempty"` // as it was sent, where that was corrected
	BirthYear    *int       `db:"birth_year" json:"birth_year,omitempty"`
	Post         string     `db:"post" json:"post,omitempty"` // position and workplace as the list has them
	Workplace    string     `db:"workplace" json:"workplace,omitempty"`
	WorkBefore   string     `db:"work_before" json:"workplace_before,omitempty"` // as it was sent, where that was corrected
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

// itemSelect reads the rows of a page, which %s finds as items with what matched;
// seen is the rule itself, asked of each row again.
const listedItem = `
	with page as materialized (%s)
	select ` + visible + ` as seen, i.id::text, i.position, p.id::text as proposal, p.ref, p.unit, u.name as unit_name, p.award, p.campaign,
		i.subject, c.v ->> 'kind' as kind, coalesce(k.name, c.v ->> 'name') as name, case when k.name is not null then c.v ->> 'name' else '' end as name_before, nullif(c.v ->> 'birth_year', '0')::int as birth_year,
		coalesce(k.post, c.v ->> 'position', '') as post, coalesce(k.unit, c.v ->> 'workplace', '') as workplace,
		case when k.unit is not null then coalesce(c.v ->> 'workplace', '') else '' end as work_before, i.period, i.outcome, p.number, p.stage,
		(select w.name from units w where w.id = p.waiting_unit) as waiting_name, p.waiting_roles, p.returned, p.on_hold, p.closed,
		p.due_on, p.sent_on, d.id as decision_id, d.number_text as decision, d.number_date as decided_on, p.created_at, page.match
	from page join items i on i.id = page.item
	join proposals p on p.id = i.proposal
	join units u on u.id = p.unit
	join lateral (select c.content as v from item_contents c
		where c.item = i.id and (p.number = 0 or c.revision <= p.revision) order by c.revision desc limit 1) c on true
	left join lateral (select (array_agg(x.becomes order by x.seq desc) filter (where x.field = 'name'))[1] as name,
			(array_agg(x.becomes order by x.seq desc) filter (where x.field = 'position'))[1] as post,
			(array_agg(x.becomes order by x.seq desc) filter (where x.field = 'unit'))[1] as unit
		from recognitions r join recognition_corrections x on x.recognition = r.id where r.item = i.id) k on true
	left join lateral (select d.id::text, d.number_text, d.number_date from decision_items x join decisions d on d.id = x.decision
		where x.item = i.id and d.number_text <> '' limit 1) d on true
	order by `

func itemSeen(r ItemRow) bool { return r.Seen }

// ListItems gives one page of the items in a scope that fit the filter. Without a
// text the newest case comes first, and its items in the order of the tờ trình;
// with a name the best match does, with a number the items of decisions of that
// number, then of cases. Errors: ErrCursor.
func (s *Store) ListItems(ctx context.Context, sc Scope, f CaseFilter, after Cursor, limit int) ([]ItemRow, Cursor, error) {
	v, err := s.sightOf(ctx, sc)
	if err != nil {
		return nil, "", err
	}
	if f.Text != "" {
		q, err := s.spell(ctx, f.Text)
		if err != nil {
			return nil, "", err
		}
		if q.digits {
			return s.itemsNumbered(ctx, v, f, q, after, limit)
		}
		return s.itemsNamed(ctx, v, f, q, after, limit)
	}
	from, err := after.read("items")
	if err != nil || v.nothing() || f.draftsOf(sc) {
		return []ItemRow{}, "", err
	}
	key := []any{from.At, from.ID, from.Pos}
	if after == "" {
		key = nil
	}
	at, proposal := `p.created_at`, `p.id`
	if f.byItems(v) {
		at, proposal = `i.listed_at`, `i.proposal`
	}
	c := v.begin()
	f.cases(c)
	f.items(c)
	v.items(c)
	if key != nil {
		t, id := c.arg(key[0]), c.arg(key[1])
		c.and(`(` + at + `, ` + proposal + `) <= (` + t + `::timestamptz, ` + id + `::uuid)`)
		c.and(`not (`+proposal+` = `+id+`::uuid and i.position <= %s)`, key[2])
	}
	page := `select i.id as item, '' as match from proposals p join items i on i.proposal = p.id where ` + c.where() +
		` order by ` + at + ` desc, ` + proposal + ` desc, i.position limit ` + strconv.Itoa(limit+1)
	rows, err := listTyped[ItemRow](ctx, s.lists, fmt.Sprintf(listedItem, page)+`p.created_at desc, p.id desc, i.position`, c.args)
	if err != nil || len(rows) <= limit {
		return onlySeen(rows, itemSeen), "", err
	}
	rows = rows[:limit]
	last := rows[limit-1]
	return onlySeen(rows, itemSeen), mark{List: "items", At: last.CreatedAt, ID: last.Proposal, Pos: last.Position}.cursor(), nil
}

// CountItems counts the items of a list, up to most.
func (s *Store) CountItems(ctx context.Context, sc Scope, f CaseFilter, most int) (int, error) {
	v, err := s.sightOf(ctx, sc)
	if err != nil || v.nothing() || f.draftsOf(sc) {
		return 0, err
	}
	if f.Text != "" {
		rows, next, err := 0, Cursor(""), error(nil)
		for {
			var page []ItemRow
			if page, next, err = s.ListItems(ctx, sc, f, next, min(500, most)); err != nil {
				return 0, err
			}
			if rows += len(page); next == "" || rows >= most {
				return min(rows, most), nil
			}
		}
	}
	c := v.begin()
	f.cases(c)
	f.items(c)
	v.items(c)
	n := 0
	err = s.pool.QueryRow(ctx, `select count(*)::int from (select 1 from items i join proposals p on p.id = i.proposal
		where `+c.where()+` limit `+strconv.Itoa(most)+`) x`, c.args...).Scan(&n)
	return n, err
}
