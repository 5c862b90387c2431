package main

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// reviewCommands are the verbs of who reviews and appraises many cases.
func reviewCommands(s *settings) []*cobra.Command {
	return []*cobra.Command{queueCommand(s), reasonsCommand(s), bulkCommand(s), sentUpCommand(s), levelLetterCommand(s)}
}

// queueFlags narrow what waits.
func queueFlags(c *cobra.Command) func() (url.Values, app.QueueQuery) {
	var q app.QueueQuery
	f := c.Flags()
	f.StringVar(&q.Stage, "stage", "", "review, reception or appraisal")
	f.StringVar(&q.Award, "award", "", "award code")
	f.StringVar(&q.Unit, "unit", "", "the proposing unit")
	f.StringVar(&q.Text, "text", "", "in references and names, without regard to accents")
	f.StringVar(&q.Held, "held", "", "true or false: only what is, or is not, on hold")
	f.BoolVar(&q.Late, "late", false, "only what is past its due day")
	days := f.Int("days", 0, "due within so many working days")
	return func() (url.Values, app.QueueQuery) {
		v := url.Values{}
		for k, x := range map[string]string{"stage": q.Stage, "award": q.Award, "unit": q.Unit, "text": q.Text, "held": q.Held} {
			if x != "" {
				v.Set(k, x)
			}
		}
		if q.Late {
			v.Set("late", "true")
		}
		if *days > 0 {
			v.Set("days", strconv.Itoa(*days))
			q.Days = days
		}
		return v, q
	}
}

func queueCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "queue", Short: "Hàng chờ xử lý theo hạn · What waits for me, due first", Args: cobra.NoArgs}
	paging, filter := pageFlags(c), queueFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q, _ := filter()
		for k, v := range paging() {
			q[k] = v
		}
		return call(cmd, s, read("/queue", q), func(p *page, v app.QueueView) {
			p.line(p.t("%d hồ sơ, %d quá hạn", "%d cases, %d late"), v.Total, v.Late)
			var list []app.ProposalRow
			for _, r := range v.Cases {
				list = append(list, r.Proposal)
			}
			p.proposals(list)
		})
	}
	c.AddCommand(&cobra.Command{Use: "choices", Short: "Đơn vị, danh hiệu, bước trong hàng chờ · What the filters may choose", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/queue/choices", nil), func(p *page, v app.QueueChoices) {
			for _, x := range append(append(v.Stages, v.Awards...), v.Units...) {
				p.row(x.Value, x.Name, x.Count)
			}
		})
	}})
	place := &cobra.Command{Use: "place ID", Short: "Vị trí của hồ sơ trong hàng chờ · Where a case stands in the queue", Args: cobra.ExactArgs(1)}
	at := queueFlags(place)
	place.RunE = func(cmd *cobra.Command, args []string) error {
		q, _ := at()
		return call(cmd, s, read(client.Path("queue", args[0]), q), func(p *page, v app.QueuePlace) {
			p.line("%d / %d", v.Position, v.Total)
			p.row(p.t("trước", "before"), v.Before)
			p.row(p.t("sau", "after"), v.After)
		})
	}
	c.AddCommand(place)
	return c
}

func reasonsCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "reasons", Short: "Lý do soạn sẵn · Standard reasons", Args: cobra.NoArgs}
	act := c.Flags().String("act", "", "not_propose, return, hold, release, recall or withdraw")
	stage := c.Flags().String("stage", "", "review, reception or appraisal")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := url.Values{}
		for k, v := range map[string]string{"act": *act, "stage": *stage} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return call(cmd, s, read("/reasons", q), func(p *page, v []app.StandardReason) {
			for _, r := range v {
				p.row(r.Code, strings.Join(r.Acts, ","), p.t(r.Text.VI, r.Text.EN))
			}
		})
	}
	return c
}

// sentUpCommand lists what one's level has sent up.
func sentUpCommand(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "sent-up", Short: "Danh sách cấp mình đã xét và trình · What my level has sent up", Args: cobra.NoArgs,
		Example: "  vinhdanh sent-up --from 2023-11-01 --number 12/TTr-UBND --date 2023-11-20 --output danh-sach.xlsx",
	}
	f := c.Flags()
	given := map[string]*string{}
	for name, about := range map[string]string{
		"from": "first day", "to": "last day", "award": "award code", "unit": "the proposing unit",
		"number": "of the level's own letter", "date": "of the letter",
	} {
		given[name] = f.String(name, "", about)
	}
	format, output := f.String("format", "xlsx", "xlsx or csv"), f.StringP("output", "o", "", "save the list here instead of showing it")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := url.Values{}
		for name, v := range given {
			if *v != "" {
				q.Set(name, *v)
			}
		}
		if *output != "" {
			q.Set("format", *format)
			return save(cmd, s, read("/level-list/file", q), *output)
		}
		return call(cmd, s, read("/level-list", q), func(p *page, v app.LevelList) {
			p.line(p.t("%s: đề nghị %d, không đề nghị %d", "%s: proposed %d, not proposed %d"), v.Level, v.Proposed, v.Refused)
			p.quotas(v.Quotas)
			for _, r := range v.Rows {
				p.row(r.Ref, r.Position, r.Content.PrintedLine(), short(r.UnitName, 40), r.Opinion, r.Reason)
			}
		})
	}
	return c
}
