package importing

import "github.com/xuri/excelize/v2"

var guideVi = []string{
	"HƯỚNG DẪN LẬP DANH SÁCH",
	"1. Mỗi dòng là một cá nhân, một tập thể hoặc một hộ. Thứ tự trong danh sách là thứ tự của tờ trình và được giữ nguyên.",
	"2. Tên ghi đúng như trên căn cước, kể cả chữ hoa, chữ thường và vị trí dấu thanh; hệ thống in đúng như đã ghi. Có thể ghi danh xưng trước tên: Hộ ông Võ Văn Út, Thượng tọa Thích Thiện Hòa.",
	"3. Ngày sinh ghi 05/8/1984 hoặc chỉ năm 1984. Các ô đã ở dạng chữ, không đổi sang dạng ngày.",
	"4. Chọn danh hiệu, hình thức trong danh mục. Đề nghị nhiều danh hiệu thì ghi cách nhau bằng dấu chấm phẩy: mỗi danh hiệu là một trường hợp riêng.",
	"5. Danh hiệu đã đạt: mỗi quyết định một dòng trong ô hoặc cách nhau bằng dấu chấm phẩy, ví dụ: CSTĐCS 2021-2022, QĐ 1310/QĐ-UBND ngày 20/8/2022; CSTĐCS 2022-2023, QĐ 1422/QĐ-UBND ngày 18/8/2023.",
	"6. Không ghi nội dung thuộc bí mật nhà nước vào danh sách này.",
	"7. Tải tệp lên, xem trước, sửa ngay trên màn hình hoặc trong tệp; chưa có gì được lưu cho đến khi bấm Nhập.",
	"8. Tệp phải là .xlsx, không macro, không mật khẩu.",
}

var guideEn = []string{
	"HOW TO FILL IN THE LIST",
	"1. One row is one person, one collective or one household. The order of the list is the order of the letter and is kept.",
	"2. Write names exactly as on the identity card, capitals and the place of tone marks included; they are printed as written. A form of address may stand before the name: Hộ ông Võ Văn Út, Thượng tọa Thích Thiện Hòa.",
	"3. Write dates of birth as 05/8/1984, or the year alone, 1984. Cells are formatted as text; do not turn them into dates.",
	"4. Choose the award from the list. Separate several by semicolons: each becomes an item of its own.",
	"5. Earlier awards: one decision per line of the cell, or separated by semicolons, for example: CSTĐCS 2021-2022, QĐ 1310/QĐ-UBND ngày 20/8/2022.",
	"6. Put nothing that is a state secret into this list.",
	"7. Upload the file, look at the preview, correct on the page or in the file; nothing is stored until you press Nhập (import).",
	"8. The file must be .xlsx, without macros and without a password.",
}

// guideSheets writes the guide in both languages. It names no columns in a row
// of its own, or Read would take that row for a header.
func guideSheets(f *excelize.File, cat Catalogue) error {
	wrap, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Family: "Times New Roman", Size: 12}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
	})
	if err != nil {
		return err
	}
	awardsVi, awardsEn := "Danh mục (mã ở cuối): ", "Catalogue (code at the end): "
	for _, g := range []struct {
		sheet, awards string
		lines         []string
	}{{"Hướng dẫn", awardsVi, guideVi}, {"Guide", awardsEn, guideEn}} {
		if _, err := f.NewSheet(g.sheet); err != nil {
			return err
		}
		lines := append([]string(nil), g.lines...)
		if cat != nil {
			lines = append(lines, g.awards)
			for _, a := range cat.Awards() {
				lines = append(lines, "   "+Label(a))
			}
		}
		for i, line := range lines {
			if err := f.SetCellStr(g.sheet, ref(i+1, 1), line); err != nil {
				return err
			}
		}
		if err := f.SetColWidth(g.sheet, "A", "A", 110); err != nil {
			return err
		}
		if err := f.SetCellStyle(g.sheet, "A1", ref(len(lines), 1), wrap); err != nil {
			return err
		}
	}
	return nil
}
