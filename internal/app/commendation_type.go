package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
)

// CommendationType is a type of commendation (loại hình khen thưởng) to choose from.
type CommendationType struct {
	Code  string   `json:"code"`
	Names law.Text `json:"names"`
}

// CommendationTypes are the types for which today's law has awards, in its order. The
// type of a submission chooses the way of its cases: an ad hoc merit goes by the
// simplified procedure where the data say so.
func (a *App) CommendationTypes(_ context.Context) ([]CommendationType, error) {
	types, err := a.law().Types(a.Today())
	if err != nil {
		return nil, fromLaw(err)
	}
	out := make([]CommendationType, len(types))
	for i, t := range types {
		out[i] = CommendationType{Code: t, Names: law.TypeNames[t]}
	}
	return out, nil
}

// typeNamed checks a type that the reader named; "" is none.
func (a *App) typeNamed(typ string) (string, error) {
	types, err := a.law().Types(a.Today())
	if err != nil {
		return "", fromLaw(err)
	}
	if typ != "" && !slices.Contains(types, typ) {
		return "", &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "type", Rule: "exists"}}}
	}
	return typ, nil
}
