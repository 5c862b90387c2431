package importing

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

const (
	listSheet      = "Danh sách"
	catalogueSheet = "Danh mục"
	templateHeader = 3    // the row of the column headings
	templateRows   = 2000 // rows that get drop-downs and text format
)

// templateColumn is a column of the template; its heading is one Read
// recognises.
type templateColumn struct {
	field   Field
	heading string
	width   float64
	choices []string
}

var templateColumns = []templateColumn{
	{FieldOrder, "STT", 6, nil},
	{FieldKind, "Loại đối tượng", 14, []string{"Cá nhân", "Tập thể", "Hộ gia đình"}},
	{FieldName, "Họ và tên / Tên tập thể / Tên hộ gia đình", 32, nil},
	{FieldSex, "Giới tính", 9, []string{"Nam", "Nữ"}},
	{FieldBirth, "Ngày sinh hoặc năm sinh", 13, nil},
	{FieldPersonalNumber, "Số định danh cá nhân (CCCD)", 16, nil},
	{FieldPosition, "Chức vụ", 20, nil},
	{FieldUnit, "Đơn vị công tác", 28, nil},
	{FieldAward, "Danh hiệu, hình thức đề nghị khen thưởng", 38, nil},
	{FieldPeriod, "Năm, giai đoạn", 13, nil},
	{FieldRating, "Mức độ hoàn thành nhiệm vụ", 22, []string{"Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ"}},
	{FieldAchievement, "Tóm tắt thành tích", 40, nil},
	{FieldInitiative, "Sáng kiến, đề tài", 26, nil},
	{FieldPastTitles, "Danh hiệu, quyết định đã đạt (số, ngày)", 34, nil},
	{FieldMembers, "Tổng số người của tập thể", 12, nil},
	{FieldMembersDone, "Số người hoàn thành nhiệm vụ", 12, nil},
	{FieldMembersLDTT, "Số người đạt Lao động tiên tiến", 12, nil},
	{FieldMembersCSTDCS, "Số người đạt Chiến sĩ thi đua cơ sở", 12, nil},
	{FieldClusterRank, "Thứ hạng trong cụm, khối thi đua", 12, nil},
	{FieldNote, "Ghi chú", 16, nil},
}

// Template writes an .xlsx list to fill in: headings Read recognises without
// fail, drop-downs for kind, sex, rating and the awards of the catalogue, cells
// formatted as text so that dates and personal numbers stay as typed, and a
// guide in Vietnamese and English. cat may be nil: then awards are typed.
func Template(w io.Writer, cat Catalogue) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName(f.GetSheetName(0), listSheet); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	for _, step := range []func() error{
		func() error { return templateTable(f) },
		func() error { return templateChoices(f) },
		func() error { return templateAwards(f, cat) },
		func() error { return guideSheets(f, cat) },
		func() error { return f.Write(w) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("template: %w", err)
		}
	}
	return nil
}

func templateTable(f *excelize.File) error {
	head, text, err := tableStyles(f)
	if err != nil {
		return err
	}
	if err := f.SetSheetRow(listSheet, "A1", &[]any{"DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"}); err != nil {
		return err
	}
	if err := f.SetSheetRow(listSheet, "A2", &[]any{"(Kèm theo Tờ trình số .......... ngày ..../..../.......)"}); err != nil {
		return err
	}
	for i, c := range templateColumns {
		col := letter(i + 1)
		if err := f.SetColWidth(listSheet, col, col, c.width); err != nil {
			return err
		}
		if err := f.SetCellStr(listSheet, ref(templateHeader, i+1), c.heading); err != nil {
			return err
		}
	}
	last := len(templateColumns)
	if err := f.SetCellStyle(listSheet, ref(templateHeader, 1), ref(templateHeader, last), head); err != nil {
		return err
	}
	if err := f.SetColStyle(listSheet, "A:"+letter(last), text); err != nil {
		return err
	}
	if err := f.SetCellStyle(listSheet, ref(templateHeader, 1), ref(templateHeader, last), head); err != nil {
		return err
	}
	return f.SetPanes(listSheet, &excelize.Panes{
		Freeze: true, YSplit: templateHeader, TopLeftCell: ref(templateHeader+1, 1), ActivePane: "bottomLeft",
	})
}

// tableStyles gives the styles of the headings and of the cells (text format).
func tableStyles(f *excelize.File) (head, text int, err error) {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	head, err = f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Family: "Times New Roman", Size: 12}, Border: border,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}, NumFmt: 49,
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

func templateChoices(f *excelize.File) error {
	for i, c := range templateColumns {
		if len(c.choices) == 0 {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(ref(templateHeader+1, i+1) + ":" + ref(templateHeader+templateRows, i+1))
		if err := v.SetDropList(c.choices); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, c.heading, "Hãy chọn trong danh sách. / Choose from the list.")
		if err := f.AddDataValidation(listSheet, v); err != nil {
			return err
		}
	}
	return nil
}

// templateAwards lists the catalogue on a hidden sheet and offers it as a
// drop-down that still takes several awards typed with semicolons.
func templateAwards(f *excelize.File, cat Catalogue) error {
	if cat == nil || len(cat.Awards()) == 0 {
		return nil
	}
	if _, err := f.NewSheet(catalogueSheet); err != nil {
		return err
	}
	for i, a := range cat.Awards() {
		if err := f.SetCellStr(catalogueSheet, ref(i+1, 1), Label(a)); err != nil {
			return err
		}
	}
	if err := f.SetSheetVisible(catalogueSheet, false); err != nil {
		return err
	}
	col := 0
	for i, c := range templateColumns {
		if c.field == FieldAward {
			col = i + 1
		}
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(ref(templateHeader+1, col) + ":" + ref(templateHeader+templateRows, col))
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$A$1:$A$%d", catalogueSheet, len(cat.Awards())))
	v.SetError(excelize.DataValidationErrorStyleWarning, "Danh hiệu, hình thức",
		"Không có trong danh mục. Nhiều danh hiệu thì cách nhau bằng dấu chấm phẩy. / Not in the catalogue; separate several by semicolons.")
	return f.AddDataValidation(listSheet, v)
}
