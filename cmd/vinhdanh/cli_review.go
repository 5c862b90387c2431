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
	return []*cobra.Command{queueCommand(s), reasonsCommand(s), bulkCommand(s)}
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
