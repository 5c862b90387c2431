package main

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/roster"
)

// adminCommand is what administrators do: units, people, roles, and how the system is.
func adminCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "admin", Short: "Quản trị · Administration"}
	c.AddCommand(unitCommand(s), personCommand(s), rosterCommand(s), adminEvents(s))
	c.AddCommand(opsCommands(s)...)
	c.AddCommand(wordsCommands(s)...)
	return c
}

func unitCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "unit", Short: "Đơn vị · Units"}
	list := &cobra.Command{Use: "list", Short: "Cây đơn vị · The tree of units", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/units", nil), func(p *page, v []app.UnitNode) {
			for _, u := range v {
				p.row(strings.Repeat("  ", u.Depth)+u.ShortName, u.ID, isoDay(u.ValidFrom), isoDay(u.ValidTo), strings.Join(u.Successors, ", "))
			}
		})
	}}
	show := &cobra.Command{Use: "show ID", Short: "Một đơn vị · One unit", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("admin", "units", args[0]), nil), showUnit)
	}}
	save := &cobra.Command{Use: "save FILE", Short: "Thêm hoặc sửa theo tệp JSON · Make or change by a JSON file (- for standard input)", Args: cobra.ExactArgs(1)}
	fresh := save.Flags().Bool("new", false, "make it; otherwise it must exist")
	save.RunE = func(cmd *cobra.Command, args []string) error {
		var in app.UnitInput
		if err := loadJSON(cmd, args[0], &in); err != nil {
			return err
		}
		path := client.Path("admin", "units", in.ID)
		if *fresh {
			path = "/admin/units"
		}
		return call(cmd, s, write(path, in), showUnit)
	}
	c.AddCommand(list, show, save, unitEnd(s), unitHandOver(s))
	return c
}

func unitEnd(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "end UNIT…", Short: "Sáp nhập hoặc giải thể · Merge into a successor, or dissolve", Args: cobra.MinimumNArgs(1)}
	var in app.EndInput
	f := c.Flags()
	f.StringVar(&in.Successor, "into", "", "the successor; none dissolves")
	f.StringVar(&in.On, "on", "", "first day of the successor, 2025-07-01")
	f.StringVar(&in.Reason, "reason", "", "why, such as the resolution's number")
	f.BoolVar(&in.MoveChildren, "move-children", false, "units below go under the successor")
	f.BoolVar(&in.MoveLinks, "move-links", false, "units that act through it act through the successor")
	f.BoolVar(&in.CarryPeople, "carry-people", false, "its people get the same roles there")
	dry := f.Bool("dry-run", false, "show what it would do and write nothing")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Units = args
		path := "/admin/unit-endings"
		if *dry {
			path += "/plan"
		}
		return call(cmd, s, write(path, in), showEnding)
	}
	return c
}

func showEnding(p *page, v app.EndPlan) {
	for _, u := range v.Units {
		p.line(p.t("%s: đến hết %s; %d đơn vị trực thuộc, %d người, %d hồ sơ đang xử lý, %d nháp",
			"%s: until %s; %d units below, %d people, %d open cases, %d drafts"),
			u.Unit.ShortName, isoDay(v.LastDay), len(u.Children), len(u.People), len(u.OpenCases), u.Drafts)
	}
	for _, b := range v.Blocks {
		p.line("! %s", p.t(b.VI, b.EN))
	}
}

func unitHandOver(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "hand-over UNIT", Short: "Bàn giao hồ sơ đang xử lý · Hand open cases to the successor", Args: cobra.ExactArgs(1)}
	var in app.HandOverInput
	c.Flags().StringVar(&in.To, "to", "", "the successor")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("admin", "units", args[0], "hand-over"), in), func(p *page, v app.HandedOver) {
			for _, h := range v.Cases {
				why := ""
				if h.Error != nil {
					why = h.Error.Text(p.lang)
				}
				p.row(h.Ref, h.Status, why)
			}
			p.line(p.t("%d hồ sơ nháp", "%d drafts"), v.Drafts)
		})
	}
	return c
}

func showUnit(p *page, v app.UnitDetail) {
	p.line("%s  %s", v.ID, v.Name)
	for _, seat := range v.Seats {
		for _, r := range seat.Seats {
			if r.Unit == v.ID {
				p.row("", seat.Login, seat.FullName, p.roleName(r.Role), r.Title, isoDay(r.From), isoDay(r.To))
			}
		}
	}
	p.line(p.t("%d hồ sơ đang xử lý, %d nháp", "%d open cases, %d drafts"), len(v.OpenCases), v.Drafts)
}

// roleName is a role in words.
func (p *page) roleName(role string) string {
	w, _ := roster.Find(roster.Roles, role)
	return p.t(w.VI, w.EN)
}

// isoDay writes an ISO date as documents do.
func isoDay(s string) string {
	if len(s) != 10 {
		return s
	}
	return s[8:] + "/" + s[5:7] + "/" + s[:4]
}

func rosterCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "roster", Short: "Đơn vị và người dùng bằng Excel · Units and people by Excel"}
	file := func(use, vi, path, name string) *cobra.Command {
		v := &cobra.Command{Use: use, Short: vi, Args: cobra.NoArgs}
		out := v.Flags().StringP("output", "o", name, "file to write, - for standard output")
		v.RunE = func(cmd *cobra.Command, _ []string) error { return save(cmd, s, read(path, nil), *out) }
		return v
	}
	form := func(path, name string, in app.RosterInput, content []byte) client.Request {
		o, _ := json.Marshal(in) // plain values
		return client.Request{Method: http.MethodPost, Path: path, Form: &client.Form{
			Name: filepath.Base(name), Content: content, Fields: map[string]string{"options": string(o)},
		}}
	}
	upload := func(use, short, path string, flags func(*cobra.Command, *app.RosterInput)) *cobra.Command {
		var in app.RosterInput
		v := &cobra.Command{Use: use, Short: short, Args: cobra.ExactArgs(1)}
		flags(v, &in)
		v.RunE = func(cmd *cobra.Command, args []string) error {
			content, err := load(cmd, args[0])
			if err != nil {
				return err
			}
			return call(cmd, s, form(path, args[0], in, content), showRoster)
		}
		return v
	}
	bad := &cobra.Command{Use: "bad-rows FILE", Short: "Tải các dòng cần sửa · A workbook of only the rows to correct", Args: cobra.ExactArgs(1)}
	out := bad.Flags().StringP("output", "o", "dong-can-sua.xlsx", "file to write, - for standard output")
	bad.RunE = func(cmd *cobra.Command, args []string) error {
		content, err := load(cmd, args[0])
		if err != nil {
			return err
		}
		return save(cmd, s, form("/admin/import/bad-rows", args[0], app.RosterInput{}, content), *out)
	}
	c.AddCommand(
		file("template", "Tải mẫu · A workbook to fill in", "/admin/roster/template.xlsx", "mau-don-vi-nguoi-dung.xlsx"),
		file("export", "Xuất · Take units and people away", "/admin/roster.xlsx", "don-vi-nguoi-dung.xlsx"),
		upload("preview FILE", "Xem trước, chưa ghi gì · Writes nothing", "/admin/import/preview", func(*cobra.Command, *app.RosterInput) {}),
		upload("import FILE", "Nhập · Take over", "/admin/import", func(v *cobra.Command, in *app.RosterInput) {
			v.Flags().BoolVar(&in.SkipBad, "skip-bad", false, "take the good rows of a file with errors")
			v.Flags().StringVar(&in.Reason, "reason", "", "why")
		}), bad)
	return c
}

func showRoster(p *page, v app.RosterPreview) {
	p.line(p.t("%d dòng: %d mới, %d thay đổi, %d giữ nguyên, %d lỗi", "%d rows: %d new, %d changed, %d as they are, %d with errors"),
		v.Counts.Rows, v.Counts.New, v.Counts.Changed, v.Counts.Same, v.Counts.Errors)
	for _, rows := range [][]roster.Row{v.Units, v.People} {
		for _, r := range rows {
			for _, pr := range r.Problems {
				p.row(r.Sheet, r.Line, r.Key, p.t(pr.VI, pr.EN))
			}
		}
	}
}

func adminEvents(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "events", Short: "Nhật ký quản trị · What was changed", Args: cobra.NoArgs}
	target := c.Flags().String("target", "", "id of what was changed")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := map[string][]string{}
		if *target != "" {
			q["target"] = []string{*target}
		}
		return call(cmd, s, read("/admin/events", q), func(p *page, v struct {
			Items []app.AdminEvent `json:"items"`
		},
		) {
			for _, e := range v.Items {
				p.row(e.At.Local().Format("02/01/2006 15:04"), e.Name, e.Action, e.Target, e.Reason)
			}
		})
	}
	return c
}
