package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/config"
	"vinhdanh/internal/service"
)

// setupCommand readies an installation: the schedules, and the link by which its
// first admin is made. No account comes with a password.
func setupCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "setup", Args: cobra.NoArgs,
		Short: "Create the schedules, with the operator's TEMPORAL_TOKEN; print the first admin's link where DATABASE_URL is set",
	}
	every := c.Flags().Duration("every", 0, "one interval for all schedules (tests)")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return with(func(ctx context.Context, cfg config.Config) error {
			if err := service.Schedules(ctx, cfg, *every); err != nil {
				return err
			}
			if cfg.DatabaseURL == "" {
				return nil
			}
			err := printLink(ctx, cmd, cfg, "")
			var known *app.Error
			if errors.As(err, &known) && known.Code == app.CodeDuplicate {
				return nil // there is an admin
			}
			return err
		})(cmd, nil)
	}
	link := &cobra.Command{
		Use: "link [LOGIN]", Args: cobra.MaximumNArgs(1),
		Short: "Print a link that works once: for the first admin, or for LOGIN to set a password",
		Long: "With no LOGIN: the link by which the first admin of a new installation makes an account.\n" +
			"With LOGIN: the link by which that person sets a password, when no admin can help. Neither skips the second factor.\n" +
			"Needs DATABASE_URL and VINHDANH_PUBLIC_URL.",
	}
	link.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, err := config.FromEnv(os.Getenv)
		if err != nil {
			return err
		}
		login := ""
		if len(args) > 0 {
			login = args[0]
		}
		return printLink(logger(cmd.Context(), cfg.LogLevel), cmd, cfg, login)
	}
	c.AddCommand(link)
	return c
}

func printLink(ctx context.Context, cmd *cobra.Command, cfg config.Config, login string) error {
	l, err := service.Link(ctx, cfg, login)
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), l.URL)
	fmt.Fprintf(cmd.ErrOrStderr(), "It works once, until %s.\n", l.ExpiresAt.Format("2006-01-02 15:04 MST"))
	return nil
}
