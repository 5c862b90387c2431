package app

import (
	"context"
	"slices"

	"vinhdanh/internal/law"
	"vinhdanh/internal/vietnamese"
)

// AwardsOn is the catalogue of a day under its regime.
type AwardsOn struct {
	On      law.Date     `json:"on"`
	Regime  law.Regime   `json:"regime"`
	LawHash string       `json:"law_hash"`
	Awards  []AwardEntry `json:"awards"`
}

// AwardEntry is an award with what the regime says of it. The list of a day has the
// rule alone; one award has all of it.
type AwardEntry struct {
	law.Award
	On      law.Date      `json:"on"`
	Regime  string        `json:"regime"`
	Rule    law.AwardRule `json:"rule"`
	Printed string        `json:"printed_under"` // the printed name under this regime, of no particular province
	Account *law.Account  `json:"account,omitempty"`
}

// AwardsOn lists the awards of a day (ISO civil date; empty: the business date).
func (a *App) AwardsOn(_ context.Context, day string) (AwardsOn, error) {
	on, regime, err := a.lawOn(day)
	if err != nil {
		return AwardsOn{}, err
	}
	awards, err := a.law().Awards(on)
	if err != nil {
		return AwardsOn{}, fromLaw(err)
	}
	out := AwardsOn{On: on, Regime: *regime, LawHash: a.law().Hash(), Awards: []AwardEntry{}}
	for _, w := range awards {
		rule, err := a.law().AwardRule(w.Code, regime.ID)
		if err != nil {
			return out, fromLaw(err)
		}
		out.Awards = append(out.Awards, entryOf(w, rule, regime.ID, on))
	}
	return out, nil
}

// AwardOn shows one award of a day, by its code or as people call it: who decides, by which route and in how many
// days, criteria, papers, the Council's rule, the money of that day, how long it is
// kept, each with its article and mark.
func (a *App) AwardOn(_ context.Context, code, day string) (AwardEntry, error) {
	on, regime, err := a.lawOn(day)
	if err != nil {
		return AwardEntry{}, err
	}
	award, err := a.called(code, on)
	if err != nil {
		return AwardEntry{}, err
	}
	account, err := a.law().Account(award.Code, on)
	if err != nil {
		return AwardEntry{}, fromLaw(err)
	}
	e := entryOf(award, account.Rule, regime.ID, on)
	e.Account = &account
	return e, nil
}

// called finds an award by its code, or by a name or an abbreviation as people write it, without regard to case and to
// where a tone stands. What several awards of the day are called finds none of them.
func (a *App) called(words string, on law.Date) (*law.Award, error) {
	if award, err := a.law().Award(words); err == nil {
		return award, nil
	}
	awards, err := a.law().Awards(on)
	if err != nil {
		return nil, fromLaw(err)
	}
	var found []*law.Award
	wanted := vietnamese.Key(words)
	for _, w := range awards {
		names := append([]string{w.Code, w.Names.VI, w.Names.EN}, w.Abbreviations...)
		if slices.ContainsFunc(names, func(s string) bool { return vietnamese.Key(s) == wanted }) {
			found = append(found, w)
		}
	}
	if len(found) != 1 {
		return nil, readable(CodeNotFound, "Danh mục của ngày này không có danh hiệu, hình thức ấy, hoặc có nhiều loại cùng tên; hãy dùng mã trong danh mục.",
			"the catalogue of that day has no such award, or several of that name: use a code of the catalogue")
	}
	return found[0], nil
}

func entryOf(w *law.Award, rule law.AwardRule, regime string, on law.Date) AwardEntry {
	e := AwardEntry{Award: *w, On: on, Regime: regime, Rule: rule, Printed: w.Anywhere(regime)}
	e.Award.Rules = nil // of every regime: the entry shows the one of the day
	return e
}

func (a *App) lawOn(day string) (law.Date, *law.Regime, error) {
	on := a.Today()
	if day != "" {
		var err error
		if on, err = law.ParseDate(day); err != nil {
			return on, nil, &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "on", Rule: "datetime"}}}
		}
	}
	regime, err := a.law().RegimeOn(on)
	if err != nil {
		return on, nil, fromLaw(err)
	}
	return on, regime, nil
}
