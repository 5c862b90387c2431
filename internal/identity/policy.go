package identity

import (
	"encoding/json"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/nbutton23/zxcvbn-go/data"
)

// Bounds of a password, in characters. There are no rules of composition and no
// forced change (ASVS 6.2.1, 6.2.5, 6.2.9, 6.2.10).
const (
	MinPassword = 12
	MaxPassword = 256
)

// Faults of a new password, as rules of a field.
const (
	FaultShort    = "password_short"
	FaultLong     = "password_long"
	FaultCommon   = "password_common"   // in the list of common passwords, or close to it
	FaultBreached = "password_breached" // seen in a breach
	FaultContext  = "password_context"  // made of the person's or the place's own words
)

// Policy judges new passwords.
type Policy struct {
	words    []string
	breached *Breached
}

// NewPolicy opens the list of breached passwords, if the settings name one.
func NewPolicy(s Settings) (*Policy, error) {
	p := &Policy{words: append([]string{"vinhdanh", "thiduakhenthuong", "thidua", "khenthuong", "matkhau", "password"}, s.ContextWords...)}
	if s.BreachedFile == "" {
		return p, nil
	}
	var err error
	p.breached, err = OpenBreached(s.BreachedFile)
	return p, err
}

// Fault tells what is wrong with a new password, "" if nothing. own are words of
// the person: login, names. An error means that the list could not be read.
func (p *Policy) Fault(password string, own ...string) (string, error) {
	switch n := utf8.RuneCountInString(canonical(password)); {
	case n < MinPassword:
		return FaultShort, nil
	case n > MaxPassword:
		return FaultLong, nil
	}
	low := strings.ToLower(canonical(password))
	core := strings.TrimFunc(low, func(r rune) bool { return !unicode.IsLetter(r) })
	if common(low) || common(core) || monotone(low) {
		return FaultCommon, nil
	}
	if p.ofContext(low, own) {
		return FaultContext, nil
	}
	if p.breached == nil {
		return "", nil
	}
	found, err := p.breached.Has(canonical(password))
	if err != nil || !found {
		return "", err
	}
	return FaultBreached, nil
}

// ofContext tells whether fewer than six letters are left once the words of the
// place and of the person are taken out.
func (p *Policy) ofContext(low string, own []string) bool {
	left := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, low)
	taken := false
	for _, group := range [][]string{p.words, own} {
		for _, w := range group {
			for _, part := range strings.FieldsFunc(strings.ToLower(canonical(w)), func(r rune) bool { return !unicode.IsLetter(r) }) {
				if utf8.RuneCountInString(part) >= 3 && strings.Contains(left, part) {
					left, taken = strings.ReplaceAll(left, part, ""), true
				}
			}
		}
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, left)
	return taken && utf8.RuneCountInString(letters) < 6
}

// monotone tells of one short piece repeated, or of letters in a row.
func monotone(low string) bool {
	r := []rune(low)
	up, down := true, true
	for i := 1; i < len(r); i++ {
		up, down = up && follows(r[i-1], r[i]), down && follows(r[i], r[i-1])
	}
	if up || down {
		return true
	}
	for size := 1; size <= 4; size++ {
		if repeats(r, size) {
			return true
		}
	}
	return false
}

// follows tells whether b comes after a; 0 comes after 9, as on a keyboard.
func follows(a, b rune) bool { return b == a+1 || a == '9' && b == '0' }

// repeats tells whether the first letters follow each other again and again.
func repeats(r []rune, size int) bool {
	for i := size; i < len(r); i++ {
		if r[i] != r[i-size] {
			return false
		}
	}
	return true
}

// commonPasswords is the embedded list, read when the first password is judged.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	var list struct{ List []string }
	raw, err := data.Asset("data/Passwords.json")
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil {
		panic("identity: the embedded list of common passwords cannot be read: " + err.Error())
	}
	out := make(map[string]bool, len(list.List))
	for _, w := range list.List {
		out[strings.ToLower(w)] = true
	}
	return out
})

// common tells whether a text is a common password, or one said several times.
func common(low string) bool {
	list := commonPasswords()
	for times := 1; times <= 4; times++ {
		if n := len(low) / times; len(low)%times == 0 && n > 0 && strings.Repeat(low[:n], times) == low && list[low[:n]] {
			return true
		}
	}
	return false
}
