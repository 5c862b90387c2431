package main

import (
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func councilCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "council", Short: "Phiên họp Hội đồng · Sessions of the Council"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê phiên họp · List sessions", Args: cobra.NoArgs}
	paging := pageFlags(list)
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/sessions", paging()), func(p *page, v rows[app.SessionRow]) {
			p.row(p.t("SỐ", "REF"), p.t("NGÀY", "DAY"), p.t("TÌNH TRẠNG", "PHASE"), p.t("TRƯỜNG HỢP", "ITEMS"), p.t("TIÊU ĐỀ", "TITLE"))
			for _, r := range v.Items {
				p.row(r.Ref, day(&r.HeldOn), r.Phase, r.Items, short(r.Title, 50))
			}
			p.more(v.Next)
		})
	}
	show := &cobra.Command{Use: "show ID", Short: "Xem phiên họp · Show a session", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("sessions", args[0]), nil), showSession)
	}
	c.AddCommand(list, show, councilCandidates(s), councilDraft(s), councilAgenda(s), councilConvene(s), councilOpen(s), councilCast(s),
		councilCount(s), councilEnd(s, "close", "Chủ tịch kết thúc, kiểm phiếu · The chair counts and closes"),
		councilEnd(s, "cancel", "Hủy phiên họp · Cancel"))
	c.AddCommand(councilRoom(s)...)
	c.AddCommand(councilSecret(s)...)
	c.AddCommand(councilLate(s))
	c.AddCommand(councilTeam(s)...)
	c.AddCommand(councilPriority(s))
	return c
}

func councilCandidates(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "candidates", Short: "Hồ sơ chờ Hội đồng xét · What waits for a vote", Args: cobra.NoArgs}
	unit := c.Flags().String("council", "", "the council's unit; empty means the one that you serve")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := map[string][]string{}
		if *unit != "" {
			q["council"] = []string{*unit}
		}
		return call(cmd, s, read("/council/candidates", q), func(p *page, v []app.AgendaItem) { p.agenda(v) })
	}
	return c
}

func councilDraft(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "draft", Short: "Lập phiên họp · Plan a session", Args: cobra.NoArgs}
	var in app.DraftSessionInput
	f := c.Flags()
	f.StringVar(&in.Title, "title", "", "title")
	f.StringVar(&in.HeldOn, "held-on", "", "day, 2023-11-20")
	f.StringVar(&in.Place, "place", "", "where")
	f.StringVar(&in.Mode, "mode", "", "meeting, standing: of the standing members alone, or written: a written consultation; empty means a meeting")
	f.StringVar(&in.Secret, "secret", "", "paper, or electronic: secret ballots are sealed to two shares of a key; empty means paper")
	f.StringVar(&in.Until, "until", "", "last day to answer a written consultation by, 2023-11-27")
	f.StringVar(&in.Council, "council", "", "the council's unit; empty means the one that you serve")
	c.RunE = func(cmd *cobra.Command, _ []string) error { return call(cmd, s, write("/sessions", in), showSession) }
	return c
}

func councilAgenda(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "agenda ID", Short: "Sửa chương trình họp · Change the agenda of a draft", Args: cobra.ExactArgs(1)}
	add := c.Flags().StringSlice("add", nil, "proposals (ids) to put on")
	remove := c.Flags().StringSlice("remove", nil, "proposals (ids) to take off")
	all := c.Flags().Bool("all", false, "put on everything that waits for this council")
	c.MarkFlagsOneRequired("add", "remove", "all")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		path := client.Path("sessions", args[0], "agenda")
		if *all {
			waiting, err := fetchCandidates(cmd, s, args[0])
			if err != nil {
				return s.failed(cmd, err)
			}
			*add = append(*add, waiting...)
			if len(*add) == 0 {
				return usage("không có hồ sơ nào chờ Hội đồng · nothing waits for this council")
			}
		}
		if len(*remove) > 0 {
			err := call(cmd, s, write(path+"/remove", app.AgendaInput{Proposals: *remove}), showSession)
			if err != nil || len(*add) == 0 {
				return err
			}
		}
		return call(cmd, s, write(path, app.AgendaInput{Proposals: *add}), showSession)
	}
	return c
}

// fetchCandidates lists the proposals that wait for a session's council.
func fetchCandidates(cmd *cobra.Command, s *settings, session string) ([]string, error) {
	v, err := fetch[app.SessionView](cmd.Context(), s, client.Path("sessions", session))
	if err != nil {
		return nil, err
	}
	c, err := s.client()
	if err != nil {
		return nil, err
	}
	waiting, _, err := client.Get[[]app.AgendaItem](cmd.Context(), c, "/council/candidates", map[string][]string{"council": {v.Unit}})
	var out []string
	seen := map[string]bool{}
	for _, it := range waiting {
		if !seen[it.Proposal] {
			seen[it.Proposal] = true
			out = append(out, it.Proposal)
		}
	}
	return out, err
}

func councilConvene(s *settings) *cobra.Command {
	return &cobra.Command{Use: "convene ID", Short: "Triệu tập · Freeze the agenda and convene", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, client.Request{Method: "POST", Path: client.Path("sessions", args[0], "convene")}, showDone)
	}}
}

func councilOpen(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "open ID", Short: "Khai mạc, điểm danh · Open with who is present", Args: cobra.ExactArgs(1)}
	present := c.Flags().StringSlice("present", nil, "members present (ids)")
	absent := c.Flags().StringSlice("absent", nil, "instead: everybody of the roster but these")
	all := c.Flags().Bool("all", false, "everybody of the roster is present")
	nobody := c.Flags().Bool("in-writing", false, "nobody: the members are asked in writing")
	c.MarkFlagsOneRequired("present", "absent", "all", "in-writing")
	c.MarkFlagsMutuallyExclusive("in-writing", "present")
	c.MarkFlagsMutuallyExclusive("in-writing", "absent")
	c.MarkFlagsMutuallyExclusive("in-writing", "all")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.OpenInput{Present: *present}
		if !*nobody && (*all || len(*absent) > 0) {
			v, err := fetch[app.SessionView](cmd.Context(), s, client.Path("sessions", args[0]))
			if err != nil {
				return s.failed(cmd, err)
			}
			away := strings.Join(*absent, ",") + ","
			for _, seat := range v.Roster {
				if !strings.Contains(away, seat.User+",") {
					in.Present = append(in.Present, seat.User)
				}
			}
		}
		return call(cmd, s, write(client.Path("sessions", args[0], "open"), in), showDone)
	}
	return c
}

func councilCast(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "cast ID", Short: "Biểu quyết theo danh sách · Cast an open ballot", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh council cast HĐ-2023-0001 --default yes --item 6f1c…=no",
	}
	var in app.CastInput
	f := c.Flags()
	f.StringVar(&in.Default, "default", "", "yes, no or abstain for every item that is not named")
	named := f.StringToString("item", nil, "ITEM=yes, no or abstain; may be repeated")
	f.StringVar(&in.Member, "member", "", "the absent member whose written opinion is entered (secretary)")
	f.BoolVar(&in.Written, "written", false, "a written opinion")
	f.IntVar(&in.Round, "round", 1, "which ballot this is: 1, or 2 for a second one")
	f.StringVar(&in.Paper, "paper", "", "SHA-256 of its scan")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Items = *named
		return call(cmd, s, write(client.Path("sessions", args[0], "cast"), in), showDone)
	}
	return c
}

func councilCount(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "count ID --data FILE", Short: "Nhập kết quả kiểm phiếu kín · Enter the counts of secret ballots", Args: cobra.ExactArgs(1),
		Long: "FILE: {\"issued\":11,\"collected\":11,\"written\":0,\"items\":[{\"item\":\"…\",\"yes\":9,\"no\":2,\"abstain\":0,\"invalid\":0}]}\n" +
			"Hai người nhập độc lập; chỉ nhận khi hai lần nhập giống nhau. Two people enter it independently.",
	}
	data := c.Flags().String("data", "", "JSON file with the counts (- for standard input)")
	round := c.Flags().Int("round", 1, "which ballot is counted: 1, or 2 for a second one")
	_ = c.MarkFlagRequired("data") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var in app.CountInput
		if err := loadJSON(cmd, *data, &in); err != nil {
			return err
		}
		in.Round = max(in.Round, *round)
		return call(cmd, s, write(client.Path("sessions", args[0], "count"), in), showDone)
	}
	return c
}

func councilEnd(s *settings, verb, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	reason := new(string)
	if verb == "cancel" {
		reason = c.Flags().String("reason", "", "why")
		_ = c.MarkFlagRequired("reason") // the flag is declared above
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var in any = struct{}{}
		if verb == "cancel" {
			in = app.CancelInput{Reason: *reason}
		}
		return call(cmd, s, write(client.Path("sessions", args[0], verb), in), showDone)
	}
	return c
}

func showSession(p *page, v app.SessionView) {
	p.line("%s  %s  %s  (%s)", v.Ref, v.Title, day(&v.HeldOn), v.Phase)
	p.row(p.t("THÀNH VIÊN", "MEMBER"), p.t("CHỨC DANH", "TITLE"), p.t("CÓ MẶT", "PRESENT"), p.t("ĐÃ BIỂU QUYẾT", "VOTED"), "ID")
	for _, m := range v.Roster {
		p.row(m.Name, m.Title, yes(m.Present), yes(m.Voted), m.User)
	}
	p.line("")
	p.quotas(v.Quotas)
	p.agenda(v.Agenda)
	p.priority(v.Priority)
	for _, d := range v.Delivery {
		p.row(d.ProposalRef, d.Status, d.Detail)
	}
}

func (p *page) agenda(v []app.AgendaItem) {
	p.row(p.t("HỒ SƠ", "CASE"), p.t("TÊN", "NAME"), p.t("PHIẾU", "VOTES"), p.t("KẾT QUẢ", "RESULT"), p.t("TRƯỜNG HỢP", "ITEM"), p.t("MÃ HỒ SƠ", "PROPOSAL"))
	for _, it := range v {
		votes, result := "", ""
		if it.Result != nil {
			s := it.Result.Sum
			votes = jsonText(s.Yes) + "/" + jsonText(s.Base) + p.t(" (cần ", " (needs ") + jsonText(s.Needed) + ")"
			result = p.t("không đạt", "not passed")
			if it.Result.Passed {
				result = p.t("đạt", "passed")
			}
			if it.Quota != nil {
				result = p.t(it.Quota.Text.VI, it.Quota.Text.EN)
			}
		}
		if it.First != nil {
			votes += p.t(" lần thứ nhất ", " first ballot ") + jsonText(it.First.Yes) + "/" + jsonText(it.First.Base)
		}
		p.row(it.ProposalRef, short(it.Line, 40), votes, result, it.Item, it.Proposal)
	}
}
