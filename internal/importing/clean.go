package importing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vinhdanh/internal/vietnamese"
)

// changes says what cleaning a text took away.
type changes uint8

const (
	composed   changes = 1 << iota // decomposed Unicode was composed
	stripped                       // stray blanks or zero-width characters were removed
	apostrophe                     // the apostrophe that shields a formula was removed
)

// clean brings a cell's text to the form it is kept in: NFC, no zero-width
// characters, one plain blank between words, none at either end of a line.
// Letters and their case are never touched.
func clean(s string) (string, changes) {
	if isClean(s) {
		return s, 0
	}
	var done changes
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = strings.NewReplacer("_x000D_", "", "\r\n", "\n", "\r", "\n", "\u2028", "\n", "\v", "\n").Replace(s)
	if !vietnamese.IsNFC(s) {
		s, done = vietnamese.NFC(s), composed
	}
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, line := range lines {
		out := blanks(line)
		if out != line {
			done |= stripped
		}
		if out != "" {
			kept = append(kept, out)
		}
	}
	s = strings.Join(kept, "\n")
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@", s[1]) >= 0 {
		s, done = s[1:], done|apostrophe // as BadRows and other exporters write it
	}
	return s, done
}

// isClean is the quick answer for the usual cell.
func isClean(s string) bool {
	prev := rune(' ')
	for _, r := range s {
		switch {
		case r == utf8.RuneError, r < ' ', r == '_', vietnamese.Invisible(r):
			return false
		case r == ' ' && prev == ' ', r != ' ' && r > '~' && unicode.IsSpace(r):
			return false
		}
		prev = r
	}
	return (s == "" || prev != ' ' && s[0] != '\'') && vietnamese.IsNFC(s)
}

func blanks(line string) string {
	var b strings.Builder
	pending := false
	for _, r := range line {
		switch {
		case vietnamese.Invisible(r), r < ' ' && r != '\t':
		case unicode.IsSpace(r):
			pending = b.Len() > 0
		default:
			if pending {
				b.WriteByte(' ')
				pending = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}
