package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/importing"
)

func importCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "import", Short: "Nhập danh sách Excel · Lists from Excel"}
	template := &cobra.Command{Use: "template", Short: "Tải mẫu danh sách · A workbook to fill in", Args: cobra.NoArgs}
	out := template.Flags().StringP("output", "o", "mau-danh-sach.xlsx", "file to write, - for standard output")
	template.RunE = func(cmd *cobra.Command, _ []string) error {
		return save(cmd, s, read("/import/template.xlsx", nil), *out)
	}
	c.AddCommand(template, importPreview(s), importAccept(s), importBadRows(s))
	c.AddCommand(listCommands(s)...)
	return c
}

// listFlags are what the clerk says of a list.
func listFlags(cmd *cobra.Command) func(*cobra.Command, string, string) (client.Request, error) {
	var in app.ImportInput
	f := cmd.Flags()
	f.StringVar(&in.Unit, "unit", "", "the proposing unit, if you work for several")
	f.StringVar(&in.Campaign, "campaign", "", "campaign (phong trào thi đua)")
	f.StringVar(&in.Type, "type", "", typeHelp)
	f.StringVar(&in.Title, "title", "", "title of the submission")
	f.StringVar(&in.LetterNumber, "letter-number", "", "number of the tờ trình, if the sheet does not say")
	f.StringVar(&in.LetterDate, "letter-date", "", "its date, 2023-11-20")
	f.StringVar(&in.PeriodKind, "period-kind", "", "calendar, school or range")
	f.StringVar(&in.Period, "period", "", "achievement period, 2022-2023")
	f.StringSliceVar(&in.Sheets, "sheet", nil, "sheets to read; empty means all visible ones")
	more := f.String("options", "", "JSON file with mapping, choices and corrections (- for standard input)")
	return func(cmd *cobra.Command, path, file string) (client.Request, error) {
		if err := loadJSON(cmd, *more, &in); err != nil {
			return client.Request{}, err
		}
		content, err := load(cmd, file)
		if err != nil {
			return client.Request{}, err
		}
		o, err := json.Marshal(in)
		return client.Request{Method: http.MethodPost, Path: path, Form: &client.Form{
			Name: filepath.Base(file), Content: content, Fields: map[string]string{"options": string(o)},
		}}, err
	}
}

func importPreview(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "preview FILE", Short: "Xem trước, chưa ghi gì · What would be taken over; writes nothing", Args: cobra.ExactArgs(1)}
	request := listFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := request(cmd, "/import/preview", args[0])
		if err != nil {
			return err
		}
		return call(cmd, s, r, showPreview)
	}
	return c
}

func importAccept(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "accept FILE", Short: "Ghi danh sách thành hồ sơ nháp · Take the list over as a draft", Args: cobra.ExactArgs(1)}
	request := listFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := request(cmd, "/submissions", args[0])
		if err != nil {
			return err
		}
		return call(cmd, s, r, showSubmission)
	}
	return c
}

func importBadRows(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "bad-rows FILE", Short: "Tải các dòng cần sửa · A workbook of only the rows to correct", Args: cobra.ExactArgs(1)}
	request := listFlags(c)
	out := c.Flags().StringP("output", "o", "dong-can-sua.xlsx", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := request(cmd, "/import/bad-rows", args[0])
		if err != nil {
			return err
		}
		return save(cmd, s, r, *out)
	}
	return c
}

// verdictWords are what the law says of an item.
var verdictWords = map[string][2]string{
	"met": {"đạt", "met"}, "not_met": {"không đạt", "not met"}, "needs_person": {"cần người xem", "needs a person"},
	"incomplete": {"thiếu giấy tờ", "papers missing"},
}

func (p *page) verdict(v string) string {
	if w, ok := verdictWords[v]; ok {
		return p.t(w[0], w[1])
	}
	return v
}

func showPreview(p *page, v app.ImportPreview) {
	p.line(p.t("%d dòng, %d trường hợp: %d được, %d cần xem, %d lỗi", "%d rows, %d items: %d fine, %d to look at, %d with errors"),
		v.Counts.Rows, v.Counts.Items, v.Counts.New, v.Counts.Warnings, v.Counts.Errors)
	law := map[string]string{}
	at := func(sheet string, line int) string { return sheet + "\n" + jsonText(line) }
	for _, w := range v.Verdicts {
		k := at(w.Sheet, w.Line)
		if law[k] != "" {
			law[k] += ", "
		}
		law[k] += w.Award + ": " + p.verdict(w.Criteria)
	}
	p.row(p.t("TRANG", "SHEET"), p.t("DÒNG", "ROW"), p.t("TÌNH TRẠNG", "STATE"), p.t("TÊN", "NAME"), p.t("THEO LUẬT", "BY THE LAW"))
	for _, r := range v.Rows {
		p.row(short(r.Sheet, 20), r.Line, p.state(r.State), short(r.NameAsWritten, 40), law[at(r.Sheet, r.Line)])
		for _, m := range r.Marks {
			if m.Severity != "note" {
				p.row("", "", p.severity(m.Severity), m.Ref, p.t(m.Vi, m.En))
			}
		}
	}
	p.quotas(v.Quotas)
	for _, m := range v.Notes {
		p.line("%s: %s", p.severity(m.Severity), p.t(m.Vi, m.En))
	}
}

func jsonText(v any) string {
	b, _ := json.Marshal(v) // plain values, which always encode
	return string(b)
}

// state says in words how a row stands.
func (p *page) state(s importing.State) string {
	switch s {
	case importing.StateError:
		return p.t("lỗi", "error")
	case importing.StateWarning:
		return p.t("cần xem", "look")
	}
	return p.t("được", "ready")
}

// severity says in words what a mark asks of the clerk.
func (p *page) severity(s importing.Severity) string {
	switch s {
	case importing.Fault:
		return p.t("lỗi", "error")
	case importing.Warning:
		return p.t("cần xem", "look")
	}
	return p.t("ghi chú", "note")
}
