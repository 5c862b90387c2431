package ballotbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// checksum is how many bytes guard a written share against a slip of the pen.
const checksum = 3

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// Written is a share as people keep it: eight groups of seven letters and digits, of
// which the last holds a checksum. It has no 0, 1, 8 or 9.
func Written(share []byte) string {
	sum := sha256.Sum256(share)
	text := letters.EncodeToString(append(bytes.Clone(share), sum[:checksum]...))
	var groups []string
	for ; len(text) > 7; text = text[7:] {
		groups = append(groups, text[:7])
	}
	return strings.Join(append(groups, text), "-")
}

// misread are digits that stand for the letters they look like.
var misread = strings.NewReplacer("0", "O", "1", "I", "8", "B")

// Read reads a written share, whatever its case, its spaces and hyphens. Error:
// ErrShare.
func Read(written string) ([]byte, error) {
	text := misread.Replace(strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, written)))
	raw, err := letters.DecodeString(text)
	if err != nil || len(raw) <= checksum {
		return nil, ErrShare
	}
	share := raw[:len(raw)-checksum]
	sum := sha256.Sum256(share)
	if !bytes.Equal(sum[:checksum], raw[len(share):]) {
		return nil, ErrShare
	}
	return share, nil
}
