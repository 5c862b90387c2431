package decision

import "strconv"

// Operators of text and lines are written here: the library's way to them, by
// formats and a map of characters, costs more than the layout itself.

// appendText appends a line of text at x, y points.
func appendText(b []byte, x, y float64, text string) []byte {
	b = append(appendNumbers(append(b, "BT "...), x, y), "Td ("...)
	return append(appendCodes(b, text), ") Tj ET\n"...)
}

// appendStretched appends words as one line, with spaces between them that are wider
// than the font's by extra thousandths of the size. Text extraction sees the spaces.
func appendStretched(b []byte, x, y float64, words []string, extra float64) []byte {
	b = append(appendNumbers(append(b, "BT "...), x, y), "Td ["...)
	for i, w := range words {
		if i > 0 {
			b = append(strconv.AppendFloat(b, -extra, 'f', 1, 64), '(')
			b = append(appendCodes(b, " "), ')')
		}
		b = append(appendCodes(append(b, '('), w), ')')
	}
	return append(b, "] TJ ET\n"...)
}

// appendCodes appends a text as UTF-16BE, which is how the embedded fonts count
// their characters, for a literal string.
func appendCodes(b []byte, text string) []byte {
	for _, r := range text {
		for _, c := range [2]byte{byte(r >> 8), byte(r)} {
			switch c {
			case '\\', '(', ')':
				b = append(b, '\\', c)
			case '\r':
				b = append(b, '\\', 'r')
			default:
				b = append(b, c)
			}
		}
	}
	return b
}

// appendNumbers appends numbers to a hundredth of a point, a blank after each.
func appendNumbers(b []byte, numbers ...float64) []byte {
	for _, n := range numbers {
		b = append(strconv.AppendFloat(b, n, 'f', 2, 64), ' ')
	}
	return b
}
