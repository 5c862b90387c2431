package historical

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// templateRows get drop-downs and the text format.
const templateRows = 5000

// Template writes the workbook to fill in, with drop-downs of what is known.
func Template(w io.Writer, known Known) error { return write(w, known, nil, nil) }

// BadRows writes a workbook of only the rows to correct, with what is wrong beside
// each. A personal number is not among its cells: it is to be written anew.
func (p *Preview) BadRows(w io.Writer, known Known) error {
	var rows []map[string]string
	for _, r := range p.Rows {
		if r.State != StateError {
			continue
		}
		cells := map[string]string{"line": strconv.Itoa(r.Line)}
		for k, v := range r.Cells {
			if k != FieldNumber {
				cells[k] = v
			}
		}
		for _, pr := range r.Problems {
			cells["vi"] += pr.VI + " "
			cells["en"] += pr.EN + " "
		}
		rows = append(rows, cells)
	}
	return write(w, known, rows, []column{{"line", "Dòng gốc", 9}, {"vi", "Cần sửa", 50}, {"en", "To correct", 50}})
}

// lists are the words of the drop-downs, by field.
func (k Known) lists() (fields []string, words map[string][]string) {
	words = map[string][]string{}
	put := func(field string, w ...string) {
		if words[field] == nil {
			fields = append(fields, field)
		}
		words[field] = append(words[field], w...)
	}
	for _, l := range []struct {
		field string
		words []Word
	}{{FieldKind, kinds}, {FieldSex, sexes}, {FieldPeriodKind, periodKinds}} {
		for _, w := range l.words {
			put(l.field, w.VI)
		}
	}
	for _, a := range k.Awards {
		put(FieldAward, a.Code+" – "+a.VI)
	}
	names := map[string]int{}
	for _, u := range k.Units {
		names[u.Name]++
	}
	for _, u := range k.Units {
		if names[u.Name] > 1 {
			put(FieldUnit, u.ID)
			continue
		}
		put(FieldUnit, u.Name)
	}
	for _, s := range k.Scans {
		put(FieldScan, s.FileName)
	}
	return fields, words
}

func write(w io.Writer, known Known, rows []map[string]string, extra []column) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName(f.GetSheetName(0), recordSheet); err != nil {
		return fmt.Errorf("historical: %w", err)
	}
	cols := append(append([]column{}, columns...), extra...)
	for _, step := range []func() error{
		func() error { return head(f, cols) },
		func() error { return choices(f, known) },
		func() error { return fill(f, cols, rows) },
		func() error { return guide(f) },
		func() error { return f.Write(w) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("historical: %w", err)
		}
	}
	return nil
}

func at(col, row int) string {
	name, _ := excelize.ColumnNumberToName(col) // counted from 1
	if row == 0 {
		return name
	}
	return name + strconv.Itoa(row)
}

func head(f *excelize.File, cols []column) error {
	font := &excelize.Font{Family: "Times New Roman", Size: 12}
	text, err := f.NewStyle(&excelize.Style{Font: font, NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Family: "Times New Roman", Size: 12}, NumFmt: 49,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	if err != nil {
		return err
	}
	if err := f.SetColStyle(recordSheet, "A:"+at(len(cols), 0), text); err != nil {
		return err
	}
	if err := f.SetCellStr(recordSheet, "A1", "HỒ SƠ LỊCH SỬ: KHEN THƯỞNG THEO QUYẾT ĐỊNH GIẤY (mỗi dòng một đối tượng trong một quyết định)"); err != nil {
		return err
	}
	for i, c := range cols {
		if err := f.SetColWidth(recordSheet, at(i+1, 0), at(i+1, 0), c.width); err != nil {
			return err
		}
		if err := f.SetCellStr(recordSheet, at(i+1, headerRow), c.heading); err != nil {
			return err
		}
	}
	if err := f.SetCellStyle(recordSheet, at(1, headerRow), at(len(cols), headerRow), bold); err != nil {
		return err
	}
	return f.SetPanes(recordSheet, &excelize.Panes{Freeze: true, YSplit: headerRow, TopLeftCell: at(1, headerRow+1), ActivePane: "bottomLeft"})
}

// choices writes the words of the drop-downs and offers them.
func choices(f *excelize.File, known Known) error {
	if _, err := f.NewSheet(wordsSheet); err != nil {
		return err
	}
	fields, words := known.lists()
	for i, field := range fields {
		if err := f.SetSheetCol(wordsSheet, at(i+1, 1), ptr(append([]string{field}, words[field]...))); err != nil {
			return err
		}
		for j, c := range columns {
			if c.field != field {
				continue
			}
			v := excelize.NewDataValidation(true)
			v.SetSqref(at(j+1, headerRow+1) + ":" + at(j+1, headerRow+templateRows))
			v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", wordsSheet, at(i+1, 0), at(i+1, 0), len(words[field])+1))
			v.SetError(excelize.DataValidationErrorStyleWarning, "Danh mục", "Hãy chọn trong danh sách. / Choose from the list.")
			if err := f.AddDataValidation(recordSheet, v); err != nil {
				return err
			}
		}
	}
	return f.SetColWidth(wordsSheet, "A", at(len(fields), 0), 40)
}

func ptr(s []string) *[]string { return &s }

func fill(f *excelize.File, cols []column, rows []map[string]string) error {
	for n, row := range rows {
		for i, c := range cols {
			if v := row[c.field]; v != "" {
				if err := f.SetCellStr(recordSheet, at(i+1, headerRow+1+n), v); err != nil { // text: no cell is a formula
					return err
				}
			}
		}
	}
	return nil
}

var guideLines = []string{
	"Mỗi dòng là một danh hiệu hoặc hình thức khen thưởng của một đối tượng theo một quyết định giấy. / One row is one award of one subject by one paper decision.",
	"Tải tệp quét của quyết định lên trước, rồi ghi tên tệp hoặc SHA-256 vào cột tệp quét. / Upload the scan of the decision first, then name it.",
	"Số CCCD, CMND không bắt buộc; được mã hóa khi lưu và chỉ hiện các chữ số cuối. / Personal numbers are optional; they are stored encrypted and shown masked.",
	"Hồ sơ nhập từ giấy luôn được ghi rõ là hồ sơ lịch sử. / What comes from paper is always marked as a historical record.",
	"Chưa có gì được ghi cho đến khi bạn xem trước và xác nhận. / Nothing is written before you have seen the preview and confirmed it.",
}

func guide(f *excelize.File) error {
	if _, err := f.NewSheet(guideSheet); err != nil {
		return err
	}
	return f.SetSheetCol(guideSheet, "A1", &guideLines)
}
