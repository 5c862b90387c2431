package proposal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// ItemContent is what an item says of its subject at one revision. It lives in
// PostgreSQL; a history carries only its Commitment.
type ItemContent struct {
	Kind        string          `json:"kind" validate:"oneof=individual collective household"`
	Form        string          `json:"form,omitempty" validate:"max=60"` // form of address as printed: Ông, Hộ ông, Thượng tọa
	Name        string          `json:"name" validate:"required,max=300"` // exactly as on the identity card, NFC
	Sex         string          `json:"sex,omitempty" validate:"omitempty,oneof=male female"`
	BirthYear   int             `json:"birth_year,omitempty" validate:"omitempty,min=1900,max=2100"`
	Position    string          `json:"position,omitempty" validate:"max=300"`
	Workplace   string          `json:"workplace,omitempty" validate:"max=300"`
	Award       string          `json:"award" validate:"required"`
	Achievement string          `json:"achievement,omitempty" validate:"max=4000"` // the summary of the list
	PeriodKind  string          `json:"period_kind,omitempty" validate:"omitempty,oneof=calendar school range"`
	Period      string          `json:"period,omitempty" validate:"max=40"` // "2023", "2022-2023"
	Facts       json.RawMessage `json:"facts,omitempty"`                    // what the rules are evaluated over
	Note        string          `json:"note,omitempty" validate:"max=1000"`
	Sheet       string          `json:"sheet,omitempty"` // where it stood in the imported file
	Line        int             `json:"line,omitempty"`
}

// PrintedLine is the subject as a decision names it: form of address and name.
func (c ItemContent) PrintedLine() string {
	if c.Form == "" {
		return c.Name
	}
	return c.Form + " " + c.Name
}

// Commit is the salted commitment to a value: SHA-256 of the salt and the
// value's JSON, in hex. The salt keeps a name from being guessed from it.
func Commit(salt []byte, value any) (string, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("proposal: commit: %w", err)
	}
	h := sha256.New()
	h.Write(salt)
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// ContentOf is the commitment to a whole revision: SHA-256 over the award and
// the items' commitments in the order of the tờ trình, one per line.
func ContentOf(award string, items []InputItem) string {
	h := sha256.New()
	h.Write([]byte(award + "\n"))
	for _, it := range items {
		h.Write([]byte(it.ID + " " + it.Commitment + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}
