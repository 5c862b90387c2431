package postgres

import (
	"context"
	"strconv"
)

// Submissions are found by their running number, and by words of reference, letter
// number and title, through search_submissions (migrations/00026): one row a word, in
// the order of what stands from that word on. What matches alike comes newest first.

// Phases of a search of submissions: the running number, then the words.
const (
	phaseNumber = 1 + iota
	phaseWords
)

// submissionsFound is ListSubmissions for a text. Errors: ErrCursor.
func (s *Store) submissionsFound(ctx context.Context, units []string, all bool, f SubmissionFilter, after Cursor, limit int) ([]SubmissionRow, Cursor, error) {
	from, err := after.read("submissions/text")
	if err != nil {
		return nil, "", err
	}
	out := []SubmissionRow{}
	q, err := s.spell(ctx, f.Text)
	if err != nil || q.fold == "" {
		return out, "", err
	}
	for phase := max(from.Phase, phaseNumber); phase <= phaseWords; phase++ {
		if phase == phaseNumber && q.number == 0 {
			continue
		}
		begin := mark{}
		if from.Phase == phase {
			begin = from
		}
		rows, err := s.submissionPage(ctx, units, all, f, q, phase, begin, limit+1-len(out))
		if err != nil {
			return nil, "", err
		}
		if out = append(out, rows...); len(out) <= limit {
			continue
		}
		next := mark{List: "submissions/text", Phase: phase}
		if n := len(rows) - 2; n >= 0 { // the last row shown; there is none where the phase begins behind the page
			next.ID, next.Text, next.Age = rows[n].ID, rows[n].Match, rows[n].Age
		}
		return out[:limit], next.cursor(), nil
	}
	return out, "", nil
}

// within is the range of the index that a phase reads, for rows of an alias.
func (q spelling) within(phase int, c *clause) func(alias string) string {
	if phase == phaseNumber {
		is := c.arg("#" + strconv.Itoa(q.number))
		return func(alias string) string { return alias + `.fold = ` + is }
	}
	lo, hi := c.arg(q.fold), c.arg(upper(q.fold))
	return func(alias string) string { return alias + `.fold >= ` + lo + ` and ` + alias + `.fold < ` + hi }
}

// submissionPage reads rows of one phase behind a mark. A submission counts by its
// first matching word, in the first phase that finds it. Each unit is read in the
// order of the index by itself.
func (s *Store) submissionPage(ctx context.Context, units []string, all bool, f SubmissionFilter, q spelling, phase int, from mark, limit int) ([]SubmissionRow, error) {
	c := &clause{}
	within := q.within(phase, c)
	again := `e.submission = n.submission and e.word < n.word and ` + within("e")
	if phase == phaseWords && q.number > 0 {
		again = `e.submission = n.submission and (e.word < n.word and ` + within("e") + ` or e.fold = ` + c.arg("#"+strconv.Itoa(q.number)) + `)`
	}
	c.conds = append(c.conds, within("n"), `not coalesce((select true from search_submissions e where `+again+` limit 1), false)`)
	if from.ID != "" {
		c.and(`(n.fold, n.age, n.submission) > (%s::text, %s::bigint, %s::uuid)`, from.Text, from.Age, from.ID)
	}
	f.submissions(c)
	source := ``
	if !all {
		source = `unnest(` + c.arg(units) + `::text[]) o(unit), lateral `
		c.conds = append(c.conds, `n.unit = o.unit`)
	}
	order := ` order by n.fold, n.age, n.submission limit ` + strconv.Itoa(limit)
	return listTyped[SubmissionRow](ctx, s.lists, `
		select n.fold as match, n.age, `+submissionColumnsListed+`
		from (select n.* from `+source+`(select n.submission, n.fold, n.age from search_submissions n join submissions s on s.id = n.submission
			where `+c.where()+order+`) n`+order+`) n
		join submissions s on s.id = n.submission `+submissionJoined+`
		order by n.fold, n.age, n.submission`, c.args)
}

// submissionHas adds to a clause that a submission s of units is found by a text: by
// its own words or by a name in its items. What few match is looked up; what many
// match is asked of each submission, for one that fits is soon met.
func (s *Store) submissionHas(ctx context.Context, c *clause, units []string, text string) error {
	q, err := s.spell(ctx, text)
	if err != nil {
		return err
	}
	if q.fold == "" {
		c.conds = append(c.conds, `false`)
		return nil
	}
	count := &clause{}
	count.and(`n.unit = any(%s::text[]) and n.fold >= %s and n.fold < %s`, units, q.fold, upper(q.fold))
	found := ` from search_names n where ` + count.where() + ` limit ` + strconv.Itoa(few+1)
	titled := ` from search_submissions n where ` + count.where() + ` limit ` + strconv.Itoa(few+1)
	named, said := 0, 0
	err = s.pool.QueryRow(ctx, `select (select count(*) from (select 1`+found+`) x)::int, (select count(*) from (select 1`+titled+`) x)::int`, count.args...).Scan(&named, &said)
	if err != nil {
		return err
	}
	own, lo, hi, number := c.arg(units), c.arg(q.fold), c.arg(upper(q.fold)), c.arg("#"+strconv.Itoa(q.number))
	in := `n.unit = any(` + own + `::text[]) and n.fold >= ` + lo + ` and n.fold < ` + hi
	numbered := `select n.submission from search_submissions n where n.unit = any(` + own + `::text[]) and n.fold = ` + number
	if named <= few && said <= few {
		c.conds = append(c.conds, `s.id = any(array(`+numbered+` union select n.submission from search_submissions n where `+in+`
			union select p.submission from search_names n join items i on i.id = n.item join proposals p on p.id = i.proposal where `+in+`))`)
		return nil
	}
	c.conds = append(c.conds, `(exists (select 1 from search_submissions n where n.submission = s.id and (n.fold >= `+lo+` and n.fold < `+hi+` or n.fold = `+number+`))
		or exists (select 1 from proposals p join items i on i.proposal = p.id join search_names n on n.item = i.id
			where p.submission = s.id and n.fold >= `+lo+` and n.fold < `+hi+`))`)
	return nil
}
