package importing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"
)

// Read reads a workbook of at most Limits.Bytes from r. It returns an *Error
// for a file that cannot be read as a list and for options that do not fit it,
// and the context's error when that ends. Faults of single cells are no errors:
// they are marks on the rows.
func Read(ctx context.Context, r io.Reader, o Options) (*Workbook, error) {
	lim := o.Limits.orDefault()
	data, err := io.ReadAll(io.LimitReader(r, lim.Bytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the uploaded file: %w", err)
	}
	return ReadBytes(ctx, data, o)
}

// ReadBytes is Read of a file already in memory. The same bytes and options
// give the same result.
func ReadBytes(ctx context.Context, data []byte, o Options) (*Workbook, error) {
	o.Limits = o.Limits.orDefault()
	if o.Today.IsZero() {
		o.Today = time.Now()
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	b, err := openBook(data, o.Limits)
	if err != nil {
		return nil, err
	}
	defer b.file.Close()
	sum := sha256.Sum256(data)
	wb := &Workbook{SHA256: hex.EncodeToString(sum[:])}
	for _, s := range b.sheets {
		sheet, err := b.readSheet(ctx, s, &o)
		if err != nil {
			return nil, err
		}
		wb.Notes = append(wb.Notes, skipNote(sheet)...)
		wb.Sheets = append(wb.Sheets, *sheet)
	}
	if !slices.ContainsFunc(wb.Sheets, func(s Sheet) bool { return s.Skipped == "" }) {
		return nil, refuse(CodeNoHeader,
			"Không tìm thấy dòng tiêu đề (có \"Họ và tên\" hoặc \"Tên tập thể\" cùng các cột khác) trong trang tính nào. Hãy chỉ ra dòng tiêu đề, hoặc chép danh sách vào tệp mẫu.",
			"No sheet has a header row (\"Họ và tên\" or \"Tên tập thể\" with other columns). Say which row is the header, or copy the list into the template.")
	}
	return wb, unusedCorrection(wb, o.Corrections)
}

func (o *Options) check() error {
	for name, m := range o.Mapping {
		if m.HeaderFirst < 0 || m.HeaderLast < 0 || m.HeaderLast > 0 && m.HeaderLast < m.HeaderFirst || m.HeaderLast-m.HeaderFirst > 10 && m.HeaderFirst > 0 {
			return refuse(CodeMapping, "Dòng tiêu đề chọn cho trang tính \"%s\" không hợp lệ (từ dòng nhỏ đến dòng lớn, tối đa 10 dòng).",
				"The header rows chosen for sheet \"%s\" are not valid (first to last, ten at most).", name)
		}
		for col, f := range m.Columns {
			if !f.known() || col < 1 {
				return refuse(CodeMapping, "Cột %[2]d của trang tính \"%[1]s\" được gán cho mục không có: %[3]q.",
					"Column %[2]d of sheet \"%[1]s\" is mapped to an unknown field %[3]q.", name, col, string(f))
			}
		}
	}
	for _, c := range o.Corrections {
		if bad := !c.Remove && (!c.Field.known() && c.Field != FieldRow || c.Field == FieldIgnore); bad || c.Line < 1 {
			return refuse(CodeCorrection, "Phần sửa ở dòng %d không rõ sửa mục nào.", "The correction in row %d does not say which field it corrects.", c.Line)
		}
	}
	return nil
}

func (b *book) readSheet(ctx context.Context, ref sheetRef, o *Options) (*Sheet, error) {
	s := &Sheet{Name: ref.name}
	chosen := slices.Contains(o.Sheets, ref.name)
	switch {
	case len(o.Sheets) > 0 && !chosen:
		s.Skipped = "not_chosen"
		return s, nil
	case ref.hidden && !chosen:
		s.Skipped = "hidden"
		return s, nil
	}
	g, err := b.readGrid(ctx, ref)
	if err != nil {
		return nil, err
	}
	if len(g.rows) == 0 {
		s.Skipped = "empty"
		return s, nil
	}
	m := o.Mapping[ref.name]
	head, found := findHeader(g)
	if m.HeaderFirst > 0 {
		head, found = block{m.HeaderFirst, max(m.HeaderFirst, m.HeaderLast)}, true
	}
	if !found {
		s.Skipped = "no_header"
		return s, nil
	}
	s.HeaderFirst, s.HeaderLast = head.first, head.last
	s.Header = readHeader(g, head.first)
	s.Columns = columns(columnTexts(g, head), o.Catalogue, m)
	newParser(s, g, o).run()
	return s, nil
}

func skipNote(s *Sheet) []Mark {
	switch s.Skipped {
	case "hidden":
		return []Mark{msgSheetHidden.mark("", "", s.Name)}
	case "empty":
		return []Mark{msgSheetEmpty.mark("", "", s.Name)}
	case "no_header":
		return []Mark{msgSheetNoHeader.mark("", "", s.Name)}
	}
	return nil
}

// unusedCorrection refuses corrections of rows that are not there or whose cell
// said something else: they were made on another file.
func unusedCorrection(wb *Workbook, list []Correction) error {
	for _, c := range list {
		i := slices.IndexFunc(wb.Sheets, func(s Sheet) bool { return s.Name == c.Sheet && s.Skipped == "" })
		wrong := i < 0 || c.Line <= wb.Sheets[i].HeaderLast
		if !wrong && c.Was != nil && !c.Remove && c.Field != FieldRow {
			j := slices.IndexFunc(wb.Sheets[i].Rows, func(r Row) bool { return r.Line == c.Line })
			wrong = j < 0 || !said(&wb.Sheets[i].Rows[j], c.Field, *c.Was)
		}
		if wrong {
			return refuse(CodeCorrection,
				"Phần sửa ở trang tính \"%s\", dòng %d không khớp với tệp này. Hãy bỏ các phần sửa cũ và sửa lại trên tệp mới.",
				"The correction in sheet \"%s\", row %d does not match this file. Drop the old corrections and correct the new file.", c.Sheet, c.Line)
		}
	}
	return nil
}

// said compares with what the cells say in the file, as it would be read.
func said(r *Row, f Field, was string) bool {
	was, _ = clean(was)
	found := false
	for i := range r.Cells {
		if r.Cells[i].Field != f {
			continue
		}
		found = true
		if r.Cells[i].shown == was {
			return true
		}
	}
	return !found && was == ""
}
