package importing

import (
	"strings"
	"unicode"

	"vinhdanh/internal/vietnamese"
)

// positionWords begin a position; a part of a cell that starts with one belongs
// to the position ("Phó Bí thư, Chủ tịch UBND xã").
var positionWords = keys(
	"Chủ tịch", "Phó", "Bí thư", "Trưởng", "Giám đốc", "Hiệu trưởng", "Ủy viên", "Thành viên", "Giáo viên", "Nhân viên", "Chuyên viên", "Công chức",
	"Viên chức", "Kế toán", "Văn thư", "Thủ quỹ", "Bác sĩ", "Điều dưỡng", "Y sĩ", "Kỹ sư", "Cán bộ", "Tổ trưởng", "Tổ phó", "Thư ký", "Tổng phụ trách",
	"Chánh", "Công nhân", "Nông dân", "Trụ trì", "Bảo vệ", "Thư viện", "Chỉ huy", "Đội trưởng", "Thanh tra viên", "Phóng viên", "Hội viên", "Nguyên",
)

func startsWithPosition(s string) bool {
	k := vietnamese.Key(s)
	for _, w := range positionWords {
		if strings.HasPrefix(k, w) && (len(k) == len(w) || k[len(w)] == ' ') {
			return true
		}
	}
	return false
}

// readPosition fills Position and Workplace from their own columns or from the
// cell that holds both, whose original stays in PositionUnit.
func readPosition(row *Row, vs []value) {
	row.Position = joined(vs, FieldPosition, ", ")
	row.Workplace = joined(vs, FieldUnit, ", ")
	v := get(vs, FieldPositionUnit)
	if v.text == "" {
		return
	}
	row.PositionUnit = v.text
	if row.Kind != Individual {
		if row.Workplace == "" {
			row.Workplace = strings.ReplaceAll(v.text, "\n", ", ")
		}
		return
	}
	if row.Position != "" && row.Workplace != "" {
		return
	}
	position, workplace := splitPosition(v.text)
	if row.Position == "" {
		row.Position = position
	}
	if row.Workplace == "" {
		row.Workplace = workplace
	}
	switch {
	case position != "" && workplace != "":
		row.mark(msgSplit.mark(v.ref, v.field, position, workplace))
	case workplace == "":
		row.mark(msgUnsplit.mark(v.ref, v.field))
	}
}

// splitPosition divides at a line end, a dash between blanks, or the first
// comma after which no further position follows; failing these, before a word
// that begins the name of an organisation ("Giáo viên Trường THCS …").
func splitPosition(text string) (position, workplace string) {
	for _, sep := range []string{"\n", " - ", " – "} {
		if before, after, ok := strings.Cut(text, sep); ok {
			return strings.TrimRight(before, " ,-–"), joinLines(after)
		}
	}
	if startsWithUnit(text) && !startsWithPosition(text) {
		return "", text
	}
	rest := text
	for {
		i := strings.Index(rest, ",")
		if i < 0 {
			break
		}
		start := len(text) - len(rest)
		after := strings.TrimSpace(rest[i+1:])
		if !startsWithPosition(after) {
			before := strings.TrimSpace(text[:start+i])
			if p, w := beforeUnit(before); w != "" && startsWithUnit(w) {
				return p, joinLines(w + ", " + after)
			}
			return before, after
		}
		rest = rest[i+1:]
	}
	return beforeUnit(text)
}

func joinLines(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\n", ", "))
}

// beforeUnit splits before the first capitalised word that begins a unit. After
// "Trưởng" and "Phó" the word belongs to the position ("Phó Trưởng Phòng …"),
// but not after "Hiệu trưởng" or "Tổ trưởng".
func beforeUnit(text string) (position, workplace string) {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		if !unicode.IsUpper([]rune(words[i])[0]) || !startsWithUnit(strings.Join(words[i:min(i+3, len(words))], " ")) {
			continue
		}
		if partOfPosition(words[:i]) {
			continue
		}
		return strings.Join(words[:i], " "), strings.Join(words[i:], " ")
	}
	if startsWithUnit(text) && !startsWithPosition(text) {
		return "", text
	}
	return text, ""
}

func partOfPosition(before []string) bool {
	n := len(before)
	switch vietnamese.Key(before[n-1]) {
	case vietnamese.Key("Phó"), vietnamese.Key("Chánh"), vietnamese.Key("và"):
		return true
	case vietnamese.Key("Trưởng"):
		return n == 1 || vietnamese.Key(before[n-2]) == vietnamese.Key("Phó")
	}
	return false
}
