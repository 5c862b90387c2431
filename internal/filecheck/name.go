package filecheck

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longest is how many letters of a name are kept, ending included.
const longest = 120

// Clean makes a file's name harmless for showing and saving: no folders, no
// control or direction signs, no signs that systems refuse, not too long; and it
// ends as the content is.
func Clean(name string, k Kind) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, ""))
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), " .")
	stem := name
	if ext := path.Ext(name); sameKind(ext, k) {
		stem = strings.TrimSuffix(name, ext)
	}
	letters := []rune(strings.TrimRight(stem, " ."))
	if most := longest - len(k.Ext); len(letters) > most {
		letters = letters[:most]
	}
	stem = string(letters)
	if stem == "" || reserved[strings.ToUpper(stem)] {
		stem = "tai-lieu"
	}
	return stem + k.Ext
}

func sameKind(ext string, k Kind) bool {
	ext = strings.ToLower(ext)
	return ext == k.Ext || k == JPEG && ext == ".jpeg"
}

// reserved are names that Windows keeps for devices.
var reserved = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "COM1": true, "COM2": true, "LPT1": true, "LPT2": true}
