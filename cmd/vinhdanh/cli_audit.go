package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/evidence"
)

func auditCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "Kiểm tra, thanh tra · What happened, and its proof"}
	account := &cobra.Command{Use: "account CASE", Short: "Diễn biến hồ sơ bằng lời · The case in plain language", Args: cobra.ExactArgs(1)}
	account.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("cases", args[0], "account"), nil), showAccount)
	}
	c.AddCommand(account, caseFile(s, "history", "lich-su.json", "Lịch sử thô của Temporal · The raw history"),
		caseFile(s, "bundle", "bo-ho-so.zip", "Bộ hồ sơ điện tử · The archived bundle"), auditRefusals(s), auditVerify(s),
		auditSearch(s), auditTimeline(s), auditState(s), auditCompare(s), auditEvents(s), auditIntegrity(s), auditFindRefusals(s),
		auditExport(s), auditExportTimeline(s), auditExportRefusals(s), auditXES(s))
	return c
}

func caseFile(s *settings, verb, local, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " CASE", Short: short, Args: cobra.ExactArgs(1)}
	out := c.Flags().StringP("output", "o", local, "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("cases", args[0], verb), nil), *out)
	}
	return c
}

func showAccount(p *page, v app.CaseAccount) {
	p.line("%s  %s", v.Ref, v.Case)
	for _, st := range v.Steps {
		at := st.At
		if t, err := time.Parse(time.RFC3339, at); err == nil {
			at = t.In(vietNam).Format("02/01/2006 15:04:05")
		}
		p.line("%3d  %s  %s", st.Number, at, p.t(st.Vi, st.En))
	}
	for _, f := range v.Findings {
		p.line(p.t("Kiểm tra lần gửi %d theo bộ quy định %s (kết quả %s)", "Revision %d was checked under the rules %s (result %s)"), f.Revision, f.LawHash, f.ResultHash)
	}
	for _, r := range v.Refusals {
		p.line(p.t("Bị từ chối %s: %s, %s (%s)", "Refused %s: %s, %s (%s)"), r.At.In(vietNam).Format("02/01/2006 15:04:05"), r.Action, r.Code, r.Where)
	}
	if v.Archive != nil {
		p.line(p.t("Đã lưu trữ: SHA-256 %s", "Archived: SHA-256 %s"), v.Archive.SHA256)
	}
}

// vietNam is the zone of civil times; it has had no daylight saving since 1975.
var vietNam = time.FixedZone("+07", 7*3600)

func auditRefusals(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "refusals [CASE]", Short: "Các thao tác bị từ chối · Refused attempts", Args: cobra.MaximumNArgs(1)}
	limit := c.Flags().Int("limit", 200, "how many, at most 1000")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		path := "/refusals"
		if len(args) == 1 {
			path = client.Path("cases", args[0], "refusals")
		}
		return call(cmd, s, read(path, map[string][]string{"limit": {strconv.Itoa(*limit)}}), func(p *page, v []app.RefusalRow) {
			p.row(p.t("LÚC", "AT"), p.t("NƠI", "WHERE"), p.t("THAO TÁC", "ACTION"), p.t("MÃ", "CODE"), p.t("HỒ SƠ", "CASE"), p.t("NGƯỜI", "ACTOR"), p.t("CHI TIẾT", "DETAIL"))
			for _, r := range v {
				p.row(r.At.In(vietNam).Format("02/01/2006 15:04:05"), r.Where, r.Action, r.Code, r.Case, r.Actor, short(r.Detail, 60))
			}
		})
	}
	return c
}

// auditVerify needs no server: it checks a bundle by itself.
func auditVerify(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "verify FILE", Short: "Kiểm chứng bộ hồ sơ, không cần mạng · Verify a bundle offline", Args: cobra.ExactArgs(1)}
	var o evidence.Options
	c.Flags().StringVar(&o.ExpectFingerprint, "root", "", "fingerprint of the installation's root key, as published")
	c.Flags().StringVar(&o.ExpectSHA256, "sha256", "", "hash of the bundle, as the archive recorded it")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := s.complete(); err != nil {
			return err
		}
		data, err := load(cmd, args[0])
		if err != nil {
			return err
		}
		report, err := evidence.Verify(cmd.Context(), data, o)
		if err != nil {
			return err
		}
		if s.json {
			fmt.Fprintln(cmd.OutOrStdout(), jsonText(report))
		} else {
			out := newPage(cmd.OutOrStdout(), s.Lang)
			for _, k := range report.Checks {
				state := "✓"
				switch {
				case k.Skipped:
					state = "-"
				case !k.OK:
					state = "✗"
				}
				out.row(state, k.Name, short(out.t(first(k.Vi, k.Detail), k.Detail), 100))
			}
			out.line("%s", report.Sentence(s.Lang))
			if err := out.flush(); err != nil {
				return err
			}
		}
		if !report.OK {
			return &unverified{report.Sentence(s.Lang)}
		}
		return nil
	}
	return c
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
