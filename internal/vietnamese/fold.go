// Package vietnamese compares and orders Vietnamese text.
//
// One name may reach the system in several spellings that a reader takes for
// the same: composed or decomposed Unicode (NFC, NFD), the tone mark on either
// letter of a pair (Hòa and Hoà, Thủy and Thuỷ), typed without accents, in
// capitals, with stray blanks. The package gives three forms of growing
// tolerance, each meant for comparing only and never for print:
//
//   - NFC: the same characters, composed; the one change made to a name
//   - Key: lower case, one blank between words, the tone mark moved to the end
//     of its word; equal for spellings that differ in nothing a reader hears
//   - Fold: as Key and without any accent, đ as d; equal for what a search
//     should find
package vietnamese

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The five written tones, as combining marks.
const (
	grave    = '\u0300'
	acute    = '\u0301'
	tilde    = '\u0303'
	hook     = '\u0309'
	dotBelow = '\u0323'
)

// NFC composes s (Unicode normalisation form C) and changes nothing else.
func NFC(s string) string { return norm.NFC.String(s) }

// IsNFC reports whether s is already composed.
func IsNFC(s string) bool { return norm.NFC.IsNormalString(s) }

// Fold gives the form in which a search compares: lower case, no accents, đ as
// d, blanks of any kind collapsed to one and trimmed, zero-width characters
// dropped. Digits and punctuation stay. Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		plain := r < utf8.RuneSelf // most characters, even of Vietnamese
		switch {
		case !plain && (isInvisible(r) || !isVietnamese(r) && unicode.Is(unicode.Mn, r)):
			continue
		case plain && r > ' ':
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		if plain {
			b.WriteByte(lowerASCII(byte(r)))
			continue
		}
		b.WriteRune(baseOf(r))
	}
	return b.String()
}

// Key gives the form in which two spellings of one name are equal: lower case,
// blanks collapsed, and the tone mark of each word moved to the word's end, so
// that its place within the word (Hòa, Hoà) no longer matters. Accents stay:
// Key("Hoa") differs from Key("Hòa").
func Key(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	blank := false
	var tone rune
	closeWord := func() {
		if tone != 0 {
			b.WriteRune(tone)
			tone = 0
		}
	}
	for _, r := range norm.NFC.String(s) {
		switch {
		case r < utf8.RuneSelf && lowerASCII(byte(r)) != byte(r) || 'a' <= r && r <= 'z':
			openWord(&b, &blank)
			b.WriteByte(lowerASCII(byte(r)))
		case isInvisible(r):
		case unicode.IsSpace(r):
			closeWord()
			blank = b.Len() > 0
		default:
			parts := letters[min(r, lastLetter+1)]
			if parts.base == 0 {
				parts = takeApart(r)
			}
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
				closeWord()
			}
			if parts.base != 0 {
				openWord(&b, &blank)
				b.WriteRune(parts.base)
			}
			if parts.tone != 0 {
				tone = parts.tone
			}
		}
	}
	closeWord()
	return b.String()
}

func openWord(b *strings.Builder, blank *bool) {
	if *blank {
		b.WriteByte(' ')
		*blank = false
	}
}

// letter is a Vietnamese letter taken apart: in lower case without its tone
// (ề is ê), without any accent (e), and the tone.
type letter struct{ base, plain, tone rune }

// takeApart handles the letters that are not in the table.
func takeApart(r rune) letter {
	l := letter{base: unicode.ToLower(r)}
	d := []rune(norm.NFD.String(string(r)))
	last := d[len(d)-1]
	switch {
	case isTone(last) && len(d) == 1: // a tone mark that composes with nothing before it
		return letter{tone: last}
	case isTone(last):
		base := []rune(norm.NFC.String(string(d[:len(d)-1])))
		l.base, l.tone = unicode.ToLower(base[0]), last
	}
	return l
}

func isTone(r rune) bool {
	return r == grave || r == acute || r == tilde || r == hook || r == dotBelow
}

// isInvisible reports the characters that take no room and that copying from
// web pages and chat programs leaves in text.
func isInvisible(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return false
}

// Invisible reports a zero-width character or a soft hyphen.
func Invisible(r rune) bool { return isInvisible(r) }

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// baseOf is the lower-case letter under the accents of r. The letters of
// Vietnamese come from a table, so that folding a long list costs little.
func baseOf(r rune) rune {
	if isVietnamese(r) {
		return letters[r].plain
	}
	if r == 'đ' || r == 'Đ' || r == 'ð' || r == 'Ð' {
		return 'd'
	}
	d := norm.NFD.AppendString(nil, string(r))
	first, _ := utf8.DecodeRune(d)
	return unicode.ToLower(first)
}

// lastLetter is ỹ: behind it no code point holds a letter of Vietnamese.
const lastLetter = '\u1ef9'

// letters are the vowels of Vietnamese with and without each tone, by code point; a base
// of 0 stands for every other character. The last place is for all that lie behind.
var letters = func() (table [lastLetter + 2]letter) {
	for _, vowel := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		lower := unicode.ToLower(vowel)
		plain := []rune(norm.NFD.String(string(lower)))[0]
		for _, tone := range []rune{0, grave, acute, tilde, hook, dotBelow} {
			s := string(vowel)
			if tone != 0 {
				s += string(tone)
			}
			if composed := []rune(norm.NFC.String(s)); len(composed) == 1 {
				table[composed[0]] = letter{base: lower, plain: plain, tone: tone}
			}
		}
	}
	return table
}()

func isVietnamese(r rune) bool { return r <= lastLetter && letters[r].base != 0 }
