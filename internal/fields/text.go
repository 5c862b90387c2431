package fields

import "github.com/sergi/go-diff/diffmatchpatch"

// Piece is a part of a compared text: Kept in both, only in the Old, or New.
type Piece struct {
	Kind string `json:"kind"` // same, removed, added
	Text string `json:"text"`
}

// Kinds of piece.
const (
	Same    = "same"
	Removed = "removed"
	Added   = "added"
)

// maxCompared is the length in bytes up to which texts are compared word by word;
// beyond it the whole text counts as replaced.
const maxCompared = 64 << 10

// Compare says what of a long text stayed, in pieces that read well: whole words,
// not letters.
func Compare(from, to string) []Piece {
	if len(from)+len(to) > maxCompared {
		return []Piece{{Removed, from}, {Added, to}}
	}
	d := diffmatchpatch.New()
	a, b, words := d.DiffLinesToRunes(lined(from), lined(to))
	var out []Piece
	for _, x := range d.DiffCharsToLines(d.DiffMainRunes(a, b, false), words) {
		kind := map[diffmatchpatch.Operation]string{
			diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffDelete: Removed, diffmatchpatch.DiffInsert: Added,
		}[x.Type]
		if text := unlined(x.Text); text != "" {
			out = append(out, Piece{kind, text})
		}
	}
	return out
}
