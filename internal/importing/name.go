package importing

import (
	"strings"
	"unicode"

	"vinhdanh/internal/vietnamese"
)

// formsOfAddress stand before a name in print and are no part of it. Longer
// forms come first. "Ông" is a family name too: see splitForm.
// They are kept by their first word.
var formsOfAddress = func() map[string][][]string {
	out := map[string][][]string{}
	for _, f := range []string{
		"Hộ gia đình ông", "Hộ gia đình bà", "Gia đình ông", "Gia đình bà", "Hộ ông", "Hộ bà", "Hộ anh", "Hộ chị", "Hộ gia đình", "Gia đình", "Hộ",
		"Bà Mẹ Việt Nam anh hùng", "Mẹ Việt Nam anh hùng", "Bà", "Ông", "Đồng chí", "Đ/c", "Anh", "Chị", "Em", "Cháu",
		"Đại tướng", "Thượng tướng", "Trung tướng", "Thiếu tướng", "Đại tá", "Thượng tá", "Trung tá", "Thiếu tá",
		"Đại úy", "Thượng úy", "Trung úy", "Thiếu úy", "Thượng sĩ", "Trung sĩ", "Hạ sĩ",
		"Hòa thượng", "Thượng tọa", "Đại đức", "Ni trưởng", "Ni sư", "Sư cô", "Linh mục", "Mục sư", "Giám mục",
		"Phó Giáo sư", "Giáo sư", "Tiến sĩ", "Thạc sĩ", "Bác sĩ", "Kỹ sư", "PGS.TS", "TS.", "ThS.", "BS.",
	} {
		words := strings.Fields(vietnamese.Key(f))
		out[words[0]] = append(out[words[0]], words)
	}
	return out
}()

// familyNames are the common ones, by Key; they tell the form "Ông" from the
// family name Ông.
var familyNames = func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields("Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Danh Thạch Sơn Kim Lâm Trương Đinh Mai Cao Châu Tô Tạ Hà Đoàn Lương Lưu Trịnh Đào Phùng Thái Quách Tăng Diệp Nhan Kiên Vương Tống La Từ Chung Văn Đồng Lại Hứa Âu Triệu Đàm Nông Vi Khổng Giang Cù Thân Tiêu") {
		m[vietnamese.Key(n)] = true
	}
	return m
}()

// splitForm splits "Hộ ông Võ Văn Út" into form and name; the form is empty
// when the text is a name alone. The letters of neither part change.
func splitForm(written string) (form, name string) {
	first, _, _ := strings.Cut(written, " ")
	forms := formsOfAddress[vietnamese.Key(first)]
	if len(forms) == 0 {
		return "", written
	}
	words := strings.Fields(written)
	for _, f := range forms {
		if len(words) < len(f)+1 || !sameWords(words, f) {
			continue
		}
		rest := words[len(f):]
		if !startsUpper(rest[0]) || len(f) == 1 && f[0] == vietnamese.Key("Ông") && !familyNames[vietnamese.Key(rest[0])] {
			return "", written
		}
		return strings.Join(words[:len(f)], " "), strings.Join(rest, " ")
	}
	return "", written
}

func sameWords(words, keys []string) bool {
	for i, k := range keys {
		if vietnamese.Key(words[i]) != k {
			return false
		}
	}
	return true
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// readName keeps the name as written, offers the form of address, and marks
// what a certificate would be printed with by mistake.
func readName(row *Row, vs []value) {
	cells := all(vs, FieldName)
	if len(cells) == 0 {
		row.mark(msgNameMissing.mark("", FieldName))
		return
	}
	at := cells[0].ref
	if len(cells) > 1 {
		row.mark(msgNameJoined.mark(at, FieldName))
	}
	written := joined(vs, FieldName, " ")
	if strings.Contains(written, "\n") {
		written = strings.ReplaceAll(written, "\n", " ")
		row.mark(msgNameLines.mark(at, FieldName))
	}
	row.NameAsWritten, row.Name = written, written
	if allCapitals(written) {
		row.mark(msgNameCaps.mark(at, FieldName))
	}
}

// readForm runs once the kind is known: an organisation has no form of address.
func readForm(row *Row, vs []value) {
	at := get(vs, FieldName).ref
	if row.Kind == Individual && strings.ContainsAny(row.Name, "0123456789?*#@<>{}[]|\\=;") {
		row.mark(msgNameChars.mark(at, FieldName))
	}
	if row.Kind == Collective {
		return
	}
	form, name := splitForm(row.NameAsWritten)
	if form == "" {
		return
	}
	row.FormOfAddress, row.Name = form, name
	row.mark(msgForm.mark(at, FieldName, form))
	if row.Kind != Individual || row.Sex != "" {
		return
	}
	switch vietnamese.Key(form) {
	case vietnamese.Key("Ông"), vietnamese.Key("Anh"):
		row.Sex = Male
	case vietnamese.Key("Bà"), vietnamese.Key("Chị"):
		row.Sex = Female
	}
}

// allCapitals: at least two words, every letter a capital.
func allCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 3 && strings.Contains(s, " ")
}
