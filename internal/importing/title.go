package importing

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/vietnamese"
)

var (
	letterLine = regexp.MustCompile(`(?i)(t[ờơ]\s+tr[ìi]nh|c[ôo]ng\s+v[ăa]n|quy[ếê]t\s+[đd][ịi]nh|b[áa]o\s+c[áa]o|t[ờơ]\s+tr[ìi]nh\s+của[^,;()]*?)\s+s[ốo]\s*:?\s*([\p{L}\p{N}]*\d[\p{L}\p{N}]*\s*/\s*[\p{L}\p{N}&.\-–]+)?`)
	dateWords  = regexp.MustCompile(`(?i)ng[àa]y\s*(\d{1,2})\s*th[áa]ng\s*(\d{1,2})\s*n[ăa]m\s*(\d{4})`)
	dateDigits = regexp.MustCompile(`(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})`)
)

// readHeader sorts the lines above the table: the issuing bodies to the left,
// the letter the list goes with, and the title.
func readHeader(g *grid, first int) Header {
	var h Header
	inTitle := false
	for i := range g.rows {
		row := &g.rows[i]
		if row.line >= first {
			break
		}
		for j := range row.cells {
			for _, line := range strings.Split(row.cells[j].text, "\n") {
				inTitle = h.take(line, inTitle)
			}
		}
	}
	return h
}

// take files one line and reports whether the title has begun.
func (h *Header) take(line string, inTitle bool) bool {
	f := vietnamese.Fold(line)
	switch {
	case f == "", strings.Trim(f, "-_=*. ") == "":
		return inTitle
	case strings.Contains(f, "cong hoa xa hoi"), strings.HasPrefix(f, "doc lap"), isForm(f):
		return inTitle
	case strings.Contains(f, "kem theo"), strings.Contains(f, "dinh kem"):
		h.letter(line)
		return inTitle
	case strings.HasPrefix(f, "danh sach"), strings.HasPrefix(f, "bang tong hop"), strings.HasPrefix(f, "tong hop"), strings.HasPrefix(f, "phu luc"):
		h.TitleLines = append(h.TitleLines, line)
		return true
	case inTitle:
		h.TitleLines = append(h.TitleLines, line)
	case placeAndDate(f), strings.HasPrefix(f, "so:"):
	default:
		h.UnitLines = append(h.UnitLines, line)
	}
	return inTitle
}

// isForm: "Mẫu số 01", "Biểu mẫu 2".
func isForm(f string) bool {
	return strings.HasPrefix(f, "mau so") || strings.HasPrefix(f, "mau ") || strings.HasPrefix(f, "bieu ")
}

// placeAndDate: "Phụng Hiệp, ngày 15 tháng 11 năm 2023".
func placeAndDate(f string) bool {
	return strings.Contains(f, "ngay") && strings.Contains(f, "thang") && strings.Contains(f, "nam")
}

func (h *Header) letter(line string) {
	if m := letterLine.FindStringSubmatch(line); m != nil {
		h.LetterKind = m[1]
		h.LetterNumber = strings.Trim(strings.Join(strings.Fields(m[2]), ""), ".-–")
	}
	if d, ok := findDate(line); ok {
		h.LetterDate = d
	}
}

// findDate reads a date in a text, day first: 15/11/2023, 15-11-2023,
// "ngày 15 tháng 11 năm 2023".
func findDate(text string) (time.Time, bool) {
	m := dateDigits.FindStringSubmatch(text)
	if m == nil {
		m = dateWords.FindStringSubmatch(text)
	}
	if m == nil {
		return time.Time{}, false
	}
	return dayMonthYear(m[1], m[2], m[3])
}

// dayMonthYear makes a civil date and refuses days that do not exist.
func dayMonthYear(day, month, year string) (time.Time, bool) {
	d, err1 := strconv.Atoi(day)
	m, err2 := strconv.Atoi(month)
	y, err3 := strconv.Atoi(year)
	if err1 != nil || err2 != nil || err3 != nil || m < 1 || m > 12 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d && t.Year() == y
}
