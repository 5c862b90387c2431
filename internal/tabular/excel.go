package tabular

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// face is the type of Vietnamese official papers (Nghị định 30/2020/NĐ-CP).
const face = "Times New Roman"

// styles are the cell formats of a book, by number.
type styles struct {
	title, line, head int
	cell              map[Kind]int
}

// excel writes a book of one sheet: title, lines, headings, rows. It prints on
// A4 across, headings on each page.
func (t Table) excel(w io.Writer, rows Rows) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet := sheetName(t.Name)
	if err := f.SetSheetName(f.GetSheetName(0), sheet); err != nil {
		return err
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	head := 1
	if t.Title != "" {
		head = len(t.Lines) + 2
	}
	if err := t.layout(f, sheet, head); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := t.top(out, st, head); err != nil {
		return err
	}
	err = t.each(rows, func(n int, row []any) error {
		cells := make([]any, len(row))
		for i, v := range row {
			cells[i] = excelCell(st, t.Columns[i].Kind, v)
		}
		return out.SetRow(fmt.Sprintf("A%d", head+n), cells)
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// top writes what stands above the rows; head is the headings' row.
func (t Table) top(out *excelize.StreamWriter, st styles, head int) error {
	for i, c := range t.Columns {
		width := c.Width
		if width == 0 {
			width = 16
		}
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: head, TopLeftCell: fmt.Sprintf("A%d", head+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	if t.Title != "" {
		if err := out.SetRow("A1", []any{excelize.Cell{StyleID: st.title, Value: Safe(t.Title)}}); err != nil {
			return err
		}
		for i, l := range t.Lines {
			if err := out.SetRow(fmt.Sprintf("A%d", i+2), []any{excelize.Cell{StyleID: st.line, Value: Safe(l)}}); err != nil {
				return err
			}
		}
	}
	names := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = excelize.Cell{StyleID: st.head, Value: Safe(c.Heading)}
	}
	return out.SetRow(fmt.Sprintf("A%d", head), names)
}

// layout sets how the sheet prints.
func (t Table) layout(f *excelize.File, sheet string, head int) error {
	across, a4, wide, high := "landscape", 9, 1, 0
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Orientation: &across, Size: &a4, FitToWidth: &wide, FitToHeight: &high,
	}); err != nil {
		return err
	}
	fit := true
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(sheet, "'", "''"), head, head),
	})
}

func newStyles(f *excelize.File) (styles, error) {
	st := styles{cell: map[Kind]int{}}
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	var first error
	style := func(s excelize.Style) int {
		id, err := f.NewStyle(&s)
		if first == nil {
			first = err
		}
		return id
	}
	st.title = style(excelize.Style{Font: &excelize.Font{Bold: true, Family: face, Size: 14}})
	st.line = style(excelize.Style{Font: &excelize.Font{Italic: true, Family: face, Size: 12}})
	st.head = style(excelize.Style{
		Font: &excelize.Font{Bold: true, Family: face, Size: 12}, Border: border,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECF3"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	// As text (@), what looks like a number or a date stays as it is.
	for k, format := range []string{Text: "@", Whole: "#,##0", Money: "#,##0", Date: "dd/mm/yyyy", Time: "dd/mm/yyyy hh:mm"} {
		st.cell[Kind(k)] = style(excelize.Style{
			Font: &excelize.Font{Family: face, Size: 12}, Border: border, CustomNumFmt: &format,
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
		})
	}
	return st, first
}

// excelCell is a value as a typed cell; never a formula.
func excelCell(st styles, k Kind, v any) excelize.Cell {
	switch k {
	case Whole, Money:
		switch v.(type) {
		case int, int64:
			return excelize.Cell{StyleID: st.cell[k], Value: v}
		}
	case Date:
		if t, ok := instant(v); ok {
			return excelize.Cell{StyleID: st.cell[k], Value: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)}
		}
	case Time:
		if t, ok := instant(v); ok {
			t = t.In(zone)
			return excelize.Cell{StyleID: st.cell[k], Value: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)}
		}
	}
	return excelize.Cell{StyleID: st.cell[Text], Value: plain(v)}
}

// sheetName makes a sheet's name that Excel takes: 31 characters without []:*?/\.
func sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name), "' ")
	if name == "" {
		return "vinhdanh"
	}
	for utf8.RuneCountInString(name) > 31 {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}
