package decision

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strconv"
)

// lexer reads PDF objects from a position (ISO 32000-1, 7.2 and 7.3).
type lexer struct {
	data  []byte
	pos   int
	depth int
}

var errSyntax = errors.New("broken PDF object")

// maxDepth bounds nesting, so that a hostile file cannot exhaust the stack.
const maxDepth = 100

func isSpace(c byte) bool { return bytes.IndexByte([]byte("\x00\t\n\f\r "), c) >= 0 }
func isDelim(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (l *lexer) skip() {
	for l.pos < len(l.data) {
		switch c := l.data[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

func (l *lexer) has(s string) bool {
	return l.pos <= len(l.data) && bytes.HasPrefix(l.data[l.pos:], []byte(s))
}

// word reads a run of regular characters.
func (l *lexer) word() string {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelim(l.data[l.pos]) {
		l.pos++
	}
	return string(l.data[start:l.pos])
}

func (l *lexer) object() (any, error) {
	l.depth++
	defer func() { l.depth-- }()
	l.skip()
	switch {
	case l.pos >= len(l.data) || l.depth > maxDepth:
		return nil, errSyntax
	case l.has("<<"):
		return l.dict()
	case l.has("<"):
		return l.hexString()
	case l.has("("):
		return l.literal()
	case l.has("["):
		return l.array()
	case l.has("/"):
		l.pos++
		return pdfName(l.word()), nil
	}
	return l.numberOrWord()
}

// numberOrWord reads a token; two integers and an R are a reference.
func (l *lexer) numberOrWord() (any, error) {
	w := l.word()
	if w == "" {
		return nil, errSyntax
	}
	if w == "null" {
		return nil, nil
	}
	num, err := strconv.Atoi(w)
	if err != nil || num < 0 {
		return pdfToken(w), nil
	}
	mark := l.pos
	l.skip()
	if gen, err := strconv.Atoi(l.word()); err == nil && gen >= 0 {
		l.skip()
		if l.word() == "R" {
			return pdfRef{num, gen}, nil
		}
	}
	l.pos = mark
	return pdfToken(w), nil
}

func (l *lexer) dict() (any, error) {
	l.pos += 2
	d := pdfDict{}
	for {
		l.skip()
		if l.has(">>") {
			l.pos += 2
			return d, nil
		}
		key, err := l.object()
		if err != nil {
			return nil, err
		}
		name, ok := key.(pdfName)
		if _, twice := d[name]; !ok || twice {
			return nil, errSyntax
		}
		if d[name], err = l.object(); err != nil {
			return nil, err
		}
	}
}

func (l *lexer) array() (any, error) {
	l.pos++
	a := pdfArray{}
	for {
		l.skip()
		if l.has("]") {
			l.pos++
			return a, nil
		}
		o, err := l.object()
		if err != nil {
			return nil, err
		}
		a = append(a, o)
	}
}

func (l *lexer) hexString() (any, error) {
	end := bytes.IndexByte(l.data[l.pos:], '>')
	if end < 0 {
		return nil, errSyntax
	}
	digits := l.data[l.pos+1 : l.pos+end]
	l.pos += end + 1
	if bytes.ContainsAny(digits, "\x00\t\n\f\r ") {
		digits = bytes.Join(bytes.Fields(bytes.ReplaceAll(digits, []byte{0}, []byte(" "))), nil)
	}
	if len(digits)%2 == 1 {
		digits = append(bytes.Clone(digits), '0')
	}
	out := make(pdfString, len(digits)/2)
	if _, err := hex.Decode(out, digits); err != nil {
		return nil, errSyntax
	}
	return out, nil
}

// literal reads a string in parentheses with its escapes.
func (l *lexer) literal() (any, error) {
	out := pdfString{}
	open := 0
	for ; l.pos < len(l.data); l.pos++ {
		switch c := l.data[l.pos]; c {
		case '(':
			if open++; open > 1 {
				out = append(out, c)
			}
		case ')':
			if open--; open == 0 {
				l.pos++
				return out, nil
			}
			out = append(out, c)
		case '\\':
			l.pos++
			out = l.escape(out)
		default:
			out = append(out, c)
		}
	}
	return nil, errSyntax
}

func (l *lexer) escape(out pdfString) pdfString {
	if l.pos >= len(l.data) {
		return out
	}
	c := l.data[l.pos]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	if c < '0' || c > '7' {
		if c == '\n' || c == '\r' {
			return out
		}
		return append(out, c)
	}
	v := 0
	for n := 0; n < 3 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; n++ {
		v = v*8 + int(l.data[l.pos]-'0')
		l.pos++
	}
	l.pos--
	return append(out, byte(v))
}
