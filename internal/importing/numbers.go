package importing

import (
	"strings"

	"vinhdanh/internal/personal"
)

// These are the lengths that Excel leaves of a twelve-digit number that it took
// for a quantity: codes of provinces begin with one zero, or with two.
const shortestCut, cccd = 10, 12

// readPersonalNumber reads a person's number and hides it everywhere in the row: what
// people and programs see of it are its last digits.
func readPersonalNumber(row *Row, vs []value, open func(string) (personal.Number, error)) {
	v := get(vs, FieldPersonalNumber)
	if v.text == "" {
		return
	}
	n, cut, ok := numberIn(v.text, v.cell != nil && v.cell.number, open)
	switch {
	case !ok:
		row.mark(msgIDNumber.mark(v.ref, v.field))
	case cut:
		row.mark(msgIDCut.mark(v.ref, v.field))
	}
	row.Number, row.PersonalNumber = n, n.Masked()
	for i := range row.Cells {
		if c := &row.Cells[i]; c.Field == FieldPersonalNumber {
			c.Raw, c.Text, c.shown = hide(c.Raw, n), hide(c.Text, n), hide(c.shown, n)
		}
	}
}

// hide is what is shown of a cell of numbers: of what is none, how long it is.
func hide(text string, n personal.Number) string {
	switch {
	case text == "":
		return ""
	case !n.IsZero():
		return n.Masked()
	}
	return Blotted(text)
}

// Blotted shows of a text only how long it is.
func Blotted(text string) string { return strings.Repeat("•", len([]rune(text))) }

// numberIn reads a cell's number. cut: Excel had dropped its leading zeros.
func numberIn(text string, quantity bool, open func(string) (personal.Number, error)) (n personal.Number, cut, ok bool) {
	if personal.IsToken(text) {
		if open == nil {
			return personal.Number{}, false, false
		}
		n, err := open(text)
		return n, false, err == nil
	}
	if quantity && isDigits(text) {
		switch {
		case len(text) >= shortestCut && len(text) < cccd:
			text, cut = strings.Repeat("0", cccd-len(text))+text, true
		case len(text) < shortestCut:
			return personal.Number{}, false, false // a nine-digit one may have lost three zeros too
		}
	}
	n, err := personal.Parse(text)
	return n, cut, err == nil && !n.IsZero()
}
