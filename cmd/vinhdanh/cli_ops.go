package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// opsCommands show how the system is, and the little that is done to it.
func opsCommands(s *settings) []*cobra.Command {
	health := &cobra.Command{Use: "health", Short: "Tình trạng hệ thống · How the system is", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/health", nil), func(p *page, v app.Health) {
			for _, r := range v.Parts {
				p.row(r.State, r.Part+" "+r.Of, p.t(r.Say.VI, r.Say.EN), p.t(r.Do.VI, r.Do.EN))
			}
		})
	}}
	config := &cobra.Command{Use: "settings", Short: "Các thiết lập · The settings", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/settings", nil), func(p *page, v []app.Setting) {
			for _, r := range v {
				value := r.Value
				if r.Secret && r.Set {
					value = "•••"
				}
				p.row(r.Name, value, r.Default, p.t(r.VI, r.EN))
			}
		})
	}}
	return []*cobra.Command{health, config, outboxCommand(s), scheduleCommand(s), ringCommand(s), restoreTrialCommand(s)}
}

func outboxCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "outbox", Short: "Thư chưa gửi được · Mails that were not delivered"}
	list := &cobra.Command{Use: "list", Short: "Danh sách · What waits or failed", Args: cobra.NoArgs}
	state := list.Flags().String("state", "", "waiting, failed or discarded")
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		q := map[string][]string{}
		if *state != "" {
			q["state"] = []string{*state}
		}
		return call(cmd, s, read("/admin/outbox", q), func(p *page, v app.MailBacklog) {
			p.line(p.t("%d chờ gửi, %d không gửi được", "%d wait, %d failed"), v.Counts.Waiting, v.Counts.Failed)
			for _, r := range v.Rows {
				p.row(r.ID, r.State, p.notice(r.Kind), r.Name, r.Tries, r.LastError)
			}
		})
	}
	touch := func(use, short, verb string) *cobra.Command {
		v := &cobra.Command{Use: use, Short: short, Args: cobra.ExactArgs(1)}
		reason := v.Flags().String("reason", "", "why")
		v.RunE = func(cmd *cobra.Command, args []string) error {
			path := client.Path("admin", "outbox", args[0]) + "/" + verb
			return call(cmd, s, write(path, map[string]string{"reason": *reason}), func(p *page, v app.Touched) {
				p.line(p.t("%d thư", "%d mails"), v.Count)
			})
		}
		return v
	}
	c.AddCommand(list, touch("retry MAIL|failed", "Gửi lại ngay · Try again at once", "retry"),
		touch("discard MAIL", "Bỏ, có lý do · Give up, with a reason", "discard"), testMail(s))
	return c
}

// testMail sends one and waits for what becomes of it.
func testMail(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "test", Short: "Gửi thư thử cho chính mình · Send a test mail to oneself", Args: cobra.NoArgs}
	wait := c.Flags().Duration("wait", 20*time.Second, "how long to wait for its delivery")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		cl, err := s.client()
		if err != nil {
			return err
		}
		mail, _, err := client.Send[app.TestMail](cmd.Context(), cl, write("/admin/test-mail", map[string]string{}))
		if err != nil {
			return s.failed(cmd, err)
		}
		for end := time.Now().Add(*wait); mail.State == "waiting" && time.Now().Before(end); {
			select {
			case <-cmd.Context().Done():
				return cmd.Context().Err()
			case <-time.After(time.Second):
			}
			if mail, err = fetch[app.TestMail](cmd.Context(), s, client.Path("admin", "test-mail", mail.ID)); err != nil {
				return err
			}
		}
		p := newPage(cmd.OutOrStdout(), s.Lang)
		p.line("%s %s", mail.State, mail.Reason)
		return p.flush()
	}
	return c
}

func scheduleCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "schedule", Short: "Việc chạy định kỳ · What runs by itself"}
	show := func(p *page, v []app.ScheduleRow) {
		for _, r := range v {
			state := p.t("đang chạy", "active")
			if r.Paused {
				state = p.t("tạm dừng", "paused")
			}
			p.row(r.ID, state, r.Every, clockOf(r.LastRun), clockOf(r.NextRun), r.Error, r.Note)
		}
	}
	c.AddCommand(&cobra.Command{Use: "list", Short: "Danh sách · Last and next runs", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/schedules", nil), show)
	}})
	for verb, short := range map[string]string{"run": "Chạy ngay · Run now", "pause": "Tạm dừng · Pause, with a reason", "resume": "Cho chạy lại · Let it go on"} {
		v := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
		reason := v.Flags().String("reason", "", "why")
		v.RunE = func(cmd *cobra.Command, args []string) error {
			return call(cmd, s, write(client.Path("admin", "schedules", args[0], verb), map[string]string{"reason": *reason}), show)
		}
		c.AddCommand(v)
	}
	return c
}

func clockOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Local().Format("02/01 15:04:05")
}

func ringCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "keys", Short: "Khóa ký · Signing keys"}
	show := func(p *page, v app.KeyRing) {
		p.line(p.t("Vòng khóa phiên bản %d, gốc %s", "Keyring version %d, root %s"), v.Version, v.Root)
		for _, k := range v.Keys {
			revoked := ""
			if k.Revoked != nil {
				revoked = p.t("thu hồi ", "revoked ") + k.Revoked.Format("02/01/2006") + " " + k.Reason
			}
			p.row(k.ID, k.Purpose, k.Added.Format("02/01/2006"), yes(k.InUse), revoked)
		}
	}
	list := &cobra.Command{Use: "list", Short: "Danh sách · The keys of the ring", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/keys", nil), show)
	}}
	upload := &cobra.Command{Use: "upload FILE", Short: "Tải vòng khóa đã ký · Take a keyring that the offline root signed", Args: cobra.ExactArgs(1)}
	reason := upload.Flags().String("reason", "", "why")
	upload.RunE = func(cmd *cobra.Command, args []string) error {
		signed, err := load(cmd, args[0])
		if err != nil {
			return err
		}
		return call(cmd, s, write("/admin/keys", app.RingInput{Signed: strings.TrimSpace(string(signed)), Reason: *reason}), show)
	}
	c.AddCommand(list, upload)
	return c
}
