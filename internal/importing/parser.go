package importing

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// parser turns the rows below a header into Rows.
type parser struct {
	sheet       *Sheet
	grid        *grid
	opts        *Options
	cols        mapping
	awards      awardReader
	corrections map[int][]overlay
	removed     map[int]bool
	facts       map[factKey]SuggestedFacts
	groups      headings
	tasks       []task // the data rows found so far
	foot        int    // the row the signature block begins in; 0 before it
	numbered    bool   // most named rows carry an order number
	titleKind   Kind
	titleAward  string
	lastOrder   int
	headerLast  int // last row of the header of the table being read
}

type factKey struct {
	text string
	kind Kind
}

// task is a row of data and the headings it stands under.
type task struct {
	row    *gridRow
	groups headings
	cols   mapping
}

func newParser(s *Sheet, g *grid, o *Options) *parser {
	p := &parser{
		sheet: s, grid: g, opts: o, cols: newMapping(s.Columns),
		corrections: map[int][]overlay{}, removed: map[int]bool{},
	}
	p.forget()
	for _, c := range o.Corrections {
		if c.Sheet != s.Name {
			continue
		}
		if c.Remove {
			p.removed[c.Line] = true
			continue
		}
		c.Value, _ = clean(c.Value)
		p.corrections[c.Line] = append(p.corrections[c.Line], overlay{Correction: c})
	}
	p.titleKind = kindWords(s.Name)
	for _, line := range s.Header.TitleLines {
		if k := kindWords(line); k != "" {
			p.titleKind = k
		}
		if a := p.awardIn(line, p.titleKind); a != "" {
			p.titleAward = a
		}
	}
	return p
}

func (p *parser) run() {
	p.countNumbers()
	for i := range p.grid.rows {
		r := &p.grid.rows[i]
		if r.line <= p.sheet.HeaderLast {
			continue
		}
		if p.removed[r.line] {
			p.note(msgRemoved, r.line)
			continue
		}
		p.take(r, p.classOf(r))
	}
	if p.foot > 0 {
		p.note(msgFoot, p.foot)
	}
	p.sheet.Rows = p.readAll()
}

// forget starts the texts recognised so far anew.
func (p *parser) forget() {
	p.awards = awardReader{cat: p.opts.Catalogue, sheet: p.sheet.Name, choices: p.opts.Choices, known: map[awardCellKey][]AwardRef{}}
	p.facts = map[factKey]SuggestedFacts{}
}

const chunk = 1000 // rows one reader takes at least

// readAll reads the data rows, long lists on all processors: no row depends on
// another once the headings are known.
func (p *parser) readAll() []Row {
	out := make([]Row, len(p.tasks))
	workers := min(runtime.GOMAXPROCS(0), 1+len(p.tasks)/chunk)
	var wg sync.WaitGroup
	for w := range workers {
		own := *p
		own.forget()
		from, to := w*len(p.tasks)/workers, (w+1)*len(p.tasks)/workers
		wg.Go(func() {
			for i := from; i < to; i++ {
				own.groups, own.cols = p.tasks[i].groups, p.tasks[i].cols
				out[i] = own.data(p.tasks[i].row)
			}
		})
	}
	wg.Wait()
	return out
}

// classOf is classify, unless the clerk said otherwise. A choice for the row
// also ends the signature block, if it was taken to have begun.
func (p *parser) classOf(r *gridRow) rowClass {
	for _, c := range p.corrections[r.line] {
		if c.Field != FieldRow {
			continue
		}
		switch c.Value {
		case "data":
			return rowData
		case "group":
			return rowGroup
		case "skip":
			p.note(msgSkipped, r.line)
			return rowBlank
		}
	}
	return p.classify(r)
}

func (p *parser) take(r *gridRow, class rowClass) {
	switch class {
	case rowData:
		if p.foot > 0 { // a second table below a signature block
			p.note(msgFoot, p.foot)
			p.foot = 0
		}
		p.noteOrder(r)
		p.tasks = append(p.tasks, task{r, p.groups, p.cols})
	case rowGroup:
		p.group(r)
	case rowTotals:
		p.note(msgTotals, r.line)
		for i := range r.cells {
			if r.cells[i].formula {
				p.sheet.Notes = append(p.sheet.Notes, msgFormulaNo.mark(ref(r.line, i+1), ""))
			}
		}
	case rowFoot:
		if p.foot == 0 {
			p.foot = r.line
		}
		for i := range r.cells {
			if t := r.cells[i].text; t != "" {
				p.sheet.Foot = append(p.sheet.Foot, strings.Split(t, "\n")...)
			}
		}
	case rowNumbering:
		p.note(msgNumbering, r.line)
	case rowHeader:
		p.table(r.line)
	}
}

// table starts a further table of the sheet; the header of the first one
// printed again is only passed over.
func (p *parser) table(line int) {
	head := widen(p.grid, block{line, line})
	p.headerLast = head.last
	cols := columns(columnTexts(p.grid, head), p.opts.Catalogue, SheetMapping{})
	if slices.EqualFunc(cols, p.cols.columns, func(a, b Column) bool { return a.HeaderText == b.HeaderText }) {
		p.note(msgRepeated, line)
		return
	}
	p.cols = newMapping(cols)
	p.sheet.MoreTables = append(p.sheet.MoreTables, Table{HeaderFirst: head.first, HeaderLast: head.last, Columns: cols})
	p.note(msgTable, line)
}

func (p *parser) note(m message, line int) {
	p.sheet.Notes = append(p.sheet.Notes, m.mark("", "", line))
}

// countNumbers learns whether this list numbers its rows, which tells a heading
// without a number from a row of data.
func (p *parser) countNumbers() {
	order, name := p.cols.first(FieldOrder), p.cols.first(FieldName)
	numbered, named := 0, 0
	for i := range p.grid.rows {
		r := &p.grid.rows[i]
		if r.line <= p.sheet.HeaderLast || r.text(name) == "" {
			continue
		}
		named++
		if c := r.at(order); c != nil && (numeric(c.text) || c.formula) {
			numbered++
		}
	}
	p.numbered = order > 0 && 2*numbered >= named
}

func (p *parser) group(r *gridRow) {
	title := p.groupTitle(r)
	style, text := ordinal(title)
	if text == "" {
		text = title
	}
	h := heading{style: style, text: text, kind: kindWords(text)}
	kind := h.kind
	if kind == "" {
		kind = p.groups.kind()
	}
	h.award = p.awardIn(text, kind)
	p.groups = p.groups.push(h)
}

// awardIn finds the award a heading or title names: the whole of it, or what
// follows words such as "đề nghị tặng".
func (p *parser) awardIn(text string, kind Kind) string {
	if p.opts.Catalogue == nil {
		return ""
	}
	try := []string{text}
	low := strings.ToLower(text)
	for _, lead := range []string{"danh hiệu", "hình thức", "đề nghị tặng", "đề nghị công nhận", "tặng", "công nhận", ":"} {
		if i := strings.Index(low, lead); i >= 0 && len(low) == len(text) {
			try = append(try, strings.Trim(text[i+len(lead):], " :\""))
		}
	}
	for _, t := range try {
		if r := p.awards.one(t, kind); r.found() {
			return t
		}
	}
	return ""
}

// noteOrder says where the order numbers start again.
func (p *parser) noteOrder(r *gridRow) {
	n, err := strconv.Atoi(strings.Trim(r.text(p.cols.first(FieldOrder)), "(). "))
	if err != nil {
		return
	}
	if n < p.lastOrder && n == 1 {
		p.note(msgRestart, r.line)
	}
	p.lastOrder = n
}
