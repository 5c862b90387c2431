package personal

import (
	"encoding/base64"
	"strings"
)

// A token is a number closed for a list that its reader still looks at: it stands in the
// list's cell until the list is taken over, and no key but the installation's opens it.
const (
	tokenBegin, tokenEnd = "⟦", "⟧"
	tokenRecord          = "list" // what tokens are closed for: not for a record of the ledger
)

// IsToken tells whether a text looks like a token.
func IsToken(text string) bool {
	return strings.HasPrefix(text, tokenBegin) && strings.HasSuffix(text, tokenEnd)
}

// Token closes a number for a list.
func (v *Vault) Token(n Number) (string, error) {
	s, err := v.Seal(tokenRecord, n)
	if err != nil {
		return "", err
	}
	return tokenBegin + s.KeyID + ":" + base64.RawURLEncoding.EncodeToString(s.Data) + tokenEnd, nil
}

// FromToken opens what Token closed. Errors: ErrNoKey, ErrClosed.
func (v *Vault) FromToken(text string) (Number, error) {
	inner := strings.TrimSuffix(strings.TrimPrefix(text, tokenBegin), tokenEnd)
	id, data, ok := strings.Cut(inner, ":")
	raw, err := base64.RawURLEncoding.DecodeString(data)
	if !ok || err != nil || !IsToken(text) {
		return Number{}, ErrClosed
	}
	return v.Open(tokenRecord, Sealed{KeyID: id, Data: raw})
}
