package importing

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/vietnamese"
)

var (
	reYear      = regexp.MustCompile(`^\d{4}$`)
	reShortYear = regexp.MustCompile(`^\d{2}$`)
	reMonthYear = regexp.MustCompile(`^(\d{1,2})\s*[/.\-]\s*(\d{4})$`)
	reDayFirst  = regexp.MustCompile(`^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})$`)
	reISO       = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$`)
)

// readSexAndBirth fills Sex, BirthYear and BirthDate. Where the year stands
// under Nam or Nữ, the column tells the sex.
func readSexAndBirth(row *Row, vs []value, today time.Time) {
	if v := get(vs, FieldSex); v.text != "" {
		if row.Sex = parseSex(v.text); row.Sex == "" {
			row.mark(msgSexUnknown.mark(v.ref, FieldSex, v.text))
		}
	}
	v := get(vs, FieldBirth)
	male, female := get(vs, FieldBirthMale), get(vs, FieldBirthFemale)
	switch {
	case male.text != "" && female.text != "":
		row.mark(msgBirthBoth.mark(female.ref, FieldBirthFemale))
		return
	case male.text != "":
		v = sexColumn(row, male, v, Male)
	case female.text != "":
		v = sexColumn(row, female, v, Female)
	}
	if v.text != "" {
		readBirth(row, v, today)
	}
}

// sexColumn takes the sex from the column and, unless it only holds a tick or
// a correction gave the year, the year too.
func sexColumn(row *Row, v, birth value, sex Sex) value {
	if row.Sex == "" {
		row.Sex = sex
	}
	if ticked(v.text) || birth.text != "" {
		return birth
	}
	return v
}

func parseSex(s string) Sex {
	switch strings.ToLower(s) {
	case "nam", "trai", string(Male):
		return Male
	}
	switch vietnamese.Fold(s) {
	case "nu", "gai", string(Female):
		return Female
	}
	return ""
}

func readBirth(row *Row, v value, today time.Time) {
	if v.cell != nil && v.cell.number {
		readStoredBirth(row, v, today)
		return
	}
	text := strings.Trim(v.text, " .,")
	if i := strings.IndexAny(text, "0123456789"); i > 0 && (hasPrefix(vietnamese.Fold(text), []string{"sinh", "nam", "ngay", "sn"})) {
		text = text[i:] // "Sinh năm 1984"
	}
	switch {
	case reYear.MatchString(text):
		year, _ := strconv.Atoi(text)
		setYear(row, v, year, today)
	case reShortYear.MatchString(text):
		setYear(row, v, shortYear(row, v, text, today), today)
	case reMonthYear.MatchString(text):
		year, _ := strconv.Atoi(reMonthYear.FindStringSubmatch(text)[2])
		setYear(row, v, year, today)
	default:
		readTextDate(row, v, text, today)
	}
}

func readTextDate(row *Row, v value, text string, today time.Time) {
	var d time.Time
	ok := false
	if m := reISO.FindStringSubmatch(text); m != nil {
		d, ok = dayMonthYear(m[3], m[2], m[1])
	} else if m := reDayFirst.FindStringSubmatch(text); m != nil {
		year := m[3]
		if len(year) == 2 {
			year = strconv.Itoa(shortYear(row, v, year, today))
		}
		d, ok = dayMonthYear(m[1], m[2], year)
	} else if m := dateWords.FindStringSubmatch(v.text); m != nil {
		d, ok = dayMonthYear(m[1], m[2], m[3])
	}
	switch {
	case ok:
		setDate(row, v, d, today)
	case isDigits(text):
		serial, _ := strconv.ParseFloat(text, 64)
		markSerial(row, v, serial, today)
	default:
		row.mark(msgBirthBad.mark(v.ref, v.field, v.text))
	}
}

// readStoredBirth reads a number: a year, a date shown as one, or a serial that
// lost its date format, which nobody may take for a year.
func readStoredBirth(row *Row, v value, today time.Time) {
	n := v.cell.value
	switch {
	case n == float64(int(n)) && n >= 1800 && n < 2200:
		if v.cell.date {
			row.mark(msgBirthFormat.mark(v.ref, v.field, int(n)))
		}
		setYear(row, v, int(n), today)
	case v.cell.date:
		if m := reDayFirst.FindStringSubmatch(v.cell.text); m != nil {
			d, _ := dayMonthYear(m[1], m[2], m[3])
			setDate(row, v, d, today)
		}
	default:
		markSerial(row, v, n, today)
	}
}

func markSerial(row *Row, v value, n float64, today time.Time) {
	d, ok := serialDate(n, false)
	if !ok || n < 3000 {
		row.mark(msgBirthBad.mark(v.ref, v.field, v.text))
		return
	}
	m := msgBirthSerial.mark(v.ref, v.field, v.text, civil(d))
	if age := today.Year() - d.Year(); age >= 5 && age <= 120 {
		m.Suggestion = civil(d)
	}
	row.mark(m)
}

func shortYear(row *Row, v value, text string, today time.Time) int {
	n, _ := strconv.Atoi(text)
	year := 1900 + n
	if 2000+n <= today.Year()-15 {
		year = 2000 + n
	}
	row.mark(msgBirthShort.mark(v.ref, v.field, year))
	return year
}

func setDate(row *Row, v value, d time.Time, today time.Time) {
	if setYear(row, v, d.Year(), today) {
		row.BirthDate = d
		row.mark(msgBirthDate.mark(v.ref, v.field))
	}
}

// setYear keeps a plausible year. The bounds are of people, not of law: nobody
// over 120 or under 5 is proposed; under 15 or over 100 is worth a look.
func setYear(row *Row, v value, year int, today time.Time) bool {
	age := today.Year() - year
	if age < 5 || age > 120 {
		row.mark(msgBirthFar.mark(v.ref, v.field, year))
		return false
	}
	if age < 15 || age > 100 {
		row.mark(msgBirthYoung.mark(v.ref, v.field, year, age))
	}
	row.BirthYear = year
	return true
}
