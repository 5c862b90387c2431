package postgres

import "context"

// A text is looked for in the words of names through search_names, and in references
// and titles from their beginning on. Names that few items have are looked up first,
// and the cases read off them; names that many have are asked of each case in the
// order of the list, for one that fits is soon met.

// namedIn are the items of a case c of any kind whose name has the words: the range
// of search_names n follows.
var namedIn = []string{
	`select 1 from items i join search_names n on n.item = i.id where i.proposal = c.proposal and `,
	`select 1 from decision_named x join search_names n on n.item = x.item where x.decision = c.decision and `,
	`select 1 from session_items x join search_names n on n.item = x.item where x.session = c.session and `,
}

// idsNamed are the ids of the cases of each kind that name somebody.
var idsNamed = []string{
	`select i.proposal from search_names n join items i on i.id = n.item where `,
	`select x.decision from search_names n join decision_named x on x.item = n.item where `,
	`select x.session from search_names n join session_items x on x.item = n.item where `,
}

// auditText adds to a clause that a case c of any kind has a text.
func (s *Store) auditText(ctx context.Context, c *clause, text string) error {
	q, err := s.spell(ctx, text)
	if err != nil {
		return err
	}
	if q.fold == "" {
		c.conds = append(c.conds, `false`)
		return nil
	}
	named := 0
	err = s.pool.QueryRow(ctx, `select count(*)::int from (select 1 from search_names n where n.fold >= $1 and n.fold < $2 limit $3) x`,
		q.fold, upper(q.fold), few+1).Scan(&named)
	if err != nil {
		return err
	}
	lo, hi := c.arg(q.fold), c.arg(upper(q.fold))
	in := `n.fold >= ` + lo + ` and n.fold < ` + hi
	cond := `search_fold(c.ref) collate "C" >= ` + lo + ` and search_fold(c.ref) collate "C" < ` + hi +
		` or search_number(c.ref) = ` + c.arg(q.number) + ` or c.case_id = ` + c.arg(text) +
		` or ' ' || search_fold(c.title) like ` + c.arg("% "+like(q.fold)+"%")
	for i := range namedIn {
		if named <= few {
			cond += ` or c.id = any(array(` + idsNamed[i] + in + `))`
		} else {
			cond += ` or coalesce((` + namedIn[i] + in + ` limit 1) = 1, false)`
		}
	}
	c.conds = append(c.conds, "("+cond+")")
	return nil
}
