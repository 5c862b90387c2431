package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// LowerChoice is an award that the data rank lower than a case's, for some kinds of
// subject.
type LowerChoice struct {
	Code  string     `json:"code"`
	Names law.Text   `json:"names"`
	Kinds []law.Kind `json:"kinds"`
}

// lowerAwards are the awards that a kind of subject of a case may be moved to, the
// highest first: ranked lower by the law in force, and decided by somebody on the
// unit's way up.
func (a *App) lowerAwards(ctx context.Context, p postgres.Proposal, kind law.Kind) ([]*law.Award, error) {
	path, err := a.Store.UnitPath(ctx, p.Unit)
	if err != nil {
		return nil, internal("read unit path", err)
	}
	regime, err := a.law().RegimeOn(a.Today())
	if err != nil {
		return nil, fromLaw(err)
	}
	return a.law().Lower(p.Award, kind, regime.ID, levelsOf(path)), nil
}

// mayLower refuses an award that is not ranked lower than the case's.
func (a *App) mayLower(ctx context.Context, p postgres.Proposal, it postgres.Item, award string) error {
	list, err := a.lowerAwards(ctx, p, law.Kind(it.Content.Kind))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(x *law.Award) bool { return x.Code == award }) {
		return nil
	}
	names := law.Text{}
	for i, x := range list {
		if i > 0 {
			names.VI, names.EN = names.VI+"; ", names.EN+"; "
		}
		names.VI, names.EN = names.VI+x.Names.VI, names.EN+x.Names.EN
	}
	if len(list) == 0 {
		names = law.Text{VI: "không có", EN: "none"}
	}
	return &Error{Code: CodeInvalid, Detail: "not ranked lower: " + award, Fields: []FieldError{{
		Field: "award", Rule: "value",
		Vi: "Chỉ chuyển được sang danh hiệu, hình thức thấp hơn: " + names.VI + ".",
		En: "Only a lower award can be taken: " + names.EN + ".",
	}}}
}

// lowerChoices lists them for all kinds of subject of a case; none for a reader who may
// not lower an item now.
func (a *App) lowerChoices(ctx context.Context, p postgres.Proposal, items []ItemView, may []Ability) ([]LowerChoice, error) {
	if !slices.ContainsFunc(may, func(b Ability) bool { return b.Action == "lower" && b.Allowed }) {
		return nil, nil
	}
	var out []LowerChoice
	var kinds []law.Kind
	for _, it := range items {
		if k := law.Kind(it.Content.Kind); it.Outcome == "" && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	for _, k := range kinds {
		list, err := a.lowerAwards(ctx, p, k)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			i := slices.IndexFunc(out, func(c LowerChoice) bool { return c.Code == x.Code })
			if i < 0 {
				i, out = len(out), append(out, LowerChoice{Code: x.Code, Names: x.Names})
			}
			out[i].Kinds = append(out[i].Kinds, k)
		}
	}
	return out, nil
}
