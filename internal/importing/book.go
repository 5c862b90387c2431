package importing

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"
)

// book is an opened package: the library reads shared strings, styles and
// properties; the cells of a sheet are read by sheetReader, because the
// library's row iterator tells neither type nor formula nor format of a cell,
// and its cell-by-cell access searches the sheet anew for each.
type book struct {
	zip      *zip.Reader
	file     *excelize.File
	sheets   []sheetRef
	strings  []shared
	date1904 bool
	dates    map[int]bool // style → shown as a date
	dating   sync.Mutex   // of dates
	lim      Limits
	rows     int   // counted against lim.Rows
	textSum  int64 // counted against lim.Text
}

type shared struct {
	raw, text string
	changed   changes
	once      sync.Once // the pieces of a sheet are read side by side
}

func openBook(data []byte, lim Limits) (b *book, err error) {
	zr, err := inspect(data, lim)
	if err != nil {
		return nil, err
	}
	b = &book{zip: zr, lim: lim, dates: map[int]bool{}, sheets: sheetParts(zr)}
	if len(b.sheets) == 0 {
		return nil, notWorkbook()
	}
	if !intact(zr) {
		return nil, notWorkbook()
	}
	if b.file, err = openFile(data, lim); err != nil {
		return nil, notWorkbook()
	}
	if err := guarded(b.load); err != nil {
		return nil, notWorkbook()
	}
	return b, nil
}

func openFile(data []byte, lim Limits) (f *excelize.File, err error) {
	err = guarded(func() error {
		f, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{
			// Both limits alike: sheets stay in memory, never in temporary files.
			UnzipSizeLimit: lim.Unpacked, UnzipXMLSizeLimit: lim.Unpacked,
		})
		return err
	})
	return f, err
}

// guarded turns a panic of the library on a crafted file into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged workbook: %v", p)
		}
	}()
	return f()
}

func (b *book) load() error {
	props, err := b.file.GetWorkbookProps()
	if err != nil {
		return err
	}
	b.date1904 = props.Date1904 != nil && *props.Date1904
	// Asking for a row makes the library load the shared strings.
	rows, err := b.file.Rows(b.sheets[0].name)
	if err != nil {
		return err
	}
	defer rows.Close()
	if _, err := rows.Columns(); err != nil {
		return err
	}
	if b.file.SharedStrings != nil {
		b.strings = make([]shared, len(b.file.SharedStrings.SI))
	}
	return nil
}

// sharedString gives the cleaned string of an index, cleaning each once.
func (b *book) sharedString(i int) *shared {
	if i < 0 || i >= len(b.strings) {
		return nil
	}
	s := &b.strings[i]
	s.once.Do(func() {
		s.raw = b.file.SharedStrings.SI[i].String()
		if len(s.raw) <= b.lim.CellText { // a longer one is refused by admit
			s.text, s.changed = clean(s.raw)
		}
	})
	return s
}

// isDate reports whether a cell style shows a number as a date.
func (b *book) isDate(style int) bool {
	if style == 0 {
		return false
	}
	b.dating.Lock()
	defer b.dating.Unlock()
	if known, ok := b.dates[style]; ok {
		return known
	}
	is := false
	_ = guarded(func() error { // an unreadable style shows plain numbers
		s, err := b.file.GetStyle(style)
		if err == nil {
			is = dateFormat(s)
		}
		return err
	})
	b.dates[style] = is
	return is
}

// dateFormat knows the built-in date formats (ECMA-376 part 1, 18.8.30) and
// custom ones by their day or year.
func dateFormat(s *excelize.Style) bool {
	if s.CustomNumFmt != nil {
		return strings.ContainsAny(formatCodes(*s.CustomNumFmt), "dDyY")
	}
	n := s.NumFmt
	return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
}

// formatCodes drops quoted texts, escapes and bracketed parts, in which a d
// does not mean a day ([Red], "đồng").
func formatCodes(format string) string {
	var out strings.Builder
	quoted, bracket, escaped := false, false, false
	for _, r := range format {
		switch {
		case escaped:
			escaped = false
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\\' || r == '_' || r == '*':
			escaped = true
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case !bracket:
			out.WriteRune(r)
		}
	}
	return out.String()
}
