package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// StartOf reads the input that a case's workflow was started with by the act of a
// nonce; ErrNotFound when the act started nothing.
func (s *Store) StartOf(ctx context.Context, nonce string) (json.RawMessage, error) {
	var start json.RawMessage
	err := s.pool.QueryRow(ctx, `select start from attempts where nonce = $1 and start is not null`, nonce).Scan(&start)
	return start, notFound(err)
}

// AuditFilter narrows a search over the cases of all kinds; zero values do not.
type AuditFilter struct {
	Query   string // words of references, names and the titles of sessions
	Kind    string // commendation, council, issuance or revocation
	Unit    string
	Award   string
	Actors  []string // opaque ids of who acted, or on whose behalf; nil: anybody
	From    *time.Time
	To      *time.Time // exclusive: an act, by those actors, in between
	Number  string     // of a decision, or the beginning of one
	Open    *bool
	Refused bool // only cases on which something was refused
	Limit   int
	Offset  int
}

// AuditHit is one case that a search found.
type AuditHit struct {
	Kind     string     `db:"kind" json:"kind"`
	Case     string     `db:"case_id" json:"case"`
	Ref      string     `db:"ref" json:"ref"`
	Title    string     `db:"title" json:"title,omitempty"` // of a session
	Award    string     `db:"award" json:"award,omitempty"`
	Unit     string     `db:"unit" json:"unit"`
	UnitName string     `db:"unit_name" json:"unit_name"`
	Status   string     `db:"status" json:"status"` // stage or phase
	Over     bool       `db:"over" json:"over"`
	Steps    int        `db:"steps" json:"steps"`
	Numbers  string     `db:"numbers" json:"numbers,omitempty"` // of its decisions
	Last     *time.Time `db:"last_at" json:"last,omitempty"`
	Refused  int        `db:"refused" json:"refused"`
	Archived bool       `db:"archived" json:"archived"`
}

// audited are the cases that were sent, of each kind, with what a search looks at.
var audited = []string{`
	select 'commendation' as kind, p.case_id, p.ref, '' as title, p.award, p.unit, p.stage as status, p.closed as over,
		p.number as steps, p.created_at, p.id, p.id as proposal, null::uuid as decision, null::uuid as session
	from proposals p where p.number > 0`, `
	select 'council' as kind, s.case_id, s.ref, s.title, '' as award, s.unit, s.phase as status, s.phase in ('closed', 'cancelled') as over,
		s.number as steps, s.created_at, s.id, null::uuid as proposal, null::uuid as decision, s.id as session
	from sessions s where s.number > 0`, `
	select 'issuance' as kind, d.case_id, d.ref, '' as title, d.award, d.authority as unit, d.phase as status, d.phase in ('numbered', 'sent_back') as over,
		d.transition as steps, d.created_at, d.id, null::uuid as proposal, d.id as decision, null::uuid as session
	from decisions d where d.transition > 0 and d.case_id like 'issuance/%'`, `
	select 'revocation' as kind, v.case_id, v.ref, '' as title, a.award, v.authority as unit, v.phase as status, v.phase in ('numbered', 'refused', 'withdrawn') as over,
		v.number as steps, v.created_at, v.id, null::uuid as proposal, n.id as decision, null::uuid as session
	from revocations v join decisions a on a.id = v.decision left join decisions n on n.case_id = v.case_id where v.number > 0`}

// numbersOf are the decision numbers of a hit.
const numbersOf = `(select coalesce(string_agg(distinct d.number_text, ', '), '') from decisions d
	where d.number_text <> '' and d.id in (select c.decision union all select x.decision from decision_items x where x.proposal = c.proposal))`

// refusedOn counts what was refused on a hit, wherever it was.
const refusedOn = `((select count(*) from attempt_outcomes o join attempts a using (nonce)
		where a.case_id = c.case_id and o.status = 'refused')
	+ (select count(*) from app_refusals r where r.target in (c.case_id, c.ref))
	+ (select count(*) from gate_refusals g where g.workflow_id = c.case_id
		and not exists (select 1 from attempts a where a.nonce = g.update_id)))`

// AuditSearch lists the cases that fit, the newest first. Names are found through
// the items of a case and of a decision. Each kind is read in the order of its index
// until there are enough: a page costs the same however many cases there are.
func (s *Store) AuditSearch(ctx context.Context, f AuditFilter) ([]AuditHit, error) {
	return s.auditSearch(ctx, f, few)
}

func (s *Store) auditSearch(ctx context.Context, f AuditFilter, few int) ([]AuditHit, error) {
	c := &clause{conds: []string{"true"}}
	if f.Query != "" {
		if err := s.auditText(ctx, c, f.Query); err != nil {
			return nil, err
		}
	}
	if err := s.auditActs(ctx, c, f, few); err != nil {
		return nil, err
	}
	f.ask(c)
	kinds := make([]string, len(audited))
	for i, kind := range audited {
		kinds[i] = `(select * from (` + kind + `) c where ` + c.where() + ` order by c.created_at desc, c.id desc limit ` + strconv.Itoa(f.Limit+f.Offset) + `)`
	}
	return list[AuditHit](ctx, s.pool, `
		select c.kind, c.case_id, c.ref, c.title, c.award, c.unit, u.name as unit_name, c.status, c.over, c.steps,
			`+numbersOf+` as numbers, (select max(at) from trail t where t.case_id = c.case_id) as last_at,
			`+refusedOn+`::int as refused, exists (select 1 from archives z where z.case_id = c.case_id) as archived
		from (select * from (`+strings.Join(kinds, " union all ")+`) k
			order by k.created_at desc, k.id desc limit `+strconv.Itoa(f.Limit)+` offset `+strconv.Itoa(f.Offset)+`) c join units u on u.id = c.unit
		order by c.created_at desc, c.id desc`, c.args...)
}

// ask adds what the filter asks of a case c of any kind.
func (f AuditFilter) ask(c *clause) {
	for _, e := range [][2]string{{"c.kind", f.Kind}, {"c.unit", f.Unit}, {"c.award", f.Award}} {
		if e[1] != "" {
			c.and(e[0]+` = %s`, e[1])
		}
	}
	if f.Number != "" {
		n := c.arg(f.Number)
		d := `from decisions d %s where search_fold(d.number_text) collate "C" >= search_fold(` + n + `::text) collate "C" and search_fold(d.number_text) collate "C" < search_fold(` +
			n + `::text) || ` + c.arg(upper("")) + ` collate "C" and translate(lower(d.number_text), 'Đ', 'đ') like ` + c.arg(like(f.Number)+"%")
		c.conds = append(c.conds, `(c.decision = any(array(select d.id `+fmt.Sprintf(d, "")+`))
			or c.proposal = any(array(select x.proposal `+fmt.Sprintf(d, "join decision_items x on x.decision = d.id")+`)))`)
	}
	if f.Open != nil {
		c.and(`c.over <> %s`, *f.Open)
	}
	if f.Refused {
		c.conds = append(c.conds, refusedOn+` > 0`)
	}
}

// PersonName is a person as a filter finds one.
type PersonName struct {
	ID   string `db:"id" json:"id"`
	Name string `db:"full_name" json:"name"`
}

// PersonNames lists everybody, active or not, for finding them by name.
func (s *Store) PersonNames(ctx context.Context) ([]PersonName, error) {
	return list[PersonName](ctx, s.pool, `select id::text, full_name from users order by full_name, id`)
}

// RefusalFilter narrows a list of refusals; zero values do not.
type RefusalFilter struct {
	Case   string // or its reference: what an attempt named
	Where  string // workflow, application or gate
	Actors []string
	Action string
	Code   string
	Used   bool // what operators did at Temporal, in place of what was refused
	From   *time.Time
	To     *time.Time // exclusive
	Limit  int
	Offset int
}

// FindRefusals lists refused attempts that fit, newest first. What an operator did
// stands on the same record; of one case it is told with the rest.
func (s *Store) FindRefusals(ctx context.Context, f RefusalFilter) ([]Refusal, error) {
	return list[Refusal](ctx, s.pool, `
		select * from (`+refused+`) r
		where ($1 = '' or case_id = $1 or case_id = (select p.ref from proposals p where p.case_id = $1))
		  and ($2 = '' or refused_at = $2) and ($3::text[] is null or actor = any($3))
		  and ($4 = '' or action = $4) and ($5 = '' or code = $5)
		  and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
		  and ($1 <> '' or (coalesce(code, '') = 'operator-use') = $10)
		order by at desc limit $8 offset $9`,
		f.Case, f.Where, f.Actors, f.Action, f.Code, f.From, f.To, f.Limit, f.Offset, f.Used)
}
