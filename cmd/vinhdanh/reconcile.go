package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vinhdanh/internal/config"
	"vinhdanh/internal/service"
)

// errDiffers says that record and histories do not agree.
var errDiffers = errors.New("record and histories do not agree; the findings say where")

// reconcileCommand compares PostgreSQL with Temporal, with serve's settings.
func reconcileCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "reconcile", Short: "Compare the record with Temporal's histories and record what is missing", Args: cobra.NoArgs,
	}
	dry := cmd.Flags().Bool("dry-run", false, "only report, record nothing")
	asJSON := cmd.Flags().Bool("json", false, "the report as JSON")
	cmd.RunE = with(func(ctx context.Context, c config.Config) error {
		report, err := service.Reconcile(ctx, c, !*dry)
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		if *asJSON {
			if err := json.NewEncoder(out).Encode(report); err != nil {
				return err
			}
		} else {
			fmt.Fprintf(out, "%d hồ sơ, %d thao tác, ghi lại %d / %d cases, %d transitions, %d recorded again\n",
				report.Cases, report.Transitions, report.Rebuilt, report.Cases, report.Transitions, report.Rebuilt)
			for _, f := range report.Findings {
				fmt.Fprintf(out, "%s  %s  %s / %s  %s\n", f.Case, f.Code, f.Vi, f.En, f.Detail)
			}
		}
		if !report.OK() {
			return errDiffers
		}
		return nil
	})
	return cmd
}
