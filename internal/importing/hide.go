package importing

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"vinhdanh/internal/personal"
)

// HideNumbers gives the workbook with other texts in the place of its personal numbers:
// of every cell of their columns, and of every cell of any sheet that is nothing but
// such a number. write says what is put in the place of a cell's text; n is the number
// that it is, zero for what is none. Where write changes nothing the same bytes come
// back. A number that stands elsewhere in the file too is refused: CodeNumberElsewhere.
func HideNumbers(data []byte, wb *Workbook, o Options, write func(text string, n personal.Number) (string, error)) ([]byte, error) {
	f, err := openFile(data, o.Limits.orDefault())
	if err != nil {
		return nil, notWorkbook()
	}
	defer f.Close()
	h := hiding{file: f, write: write, open: o.Open, gone: map[string]string{}}
	if err := guarded(func() error { return h.sheets(wb) }); err != nil {
		return nil, err
	}
	if len(h.gone) == 0 {
		return data, nil
	}
	h.scrub()
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("importing: write the list without its numbers: %w", err)
	}
	return out.Bytes(), h.check(out.Bytes())
}

type hiding struct {
	file  *excelize.File
	write func(string, personal.Number) (string, error)
	open  func(string) (personal.Number, error)
	gone  map[string]string // what was taken out, and what stands there now
}

func (h *hiding) sheets(wb *Workbook) error {
	for _, name := range h.file.GetSheetList() {
		columns, below := map[int]bool{}, 0
		for i := range wb.Sheets {
			if s := &wb.Sheets[i]; s.Name == name {
				below = s.HeaderLast
				for _, c := range s.Columns {
					columns[c.Index] = c.Field == FieldPersonalNumber
				}
			}
		}
		rows, err := h.file.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			return notWorkbook()
		}
		for r, row := range rows {
			for c, text := range row {
				if err := h.cell(name, r+1, c+1, text, columns[c+1] && r+1 > below); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cell hides one cell: in a column of numbers whatever has the digits of one, elsewhere
// what is nothing else.
func (h *hiding) cell(sheet string, line, column int, text string, numbers bool) error {
	plain, _ := clean(whole(text))
	at := ref(line, column)
	n, _, ok := numberIn(plain, numbers && (plain != text || h.quantity(sheet, at)), h.open)
	switch {
	case plain == "", !numbers && !personal.IsToken(plain) && (!ok || !strings.HasPrefix(plain, "0") || n.Kind() != personal.CCCD):
		return nil
	case !ok && digits(plain) < 6 && !personal.IsToken(plain): // "không có", "x"
		return nil
	}
	put, err := h.write(plain, n)
	if err != nil || put == plain {
		return err
	}
	h.gone[text], h.gone[plain] = put, put
	return h.file.SetCellStr(sheet, at, put)
}

func (h *hiding) quantity(sheet, at string) bool {
	t, err := h.file.GetCellType(sheet, at)
	return err == nil && (t == excelize.CellTypeNumber || t == excelize.CellTypeUnset)
}

// whole writes a quantity that Excel keeps as 9.3084001234E10 in its digits.
func whole(text string) string {
	if !strings.ContainsAny(text, "eE.") {
		return text
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil && x == float64(int64(x)) && x > 0 {
		return strconv.FormatInt(int64(x), 10)
	}
	return text
}

func digits(s string) (n int) {
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// scrub empties the shared strings that no cell uses any more: Excel keeps them.
func (h *hiding) scrub() {
	if h.file.SharedStrings == nil {
		return
	}
	for i := range h.file.SharedStrings.SI {
		si := &h.file.SharedStrings.SI[i]
		plain, _ := clean(si.String())
		if _, gone := h.gone[plain]; gone {
			si.T, si.R, si.RPh, si.PhoneticPr = nil, nil, nil, nil
		}
	}
}

// check looks for what was taken out in every part of the file: a number in a comment, a
// list of choices or a formula's remembered value is not ours to change.
func (h *hiding) check(data []byte) error {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("importing: read back the list: %w", err)
	}
	for _, part := range zr.File {
		r, err := part.Open()
		if err != nil {
			return fmt.Errorf("importing: read back the list: %w", err)
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return fmt.Errorf("importing: read back the list: %w", err)
		}
		for was := range h.gone {
			if digits(was) >= 9 && bytes.Contains(text, []byte(was)) {
				return refuse(CodeNumberElsewhere,
					"Tệp còn ghi số CCCD, CMND ở ngoài ô của nó (ghi chú, danh sách chọn, công thức hoặc tên vùng). Hãy chép riêng danh sách (chỉ giá trị) sang tệp mới rồi tải lên lại.",
					"The file holds a personal number outside its cell too (a comment, a list of choices, a formula or a name). Copy the list alone (values only) into a new file and upload that.")
			}
		}
	}
	return nil
}
