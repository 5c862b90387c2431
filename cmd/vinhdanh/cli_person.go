package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func personCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "person", Short: "Người dùng và vai trò · People and roles"}
	list := &cobra.Command{Use: "list", Short: "Danh sách · The people within reach", Args: cobra.NoArgs}
	text, unit, role := list.Flags().String("text", "", "in login and name"), list.Flags().String("unit", "", "unit"), list.Flags().String("role", "", "role")
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		q := map[string][]string{"limit": {"200"}}
		for name, v := range map[string]string{"text": *text, "unit": *unit, "role": *role} {
			if v != "" {
				q[name] = []string{v}
			}
		}
		return call(cmd, s, read("/admin/people", q), func(p *page, v struct {
			Items []app.PersonRow `json:"items"`
		},
		) {
			for _, r := range v.Items {
				p.row(r.ID, r.Login, r.FullName, yes(r.Active), len(r.Seats))
			}
		})
	}
	show := &cobra.Command{Use: "show ID", Short: "Một người · One person", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("admin", "people", args[0]), nil), showPerson)
	}}
	save := &cobra.Command{Use: "save FILE", Short: "Thêm hoặc sửa theo tệp JSON · Make or change by a JSON file", Args: cobra.ExactArgs(1)}
	id := save.Flags().String("id", "", "of somebody who exists; none makes a new person")
	save.RunE = func(cmd *cobra.Command, args []string) error {
		var in app.PersonInput
		if err := loadJSON(cmd, args[0], &in); err != nil {
			return err
		}
		path := "/admin/people"
		if *id != "" {
			path = client.Path("admin", "people", *id)
		}
		return call(cmd, s, write(path, in), showPerson)
	}
	c.AddCommand(list, show, save, giveRole(s), endRole(s), endSessions(s), access(s, "activate", "Cho đăng nhập lại · Let in again"),
		access(s, "deactivate", "Khóa tài khoản · Keep out; tokens and sessions end"))
	return c
}

func giveRole(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "give-role ID", Short: "Giao vai trò · Give a role in a unit", Args: cobra.ExactArgs(1)}
	var in app.SeatInput
	f := c.Flags()
	f.StringVar(&in.Unit, "unit", "", "unit")
	f.StringVar(&in.Role, "role", "", "role, such as clerk")
	f.StringVar(&in.Title, "title", "", "chức danh")
	f.StringVar(&in.From, "from", "", "first day, 2025-07-01")
	f.StringVar(&in.To, "to", "", "last day")
	f.BoolVar(&in.Standing, "standing", false, "a standing member of the council (Thường trực Hội đồng)")
	f.StringVar(&in.Reason, "reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("admin", "people", args[0], "roles"), in), showPerson)
	}
	return c
}

func endRole(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "end-role ID", Short: "Thôi giao vai trò · End a role", Args: cobra.ExactArgs(1)}
	var in app.EndRoleInput
	f := c.Flags()
	f.StringVar(&in.Unit, "unit", "", "unit")
	f.StringVar(&in.Role, "role", "", "role")
	f.StringVar(&in.LastOn, "last-on", "", "its last day; none ends it at once")
	f.StringVar(&in.Reason, "reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("admin", "people", args[0], "roles", "end"), in), showPerson)
	}
	return c
}

func endSessions(s *settings) *cobra.Command {
	return &cobra.Command{Use: "end-sessions ID", Short: "Kết thúc mọi phiên làm việc · End all sessions", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("admin", "people", args[0], "end-sessions"), map[string]string{}), func(p *page, v app.Ended) {
			p.line(p.t("%d phiên", "%d sessions"), v.Ended)
		})
	}}
}

func access(s *settings, verb, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	reason := c.Flags().String("reason", "", "why")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("admin", "people", args[0], verb), map[string]string{"reason": *reason}), showPerson)
	}
	return c
}

func showPerson(p *page, v app.PersonDetail) {
	p.line("%s  %s  %s  %s", v.ID, v.Login, v.FullName, yes(v.Active))
	for _, r := range v.Seats {
		p.row("", r.Unit, p.roleName(r.Role), r.Title, isoDay(r.From), isoDay(r.To))
	}
}
