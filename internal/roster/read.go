package roster

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook.
const (
	MaxBytes = 8 << 20  // of the file
	maxRows  = 20000    // of a sheet
	maxZip   = 96 << 20 // unpacked
)

// Errors of Read.
var (
	ErrNotWorkbook = errors.New("roster: not an Excel workbook")
	ErrTooLarge    = errors.New("roster: too large")
	ErrNoSheet     = errors.New("roster: no sheet of units or people is recognised")
)

// line is one row as it was written, by field.
type line struct {
	number int
	cells  map[string]string
	heads  map[int]string // fields that the sheet has a column for
}

// Book is what a workbook holds, as written.
type Book struct {
	units, people []line
}

// Read opens a workbook of units, people or both. Columns are found by their
// headings; what stands in other sheets and columns is ignored.
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
		units, isUnits, err := lines(f, name, unitColumns, "short_name")
		if err != nil {
			return nil, err
		}
		people, isPeople, err := lines(f, name, peopleColumns, "login")
		if err != nil {
			return nil, err
		}
		switch {
		case isUnits:
			b.units, found = append(b.units, units...), true
		case isPeople:
			b.people, found = append(b.people, people...), true
		}
	}
	if !found {
		return nil, ErrNoSheet
	}
	return &b, nil
}

// lines reads a sheet whose headings hold the field that marks it.
func lines(f *excelize.File, sheet string, cols []column, mark string) ([]line, bool, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, false, fmt.Errorf("%w: %w", ErrNotWorkbook, err)
	}
	defer rows.Close()
	var fields map[int]string
	var out []line
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, false, fmt.Errorf("%w: %w", ErrNotWorkbook, err)
		}
		if fields == nil {
			if fields = headings(cells, cols, mark); fields == nil && n > 20 {
				return nil, false, nil
			}
			continue
		}
		l := line{number: n, cells: map[string]string{}, heads: fields}
		for i, c := range cells {
			if name := fields[i]; name != "" && strings.TrimSpace(c) != "" {
				l.cells[name] = strings.TrimSpace(c)
			}
		}
		if len(l.cells) == 0 {
			continue
		}
		if out = append(out, l); len(out) > maxRows {
			return nil, false, ErrTooLarge
		}
	}
	return out, fields != nil, nil
}

func headings(cells []string, cols []column, mark string) map[int]string {
	found, marked := map[int]string{}, false
	for i, c := range cells {
		if field, ok := columnOf(cols, c); ok {
			found[i], marked = field, marked || field == mark
		}
	}
	if !marked || len(found) < 2 {
		return nil
	}
	return found
}

// date reads 01/07/2025, 1-7-2025, an ISO date or Excel's own number of a day.
func date(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	for _, form := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006", "01-02-06"} {
		if d, err := time.Parse(form, s); err == nil {
			return d.Format(time.DateOnly), true
		}
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 1000 && n < 100000 {
		if d, err := excelize.ExcelDateToTime(n, false); err == nil {
			return d.Format(time.DateOnly), true
		}
	}
	return s, false
}
