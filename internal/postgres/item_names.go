package postgres

import (
	"context"
	"fmt"
	"strconv"
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
const scanAtMost = 2000

// itemsNamed is ListItems for a name.
func (s *Store) itemsNamed(ctx context.Context, v sight, f CaseFilter, q spelling, after Cursor, limit int) ([]ItemRow, Cursor, error) {
	from, err := after.read("names")
	out := []ItemRow{}
	if err != nil || q.fold == "" || v.nothing() || f.draftsOf(v.Scope) {
		return out, "", err
	}
	for phase := max(from.Phase, phaseExact); phase <= phaseAnyOrder; phase++ {
		if phase == phaseAnyOrder && len(q.words) < 2 {
			break
		}
		p, err := s.nameScan(ctx, q, phase)
		if err != nil {
			return nil, "", err
		}
		if from.Phase == phase {
			if p.from, err = s.scanMark(ctx, p, from); err != nil {
				return nil, "", err
			}
		}
		rows, next, err := s.namePage(ctx, v, f, p, limit-len(out))
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
	most   int // names to look at on one page
}

// nameScan chooses the part: for words in any order, that of the rarest.
func (s *Store) nameScan(ctx context.Context, q spelling, phase int) (nameScan, error) {
	p := nameScan{phase: phase, column: "fold", lo: q.fold, hi: upper(q.fold), q: q, most: scanAtMost}
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

// scan is the scan as a query over search_names n, in order, with its arguments
// in c. It looks at so many names at most.
func (p nameScan) scan(c *clause, v sight) string {
	h := &clause{args: c.args}
	v.names(h)
	h.and(`n.`+p.column+` >= %s and n.`+p.column+` < %s`, p.lo, p.hi)
	if p.from.ID != "" {
		h.and(`(n.`+p.column+`, n.item) > (%s::text, %s::uuid)`, p.from.Text, p.from.ID)
	}
	c.args = h.args
	return fmt.Sprintf(`select n.item, n.word, n.%[1]s as match from search_names n where %[2]s order by n.%[1]s, n.item limit %[3]d`,
		p.column, h.where(), p.most)
}

// fits asks that a scanned name h is a hit, once: an item counts by its first
// matching word, in the first phase that finds it.
func (p nameScan) fits(c *clause) {
	e := &clause{args: c.args}
	e.and(`(e.word < h.word and e.`+p.column+` >= %s and e.`+p.column+` < %s)`, p.lo, p.hi)
	if p.phase == phaseFolded {
		e.and(`(e.key >= %s and e.key < %s)`, p.q.key, upper(p.q.key))
	}
	if p.phase == phaseAnyOrder {
		e.and(`(e.fold >= %s and e.fold < %s)`, p.q.fold, upper(p.q.fold))
	}
	c.args = e.args
	c.conds = append(c.conds, `not coalesce((select true from search_names e where e.item = h.item and (`+strings.Join(e.conds, " or ")+`) limit 1), false)`)
	if p.phase == phaseAnyOrder {
		c.conds = append(c.conds, allWords(c, p.q, `h.item`))
	}
}

// namePage reads up to limit rows of a scan; next is nil when the scan is at its end.
func (s *Store) namePage(ctx context.Context, v sight, f CaseFilter, p nameScan, limit int) ([]ItemRow, *mark, error) {
	c := v.among()
	p.fits(c)
	f.cases(c)
	f.items(c)
	v.items(c)
	page := `select h.item, h.match from (` + p.scan(c, v) + `) h join items i on i.id = h.item join proposals p on p.id = i.proposal
		where ` + c.where() + ` order by h.match, h.item limit ` + strconv.Itoa(limit+1)
	rows, err := listTyped[ItemRow](ctx, s.lists, fmt.Sprintf(listedItem, page)+`page.match, page.item`, c.args)
	if err != nil {
		return nil, nil, err
	}
	if len(rows) > limit {
		next := mark{List: "names", Phase: p.phase, ID: p.from.ID, Text: p.from.Text}
		if limit > 0 {
			next.ID, next.Text = rows[limit-1].ID, rows[limit-1].Match
		}
		return onlySeen(rows[:limit], itemSeen), &next, nil
	}
	end, err := s.scanned(ctx, p, v)
	return onlySeen(rows, itemSeen), end, err
}

// scanMark is a cursor's place in a scan. One that stands at a name which the
// reader may not see carries no name: it is looked up by item and word.
func (s *Store) scanMark(ctx context.Context, p nameScan, from mark) (mark, error) {
	if from.ID == "" || from.Text != "" {
		return from, nil
	}
	at, err := listOf[string](ctx, s.pool, `select `+p.column+` from search_names where item = $1::uuid and word = $2`, from.ID, from.Pos)
	if err != nil && !badValue(err) {
		return from, err
	}
	if len(at) == 0 {
		return from, ErrCursor
	}
	from.Text = at[0]
	return from, nil
}

// scanned tells where a scan stopped that has looked at as much as it may. The
// name there may be anybody's, so the mark says its item and word only.
func (s *Store) scanned(ctx context.Context, p nameScan, v sight) (*mark, error) {
	c := &clause{}
	rows, err := list[struct {
		Item string `db:"item"`
		Word int    `db:"word"`
	}](ctx, s.pool, `select h.item::text, h.word::int from (`+p.scan(c, v)+`) h offset `+strconv.Itoa(p.most-1), c.args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &mark{List: "names", Phase: p.phase, ID: rows[0].Item, Pos: rows[0].Word}, nil
}

// allWords is true for items of which one spelling of the name has all the words of q;
// the last may be the beginning of one. A whole name is word 1, 21, 41 …, one a spelling.
func allWords(c *clause, q spelling, item string) string {
	parts := make([]string, len(q.words))
	for i, w := range q.words {
		pattern := "% " + like(w) + " %"
		if i == len(q.words)-1 {
			pattern = "% " + like(w) + "%"
		}
		parts[i] = `' ' || a.fold || ' ' like ` + c.arg(pattern)
	}
	return `coalesce((select bool_or(` + strings.Join(parts, " and ") + `) from search_names a where a.item = ` + item + ` and a.word % 20 = 1), false)`
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func like(s string) string { return likeEscape.Replace(s) }
