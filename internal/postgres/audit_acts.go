package postgres

import (
	"context"
	"strings"
	"time"
)

// acts asks for the acts t of the trail that the filter wants.
func (f AuditFilter) acts(c *clause) string {
	conds := []string{}
	if f.Actors != nil {
		who := c.arg(f.Actors)
		conds = append(conds, `(t.actor = any(`+who+`::text[]) or acted_for(t.body) = any(`+who+`::text[]))`)
	}
	if f.From != nil {
		conds = append(conds, `t.at >= `+c.arg(*f.From)+`::timestamptz`)
	}
	if f.To != nil {
		conds = append(conds, `t.at < `+c.arg(*f.To)+`::timestamptz`)
	}
	return strings.Join(conds, " and ")
}

// clocks is by how much a case may seem to be younger than its first act: the one is
// the database's time, the other Temporal's.
const clocks = 24 * time.Hour

// auditActs adds to a clause that somebody acted on a case c in a time. The cases of few
// acts are read off them. Many are asked of each case, from the last act on: no younger
// case can have one.
func (s *Store) auditActs(ctx context.Context, c *clause, f AuditFilter, few int) error {
	if f.Actors == nil && f.From == nil && f.To == nil {
		return nil
	}
	count := &clause{}
	found := `select t.at from trail t where ` + f.acts(count) + ` order by t.at desc limit ` + count.arg(few+1) + `::int`
	n, last := 0, (*time.Time)(nil)
	if err := s.pool.QueryRow(ctx, `select count(*)::int, max(x.at) from (`+found+`) x`, count.args...).Scan(&n, &last); err != nil {
		return err
	}
	acts := f.acts(c)
	if n <= few {
		c.conds = append(c.conds, `c.case_id = any(array(select t.case_id from trail t where `+acts+`))`)
		return nil
	}
	c.conds = append(c.conds, `c.created_at <= `+c.arg(last.Add(clocks))+`::timestamptz`, `exists (select 1 from trail t where t.case_id = c.case_id and `+acts+`)`)
	return nil
}
