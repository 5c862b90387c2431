package fields

import "strings"

// The library compares lines; a text is given to it one word a line. A line break
// of the text itself travels as a sign that no text holds.
const broken = "\u0001"

// lined puts each word, with the blank after it, on a line of its own.
func lined(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '\n':
			b.WriteString(broken + "\n")
		case ' ':
			b.WriteString(" \n")
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
		b.WriteByte('\n')
	}
	return b.String()
}

func unlined(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\n", ""), broken, "\n")
}
