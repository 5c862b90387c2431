package postgres

import (
	"context"
	"fmt"
	"strings"
)

// A search by name goes through three phases, each in the order of one index, so
// that a page costs the same however many names there are:
//
//  1. names that have the words as typed, accents and all
//  2. names that have the words in that order, without regard to accents
//  3. names that have all the words, in any order
const (
	phaseExact = 1 + iota
	phaseFolded
	phaseAnyOrder
)

// scanAtMost is how many names one page may look at for a reader who may not see
// most of them; the cursor then goes on from there.
const scanAtMost = 5000

// itemsNamed is ListItems for a name.
func (s *Store) itemsNamed(ctx context.Context, sc Scope, f CaseFilter, q spelling, after Cursor, limit int) ([]ItemRow, Cursor, error) {
	from, err := after.read("names")
	if err != nil {
		return nil, "", err
	}
	if q.fold == "" {
		return []ItemRow{}, "", nil
	}
	out := []ItemRow{}
	for phase := max(from.Phase, phaseExact); phase <= phaseAnyOrder; phase++ {
		if phase == phaseAnyOrder && len(q.words) < 2 {
			break
		}
		p, err := s.nameScan(ctx, q, phase)
		if err != nil {
			return nil, "", err
		}
		if from.Phase == phase {
			p.from = from
		}
		rows, next, err := s.namePage(ctx, sc, f, p, limit-len(out))
		if err != nil {
			return nil, "", err
		}
		out = append(out, rows...)
		if next != nil {
			return out, next.cursor(), nil
		}
	}
	return out, "", nil
}

// nameScan is the part of an index that a phase goes through.
type nameScan struct {
	phase  int
	column string // key or fold
	lo, hi string
	q      spelling
	from   mark
}

func (s *Store) nameScan(ctx context.Context, q spelling, phase int) (nameScan, error) {
	p := nameScan{phase: phase, column: "fold", lo: q.fold, hi: upper(q.fold), q: q}
	switch phase {
	case phaseExact:
		p.column, p.lo, p.hi = "key", q.key, upper(q.key)
	case phaseAnyOrder:
		least := few + 1
		for i, w := range q.words {
			hi := w + "!" // the word alone or before a blank
			if i == len(q.words)-1 {
				hi = upper(w)
			}
			n := 0
			err := s.pool.QueryRow(ctx, `
				select count(*)::int from (select 1 from search_names where fold >= $1 and fold < $2 limit $3) x`, w, hi, few).Scan(&n)
			if err != nil {
				return p, err
			}
			if n < least {
				least, p.lo, p.hi = n, w, hi
			}
		}
	}
	return p, nil
}

// hits is the scan as a query over search_names n, in order, with its arguments
// in c.
func (p nameScan) hits(c *clause, units []string) string {
	h := &clause{args: c.args}
	if len(units) > 0 {
		h.and(`n.unit = any(%s)`, units)
	}
	h.and(`n.`+p.column+` >= %s and n.`+p.column+` < %s`, p.lo, p.hi)
	if p.from.ID != "" {
		h.and(`(n.`+p.column+`, n.item) > (%s, %s::uuid)`, p.from.Text, p.from.ID)
	}
	// One hit an item: its first matching word, in the first phase that finds it.
	earlier := &clause{args: h.args}
	earlier.and(`(e.word < n.word and e.`+p.column+` >= %s and e.`+p.column+` < %s)`, p.lo, p.hi)
	if p.phase == phaseFolded {
		earlier.and(`(e.key >= %s and e.key < %s)`, p.q.key, upper(p.q.key))
	}
	if p.phase == phaseAnyOrder {
		earlier.and(`(e.fold >= %s and e.fold < %s)`, p.q.fold, upper(p.q.fold))
	}
	h.args = earlier.args
	h.conds = append(h.conds, `not exists (select 1 from search_names e where e.item = n.item and (`+strings.Join(earlier.conds, " or ")+`))`)
	if p.phase == phaseAnyOrder {
		h.conds = append(h.conds, allWords(h, p.q, `n.item`))
	}
	c.args = h.args
	return fmt.Sprintf(`select n.item, n.%[1]s as match from search_names n where %[2]s order by n.%[1]s, n.item`, p.column, h.where())
}

// namePage reads up to limit rows of a scan; next is nil when the scan is at its end.
func (s *Store) namePage(ctx context.Context, sc Scope, f CaseFilter, p nameScan, limit int) ([]ItemRow, *mark, error) {
	units, only := sc.proposing()
	c, err := s.begin(ctx, sc)
	if err != nil {
		return nil, nil, err
	}
	if only {
		c = scoped(sc)
	}
	f.Text = ""
	f.cases(c)
	f.items(c)
	hits := p.hits(c, units)
	sql := itemRow + `h.match from (` + hits + fmt.Sprintf(" limit %d", scanAtMost) + `) h join items i on i.id = h.item` + itemSaid +
		` where ` + c.where() + ` order by h.match, i.id limit ` + c.arg(limit+1)
	rows, err := listTyped[ItemRow](ctx, s, sql, c.args)
	if err != nil {
		return nil, nil, err
	}
	if len(rows) > limit {
		next := mark{List: "names", Phase: p.phase, ID: p.from.ID, Text: p.from.Text}
		if limit > 0 {
			next.ID, next.Text = rows[limit-1].ID, rows[limit-1].Match
		}
		return rows[:limit], &next, nil
	}
	end, err := s.scanned(ctx, p, units)
	return rows, end, err
}

// scanned tells where a scan stopped that has looked at as much as it may.
func (s *Store) scanned(ctx context.Context, p nameScan, units []string) (*mark, error) {
	c := &clause{}
	hits := p.hits(c, units)
	rows, err := list[struct {
		Item  string `db:"item"`
		Match string `db:"match"`
	}](ctx, s.pool, `select h.item::text, h.match from (`+hits+`) h offset `+c.arg(scanAtMost-1)+` limit 1`, c.args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &mark{List: "names", Phase: p.phase, ID: rows[0].Item, Text: rows[0].Match}, nil
}

// anyOrder asks of items i that their name has all the words.
func anyOrder(c *clause, q spelling) {
	if len(q.words) == 0 {
		c.conds = append(c.conds, "false")
		return
	}
	c.conds = append(c.conds, allWords(c, q, `i.id`))
}

// allWords is true for items whose name has all the words of q; the last may be
// the beginning of one.
func allWords(c *clause, q spelling, item string) string {
	parts := make([]string, len(q.words))
	for i, w := range q.words {
		pattern := "% " + like(w) + " %"
		if i == len(q.words)-1 {
			pattern = "% " + like(w) + "%"
		}
		parts[i] = `' ' || a.fold || ' ' like ` + c.arg(pattern)
	}
	return `exists (select 1 from search_names a where a.item = ` + item + ` and a.word = 1 and ` + strings.Join(parts, " and ") + `)`
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func like(s string) string { return likeEscape.Replace(s) }
