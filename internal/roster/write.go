package roster

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// templateRows get drop-downs and the text format.
const templateRows = 5000

// Write makes the workbook of units and people; with none it is the template. Every
// cell is text: nothing in it is a formula.
func Write(w io.Writer, units []Unit, people []Person) error {
	rows := make([]map[string]string, 0, len(units))
	for _, u := range units {
		rows = append(rows, unitCells(u))
	}
	var seats []map[string]string
	for _, p := range people {
		seats = append(seats, personCells(p)...)
	}
	return write(w, rows, seats, nil)
}

// write makes a workbook of cells by field; extra columns follow the known ones.
func write(w io.Writer, units, people []map[string]string, extra []column) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName(f.GetSheetName(0), unitSheet); err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	for _, step := range []func() error{
		func() error { return words(f) },
		func() error {
			return sheet(f, unitSheet, "DANH SÁCH ĐƠN VỊ", append(append([]column{}, unitColumns...), extra...), units)
		},
		func() error {
			return sheet(f, peopleSheet, "DANH SÁCH NGƯỜI DÙNG (mỗi dòng một vai trò)", append(append([]column{}, peopleColumns...), extra...), people)
		},
		func() error { return guide(f) },
		func() error { return f.Write(w) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("roster: %w", err)
		}
	}
	return nil
}

func sheet(f *excelize.File, name, title string, cols []column, rows []map[string]string) error {
	if i, err := f.GetSheetIndex(name); err != nil || i < 0 {
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
	}
	head, text, err := styles(f)
	if err != nil {
		return err
	}
	if err := f.SetColStyle(name, "A:"+at(len(cols), 0), text); err != nil {
		return err
	}
	if err := f.SetCellStr(name, "A1", title); err != nil {
		return err
	}
	for i, c := range cols {
		if err := f.SetColWidth(name, at(i+1, 0), at(i+1, 0), c.width); err != nil {
			return err
		}
		if err := f.SetCellStr(name, at(i+1, headerRow), c.heading); err != nil {
			return err
		}
		if err := choices(f, name, i+1, c); err != nil {
			return err
		}
		for n, row := range rows {
			if v := row[c.field]; v != "" {
				if err := f.SetCellStr(name, at(i+1, headerRow+1+n), v); err != nil {
					return err
				}
			}
		}
	}
	if err := f.SetCellStyle(name, at(1, headerRow), at(len(cols), headerRow), head); err != nil {
		return err
	}
	return f.SetPanes(name, &excelize.Panes{
		Freeze: true, YSplit: headerRow, TopLeftCell: at(1, headerRow+1), ActivePane: "bottomLeft",
	})
}

// choices offers the words of a column from the sheet of words.
func choices(f *excelize.File, sheet string, col int, c column) error {
	if len(c.words) == 0 {
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(at(col, headerRow+1) + ":" + at(col, headerRow+templateRows))
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", wordsSheet, wordColumns[c.field], wordColumns[c.field], len(c.words)+1))
	v.SetError(excelize.DataValidationErrorStyleWarning, c.heading, "Hãy chọn trong danh sách. / Choose from the list.")
	return f.AddDataValidation(sheet, v)
}

var wordColumns = map[string]string{"kind": "A", "level": "B", "role": "C"}

func words(f *excelize.File) error {
	if _, err := f.NewSheet(wordsSheet); err != nil {
		return err
	}
	for _, c := range append(append([]column{}, unitColumns...), peopleColumns...) {
		if len(c.words) == 0 {
			continue
		}
		col := wordColumns[c.field]
		if err := f.SetCellStr(wordsSheet, col+"1", c.heading); err != nil {
			return err
		}
		for i, w := range c.words {
			if err := f.SetCellStr(wordsSheet, col+strconv.Itoa(i+2), w.VI); err != nil {
				return err
			}
		}
	}
	return f.SetColWidth(wordsSheet, "A", "C", 40)
}

func styles(f *excelize.File) (head, text int, err error) {
	head, err = f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Family: "Times New Roman", Size: 12}, NumFmt: 49,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	if err != nil {
		return 0, 0, err
	}
	text, err = f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Family: "Times New Roman", Size: 12}, NumFmt: 49,
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
	})
	return head, text, err
}

func guide(f *excelize.File) error {
	if _, err := f.NewSheet(guideSheet); err != nil {
		return err
	}
	for i, line := range guideLines {
		if err := f.SetCellStr(guideSheet, at(1, i+1), line); err != nil {
			return err
		}
	}
	return f.SetColWidth(guideSheet, "A", "A", 120)
}

var guideLines = []string{
	"HƯỚNG DẪN / GUIDE",
	"1. Trang “Đơn vị”: mỗi dòng một đơn vị. Đơn vị cấp trên ghi bằng mã; có thể là đơn vị đã có hoặc ở dòng khác của tệp này.",
	"2. Đánh x ở cột “Lập kèm Hội đồng và cơ quan thường trực” cho UBND các cấp: hệ thống lập thêm hai đơn vị và nối với UBND đó.",
	"3. Trang “Người dùng”: mỗi dòng một vai trò; một người nhiều vai trò thì lặp lại tên đăng nhập, hoặc ghi các vai trò cách nhau bằng dấu chấm phẩy.",
	"4. Họ tên ghi đúng như trên thẻ căn cước; hệ thống giữ nguyên từng chữ.",
	"5. Ngày ghi dạng 01/07/2025. Tải tệp lên, xem trước, rồi mới bấm Nhập: trước đó chưa có gì được ghi.",
	"6. Mã hoặc tên đăng nhập đã có thì dòng đó cập nhật; ô để trống giữ nguyên giá trị cũ. Tệp không xóa được đơn vị, người dùng hay vai trò nào.",
	"EN: one unit a row; parents by id. Put x to create council and standing body with a People's Committee. One role a row in the people's sheet. " +
		"Known ids and logins are updated, empty cells keep what is there, nothing is ever deleted. Nothing is written before you press Import.",
}

// at is a cell's address; row 0 gives the column alone.
func at(col, row int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		panic(err) // columns are counted by this package
	}
	if row == 0 {
		return name
	}
	return name + strconv.Itoa(row)
}

func unitCells(u Unit) map[string]string {
	word := func(words []Word, code string) string {
		w, _ := Find(words, code)
		return w.VI
	}
	return map[string]string{
		"id": u.ID, "name": u.Name, "short_name": u.ShortName, "kind": word(Kinds, u.Kind), "level": word(Levels, u.Level),
		"parent": u.Parent, "place": u.Place, "symbol": u.Symbol, "authority": u.Authority, "standing_body": u.StandingBody,
		"council": u.Council, "order": strconv.Itoa(u.Order), "valid_from": vn(u.ValidFrom), "valid_to": vn(u.ValidTo),
	}
}

func personCells(p Person) []map[string]string {
	base := map[string]string{"login": p.Login, "full_name": p.FullName, "email": p.Email, "locale": p.Locale}
	if len(p.Seats) == 0 {
		return []map[string]string{base}
	}
	var out []map[string]string
	for _, s := range p.Seats {
		row := map[string]string{"unit": s.Unit, "title": s.Title, "from": vn(s.From), "to": vn(s.To)}
		if s.Standing {
			row["standing"] = "x"
		}
		w, _ := Find(Roles, s.Role)
		row["role"] = w.VI
		for k, v := range base {
			row[k] = v
		}
		out = append(out, row)
	}
	return out
}

// vn writes an ISO date as dd/MM/yyyy.
func vn(iso string) string {
	if len(iso) != 10 {
		return iso
	}
	return iso[8:] + "/" + iso[5:7] + "/" + iso[:4]
}
