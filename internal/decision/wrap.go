package decision

import "strings"

// wrap breaks text at its spaces into lines of at most first and rest
// millimetres. A single word wider than a line is broken between letters.
func (s *sheet) wrap(f face, text string, first, rest float64) []string {
	if s.width(f, text) <= first {
		return []string{text}
	}
	space := s.width(f, " ")
	var lines []string
	var b strings.Builder
	used, limit := 0.0, first
	flush := func() {
		lines = append(lines, b.String())
		b.Reset()
		used, limit = 0, rest
	}
	for i, word := range strings.Split(text, " ") {
		w := s.width(f, word)
		if i > 0 && used+space+w > limit {
			flush()
		} else if i > 0 {
			b.WriteByte(' ')
			used += space
		}
		for _, piece := range s.pieces(f, word, w, limit) {
			if b.Len() > 0 && used+s.width(f, piece) > limit {
				flush()
			}
			b.WriteString(piece)
			used += s.width(f, piece)
		}
	}
	flush()
	return lines
}

func (s *sheet) pieces(f face, word string, w, limit float64) []string {
	if w <= limit {
		return []string{word}
	}
	return strings.Split(word, "")
}

// balance wraps centred text into lines of nearly one length: as few lines as
// w allows, each no longer than needed for that.
func (s *sheet) balance(f face, text string, w float64) []string {
	best := s.wrap(f, text, w, w)
	for narrow := w - 2; narrow > w/2 && len(best) > 1; narrow -= 2 {
		lines := s.wrap(f, text, narrow, narrow)
		if len(lines) > len(best) {
			break
		}
		best = lines
	}
	return best
}
