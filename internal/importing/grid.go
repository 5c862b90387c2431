package importing

import (
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// cell is one cell as the sheet stores it.
type cell struct {
	raw     string
	text    string // cleaned; a date as dd/mm/yyyy
	changed changes
	number  bool // stored as a number
	value   float64
	date    bool // a number shown as a date
	isError bool // #REF!, #N/A and the like
	formula bool
}

func (c *cell) blank() bool { return c == nil || c.text == "" && !c.formula }

// gridRow holds the cells of one row by column (index 0 is column A).
type gridRow struct {
	line   int
	hidden bool
	cells  []cell
	fills  []fill // cells whose content stands in a merged cell above
}

type fill struct{ col, line int }

func (r *gridRow) at(col int) *cell {
	if r == nil || col < 1 || col > len(r.cells) {
		return nil
	}
	return &r.cells[col-1]
}

func (r *gridRow) text(col int) string {
	if c := r.at(col); c != nil {
		return c.text
	}
	return ""
}

// area is a merged range, inclusive, from 1.
type area struct{ col1, row1, col2, row2 int }

// grid is one sheet: the rows with content in ascending order, and the merges.
type grid struct {
	rows   []gridRow
	merges []area
	width  int
}

func (g *grid) row(line int) *gridRow {
	i, ok := slices.BinarySearchFunc(g.rows, line, func(r gridRow, l int) int { return r.line - l })
	if !ok {
		return nil
	}
	return &g.rows[i]
}

// merged gives the cell shown at a place: of a merged range, its first cell.
func (g *grid) merged(line, col int) (*cell, *area) {
	for i := range g.merges {
		if a := &g.merges[i]; line >= a.row1 && line <= a.row2 && col >= a.col1 && col <= a.col2 {
			return g.row(a.row1).at(a.col1), a
		}
	}
	return g.row(line).at(col), nil
}

const maxFills = 200_000

// spread notes, for every row below the top of a merge, which cell above its
// columns show. Merges within one row are left to the header, which asks.
func (g *grid) spread() {
	n := 0
	for _, a := range g.merges {
		if a.row2 == a.row1 || a.col1 != a.col2 {
			continue
		}
		i, _ := slices.BinarySearchFunc(g.rows, a.row1+1, func(r gridRow, l int) int { return r.line - l })
		for ; i < len(g.rows) && g.rows[i].line <= a.row2 && n < maxFills; i++ {
			g.rows[i].fills = append(g.rows[i].fills, fill{a.col1, a.row1})
			n++
		}
	}
}

func letter(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return "?"
	}
	return name
}

func ref(line, col int) string { return letter(col) + strconv.Itoa(line) }

// plainNumber writes a stored number without exponent or binary noise.
func plainNumber(v float64) string {
	if v == float64(int64(v)) {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// serialDate turns an Excel serial into a civil date; ok is false outside the
// years 1900 to 2200, where no date of a list can be.
func serialDate(v float64, date1904 bool) (time.Time, bool) {
	if v < 1 || v > 110_000 {
		return time.Time{}, false
	}
	t, err := excelize.ExcelDateToTime(float64(int64(v)), date1904)
	return t.UTC(), err == nil
}

func civil(t time.Time) string { return t.Format("02/01/2006") }
