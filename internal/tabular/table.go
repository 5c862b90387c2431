package tabular

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"time"
)

// MaxRows is how many rows one list may have. A larger one is refused, not cut:
// a list that silently lacks rows is worse than none.
const MaxRows = 50_000

// ErrTooMany is returned when there are more than MaxRows rows. What has been
// written by then must not be given to the reader.
var ErrTooMany = errors.New("tabular: too many rows")

// Format is a kind of file.
type Format string

// The formats that lists come in.
const (
	CSV   Format = "csv"
	Excel Format = "xlsx"
)

// ErrFormat is returned for a format that is neither.
var ErrFormat = errors.New("tabular: the format is neither csv nor xlsx")

// ContentType is the media type of the format's files.
func (f Format) ContentType() string {
	if f == Excel {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// Kind says what a column's values are, for alignment and number formats.
type Kind int

// The kinds of columns. A value that does not fit its column's kind is written
// as text.
const (
	Text  Kind = iota // string, or anything with a String method
	Whole             // int, int64
	Money             // int64, đồng
	Date              // time.Time or *time.Time, a civil date
	Time              // time.Time or *time.Time, an instant
)

// Column is one column.
type Column struct {
	Heading string
	Kind    Kind
	Width   float64 // in Excel's units, about a character; 0: 16
}

// Table says what a list looks like apart from its rows.
type Table struct {
	Name    string   // of the file, without extension; and of the sheet
	Title   string   // above the list, in Excel only
	Lines   []string // below the title: the filter, the date, who made it; in Excel only
	Columns []Column
}

// Rows gives a list's rows in order, one value a column; an error ends it.
type Rows = iter.Seq2[[]any, error]

// FileName is the name to save the list under.
func (t Table) FileName(f Format) string { return t.Name + "." + string(f) }

// Write writes the list. Errors: ErrFormat, ErrTooMany, an error of the rows, or
// of w.
func (t Table) Write(w io.Writer, f Format, rows Rows) error {
	switch f {
	case CSV:
		return t.csv(w, rows)
	case Excel:
		return t.excel(w, rows)
	}
	return ErrFormat
}

// each calls put with every row, checked and counted.
func (t Table) each(rows Rows, put func(n int, row []any) error) error {
	n := 0
	for row, err := range rows {
		if err != nil {
			return err
		}
		if n++; n > MaxRows {
			return ErrTooMany
		}
		if len(row) != len(t.Columns) {
			return fmt.Errorf("tabular: row %d has %d values for %d columns", n, len(row), len(t.Columns))
		}
		if err := put(n, row); err != nil {
			return fmt.Errorf("tabular: row %d: %w", n, err)
		}
	}
	return nil
}

// zone is Vietnamese time, which knows no summer time.
var zone = time.FixedZone("+07", 7*60*60)

// instant reads a date or instant; false when there is none.
func instant(v any) (time.Time, bool) {
	switch x := v.(type) {
	case time.Time:
		return x, !x.IsZero()
	case *time.Time:
		if x != nil {
			return *x, !x.IsZero()
		}
	}
	return time.Time{}, false
}
