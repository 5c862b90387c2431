package main

import (
	"net/url"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// auditFilters adds an auditor's filters to a command and gives them as a query.
func auditFilters(c *cobra.Command) func() url.Values {
	texts := map[string]*string{}
	for _, f := range [][2]string{
		{"q", "reference, name or title; accents may be left out"}, {"kind", "commendation, council or issuance"}, {"unit", "unit's id"},
		{"award", "award's code"}, {"actor", "who acted: part of a name"}, {"since", "somebody acted on this day or later, 2023-11-20"},
		{"until", "or earlier"}, {"number", "decision's number"}, {"state", "open or over"},
	} {
		texts[f[0]] = c.Flags().String(f[0], "", f[1])
	}
	refused := c.Flags().Bool("refused", false, "only where something was refused")
	return func() url.Values {
		q := url.Values{}
		for name, v := range texts {
			if *v != "" {
				q.Set(name, *v)
			}
		}
		if *refused {
			q.Set("refused", "true")
		}
		return q
	}
}

func auditSearch(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "search", Short: "Tìm hồ sơ để kiểm tra · Find cases to audit", Args: cobra.NoArgs}
	filters, paging := auditFilters(c), pageFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := filters()
		for k, v := range paging() {
			q[k] = v
		}
		return call(cmd, s, read("/audit/cases", q), func(p *page, v rows[app.AuditHit]) {
			p.row(p.t("LOẠI", "KIND"), p.t("MÃ", "REF"), p.t("ĐƠN VỊ", "UNIT"), p.t("TÌNH TRẠNG", "STATUS"), p.t("SỐ QĐ", "DECISION"), p.t("BƯỚC", "STEPS"), p.t("BỊ TỪ CHỐI", "REFUSED"))
			for _, h := range v.Items {
				p.row(app.CaseKind(h.Kind, s.Lang), h.Ref, short(h.UnitName, 40), app.StatusName(h.Status, s.Lang), h.Numbers, h.Steps, h.Refused)
			}
			p.more(v.Next)
		})
	}
	return c
}

func auditTimeline(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "timeline CASE", Short: "Từng bước: ai, lúc nào, thay ai, vì sao · Step by step", Args: cobra.ExactArgs(1)}
	actor := c.Flags().String("actor", "", "only this person's steps, by opaque id")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{}
		if *actor != "" {
			q.Set("actor", *actor)
		}
		return call(cmd, s, read(client.Path("cases", args[0], "timeline"), q), func(p *page, v app.CaseTimeline) {
			p.line("%s  %s  %s", v.Ref, app.CaseKind(v.Kind, s.Lang), v.UnitName)
			for _, st := range v.Steps {
				p.line("%3d  %s  %s", st.Number, local(st.At), p.t(st.Vi, st.En))
			}
		})
	}
	return c
}

func local(t time.Time) string { return t.In(vietNam).Format("02/01/2006 15:04:05") }

func auditState(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "state CASE", Short: "Hồ sơ tại một thời điểm đã qua · The case at a past instant", Args: cobra.ExactArgs(1)}
	number := c.Flags().Int("number", 0, "after this transition; 0: the latest, or that of --at")
	at := c.Flags().String("at", "", "at this instant, 2023-11-20T10:00:00+07:00")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{}
		if *number > 0 {
			q.Set("number", strconv.Itoa(*number))
		}
		if *at != "" {
			q.Set("at", *at)
		}
		return call(cmd, s, read(client.Path("cases", args[0], "state"), q), func(p *page, v app.CaseState) { showState(p, s, v) })
	}
	return c
}

func showState(p *page, s *settings, v app.CaseState) {
	p.line(p.t("%s · bước %d/%d · %s · %s", "%s · transition %d of %d · %s · %s"), v.Ref, v.Number, v.Of, local(v.At), app.StatusName(v.Stage, s.Lang))
	p.line("%s", p.t(v.Step.Vi, v.Step.En))
	if v.Waiting != nil {
		p.line(p.t("Đang chờ: %s", "Waits for: %s"), v.Waiting.UnitName)
	}
	for _, it := range v.Items {
		p.row(it.Position, it.Line, short(it.Workplace, 40), it.Opinion, app.OutcomeName(it.Outcome, s.Lang))
	}
	for _, seat := range v.Seats {
		p.row(app.RoleName(string(seat.Role), s.Lang), short(seat.UnitName, 40), p.t(map[bool]string{true: "thấy", false: "không thấy"}[seat.Sees], map[bool]string{true: "sees", false: "does not see"}[seat.Sees]), seat.May)
	}
	if v.Broken != nil {
		p.line("! %s", p.t(v.Broken.VI, v.Broken.EN))
	}
}

func auditCompare(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "compare CASE --from N [--to N]", Short: "So sánh hai thời điểm · What changed between two transitions", Args: cobra.ExactArgs(1)}
	from := c.Flags().Int("from", 1, "the earlier transition")
	to := c.Flags().Int("to", 0, "the later one; 0: the latest")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{"from": {strconv.Itoa(*from)}, "to": {strconv.Itoa(*to)}}
		return call(cmd, s, read(client.Path("cases", args[0], "compare"), q), func(p *page, v app.StateComparison) {
			p.line("%s  %d → %d", v.From.Ref, v.From.Number, v.To.Number)
			for _, ch := range v.Changes {
				p.row(ch.Field, ch.Line, short(ch.From, 40), "→", short(ch.To, 40))
			}
		})
	}
	return c
}

func auditEvents(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "events CASE", Short: "Sự kiện gốc trong lịch sử, đã giải mã · The raw events, opened", Args: cobra.ExactArgs(1)}
	paging := pageFlags(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("cases", args[0], "events"), paging()), func(p *page, v app.EventsPage) {
			for _, e := range v.Events {
				p.row(e.ID, local(e.At), e.Type, short(e.Sender, 30), short(string(e.Body), 100))
			}
			p.line(p.t("%d trên %d sự kiện", "%d of %d events"), len(v.Events), v.Total)
		})
	}
	return c
}

func auditIntegrity(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "integrity CASE", Short: "Kiểm tra tính toàn vẹn hồ sơ · Check that the record holds", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var found app.Integrity
		err := call(cmd, s, read(client.Path("cases", args[0], "integrity"), nil), func(p *page, v app.Integrity) {
			found = v
			for _, k := range v.Record.Checks {
				p.row(mark(k.OK, k.Skipped), k.Name, short(p.t(first(k.Vi, k.Detail), k.Detail), 100))
			}
			p.line("%s", v.Sentence(s.Lang))
		})
		if err == nil && found.Case != "" && !found.OK {
			return &unverified{found.Sentence(s.Lang)}
		}
		return err
	}
	return c
}

func mark(ok, skipped bool) string {
	switch {
	case skipped:
		return "-"
	case ok:
		return "✓"
	}
	return "✗"
}

// exportTo is a command that saves a list as a file.
func exportTo(s *settings, use, short, local string, args cobra.PositionalArgs, path func(args []string) string, query func() url.Values) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: args}
	format := c.Flags().String("format", "csv", "csv, xlsx or json")
	out := c.Flags().StringP("output", "o", "", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{}
		if query != nil {
			q = query()
		}
		q.Set("format", *format)
		return save(cmd, s, read(path(args), q), first(*out, local+"."+*format))
	}
	return c
}

func auditExport(s *settings) *cobra.Command {
	var filters func() url.Values
	c := exportTo(s, "export", "Xuất kết quả tìm · What a search finds, as a file", "ho-so-kiem-tra", cobra.NoArgs,
		func([]string) string { return "/audit/export" }, func() url.Values { return filters() })
	filters = auditFilters(c)
	return c
}

func auditXES(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "xes", Short: "Nhật ký sự kiện XES để khai phá quy trình · An event log for process mining", Args: cobra.NoArgs}
	filters := auditFilters(c)
	out := c.Flags().StringP("output", "o", "su-kien.xes", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return save(cmd, s, read("/audit/export.xes", filters()), *out)
	}
	return c
}

func auditExportTimeline(s *settings) *cobra.Command {
	return exportTo(s, "export-timeline CASE", "Xuất diễn biến hồ sơ · A timeline as a file", "dien-bien", cobra.ExactArgs(1),
		func(args []string) string { return client.Path("cases", args[0], "timeline", "export") }, nil)
}

func auditExportRefusals(s *settings) *cobra.Command {
	var c *cobra.Command
	c = exportTo(s, "export-refusals", "Xuất các thao tác bị từ chối · Refusals as a file", "thao-tac-bi-tu-choi", cobra.NoArgs,
		func([]string) string { return "/audit/refusals/export" }, func() url.Values { return refusalQuery(c) })
	refusalFlags(c)
	return c
}

func refusalFlags(c *cobra.Command) {
	for _, f := range [][2]string{
		{"case", "case, reference or id"}, {"where", "workflow, application or gate"}, {"actor", "who tried: part of a name"},
		{"action", "what was tried"}, {"code", "why it was refused, by code"}, {"since", "on this day or later"}, {"until", "or earlier"},
	} {
		c.Flags().String(f[0], "", f[1])
	}
}

func refusalQuery(c *cobra.Command) url.Values {
	q := url.Values{}
	for _, f := range []string{"case", "where", "actor", "action", "code", "since", "until"} {
		if v, err := c.Flags().GetString(f); err == nil && v != "" {
			q.Set(f, v)
		}
	}
	return q
}

func auditFindRefusals(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "find-refusals", Short: "Lọc các thao tác bị từ chối · Refused attempts by filter", Args: cobra.NoArgs}
	refusalFlags(c)
	paging := pageFlags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := refusalQuery(c)
		for k, v := range paging() {
			q[k] = v
		}
		return call(cmd, s, read("/audit/refusals", q), func(p *page, v rows[app.RefusalLine]) {
			for _, r := range v.Items {
				p.row(local(r.At), app.RefusedBy(r.Where, s.Lang), first(r.ActorName, r.Actor), r.Action, r.Code, r.Case, short(r.Detail, 60))
			}
			p.more(v.Next)
		})
	}
	return c
}
