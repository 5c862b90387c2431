package postgres

import "context"

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
	units []string // the reader is clerk or head of these units and nothing else
	cases int      // that others may see, counted up to few+1
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
	err := s.pool.QueryRow(ctx, `
		select count(*)::int from (select 1 from case_readers where capacity = any($1) limit $2) x`, sc.capacities(), few+1).Scan(&v.cases)
	return v, err
}

// nothing tells whether there is no case to be seen at all.
func (v sight) nothing() bool { return !v.All && len(v.units) == 0 && v.cases == 0 }

// begin starts a clause over cases p; $1 to $3 are the scope's units, roles, all.
func (v sight) begin() *clause {
	c := &clause{args: []any{v.Units, v.Roles, v.All}, conds: []string{`($1::text[] is not null or $2::text[] is not null or $3 or true)`}}
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
	c := v.begin()
	if len(v.units) > 0 || v.cases <= few {
		c.conds, c.args = c.conds[:1], c.args[:3]
	}
	if len(v.units) == 0 && !v.All && v.cases <= few {
		v.each(c)
	}
	return c
}

// byItems tells whether a list is better read off the items of a period or an
// outcome than off the cases.
func (f CaseFilter) byItems(v sight) bool {
	wide := v.All || v.cases > few
	return wide && !f.Mine && (f.Period != "" || f.Outcome != "" && f.Outcome != "pending")
}
