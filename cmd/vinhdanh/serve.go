package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/config"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/service"
)

// serverCommands run and set up an instance; their settings are environment
// variables (docs/operations.md).
func serverCommands() []*cobra.Command {
	keysCmd := &cobra.Command{Use: "keys", Short: "Key files of an installation"}
	keysCmd.AddCommand(&cobra.Command{
		Use: "create", Short: "Make the keys and the signed keyring in VINHDANH_KEYS", Args: cobra.NoArgs, RunE: createKeys,
	})
	keysCmd.AddCommand(revokeKey(), renewKey(), renewPersonalKey())
	token := &cobra.Command{Use: "token", Short: "Bearer tokens for the API"}
	token.AddCommand(issueTokenCommand())
	return []*cobra.Command{
		{Use: "serve", Short: "Run the web tier", Args: cobra.NoArgs, RunE: with(service.Serve)},
		{Use: "worker", Short: "Run the worker", Args: cobra.NoArgs, RunE: with(service.Work)},
		{Use: "migrate", Short: "Bring the database up to date, as its owner", Args: cobra.NoArgs, RunE: with(service.Migrate)},
		{
			Use: "sample FILE", Short: "Load the sample provinces with invented people; their tokens go to FILE",
			Args: cobra.ExactArgs(1), RunE: loadSample,
		},
		setupCommand(), keysCmd, token, reconcileCommand(), restoreCheckCommand(), healthCommand(),
	}
}

// with reads the settings and the log level, then runs.
func with(run func(context.Context, config.Config) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		cfg, err := config.FromEnv(os.Getenv)
		if err != nil {
			return err
		}
		return run(logger(cmd.Context(), cfg.LogLevel), cfg)
	}
}

func createKeys(cmd *cobra.Command, _ []string) error {
	cfg, err := config.FromEnv(os.Getenv)
	if err != nil {
		return err
	}
	if err := cfg.Need("VINHDANH_KEYS"); err != nil {
		return err
	}
	folder := keys.Folder(cfg.KeysDir)
	if err := folder.Create(time.Now()); err != nil {
		return err
	}
	fp, err := folder.Fingerprint()
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "VINHDANH_ROOT=%s\n", fp)
	fmt.Fprintln(cmd.ErrOrStderr(), "Move root.key away from this machine: it is needed only to add or revoke keys.")
	return nil
}

// issueTokenCommand is the operator's way to a token, at the machine.
func issueTokenCommand() *cobra.Command {
	c := &cobra.Command{Use: "issue LOGIN", Short: "Issue a token for a user; it is shown once", Args: cobra.ExactArgs(1)}
	scopes := c.Flags().StringSlice("scope", []string{string(app.ScopeAll)}, "what it is good for: read, propose, review, council, sign, issue, audit, account, admin, all")
	days := c.Flags().Int("days", 90, "until it expires")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		for _, sc := range *scopes {
			if !slices.Contains(app.Scopes, app.Scope(sc)) {
				return usage("--scope: there is no scope " + sc)
			}
		}
		return issueToken(cmd, args, *scopes, *days)
	}
	return c
}

func issueToken(cmd *cobra.Command, args, scopes []string, days int) error {
	return with(func(ctx context.Context, cfg config.Config) error {
		if err := cfg.Need("DATABASE_URL"); err != nil {
			return err
		}
		store, err := postgres.Open(ctx, cfg.DatabaseURL)
		if err != nil {
			return err
		}
		defer store.Close()
		u, err := store.UserByLogin(ctx, args[0])
		if err != nil {
			return fmt.Errorf("no user %q: %w", args[0], err)
		}
		secret, err := identity.NewSecret()
		if err != nil {
			return err
		}
		token := "vd_" + secret
		err = store.AddScopedToken(ctx, postgres.NewToken{
			ID: uuid.NewString(), User: u.ID, Name: "cli", Hint: token[len(token)-4:], Hash: identity.Digest(token),
			Scopes: scopes, Expires: time.Now().AddDate(0, 0, days), MadeBy: postgres.MadeByOperator,
		})
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), token)
		return nil
	})(cmd, args)
}

func loadSample(cmd *cobra.Command, args []string) error {
	return with(func(ctx context.Context, cfg config.Config) error {
		if !cfg.Demo {
			return fmt.Errorf("sample people belong in a trial instance only: set VINHDANH_DEMO=1")
		}
		return service.SampleToFile(ctx, cfg.DatabaseURL, args[0])
	})(cmd, args)
}
