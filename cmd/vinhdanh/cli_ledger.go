package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// ledgerCommand is the awards of a subject, the import of paper decisions, and who is
// the same as whom.
func ledgerCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "ledger", Short: "Quá trình khen thưởng, hồ sơ lịch sử · Ledgers of awards, historical records"}
	show := &cobra.Command{Use: "show SUBJECT", Short: "Quá trình khen thưởng của một đối tượng · The ledger of one subject", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("ledger", "subjects", args[0]), nil), showLedger)
	}}
	export := &cobra.Command{Use: "export SUBJECT", Short: "Xuất CSV hoặc Excel · Save as CSV or Excel", Args: cobra.ExactArgs(1)}
	out := export.Flags().StringP("output", "o", "qua-trinh-khen-thuong.xlsx", "a file ending in .xlsx or .csv")
	export.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{"format": {"xlsx"}}
		if strings.HasSuffix(*out, ".csv") {
			q.Set("format", "csv")
		}
		if s.Lang != "" {
			q.Set("lang", s.Lang)
		}
		return save(cmd, s, read(client.Path("ledger", "subjects", args[0], "export"), q), *out)
	}
	find := &cobra.Command{Use: "find NAME", Short: "Tìm đối tượng để nối · Find subjects to join", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read("/ledger/subjects", url.Values{"q": {args[0]}}), func(p *page, v []app.Subject) {
			for _, x := range v {
				p.row(x.Ref, x.Name, x.UnitName)
			}
		})
	}}
	c.AddCommand(show, export, find, ledgerJoin(s), ledgerUndo(s), ledgerRecord(s), ledgerCorrect(s), ledgerWithdraw(s))
	c.AddCommand(numberCommand(s))
	c.AddCommand(historicalCommands(s)...)
	return c
}

func ledgerJoin(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "join SUBJECT OTHER", Short: "Nối hai đối tượng là một hoặc kế thừa · Say that two are one, or that the first follows the other", Args: cobra.ExactArgs(2)}
	in := app.JoinInput{Kind: "same"}
	c.Flags().StringVar(&in.Since, "follows-since", "", "the first follows the other, which was merged or renamed, from this day on")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Other = args[1]
		if in.Since != "" {
			in.Kind = "succession"
		}
		return call(cmd, s, write(client.Path("ledger", "subjects", args[0], "join"), in), showLedger)
	}
	return c
}

func ledgerUndo(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "undo-join JOIN", Short: "Bỏ nối · Take a join back", Args: cobra.ExactArgs(1)}
	reason := c.Flags().String("reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("ledger", "joins", args[0], "undo"), map[string]string{"reason": *reason}), showLedger)
	}
	return c
}

func ledgerRecord(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "record RECORD", Short: "Một hồ sơ lịch sử; --scan tải bản quét · One historical record; --scan saves its scan", Args: cobra.ExactArgs(1)}
	scan := c.Flags().String("scan", "", "file to save the scanned decision to")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if *scan != "" {
			return save(cmd, s, read(client.Path("ledger", "records", args[0], "scan"), nil), *scan)
		}
		return call(cmd, s, read(client.Path("ledger", "records", args[0]), nil), func(p *page, v app.HistoricalRecord) {
			p.line("%s  %s", v.Of.Name, p.t("hồ sơ lịch sử", "historical record"))
			for _, f := range app.RecordFields() {
				if v.Cells[f] != "" {
					p.row(f, v.Cells[f])
				}
			}
		})
	}
	return c
}

func ledgerCorrect(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "correct RECORD FIELD=VALUE...", Short: "Sửa hồ sơ lịch sử, bản cũ vẫn giữ · Correct a historical record; the old one stays", Args: cobra.MinimumNArgs(2)}
	reason := c.Flags().String("reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.RecordInput{Cells: map[string]string{}, Reason: *reason}
		for _, a := range args[1:] {
			f, v, ok := strings.Cut(a, "=")
			if !ok {
				return usage(a + ": FIELD=VALUE")
			}
			in.Cells[f] = v
		}
		return call(cmd, s, write(client.Path("ledger", "records", args[0], "correct"), in), showLedger)
	}
	return c
}

func ledgerWithdraw(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "withdraw RECORD", Short: "Rút hồ sơ lịch sử · Take a historical record out of what counts", Args: cobra.ExactArgs(1)}
	reason := c.Flags().String("reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("ledger", "records", args[0], "withdraw"), map[string]string{"reason": *reason}), showLedger)
	}
	return c
}

// numberCommand is personal numbers. A number is read from standard input: what stands
// on a command line is seen by others and kept in histories of shells.
func numberCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "number", Short: "Số CCCD, CMND · Personal numbers"}
	set := &cobra.Command{Use: "set SUBJECT", Short: "Ghi số từ đầu vào chuẩn, trống là xóa · Set it from standard input; empty takes it away", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		digits, err := load(cmd, "-")
		if err != nil {
			return err
		}
		return call(cmd, s, write("/ledger/numbers/set", app.PersonalInput{Subject: args[0], Number: strings.TrimSpace(string(digits))}), showLedger)
	}}
	reveal := &cobra.Command{Use: "reveal SUBJECT", Short: "Xem đầy đủ, được ghi lại · See it in full; put on record", Args: cobra.ExactArgs(1)}
	reason := reveal.Flags().String("reason", "", "why")
	reveal.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write("/ledger/numbers/reveal", app.RevealInput{Subject: args[0], Reason: *reason}), func(p *page, v []app.RevealedNumber) {
			for _, n := range v {
				p.row(n.Kind, n.Number)
			}
		})
	}
	reads := &cobra.Command{Use: "reads SUBJECT", Short: "Ai đã xem đầy đủ · Who saw it in full", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("ledger", "subjects", args[0], "number-reads"), nil), func(p *page, v []app.NumberRead) {
			for _, r := range v {
				p.row(day(&r.At), r.By, r.Reason)
			}
		})
	}}
	c.AddCommand(set, reveal, reads)
	return c
}

// historicalCommands are the import of paper decisions.
func historicalCommands(s *settings) []*cobra.Command {
	template := &cobra.Command{Use: "template", Short: "Tải mẫu hồ sơ lịch sử · A workbook of paper decisions to fill in", Args: cobra.NoArgs}
	out := template.Flags().StringP("output", "o", "mau-ho-so-lich-su.xlsx", "file to write, - for standard output")
	template.RunE = func(cmd *cobra.Command, _ []string) error {
		return save(cmd, s, read("/ledger/template.xlsx", nil), *out)
	}
	scan := &cobra.Command{Use: "scan FILE...", Short: "Tải bản quét quyết định lên · Upload scanned decisions", Args: cobra.MinimumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		for _, name := range args {
			content, err := load(cmd, name)
			if err != nil {
				return err
			}
			r := client.Request{Method: http.MethodPost, Path: "/ledger/scans", Form: &client.Form{Name: filepath.Base(name), Content: content}}
			if err := call(cmd, s, r, func(p *page, v app.LedgerScan) { p.row(v.SHA256, v.FileName) }); err != nil {
				return err
			}
		}
		return nil
	}}
	scans := &cobra.Command{Use: "scans", Short: "Các bản quét · The scans that are kept", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/ledger/scans", nil), func(p *page, v []app.LedgerScan) {
			for _, x := range v {
				p.row(x.SHA256, x.FileName)
			}
		})
	}}
	return []*cobra.Command{
		template, scan, scans, historicalFile(s, "preview FILE", "Xem trước, chưa ghi gì · Writes nothing", "/ledger/import/preview"),
		historicalFile(s, "import FILE", "Nhập hồ sơ lịch sử · Take historical records over", "/ledger/import"),
		historicalFile(s, "bad-rows FILE", "Tải các dòng cần sửa · A workbook of only the rows to correct", "/ledger/import/bad-rows"),
	}
}

// historicalFile is a verb that sends a workbook.
func historicalFile(s *settings, use, short, path string) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.ExactArgs(1)}
	var in app.HistoricalInput
	bad := strings.HasSuffix(path, "bad-rows")
	out := new(string)
	c.Flags().BoolVar(&in.SkipBad, "skip-bad", false, "take the good rows of a file with errors")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	more := c.Flags().String("options", "", "JSON file with corrections of cells (- for standard input)")
	if bad {
		out = c.Flags().StringP("output", "o", "dong-can-sua.xlsx", "file to write, - for standard output")
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := loadJSON(cmd, *more, &in); err != nil {
			return err
		}
		content, err := load(cmd, args[0])
		if err != nil {
			return err
		}
		o, err := json.Marshal(in)
		if err != nil {
			return err
		}
		r := client.Request{Method: http.MethodPost, Path: path, Form: &client.Form{
			Name: filepath.Base(args[0]), Content: content, Fields: map[string]string{"options": string(o)},
		}}
		if bad {
			return save(cmd, s, r, *out)
		}
		return call(cmd, s, r, showHistorical)
	}
	return c
}

func showHistorical(p *page, v app.HistoricalPreview) {
	p.line(p.t("%d dòng: %d của đối tượng mới, %d của đối tượng đã có, %d đã ghi trước đó, %d lỗi", "%d rows: %d of new subjects, %d of known ones, %d recorded already, %d with errors"),
		v.Counts.Rows, v.Counts.New, v.Counts.Known, v.Counts.Same, v.Counts.Errors)
	for _, r := range v.Rows {
		for _, pr := range r.Problems {
			p.row(r.Sheet, r.Line, r.Record.Name, pr.Field, p.t(pr.VI, pr.EN))
		}
	}
}

func showLedger(p *page, v app.LedgerView) {
	p.line("%s  %s  %s", v.Ref, v.Name, v.UnitName)
	for _, n := range v.Numbers {
		p.row(n.Kind, n.Masked)
	}
	p.row(p.t("QUYẾT ĐỊNH", "DECISION"), p.t("NGÀY", "DATE"), p.t("KHEN THƯỞNG", "AWARD"), p.t("THỜI GIAN", "PERIOD"), p.t("NGUỒN", "SOURCE"), p.t("GIÁ TRỊ", "COUNTS"), p.t("MÃ", "ID"))
	for _, r := range v.Rows {
		p.row(r.Number, day(r.Date), p.t(r.AwardName.VI, r.AwardName.EN), r.Period, app.ListWord(p.lang, "source", r.Source),
			app.ListWord(p.lang, "counts", app.LedgerStanding(r)), r.ID)
	}
	for _, j := range v.Joins {
		p.row(p.t("nối", "join"), j.ID, j.Kind, j.Name, j.OtherName, j.Reason)
	}
	for _, x := range v.Candidates {
		p.row(p.t("có thể là một", "may be the same"), x.Ref, x.Name, x.UnitName)
	}
}
