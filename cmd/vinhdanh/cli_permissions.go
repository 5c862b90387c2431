package main

import (
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/identity/permission"
	"vinhdanh/internal/proposal"
)

// permissionsCommand prints the table of permissions.
func permissionsCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "permissions", Short: "Bảng phân quyền · Who may do and see what", Args: cobra.NoArgs}
	role := c.Flags().String("role", "", "only rows that grant this role something")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/permissions", nil), func(p *page, v app.PermissionTable) {
			for _, a := range v.Actions {
				if a.Everybody && *role == "" {
					p.row(a.Name, p.t(a.Text.VI, a.Text.EN), p.t("mọi người", "everybody"))
				}
				p.grants(a.Name, p.t(a.Text.VI, a.Text.EN), a.Grants, *role)
			}
			for _, f := range v.Fields {
				p.grants(f.Name, p.t("xem: ", "read: ")+p.t(f.Text.VI, f.Text.EN), f.Read, *role)
				p.grants(f.Name, p.t("ghi: ", "write: ")+p.t(f.Text.VI, f.Text.EN), f.Write, *role)
			}
			p.line("SHA-256 %s", v.Hash)
		})
	}
	return c
}

func (p *page) grants(name, text string, grants []permission.Grant, role string) {
	for _, g := range grants {
		roles := words(g.Roles)
		if role == "" || contains(roles, role) {
			p.row(name, text, strings.Join(roles, ", "), string(g.At), strings.Join(g.States, ", "))
		}
	}
}

func words(roles []proposal.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = string(r)
	}
	return out
}

func contains(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
