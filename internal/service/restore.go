package service

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/config"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/restore"
)

// backups is where back-ups are and how a restore is tried.
func backups(cfg config.Config) restore.Config {
	c := restore.Config{Dir: cfg.Backups, Server: cfg.TrialURL, Bin: cfg.ClientBin}
	if db, err := pgx.ParseConfig(cfg.DatabaseURL); err == nil {
		c.Database = db.Database
	}
	return c
}

// RestoreCheck checks a database that somebody restored (VINHDANH_TRIAL_URL) against the
// record in use (DATABASE_URL), as a trial does; nothing is written anywhere.
func RestoreCheck(ctx context.Context, cfg config.Config) (restore.Result, error) {
	r := restore.Result{Started: time.Now().UTC(), Findings: []restore.Finding{}}
	if err := cfg.Need("DATABASE_URL", "VINHDANH_TRIAL_URL"); err != nil {
		return r, err
	}
	store, err := postgres.Open(ctx, cfg.DatabaseURL)
	if err != nil {
		return r, err
	}
	defer store.Close()
	newest, err := postgres.NewestMigration()
	if err != nil {
		return r, err
	}
	err = restore.Check(ctx, cfg.TrialURL, &r, store, newest)
	r.Ended, r.OK = time.Now().UTC(), err == nil && len(r.Findings) == 0
	return r, err
}
