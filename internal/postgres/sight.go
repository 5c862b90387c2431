package postgres

import (
	"context"
	"strings"
)

// few is how many cases a reader may see at most for all of them to be looked at;
// who sees more finds a page's rows soon in the list's own order. The names in
// the items of fewCases cases are looked at one by one.
const (
	few      = 2000
	fewCases = 300
)

// sight is from where a reader's lists are best begun. It decides nothing: what
// is found is checked by the rule itself (visible) before it is shown.
type sight struct {
	Scope
	units  []string // the reader is clerk or head of these units and nothing else
	cases  int      // that others may see, counted up to few+1
	owed   []string // live sessions on which the reader still owes a declaration
	barred []string // items in which the reader has declared, or is, a conflict
}

func (s *Store) sightOf(ctx context.Context, sc Scope) (sight, error) {
	v := sight{Scope: sc}
	if sc.All {
		return v, nil
	}
	if units, only := sc.proposing(); only {
		v.units = units
		return v, nil
	}
	var err error
	if v.cases, err = s.casesOf(ctx, sc.capacities()); err != nil || len(sc.owing()) == 0 {
		return v, err
	}
	if v.owed, err = listOf[string](ctx, s.pool, `
		select se.id::text from sessions se where se.unit = any($1) and `+undeclared+`$2)`, sc.owing(), sc.Person); err != nil {
		return v, err
	}
	v.barred, err = s.Barred(ctx, sc, "")
	return v, err
}

// casesOf counts the cases that capacities may see, up to few+1. Who sees many is not counted again: it takes as long as
// a list, and would he see few one day, his lists only come slower.
func (s *Store) casesOf(ctx context.Context, capacities []string) (n int, err error) {
	reader := strings.Join(capacities, "|")
	if _, many := s.wide.Load(reader); many {
		return few + 1, nil
	}
	err = s.pool.QueryRow(ctx, `
		select count(*)::int from (select 1 from case_readers where capacity = any($1) limit $2) x`, capacities, few+1).Scan(&n)
	if err == nil && n > few {
		s.wide.Store(reader, true)
	}
	return n, err
}

// nothing tells whether there is no case to be seen at all.
func (v sight) nothing() bool { return !v.All && len(v.units) == 0 && v.cases == 0 }

// start is a clause over cases p that asks nothing of a case but that the reader declared; $1 to $5 are the scope's.
func (v sight) start() *clause {
	c := &clause{args: v.args(), conds: []string{
		`($1::text[] is not null or $2::text[] is not null or $3 or $4::boolean[] is not null or $5::text is not null or true)`}}
	v.declared(c)
	return c
}

// waiting starts a clause over cases that wait for a unit, which are found by that. What the reader may see of them is
// asked as a value: were it a second column to find them by, the database could choose to read all cases of a unit.
func (v sight) waiting() *clause {
	c := v.start()
	switch {
	case v.All:
	case len(v.units) > 0:
		c.and(`coalesce(p.unit = any(%s), false)`, v.units)
	default:
		v.each(c)
	}
	return c
}

// begin starts a clause over cases p from where few are looked at.
func (v sight) begin() *clause {
	c := v.start()
	switch {
	case v.All:
	case len(v.units) == 1:
		c.and(`p.unit = %s`, v.units[0])
	case len(v.units) > 1:
		c.and(`p.unit = any(%s)`, v.units)
	case v.cases <= few:
		c.and(`p.id = any(array(select r.proposal from case_readers r where r.capacity = any(%s)))`, v.capacities())
	default:
		v.each(c)
	}
	return c
}

// each asks of every case whether the reader may see it. The limit keeps the
// database from joining with all that the reader may see.
func (v sight) each(c *clause) {
	c.and(`coalesce((select true from case_readers r where r.proposal = p.id and r.capacity = any(%s) limit 1), false)`, v.capacities())
}

// names narrows a scan of names n to what may be seen, where that is little.
func (v sight) names(c *clause) {
	switch {
	case v.All:
	case len(v.units) == 1:
		c.and(`n.unit = %s`, v.units[0])
	case len(v.units) > 1:
		c.and(`n.unit = any(%s)`, v.units)
	case v.cases <= fewCases:
		c.and(`n.item = any(array(select o.id from items o join case_readers r on r.proposal = o.proposal where r.capacity = any(%s)))`, v.capacities())
	}
}

// among starts a clause for rows that names has found.
func (v sight) among() *clause {
	c := v.start()
	if len(v.units) == 0 && !v.All {
		v.each(c)
	}
	return c
}

// declared leaves out what stands on a live session on which the reader owes a
// declaration, unless another office shows it.
func (v sight) declared(c *clause) {
	if len(v.owed) == 0 {
		return
	}
	c.and(`(not exists (select 1 from session_items si where si.proposal = p.id and si.session = any(%s::uuid[]))
		or exists (select 1 from case_readers r where r.proposal = p.id and r.capacity = any(%s)))`, v.owed, v.offices())
}

// items leaves out the items i of the reader's conflicts.
func (v sight) items(c *clause) {
	if len(v.barred) > 0 {
		c.and(`i.id <> all(%s::uuid[])`, v.barred)
	}
}

// byItems tells whether a list is better read off the items of a period or an
// outcome than off the cases.
func (f CaseFilter) byItems(v sight) bool {
	wide := v.All || v.cases > few
	return wide && !f.Mine && (f.Period != "" || f.Outcome != "" && f.Outcome != "pending")
}
