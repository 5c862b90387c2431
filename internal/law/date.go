package law

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// zone is Asia/Ho_Chi_Minh: UTC+7 without daylight saving time, so a fixed zone
// needs no time zone database on the machine.
var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// Date is a civil date in Asia/Ho_Chi_Minh. The zero Date means "no date".
type Date struct {
	Year  int
	Month int // 1 to 12
	Day   int // 1 to 31
}

var (
	isoForm = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	vnForm  = regexp.MustCompile(`^(\d{2})/(\d{2})/(\d{4})$`)
)

// ParseDate reads "2023-11-15" or "15/11/2023", nothing else: no blanks, no
// single digits, no day that the month does not have. The error has the code
// bad_date.
func ParseDate(s string) (Date, error) {
	var y, m, d string
	if p := isoForm.FindStringSubmatch(s); p != nil {
		y, m, d = p[1], p[2], p[3]
	} else if p := vnForm.FindStringSubmatch(s); p != nil {
		y, m, d = p[3], p[2], p[1]
	} else {
		return Date{}, badDate(s)
	}
	date := Date{Year: number(y), Month: number(m), Day: number(d)}
	if date.Year == 0 || FromTime(date.midnight()) != date {
		return Date{}, badDate(s)
	}
	return date, nil
}

// MustDate is ParseDate for constants; it panics on a malformed date.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// FromTime is the civil date of an instant in Asia/Ho_Chi_Minh.
func FromTime(t time.Time) Date {
	y, m, d := t.In(zone).Date()
	return Date{Year: y, Month: int(m), Day: d}
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // the patterns admit digits only
	return n
}

func badDate(s string) error {
	return fail("bad_date",
		fmt.Sprintf("%q không phải ngày hợp lệ; hãy ghi ngày/tháng/năm, ví dụ 15/11/2023", s),
		fmt.Sprintf("%q is not a date; write 15/11/2023 or 2023-11-15", s))
}

func (d Date) midnight() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, zone)
}

// IsZero tells whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is -1, 0 or 1 as d lies before, on or after other.
func (d Date) Compare(other Date) int {
	return d.midnight().Compare(other.midnight())
}

// Before tells whether d lies before other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After tells whether d lies after other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// AddDays is the date n calendar days later (earlier when n is negative).
func (d Date) AddDays(n int) Date {
	return FromTime(d.midnight().AddDate(0, 0, n))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// String is the ISO form, 2023-11-15; empty for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// VN is the form that Vietnamese documents use, 15/11/2023; empty for no date.
func (d Date) VN() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

// MarshalText writes the ISO form, also for JSON and YAML.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads either form; an empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// within tells whether a day lies between two, both included; a zero to is open.
func (d Date) within(from, to Date) bool {
	return from.Compare(d) <= 0 && (to == Date{} || d.Compare(to) <= 0)
}
