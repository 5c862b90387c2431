package postgres

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// QueueFilter narrows what waits for somebody; zero values do not.
type QueueFilter struct {
	Stage string
	Award string
	Unit  string     // the proposing unit
	By    *time.Time // due on or before
	Late  bool       // due before Today
	Today time.Time
	Held  *bool
	Query string // folded text to find in references and names
}

// queued is true for the open cases that wait for one of the capacities ($1
// units, $2 roles, parallel) and fit the filter ($3 to $10). The units are asked for
// first and by themselves, so that only what waits there is looked at; who holds
// offices of one unit only is read in the order of work. All of it but names is in the
// index proposals_queue (migrations/00026), and counted there.
func queued(units []string) string {
	waits := `p.waiting_unit = any($1::text[]) and coalesce((
		select true from unnest($1::text[], $2::text[]) as m(unit, role)
		where m.unit = p.waiting_unit and m.role = any(p.waiting_roles) limit 1), false)`
	if len(units) > 0 && !slices.ContainsFunc(units, func(u string) bool { return u != units[0] }) {
		waits = `p.waiting_unit = ($1::text[])[1] and p.waiting_roles && $2::text[]`
	}
	return `
	not p.closed and p.number > 0 and ` + waits + `
	and ($3 = '' or p.stage = $3) and ($4 = '' or p.award = $4) and ($5 = '' or p.unit = $5)
	and ($6::date is null or p.due_on <= $6) and (not $7 or p.due_on < $8)
	and ($9::boolean is null or p.on_hold = $9)
	and ($10 = '' or lower(p.ref) like '%' || $10 || '%'
	     or exists (select 1 from items i where i.proposal = p.id and i.name_key like '%' || $10 || '%')) `
}

// queueOrder is the order of work: what is due first comes first.
const queueOrder = ` p.due_on nulls last, p.stage_since, p.ref `

func queueArgs(units, roles []string, f QueueFilter) []any {
	return []any{units, roles, f.Stage, f.Award, f.Unit, f.By, f.Late, f.Today, f.Held, f.Query}
}

// Queue lists what waits for the capacities, what is due first before the rest.
func (s *Store) Queue(ctx context.Context, units, roles []string, f QueueFilter, limit, offset int) ([]Proposal, error) {
	return list[Proposal](ctx, s.pool, proposalSelect+`where `+queued(units)+`order by`+queueOrder+`limit $11 offset $12`,
		append(queueArgs(units, roles, f), limit, offset)...)
}

// QueueCount counts what waits, and what of it is late.
func (s *Store) QueueCount(ctx context.Context, units, roles []string, f QueueFilter) (total, late int, err error) {
	err = s.pool.QueryRow(ctx, `
		select count(*), count(*) filter (where p.due_on < $8)
		from proposals p where `+queued(units), queueArgs(units, roles, f)...).Scan(&total, &late)
	return total, late, err
}

// QueuePlace is a case's place in a queue.
type QueuePlace struct {
	Position int     `db:"position"` // from 1; 0: it is not in the queue
	Total    int     `db:"total"`
	Before   *string `db:"before"` // reference of the one before
	After    *string `db:"after"`  // and of the one after
	BeforeID *string `db:"before_id"`
	AfterID  *string `db:"after_id"`
}

// QueuePlaceOf finds a case in a queue; ErrNotFound if it does not wait there.
func (s *Store) QueuePlaceOf(ctx context.Context, units, roles []string, f QueueFilter, proposalID string) (QueuePlace, error) {
	return one[QueuePlace](ctx, s.pool, `
		select position, total, before, after, before_id, after_id from (
			select p.id, row_number() over w as position, count(*) over () as total,
				lag(p.ref) over w as before, lead(p.ref) over w as after,
				lag(p.id::text) over w as before_id, lead(p.id::text) over w as after_id
			from proposals p where `+queued(units)+`
			window w as (order by`+queueOrder+`)) q
		where id = $11::uuid`, append(queueArgs(units, roles, f), proposalID)...)
}

// Choice is a value that a filter may take, with how many cases have it.
type Choice struct {
	Value string `db:"value" json:"value"`
	Name  string `db:"name" json:"name"`
	Count int    `db:"count" json:"count"`
}

// QueueChoices lists the proposing units, awards and stages among what waits.
func (s *Store) QueueChoices(ctx context.Context, units, roles []string) (from, awards, stages []Choice, err error) {
	from, awards, stages = []Choice{}, []Choice{}, []Choice{}
	rows, err := list[struct {
		Choice
		Kind string `db:"kind"`
	}](ctx, s.pool, `
		select x.kind, x.value, coalesce(u.name, x.value) as name, x.count from (
			select case when grouping(p.unit) = 0 then 'unit' when grouping(p.award) = 0 then 'award' else 'stage' end as kind,
				coalesce(p.unit, p.award, p.stage) as value, count(*)::int as count
			from proposals p where `+queued(units)+` group by grouping sets ((p.unit), (p.award), (p.stage))) x
		left join units u on x.kind = 'unit' and u.id = x.value order by 3`, queueArgs(units, roles, QueueFilter{Today: time.Now()})...)
	for _, r := range rows {
		switch r.Kind {
		case "unit":
			from = append(from, r.Choice)
		case "award":
			awards = append(awards, r.Choice)
		default:
			stages = append(stages, r.Choice)
		}
	}
	return from, awards, stages, err
}

// MarkSeen notes that a user has a case open now.
func (s *Store) MarkSeen(ctx context.Context, proposalID, user string) error {
	_, err := s.pool.Exec(ctx, `
		insert into case_viewers (proposal, user_id) values ($1::uuid, $2::uuid)
		on conflict (proposal, user_id) do update set seen_at = now()`, proposalID, user)
	return err
}

// Viewer is somebody who has a case open.
type Viewer struct {
	User   string    `db:"user_id" json:"-"`
	Name   string    `db:"full_name" json:"name"`
	SeenAt time.Time `db:"seen_at" json:"seen_at"`
}

// ViewersOf lists who else of those whom a case waits for had it open within a while.
func (s *Store) ViewersOf(ctx context.Context, proposalID, but string, within time.Duration) ([]Viewer, error) {
	return list[Viewer](ctx, s.pool, `
		select v.user_id::text, u.full_name, v.seen_at from case_viewers v join users u on u.id = v.user_id
		where v.proposal = $1::uuid and v.user_id <> $2::uuid and v.seen_at > now() - $3::interval
		  and exists (select 1 from proposals p join memberships m on m.unit = p.waiting_unit and m.role = any(p.waiting_roles)
			where p.id = v.proposal and m.user_id = v.user_id)
		order by v.seen_at desc`, proposalID, but, within)
}

// UnitNames reads the names of units by id.
func (s *Store) UnitNames(ctx context.Context, ids []string) (map[string]string, error) {
	units, err := list[Unit](ctx, s.pool, `select `+unitColumns+` from units where id = any($1)`, ids)
	out := make(map[string]string, len(units))
	for _, u := range units {
		out[u.ID] = u.Name
	}
	return out, err
}

// LinkedFrom lists the proposals that were opened out of one for lower awards.
func (s *Store) LinkedFrom(ctx context.Context, proposalID string) ([]Proposal, error) {
	return list[Proposal](ctx, s.pool, proposalSelect+`where p.linked_from = $1::uuid order by p.ref`, proposalID)
}

// PassedBy lists the cases, newest first, whose review or appraisal was the business
// of one of the capacities (units $1, roles $2, parallel) and that have left it. They
// are read in the order of an index, among those that the capacities may see.
func (s *Store) PassedBy(ctx context.Context, units, roles []string, award, unit string, limit int) ([]Proposal, error) {
	v, err := s.sightOf(ctx, Scope{Units: units, Roles: roles})
	if err != nil || v.nothing() {
		return []Proposal{}, err
	}
	c := v.begin()
	CaseFilter{Award: award, Unit: unit}.cases(c)
	return list[Proposal](ctx, s.pool, proposalSelect+`
		where `+c.where()+` and p.number > 0 and exists (
			select 1 from jsonb_array_elements(p.route -> 'stages') with ordinality as st(v, n)
			join unnest($1::text[], $2::text[]) as m(unit, role) on st.v ->> 'unit' = m.unit and (st.v -> 'roles') ? m.role
			where st.v ->> 'kind' in ('review', 'appraisal') and (st.n - 1 < p.stage_index or (p.closed and st.n - 1 = p.stage_index)))
		order by p.created_at desc, p.id desc limit `+strconv.Itoa(limit), c.args...)
}
