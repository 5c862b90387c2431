package service

import (
	"context"

	"vinhdanh/internal/app"
	"vinhdanh/internal/config"
	"vinhdanh/internal/postgres"
)

// Link makes a link that works once, for the operator at the machine: the first
// admin's set-up where login is empty, else a password for the person of that
// login. It needs the database and the public address, nothing else.
func Link(ctx context.Context, cfg config.Config, login string) (app.LinkView, error) {
	if err := cfg.Need("DATABASE_URL", "VINHDANH_PUBLIC_URL"); err != nil {
		return app.LinkView{}, err
	}
	store, err := postgres.Open(ctx, cfg.DatabaseURL)
	if err != nil {
		return app.LinkView{}, err
	}
	defer store.Close()
	a := app.New(app.App{Store: store, Place: app.Place{PublicURL: cfg.PublicURL}, Identity: cfg.Identity})
	if login == "" {
		return a.SetupLink(ctx)
	}
	return a.OperatorLink(ctx, login)
}
