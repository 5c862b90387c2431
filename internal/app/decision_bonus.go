package app

import (
	"context"

	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// bonusOf is the money of an item that is decided on a day, in đồng: by the data that its
// case keeps, at the base salary in force. Errors: those of law.Bonus.
func (a *App) bonusOf(ctx context.Context, award string, it postgres.CouncilItem, on law.Date) (int64, error) {
	own, err := a.Pinned.Law(ctx, it.LawHash)
	if err != nil {
		return 0, internal("law data "+it.LawHash, err)
	}
	base, err := a.law().BaseSalaryOn(on)
	if err != nil {
		return 0, err
	}
	sum, _, err := own.BonusOfCase(award, law.Kind(it.Content.Kind), it.Regime, on, base)
	return sum, err
}
