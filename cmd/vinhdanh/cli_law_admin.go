package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"net/http"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/lawdiff"
)

// lawDiff needs no server: it compares two directories; a dash stands for the data
// that are built in.
func lawDiff(s *settings) *cobra.Command {
	return &cobra.Command{Use: "diff OLD NEW", Short: "So sánh hai bộ dữ liệu (- là bộ có sẵn) · Compare two directories (- is the built-in data)", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		if err := s.complete(); err != nil {
			return err
		}
		var both [2]*law.Law
		for i, dir := range args {
			var err error
			if both[i], err = lawIn(dir); err != nil {
				return usage(err.Error())
			}
		}
		p := newPage(cmd.OutOrStdout(), s.Lang)
		p.vanished(lawdiff.Vanished(both[0], both[1]))
		changes := lawdiff.Between(both[0], both[1])
		p.changes(changes, lawdiff.Count(changes))
		return p.flush()
	}}
}

func lawIn(dir string) (*law.Law, error) {
	if dir == "-" {
		return law.Default(), nil
	}
	return law.LoadDir(dir)
}

func (p *page) changes(changes []app.LawChange, n map[string]int) {
	p.line(p.t("Thêm %d, bỏ %d, thay đổi %d", "%d added, %d removed, %d changed"), n[lawdiff.Added], n[lawdiff.Removed], n[lawdiff.Changed])
	for _, c := range changes {
		p.line("- %s (%s)", p.t(c.Sentence.VI, c.Sentence.EN), c.Where)
	}
}

// lawAdminCommands work on the law directory of the server.
func lawAdminCommands(s *settings) []*cobra.Command {
	status := &cobra.Command{Use: "status", Short: "Bộ dữ liệu đang áp dụng · The data in force", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/law", nil), showLaw)
	}}
	upload := &cobra.Command{Use: "upload DIR", Short: "Tải lên và kiểm tra · Upload, check and compare", Args: cobra.ExactArgs(1)}
	note := upload.Flags().String("note", "", "what it is about")
	upload.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := lawForm(args[0], *note)
		if err != nil {
			return err
		}
		return call(cmd, s, r, func(p *page, v app.LawCheck) {
			for _, problem := range v.Problems {
				p.line("! %s", p.t(problem.VI, problem.EN))
			}
			if v.Summary != nil {
				p.line(p.t("Hợp lệ, mã %s", "Valid, hash %s"), v.Summary.Hash)
				p.vanished(v.Vanished)
				p.changes(v.Changes, v.Counts)
			}
		})
	}
	return []*cobra.Command{status, upload, lawCompare(s), lawSimulate(s), lawActivate(s)}
}

// lawCompare compares two states that the server knows.
func lawCompare(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "compare HASH", Short: "So với bộ đang áp dụng trên máy chủ · Compare with the data in force", Args: cobra.ExactArgs(1)}
	old := c.Flags().String("old", "", "hash to compare with; none means the data in force")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := map[string][]string{"new": {args[0]}}
		if *old != "" {
			q["old"] = []string{*old}
		}
		return call(cmd, s, read("/admin/law/diff", q), func(p *page, v app.LawCheck) {
			p.vanished(v.Vanished)
			p.changes(v.Changes, v.Counts)
		})
	}
	return c
}

// lawForm zips a directory's data files.
func lawForm(dir, note string) (client.Request, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(names) == 0 {
		return client.Request{}, usage(dir + ": no .yaml file")
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return client.Request{}, usage(err.Error())
		}
		f, err := z.Create(filepath.Base(name))
		if err != nil {
			return client.Request{}, err
		}
		if _, err := f.Write(text); err != nil {
			return client.Request{}, err
		}
	}
	if err := z.Close(); err != nil {
		return client.Request{}, err
	}
	return client.Request{Method: http.MethodPost, Path: "/admin/law", Form: &client.Form{
		Name: "law.zip", Content: b.Bytes(), Fields: map[string]string{"note": note},
	}}, nil
}

// lawSimulate takes a directory, which it uploads first, or a hash.
func lawSimulate(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "simulate DIR|HASH", Short: "Thử trên hồ sơ cũ · Whose result would change", Args: cobra.ExactArgs(1)}
	var in app.SimulateInput
	c.Flags().StringVar(&in.Since, "since", "", "cases sent since, 2023-01-01")
	c.Flags().IntVar(&in.Limit, "limit", 0, "cases; 0 means 5,000")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Hash = args[0]
		if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
			l, err := law.LoadDir(args[0])
			if err != nil {
				return usage(err.Error())
			}
			r, err := lawForm(args[0], "")
			if err != nil {
				return err
			}
			cl, err := s.client()
			if err != nil {
				return err
			}
			if _, _, err := client.Send[app.LawCheck](cmd.Context(), cl, r); err != nil {
				return s.failed(cmd, err)
			}
			in.Hash = l.Hash()
		}
		return call(cmd, s, write("/admin/law/simulate", in), func(p *page, v app.Simulation) {
			p.line(p.t("%d hồ sơ, %d trường hợp; đổi kết quả %d", "%d cases, %d items; %d would change"), v.Cases, v.Judged, v.Changed)
			for _, o := range v.Outcomes {
				p.row(o.Ref, o.Item+1, o.Name, o.Award, p.verdict(string(o.Was)), p.verdict(string(o.Now)))
				for _, by := range o.By {
					p.row("", "", p.t(by.Text.VI, by.Text.EN), by.Article, p.verdict(string(by.Was)), p.verdict(string(by.Now)))
				}
			}
		})
	}
	return c
}

func lawActivate(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "activate HASH", Short: "Áp dụng từ ngày · Let it hold from a day on", Args: cobra.ExactArgs(1)}
	var in app.ActivateInput
	c.Flags().StringVar(&in.From, "from", "", "the first day, 2025-07-01")
	c.Flags().StringVar(&in.Note, "note", "", "why: the document that asks for it")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Hash = args[0]
		return call(cmd, s, write("/admin/law/activate", in), showLaw)
	}
	return c
}

// vanished warns of what other data held and these no longer do.
func (p *page) vanished(list []law.Text) {
	for _, v := range list {
		p.line("▲ %s", p.t(v.VI, v.EN))
	}
}

func showLaw(p *page, v app.LawStatus) {
	p.line(p.t("Đang áp dụng: %s", "In force: %s"), v.InForce.Hash)
	for _, r := range v.Versions {
		p.row(r.ValidFrom.Format("02/01/2006"), r.Hash[:12], cmp.Or(r.Name, p.t("máy chủ", "the server")), r.Note)
	}
	if f := v.Folder; f != nil && len(f.Problems) > 0 {
		p.line("%s", p.t("Thư mục trên máy chủ đã thay đổi nhưng không hợp lệ:", "The server's directory changed, but is not valid:"))
		for _, problem := range f.Problems {
			p.line("  %s", p.t(problem.VI, problem.EN))
		}
	}
	if f := v.Folder; f != nil {
		p.vanished(f.Vanished)
	}
	for _, u := range v.Uses {
		p.row(p.t("hồ sơ đang xử lý", "open cases"), short(u.Hash, 13), u.Cases)
	}
}
