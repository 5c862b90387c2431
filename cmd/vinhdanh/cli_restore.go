package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/config"
	"vinhdanh/internal/service"
)

// restoreTrialCommand tries a restore of the newest back-up at the server.
func restoreTrialCommand(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "restore-trial", Short: "Khôi phục thử bản sao lưu mới nhất · Try to restore the newest back-up", Args: cobra.NoArgs,
		Long: "Khôi phục vào cơ sở dữ liệu tạm ở máy chủ, kiểm tra rồi xóa. --list: chỉ xem các lần trước.\nRestores into a scratch database at the server, checks it and drops it. --list: only what trials found.",
	}
	only, wait := c.Flags().Bool("list", false, "only what earlier trials found"), c.Flags().Duration("wait", 10*time.Minute, "how long to wait for the result")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *only {
			return call(cmd, s, read("/admin/restore-trials", nil), showTrials)
		}
		if err := call(cmd, s, write("/admin/restore-trials", map[string]string{}), func(p *page, v app.RestoreTrials) {
			if v.Newest != nil {
				p.line("%s", v.Newest.Name)
			}
		}); err != nil {
			return err
		}
		for end := time.Now().Add(*wait); time.Now().Before(end); {
			v, err := fetch[app.RestoreTrials](cmd.Context(), s, "/admin/restore-trials")
			if err != nil {
				return err
			}
			if v.Since == nil {
				p := newPage(cmd.OutOrStdout(), s.Lang)
				showTrials(p, app.RestoreTrials{Able: true, Trials: v.Trials[:min(1, len(v.Trials))]})
				return p.flush()
			}
			select {
			case <-cmd.Context().Done():
				return cmd.Context().Err()
			case <-time.After(time.Second):
			}
		}
		return nil
	}
	return c
}

func showTrials(p *page, v app.RestoreTrials) {
	if !v.Able {
		p.line("%s", p.t(v.Why.VI, v.Why.EN))
		for _, r := range v.Run {
			p.line("  %s", r)
		}
	}
	for _, t := range v.Trials {
		name := "–"
		if t.Backup != nil {
			name = t.Backup.Name
		}
		p.line(p.t("%s  %s  %s: %d hồ sơ, %d diễn biến, %d quyết định, %d khen thưởng", "%s  %s  %s: %d cases, %d acts, %d decisions, %d awards"),
			t.At.Local().Format("02/01/2006 15:04"), yes(t.OK), name, t.Counts.Cases, t.Counts.Transitions, t.Counts.Decisions, t.Counts.Recognitions)
		for _, f := range t.Findings {
			w := app.TrialText(f.Code)
			p.line("  %s %s", p.t(w.VI, w.EN), f.Detail)
		}
		if t.Failed != "" {
			w := app.TrialText(t.Failed)
			p.line("  %s", p.t(w.VI, w.EN))
		}
	}
}

// errNotRestored says that a restored database is not what it should be.
var errNotRestored = errors.New("the restored database does not hold; the findings say why")

// restoreCheckCommand checks a database that was restored by hand.
func restoreCheckCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "restore-check", Short: "Check a database that was restored for trial (VINHDANH_TRIAL_URL) against the record in use", Args: cobra.NoArgs}
	cmd.RunE = with(func(ctx context.Context, c config.Config) error {
		r, err := service.RestoreCheck(ctx, c)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(cmd.OutOrStdout()).Encode(r); err != nil {
			return err
		}
		if !r.OK {
			return errNotRestored
		}
		return nil
	})
	return cmd
}
