package main

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
)

// tallyWords name the counts of the first page.
var tallyWords = map[string][2]string{
	"waiting": {"đang chờ tôi", "wait for me"}, "late": {"trong đó quá hạn", "of them late"}, "returned": {"yêu cầu bổ sung", "returned"},
	"drafts": {"đang soạn", "drafts"}, "sent": {"đã gửi, đang xử lý", "sent and on their way"}, "own-late": {"của đơn vị tôi, quá hạn", "of my unit, late"},
	"done": {"đã kết thúc", "closed"}, "open": {"đang xử lý", "open"}, "all-late": {"quá hạn", "late"}, "closed": {"đã kết thúc", "closed"},
}

// everyoneCommands are the verbs that every role has.
func everyoneCommands(s *settings) []*cobra.Command {
	home := &cobra.Command{Use: "home", Short: "Trang đầu · The first page", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/home", nil), func(p *page, v app.Home) {
			for _, t := range v.Tallies {
				p.row(t.Count, p.word(tallyWords, t.Name))
			}
			for _, n := range v.Changed {
				p.row(n.CreatedAt.In(vietNam).Format("02/01/2006 15:04"), p.notice(n.Kind), about(n.Data, n.CaseID))
			}
		})
	}}
	figures := &cobra.Command{Use: "figures", Short: "Số liệu · Figures", Args: cobra.NoArgs}
	unit := figures.Flags().String("unit", "", "the proposing unit")
	campaign := figures.Flags().String("campaign", "", "campaign")
	figures.RunE = func(cmd *cobra.Command, _ []string) error {
		q := url.Values{}
		for k, v := range map[string]string{"unit": *unit, "campaign": *campaign} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return call(cmd, s, read("/figures", q), showFigures)
	}
	language := &cobra.Command{Use: "language vi|en", Short: "Ngôn ngữ của tôi · My language", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write("/me/locale", app.LocaleInput{Locale: args[0]}), func(p *page, v app.LocaleInput) { p.line("%s", v.Locale) })
	}}
	return []*cobra.Command{home, figures, language, noticesCommand(s)}
}

func showFigures(p *page, v app.Figures) {
	if v.CountedAt != nil {
		p.line(p.t("Đếm lúc %s", "Counted at %s"), v.CountedAt.Format(time.DateTime))
	}
	p.row(p.t("BƯỚC", "STAGE"), p.t("HỒ SƠ", "CASES"), p.t("SẮP ĐẾN HẠN", "DUE SOON"), p.t("QUÁ HẠN", "LATE"))
	for _, r := range v.Stages {
		p.row(p.stage(r.Stage), r.Cases, r.Soon, r.Late+r.VeryLate)
	}
	for _, r := range v.Campaigns {
		p.row(cmp.Or(r.Title, r.Campaign), r.Drafts, r.Open, r.Closed, r.Recognised)
	}
	for _, r := range v.Awards {
		p.row(r.Award, r.Kind, r.Class, r.Items)
	}
	if v.Hidden > 0 {
		p.line(p.t("Ẩn %d dòng có từ %d trường hợp trở xuống.", "%d rows of %d items or fewer are not shown."), v.Hidden, v.Small)
	}
}

// noticesCommand lists one's notices, marks them as read, and chooses how one is told.
func noticesCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "notices", Short: "Thông báo · Notices", Args: cobra.NoArgs}
	unread := c.Flags().Bool("unread", false, "only unread ones")
	after := c.Flags().String("after", "", "cursor of the page")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := url.Values{}
		if *unread {
			q.Set("unread", "true")
		}
		if *after != "" {
			q.Set("after", *after)
		}
		return call(cmd, s, read("/notices", q), func(p *page, v app.Listed[app.NoticeRow]) {
			for _, n := range v.Rows {
				mark := " "
				if n.ReadAt == nil {
					mark = "•"
				}
				p.row(mark, n.CreatedAt.In(vietNam).Format("02/01/2006 15:04"), p.notice(n.Kind), about(n.Data, n.CaseID), n.ID)
			}
			p.after(v.Next)
		})
	}
	c.AddCommand(noticesRead(s), noticesPreferences(s))
	return c
}

func noticesRead(s *settings) *cobra.Command {
	return &cobra.Command{Use: "read ID…", Short: "Đánh dấu đã đọc · Mark as read", Args: cobra.MinimumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write("/notices/read", app.ReadInput{Notices: args}), func(p *page, v struct {
			Read int `json:"read"`
		},
		) {
			p.line("%d", v.Read)
		})
	}}
}

func noticesPreferences(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "preferences [KIND=now|daily|weekly|inbox]…", Short: "Cách nhận thông báo · How I am told",
		RunE: func(cmd *cobra.Command, args []string) error {
			show := func(p *page, v []app.NoticePreference) {
				for _, x := range v {
					p.row(x.Kind, p.notice(x.Kind), x.Channel, yes(x.Mandatory))
				}
			}
			if len(args) == 0 {
				return call(cmd, s, read("/notices/preferences", nil), show)
			}
			in := app.PreferencesInput{Channels: map[string]string{}}
			for _, a := range args {
				kind, channel, ok := strings.Cut(a, "=")
				if !ok {
					return usage("KIND=now|daily|weekly|inbox: " + a)
				}
				in.Channels[kind] = channel
			}
			return call(cmd, s, write("/notices/preferences", in), show)
		},
	}
}
