package importing

import (
	"regexp"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// heading is a group row: "I. TẬP THỂ", "A. DANH HIỆU LAO ĐỘNG TIÊN TIẾN",
// "Trường THCS Hiệp Hưng". style tells its depth: headings numbered alike stand
// on one level.
type heading struct {
	style byte
	text  string
	kind  Kind
	award string // the award its text names
}

type headings []heading

// push places a heading below those of other styles and in the place of the
// last one of its own style.
func (h headings) push(n heading) headings {
	for i := range h {
		if h[i].style == n.style {
			return append(h[:i:i], n)
		}
	}
	return append(h[:len(h):len(h)], n)
}

func (h headings) path() string {
	parts := make([]string, len(h))
	for i := range h {
		parts[i] = h[i].text
	}
	return strings.Join(parts, " / ")
}

// kind and award of the innermost heading that names one.
func (h headings) kind() Kind {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].kind != "" {
			return h[i].kind
		}
	}
	return ""
}

func (h headings) award() string {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].award != "" {
			return h[i].award
		}
	}
	return ""
}

// unit gives the innermost heading that names an organisation and no award.
func (h headings) unit() string {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].kind == "" && h[i].award == "" && startsWithUnit(h[i].text) {
			return h[i].text
		}
	}
	return ""
}

var (
	romanOrdinal  = regexp.MustCompile(`^([IVX]{1,5})\s*(?:[./):\-–]\s*|\s+|$)`)
	letterOrdinal = regexp.MustCompile(`^([A-HK-MĐ])\s*(?:[./):\-–]\s*|$)`)
	numberOrdinal = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2})*)\s*(?:[./):\-–]\s*|$)`)
	smallOrdinal  = regexp.MustCompile(`^([a-zđ])\s*[./)]\s*`)
)

// ordinal splits "I. TẬP THỂ" into the style of its number and the title.
func ordinal(text string) (style byte, rest string) {
	for _, o := range []struct {
		re    *regexp.Regexp
		style byte
	}{{romanOrdinal, 'R'}, {letterOrdinal, 'L'}, {numberOrdinal, 'N'}, {smallOrdinal, 'l'}} {
		if m := o.re.FindString(text); m != "" {
			if o.style == 'N' && strings.Contains(strings.TrimRight(strings.TrimSpace(m), "."), ".") {
				return 'M', strings.TrimSpace(text[len(m):])
			}
			return o.style, strings.TrimSpace(text[len(m):])
		}
	}
	return '-', text
}

// kindWords reads the kind of subject from a heading, title or sheet name;
// empty when it names none or several.
func kindWords(text string) Kind {
	t := " " + headerText(text) + " "
	var found []Kind
	if strings.Contains(t, " tap the ") {
		found = append(found, Collective)
	}
	if strings.Contains(t, " ca nhan ") {
		found = append(found, Individual)
	}
	if strings.Contains(t, " ho gia dinh ") || strings.Contains(t, " ho dan ") || t == " ho " || strings.Contains(t, " cac ho ") {
		found = append(found, Household)
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// parseKind reads a kind column or correction.
func parseKind(text string) (Kind, bool) {
	switch f := vietnamese.Fold(text); f {
	case "ca nhan", "cn", string(Individual):
		return Individual, true
	case "tap the", "tt", string(Collective):
		return Collective, true
	case "ho gia dinh", "ho", "hgd", "ho dan", string(Household):
		return Household, true
	}
	k := kindWords(text)
	return k, k != ""
}

var unitWords = keys(
	"Trường", "Phòng", "UBND", "Ủy ban", "Xã", "Phường", "Thị trấn", "Sở", "Trung tâm", "Công an", "Bệnh viện", "Chi cục", "Cục",
	"Ban", "Đảng ủy", "Huyện ủy", "Tỉnh ủy", "Thị ủy", "Thành ủy", "Hội", "Kho bạc", "Bảo hiểm", "Chi bộ", "Đảng bộ", "Tổ", "Đội",
	"Khoa", "Công ty", "Tổng Công ty", "Doanh nghiệp", "Hợp tác xã", "Ngân hàng", "Văn phòng", "Nhân dân", "Cán bộ", "Tập thể",
	"Quỹ", "Trạm", "Tòa án", "Viện", "Đoàn thể", "Đoàn Thanh niên", "Đoàn xã", "Đoàn trường", "Đoàn khối", "Liên đoàn", "Ấp",
	"Khu vực", "Khối", "Thanh tra", "Bộ Chỉ huy", "Nhà máy", "Đài Truyền thanh", "Đài Phát thanh", "TT", "BHXH", "HĐND", "MTTQ", "Huyện", "Tỉnh", "Thành phố",
)

func keys(words ...string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = vietnamese.Key(w)
	}
	return out
}

// startsWithUnit reports whether a text reads as the name of an organisation or
// place. Accents count, or family names would be taken for one (Trương and
// Trường, Bàn and Ban, Tô and Tổ).
func startsWithUnit(text string) bool {
	k := vietnamese.Key(text)
	for _, w := range unitWords {
		if len(k) >= len(w) && k[:len(w)] == w && (len(k) == len(w) || k[len(w)] == ' ') {
			return true
		}
	}
	return false
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
