// Package personal knows the numbers that the State gives to persons, and keeps them.
//
// The model: a personal number is the 12 digits of a citizen identity card (căn cước
// công dân, CCCD) or the 9 digits of the older identity card (chứng minh nhân dân,
// CMND). It tells two people of one name apart, and tells that two records are of one
// person; it is shown to nobody who does not need it.
//
//	number.go  what a valid number is, and how it is shown: masked
//	vault.go   how it is kept: encrypted (AES-256-GCM), beside a keyed hash
//	           (HMAC-SHA-256) by which equal numbers are found without opening them
//
// A Number prints masked whatever prints it, so that it cannot slip into a log line,
// an error or a document by carelessness.
package personal

import (
	"errors"
	"strconv"
	"strings"
)

// Kind is what card a number stands on.
type Kind string

// The kinds of cards.
const (
	CCCD Kind = "cccd" // 12 digits
	CMND Kind = "cmnd" // 9 digits
)

// ErrNumber is returned for what is no personal number. It never holds what was typed.
var ErrNumber = errors.New("personal: a personal number has 12 digits (CCCD) or 9 digits (CMND)")

// Number is a valid personal number. The zero value is none. It prints, encodes and
// formats masked; only Open gives the digits.
type Number struct{ digits string }

// Parse reads a number as people write it: with blanks, dots or hyphens between the
// digits, or with the apostrophe of a spreadsheet before them. An empty text is no
// number and no error.
func Parse(s string) (Number, error) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "'")
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '.' || r == '-' || r == '\u00a0':
		default:
			return Number{}, ErrNumber
		}
	}
	n := Number{b.String()}
	switch {
	case s == "":
		return Number{}, nil
	case n.Kind() == "", strings.Trim(n.digits, n.digits[:1]) == "": // 000000000 is a filled-in blank
		return Number{}, ErrNumber
	}
	return n, nil
}

// IsZero tells whether there is no number.
func (n Number) IsZero() bool { return n.digits == "" }

// Kind says which card the number stands on, "" of none.
func (n Number) Kind() Kind {
	switch len(n.digits) {
	case 12:
		return CCCD
	case 9:
		return CMND
	}
	return ""
}

// Masked shows the last three digits: ••••••••• 123.
func (n Number) Masked() string {
	if n.IsZero() {
		return ""
	}
	return strings.Repeat("•", len(n.digits)-3) + n.digits[len(n.digits)-3:]
}

// String is Masked.
func (n Number) String() string { return n.Masked() }

// GoString is Masked.
func (n Number) GoString() string { return n.Masked() }

// MarshalText is Masked.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.Masked()), nil }

// Open gives the digits. Whoever calls it puts on record that somebody sees them.
func (n Number) Open() string { return n.digits }

// Hint is something in a number that does not fit what else is known. It refuses
// nothing: cards are made by people too.
type Hint string

// The hints.
const (
	HintProvince Hint = "province" // no province has had this code (001 to 096)
	HintSex      Hint = "sex"      // the digit of century and sex says otherwise
	HintYear     Hint = "year"     // the digits of the year of birth say otherwise
)

// Hints compares the digits of a CCCD with what is known of the person: sex "male",
// "female" or "", year of birth or 0. Its fourth digit is twice the century after the
// twentieth, plus one for women; the next two are the year (Decree 137/2015/NĐ-CP,
// article 13; Circular 59/2021/TT-BCA, article 4). A CMND says nothing.
func (n Number) Hints(sex string, birthYear int) []Hint {
	if n.Kind() != CCCD {
		return nil
	}
	var out []Hint
	province, _ := strconv.Atoi(n.digits[:3]) // digits
	if province < 1 || province > 96 {
		out = append(out, HintProvince)
	}
	code := int(n.digits[3] - '0')
	if woman := code%2 == 1; sex == "male" && woman || sex == "female" && !woman {
		out = append(out, HintSex)
	}
	year, _ := strconv.Atoi(n.digits[4:6]) // digits
	if birthYear != 0 && birthYear != 1900+100*(code/2)+year {
		out = append(out, HintYear)
	}
	return out
}
