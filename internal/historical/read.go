package historical

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/vietnamese"
)

// Bounds of a workbook.
const (
	MaxBytes = 8 << 20  // of the file
	MaxRows  = 20_000   // of a sheet
	maxZip   = 96 << 20 // unpacked
)

// Errors of Read.
var (
	ErrNotWorkbook = errors.New("historical: not an Excel workbook")
	ErrTooLarge    = errors.New("historical: too large")
	ErrNoSheet     = errors.New("historical: no sheet of awards is recognised")
)

// line is one row as it was written, by field.
type line struct {
	sheet  string
	number int
	cells  map[string]string
}

// Book is what a workbook holds, as written.
type Book struct{ lines []line }

// Read opens a workbook. Columns are found by their headings; what stands in other
// sheets and columns is ignored.
func Read(data []byte) (*Book, error) {
	if len(data) > MaxBytes {
		return nil, ErrTooLarge
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxZip, UnzipXMLSizeLimit: maxZip})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWorkbook, err)
	}
	defer f.Close()
	var b Book
	found := false
	for _, name := range f.GetSheetList() {
		if name == wordsSheet || name == guideSheet {
			continue
		}
		lines, ok, err := linesOf(f, name)
		if err != nil {
			return nil, err
		}
		b.lines, found = append(b.lines, lines...), found || ok
	}
	if !found {
		return nil, ErrNoSheet
	}
	if len(b.lines) > MaxRows {
		return nil, ErrTooLarge
	}
	return &b, nil
}

func linesOf(f *excelize.File, sheet string) ([]line, bool, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, false, fmt.Errorf("%w: %w", ErrNotWorkbook, err)
	}
	defer rows.Close()
	var fields map[int]string
	var out []line
	for n := 1; rows.Next(); n++ {
		// Raw values: a number of twelve digits must not come as 8.7093E+10.
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, false, fmt.Errorf("%w: %w", ErrNotWorkbook, err)
		}
		if fields == nil {
			if fields = headings(cells); fields == nil && n > 20 {
				return nil, false, nil
			}
			continue
		}
		l := line{sheet: sheet, number: n, cells: map[string]string{}}
		for i, c := range cells {
			if name := fields[i]; name != "" && strings.TrimSpace(c) != "" {
				l.cells[name] = vietnamese.NFC(strings.TrimSpace(c))
			}
		}
		if len(l.cells) == 0 {
			continue
		}
		if out = append(out, l); len(out) > MaxRows {
			return nil, false, ErrTooLarge
		}
	}
	return out, fields != nil, nil
}

// headings recognises the row of headings: one that names the subject and the
// decision.
func headings(cells []string) map[int]string {
	found, have := map[int]string{}, map[string]bool{}
	for i, c := range cells {
		if field, ok := columnOf(c); ok && !have[field] {
			found[i], have[field] = field, true
		}
	}
	if !have[FieldName] || !have[FieldDecision] {
		return nil
	}
	return found
}

// date reads 01/07/2025, 1-7-2025, an ISO date or Excel's own number of a day.
func date(s string) (string, bool) {
	for _, form := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006"} {
		if d, err := time.Parse(form, s); err == nil {
			return d.Format(time.DateOnly), true
		}
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 3000 && n < 100000 { // a bare year is no day
		if d, err := excelize.ExcelDateToTime(n, false); err == nil {
			return d.Format(time.DateOnly), true
		}
	}
	return s, false
}

// dong reads a sum of đồng: 1.800.000, 1,800,000 or 1800000.
func dong(s string) (int64, bool) {
	s = strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "", "đồng", "", "đ", "").Replace(strings.TrimSpace(s))
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && n < 1_000_000_000_000
}
