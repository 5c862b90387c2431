package app

import (
	"context"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

// law is the law data in force today: what an administrator has activated, or what
// the process was started with (App.Law). Cases that were sent keep theirs.
func (a *App) law() *law.Law { return a.Laws.Law() }

// rules is the evaluator of the law data in force.
func (a *App) rules() *eval.Evaluator { return a.Laws.Rules() }

// LawNow is the law data in force, for the words of pages.
func (a *App) LawNow() *law.Law { return a.Laws.Law() }

// steady asks once more which data are in force and gives an App for which they stay
// the same: a sending reads the law more than once and pins one hash.
func (a *App) steady(ctx context.Context) (*App, error) {
	if err := a.Laws.Refresh(ctx); err != nil {
		return nil, err
	}
	out := *a
	out.Laws = a.Laws.Steady()
	return &out, nil
}

// withLaws makes the law in force of an App that was given none.
func (a *App) withLaws() {
	if a.Laws != nil {
		return
	}
	if a.Pinned == nil && a.Law != nil {
		a.Pinned = dossier.NewPinned(a.Store, a.Law, a.Rules)
	}
	a.Laws = dossier.NewInForce(a.Store, a.Pinned, a.Law, a.Rules, func() law.Date { return a.Today() })
}

// keepLaw stores the law data in force, for who pins it.
func (a *App) keepLaw(ctx context.Context) error {
	if rehearsing(ctx) {
		return nil
	}
	if err := a.Store.KeepLaw(ctx, a.law().Hash(), a.law().Files()); err != nil {
		return internal("keep law data", err)
	}
	return nil
}
