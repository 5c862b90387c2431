package postgres

import (
	"context"
	"fmt"
	"strconv"
)

// itemsNumbered is ListItems for a number or reference: first the items of
// decisions with that number, then those of cases with that reference, each in
// its order.
func (s *Store) itemsNumbered(ctx context.Context, v sight, f CaseFilter, q spelling, after Cursor, limit int) ([]ItemRow, Cursor, error) {
	from, err := after.read("numbers")
	out := []ItemRow{}
	if err != nil || v.nothing() || f.draftsOf(v.Scope) {
		return out, "", err
	}
	for phase := max(from.Phase, 1); phase <= 2; phase++ {
		at := mark{Phase: phase}
		if from.Phase == phase {
			at = from
		}
		rows, more, err := s.numberPage(ctx, v, f, q, at, limit-len(out))
		if err != nil {
			return nil, "", err
		}
		out = append(out, rows...)
		if more != nil {
			return onlySeen(out, itemSeen), more.cursor(), nil
		}
	}
	return onlySeen(out, itemSeen), "", nil
}

func (s *Store) numberPage(ctx context.Context, v sight, f CaseFilter, q spelling, at mark, limit int) ([]ItemRow, *mark, error) {
	c := v.among()
	if at.Phase == 2 {
		c = v.begin()
	}
	source, key, tie := `decision_items x join decisions d on d.id = x.decision join items i on i.id = x.item join proposals p on p.id = i.proposal`,
		`search_fold(d.number_text) collate "C"`, `x.decision`
	pos := `x.position`
	if at.Phase == 2 {
		source, key, tie, pos = `proposals p join items i on i.proposal = p.id`, `search_fold(p.ref) collate "C"`, `p.id`, `i.position`
	}
	switch {
	case at.Phase == 1 && q.number > 0:
		c.and(`d.number = %s and d.number_text <> ''`, q.number)
	case at.Phase == 1:
		c.and(key+` >= %s and `+key+` < %s and d.number_text <> ''`, q.fold, upper(q.fold))
	case q.number > 0:
		c.and(`search_number(p.ref) = %s`, q.number)
	default:
		c.and(key+` >= %s and `+key+` < %s`, q.fold, upper(q.fold))
	}
	if at.Phase == 2 { // not those of the phase before
		c.and(`not coalesce((select true from decision_items x join decisions d on d.id = x.decision where x.item = i.id and d.number_text <> ''
			and (d.number = %s or search_fold(d.number_text) collate "C" >= %s and search_fold(d.number_text) collate "C" < %s) limit 1), false)`,
			max(q.number, -1), q.fold, upper(q.fold))
	}
	f.cases(c)
	f.items(c)
	v.items(c)
	if at.ID != "" {
		k, t := c.arg(at.Text), c.arg(at.ID)
		c.and(`(` + key + `, ` + tie + `) >= (` + k + `::text, ` + t + `::uuid)`)
		c.and(`not (`+tie+` = `+t+`::uuid and `+pos+` <= %s)`, at.Pos)
	}
	page := `select i.id as item, ` + key + ` || '|' || ` + tie + ` || '|' || ` + pos + ` as match, row_number() over (order by ` + key + `, ` + tie + `, ` + pos + `) as n
		from ` + source + ` where ` + c.where() + ` order by ` + key + `, ` + tie + `, ` + pos + ` limit ` + strconv.Itoa(limit+1)
	rows, err := listTyped[ItemRow](ctx, s.lists, fmt.Sprintf(listedItem, page)+`page.n`, c.args)
	if err != nil || len(rows) <= limit {
		return rows, nil, err
	}
	if limit == 0 {
		return nil, &mark{List: "numbers", Phase: at.Phase}, nil
	}
	next := mark{List: "numbers", Phase: at.Phase}
	next.split(rows[limit-1].Match)
	return rows[:limit], &next, nil
}
