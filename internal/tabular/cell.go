package tabular

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// starts are the characters that make a spreadsheet program take a cell for a
// formula, with their full-width forms (OWASP, CSV Injection).
const starts = "=+-@\t\r\n＝＋－＠"

// Safe gives text that no spreadsheet program evaluates: an apostrophe is put
// before what could be a formula, and control characters apart from line breaks
// and tabs are dropped. Blanks and invisible characters before the sign do not
// hide it.
func Safe(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || (unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t') {
			return -1
		}
		return r
	}, s)
	first, _ := utf8.DecodeRuneInString(s)
	behind, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	}))
	if s != "" && (strings.ContainsRune(starts, first) || (behind != utf8.RuneError && strings.ContainsRune(starts, behind))) {
		return "'" + s
	}
	return s
}

// text is a value as CSV shows it.
func text(k Kind, v any) string {
	switch k {
	case Date:
		if t, ok := instant(v); ok {
			return t.Format("02/01/2006")
		}
	case Time:
		if t, ok := instant(v); ok {
			return t.In(zone).Format("02/01/2006 15:04")
		}
	}
	return plain(v)
}

// plain is a value as text: numbers as they are, all else made safe.
func plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case string:
		return Safe(x)
	case *string:
		if x == nil {
			return ""
		}
		return Safe(*x)
	case time.Time, *time.Time: // none was given, or the column is of another kind
		if t, ok := instant(v); ok {
			return t.Format(time.RFC3339)
		}
		return ""
	case fmt.Stringer:
		return Safe(x.String())
	}
	return Safe(fmt.Sprint(v))
}
