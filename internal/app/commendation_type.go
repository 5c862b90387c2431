package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
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

// typeStays refuses another type once a case was sent: it keeps the type, and with it the
// way, under which it was sent.
func (a *App) typeStays(ctx context.Context, sub postgres.Submission, typ string) error {
	if typ == sub.Type {
		return nil
	}
	ps, err := a.Store.ProposalsOfSubmission(ctx, sub.ID)
	if err != nil {
		return internal("read proposals", err)
	}
	if !slices.ContainsFunc(ps, func(p postgres.Proposal) bool { return p.Number > 0 }) {
		return nil
	}
	return &Error{Code: CodeInvalid, Detail: "type of a sent submission", Fields: []FieldError{{Field: "type", Rule: "value",
		Vi: "Hồ sơ đã gửi giữ loại hình khen thưởng khi gửi; muốn đổi thì rút hồ sơ và lập hồ sơ mới.",
		En: "What was sent keeps its type; to change it, withdraw and begin a new submission."}}}
}
