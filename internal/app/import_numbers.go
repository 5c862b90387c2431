package app

import (
	"errors"
	"slices"

	"vinhdanh/internal/importing"
	"vinhdanh/internal/personal"
)

// Personal numbers of a list never rest in clear: while its reader looks at it each stands
// in its cell as a token that only the installation opens; once it is taken over, the
// numbers are in the vault and the list that is kept shows their last digits.

// openToken opens a token of a staged list, where the installation has a key.
func (a *App) openToken(token string) (personal.Number, error) {
	if a.Personal == nil {
		return personal.Number{}, personal.ErrNoKey
	}
	return a.Personal.FromToken(token)
}

// tokened puts tokens into a list, in the place of its numbers.
func (a *App) tokened(file []byte, wb *importing.Workbook) ([]byte, error) {
	return a.hideNumbers(file, wb, func(text string, n personal.Number) (string, error) {
		switch {
		case personal.IsToken(text):
			return text, nil
		case n.IsZero():
			return masked(text, n), nil
		case a.Personal == nil:
			return "", noVault()
		}
		return a.Personal.Token(n)
	})
}

// maskedList puts the last digits into a list, in the place of its numbers.
func (a *App) maskedList(file []byte, wb *importing.Workbook) ([]byte, error) {
	return a.hideNumbers(file, wb, func(text string, n personal.Number) (string, error) {
		if a.Personal == nil {
			return "", noVault()
		}
		return masked(text, n), nil
	})
}

// masked is what is kept of a number, and nothing of what is none.
func masked(text string, n personal.Number) string {
	if n.IsZero() && !personal.IsToken(text) {
		return importing.Blotted(text)
	}
	return n.Masked()
}

func (a *App) hideNumbers(file []byte, wb *importing.Workbook, write func(string, personal.Number) (string, error)) ([]byte, error) {
	out, err := importing.HideNumbers(file, wb, importing.Options{Open: a.openToken}, write)
	var bad *importing.Error
	var own *Error
	switch {
	case errors.As(err, &bad):
		return nil, &Error{Code: CodeBadFile, Detail: bad.Code, Vi: bad.Vi, En: bad.En}
	case errors.As(err, &own):
		return nil, own
	case err != nil:
		return nil, internal("hide the list's numbers", err)
	}
	return out, nil
}

// tokenedCorrections closes the numbers that a reader typed into cells.
func (a *App) tokenedCorrections(in ImportInput) (ImportInput, error) {
	in.Corrections = slices.Clone(in.Corrections)
	for i := range in.Corrections {
		c := &in.Corrections[i]
		if c.Field != importing.FieldPersonalNumber || c.Remove || c.Value == "" || personal.IsToken(c.Value) {
			continue
		}
		n, err := personal.Parse(c.Value)
		switch {
		case err != nil:
			c.Value = importing.Blotted(c.Value)
			continue
		case a.Personal == nil:
			return in, noVault()
		}
		if c.Value, err = a.Personal.Token(n); err != nil {
			return in, internal("close a number", err)
		}
	}
	return in, nil
}
