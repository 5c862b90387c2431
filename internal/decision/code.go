package decision

import (
	"crypto/rand"
	"strings"
)

// codeLetters are those of Crockford's base 32: none looks like another.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const codeLength = 16 // of 5 bits: 80, which nobody guesses

// NewCode makes a code by which the public asks for a document.
func NewCode() string {
	var raw [codeLength]byte
	_, _ = rand.Read(raw[:]) // never fails
	for i, b := range raw {
		raw[i] = codeLetters[b%32]
	}
	return string(raw[:])
}

// ReadCode takes a code as people type it: in groups or not, in any case, with O for
// 0 and I or L for 1. Empty means that it is none.
func ReadCode(typed string) string {
	code := strings.Map(func(r rune) rune {
		switch r {
		case '-', ' ', '\u00a0', '–':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(typed))
	if len(code) != codeLength || strings.Trim(code, codeLetters) != "" {
		return ""
	}
	return code
}

// PrintCode groups a code by four.
func PrintCode(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), "-")
}
