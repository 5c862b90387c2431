package decision

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// FormatMoney prints đồng in groups of three: 2340000 → "2.340.000 đồng".
func FormatMoney(dong int64) string { return groupDigits(dong) + " đồng" }

func groupDigits(n int64) string {
	digits := fmt.Sprintf("%d", n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// dayText and monthText follow Decree 30/2020 Appendix I: a zero before days
// under 10 and before the months 1 and 2.
func dayText(d time.Time) string { return fmt.Sprintf("%02d", d.Day()) }

func monthText(d time.Time) string {
	if d.Month() <= time.February {
		return fmt.Sprintf("%02d", d.Month())
	}
	return fmt.Sprintf("%d", d.Month())
}

// count prints a number of subjects as decisions do: 1 → "01", 12 → "12".
func count(n int) string { return fmt.Sprintf("%02d", n) }

func joinNonEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// capitalise raises the first letter of a sentence; it is never used on names.
func capitalise(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
