package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// wordsCommands are what an installation words by itself: campaigns and texts.
func wordsCommands(s *settings) []*cobra.Command {
	setup := &cobra.Command{Use: "setup-tasks", Short: "Việc thiết lập ban đầu · What the first set-up asks for", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/setup", nil), func(p *page, v []app.SetupTask) {
			for _, t := range v {
				p.row(t.State, p.t(t.Text.VI, t.Text.EN), p.t(t.Note.VI, t.Note.EN))
			}
		})
	}}
	return []*cobra.Command{setup, textCommand(s), campaignAdminCommand(s)}
}

func textCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "text", Short: "Mẫu thông báo, lý do · Notices and standard reasons"}
	list := &cobra.Command{Use: "list", Short: "Danh sách · All texts", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/admin/texts", nil), func(p *page, v []app.TextView) {
			for _, t := range v {
				p.row(t.Name, t.Locale, yes(t.Own), short(t.Subject+" "+t.Body, 60))
			}
		})
	}}
	show := &cobra.Command{Use: "show NAME LOCALE", Short: "Một mẫu · One text", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read("/admin/text", map[string][]string{"name": {args[0]}, "locale": {args[1]}}), showText)
	}}
	save := &cobra.Command{Use: "save FILE", Short: "Sửa theo tệp JSON · Word it by a JSON file", Args: cobra.ExactArgs(1)}
	dry := save.Flags().Bool("preview", false, "show it with invented data and write nothing")
	save.RunE = func(cmd *cobra.Command, args []string) error {
		var in app.TextInput
		if err := loadJSON(cmd, args[0], &in); err != nil {
			return err
		}
		if *dry {
			return call(cmd, s, write("/admin/text/preview", in), func(p *page, v app.TextWords) { p.line("%s", v.Subject); p.line("%s", v.Body) })
		}
		return call(cmd, s, write("/admin/text", in), showText)
	}
	c.AddCommand(list, show, save)
	return c
}

func showText(p *page, v app.TextView) {
	p.line("%s (%s)", v.Name, v.Locale)
	p.line("%s", v.Subject)
	p.line("%s", v.Body)
	for _, name := range v.Placeholders {
		p.row("", "{{."+name+"}}")
	}
}

func campaignAdminCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "campaign", Short: "Phong trào thi đua · Campaigns"}
	show := func(p *page, v app.CampaignView) { p.row(v.ID, v.Status, v.Version, v.Title) }
	list := &cobra.Command{Use: "list", Short: "Danh sách · All campaigns", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/campaigns", nil), func(p *page, v []app.CampaignView) {
			for _, x := range v {
				show(p, x)
			}
		})
	}}
	one := &cobra.Command{Use: "show ID", Short: "Một phong trào · One campaign", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("admin", "campaigns", args[0]), nil), show)
	}}
	versions := &cobra.Command{Use: "versions ID", Short: "Các phiên bản · What it said before", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("admin", "campaigns", args[0], "versions"), nil), func(p *page, v []app.CampaignVersion) {
			for _, x := range v {
				p.row(x.Version, x.Status, x.Name, x.At.Local().Format("02/01/2006 15:04"))
			}
		})
	}}
	save := &cobra.Command{Use: "save FILE", Short: "Lập hoặc sửa theo tệp JSON · Make or change by a JSON file", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		var in app.CampaignInput
		if err := loadJSON(cmd, args[0], &in); err != nil {
			return err
		}
		return call(cmd, s, write("/admin/campaigns", in), show)
	}}
	c.AddCommand(list, one, versions, save)
	return c
}
