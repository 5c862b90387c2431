package postgres

import "context"

// caseOrder is how a list of cases is ordered and from where it is read: each in
// the order of one index, so that a page costs the same however long the list is.
type caseOrder struct {
	list     string // of the cursors
	key, tie string // columns of the order
	desc     bool
	q        *spelling // a text
}

// orders by name of the list.
var (
	newestFirst = caseOrder{list: "cases", key: `p.created_at`, tie: `p.id`, desc: true}
	dueFirst    = caseOrder{list: "cases/due", key: `coalesce(p.due_on, 'infinity'::date)`, tie: `p.id`}
	byReference = caseOrder{list: "cases/ref", key: `search_fold(p.ref) collate "C"`, tie: `p.id`}
	byName      = caseOrder{list: "cases/name", key: `n.fold`, tie: `n.item`}
	byItems     = caseOrder{list: "cases/items", key: `d.listed_at`, tie: `p.id`, desc: true}
)

func (s *Store) caseOrder(ctx context.Context, f CaseFilter, v sight) (caseOrder, error) {
	o := newestFirst
	if f.Due {
		o = dueFirst
	} else if f.byItems(v) {
		o = byItems
	}
	if f.Text == "" {
		return o, nil
	}
	q, err := s.spell(ctx, f.Text)
	if q.digits {
		o = byReference
	} else {
		o = byName
	}
	o.q = &q
	return o, err
}

// begin starts the clause of a list in this order.
func (o caseOrder) begin(v sight, f CaseFilter) *clause {
	switch {
	case o.list == byName.list:
		return v.among()
	case f.Mine:
		return v.waiting()
	}
	return v.begin()
}

func (o caseOrder) by() string {
	if o.desc {
		return o.key + " desc, " + o.tie + " desc"
	}
	return o.key + ", " + o.tie
}

// shown is the order of the rows that a page found.
func (o caseOrder) shown() string {
	if o.desc {
		return "page.key desc, page.tie desc"
	}
	return "page.key, page.tie"
}

// source is what the list is read from, as cases p. Conditions, and where the
// page begins, are added to c.
func (o caseOrder) source(c *clause, v sight, f CaseFilter, from mark, later bool) string {
	switch o.list {
	case byName.list:
		return o.names(c, v, f, from, later)
	case byItems.list:
		return o.items(c, f, from, later)
	}
	if f.ofItems() {
		c.withItem(f)
	}
	if o.q != nil && o.q.number > 0 {
		c.and(`search_number(p.ref) = %s`, o.q.number)
	} else if o.q != nil {
		c.and(o.key+` >= %s and `+o.key+` < %s`, o.q.fold, upper(o.q.fold))
	}
	if later {
		o.after(c, from)
	}
	return `proposals p`
}

// after begins a page behind the last row of the one before.
func (o caseOrder) after(c *clause, from mark) {
	cast, value, than := `::date`, any(from.Text), `>`
	switch {
	case o.desc:
		cast, value, than = `::timestamptz`, from.At, `<`
	case o.list != dueFirst.list:
		cast = `::text`
	}
	c.and(`(`+o.key+`, `+o.tie+`) `+than+` (%s`+cast+`, %s::uuid)`, value, from.ID)
}

// withItem asks for an item that meets the filter.
func (c *clause) withItem(f CaseFilter) {
	inner := &clause{args: c.args, conds: []string{`i.proposal = p.id`}}
	f.items(inner)
	c.args = inner.args
	c.conds = append(c.conds, `coalesce((select true from items i where `+inner.where()+` limit 1), false)`)
}

// items reads the cases off the items of a period or an outcome.
func (o caseOrder) items(c *clause, f CaseFilter, from mark, later bool) string {
	inner := &clause{args: c.args}
	f.items(inner)
	if later {
		caseOrder{key: `i.listed_at`, tie: `i.proposal`, desc: true}.after(inner, from)
	}
	c.args = inner.args
	return `(select distinct i.listed_at, i.proposal from items i where ` + inner.where() +
		` order by i.listed_at desc, i.proposal desc) d join proposals p on p.id = d.proposal`
}

// names reads the cases off the names that have the words in order; the first of
// a case's names stands for it. Its limit, which nothing reaches, keeps the scan
// in the order of its index.
func (o caseOrder) names(c *clause, v sight, f CaseFilter, from mark, later bool) string {
	lo, hi := c.arg(o.q.fold), c.arg(upper(o.q.fold))
	within := func(n string) string { return n + `.fold >= ` + lo + ` and ` + n + `.fold < ` + hi }
	n := &clause{args: c.args, conds: []string{within("n")}}
	v.names(n)
	if later {
		o.after(n, from)
	}
	c.args = n.args
	if o.q.fold == "" {
		c.conds = append(c.conds, `false`)
	}
	c.conds = append(c.conds,
		`not coalesce((select true from items o join search_names e on e.item = o.id where o.proposal = p.id and `+within("e")+`
			and ((e.fold, e.item) < (n.fold, n.item) or e.item = n.item and e.word < n.word) limit 1), false)`)
	if f.ofItems() {
		c.withItem(f)
	}
	return `(select n.item, n.word, n.fold from search_names n where ` + n.where() + ` order by n.fold, n.item limit 100000000) n
		join items i on i.id = n.item join proposals p on p.id = i.proposal`
}
