package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// councilRoom are the verbs around a session: preparing it, and what happens in the room.
func councilRoom(s *settings) []*cobra.Command {
	screen := &cobra.Command{Use: "screen ID [AWARD]", Short: "Chọn nội dung trình chiếu · Choose what the projector shows", Args: cobra.RangeArgs(1, 2)}
	screen.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.ScreenInput{}
		if len(args) == 2 {
			in.Award = args[1]
		}
		return call(cmd, s, write(client.Path("sessions", args[0], "screen"), in), showProjected)
	}
	return []*cobra.Command{
		councilEdit(s), councilOrder(s), councilInterests(s), councilDeclare(s), councilPresence(s), councilBallot(s), councilFill(s), councilMaterial(s),
		screen, paperCommand(s, "sessions"), councilFile(s, "sheet", "agenda.xlsx", "Chương trình họp, Excel · The agenda"),
		councilFile(s, "minutes-word", "minutes.docx", "Biên bản họp, Word · The minutes"),
		councilFile(s, "minutes-pdf", "minutes.pdf", "Biên bản họp, PDF · The minutes"),
		councilFile(s, "count-record-word", "count-record.docx", "Biên bản kiểm phiếu, Word · The minutes of counting"),
		councilFile(s, "count-record-pdf", "count-record.pdf", "Biên bản kiểm phiếu, PDF · The minutes of counting"),
		councilShow(s, "count-record", "Biên bản kiểm phiếu · The minutes of counting", showMinutes),
		councilShow(s, "groups", "Chương trình theo danh hiệu, đơn vị · The agenda by award and unit", showGroups),
		councilShow(s, "minutes", "Biên bản họp · The minutes", showMinutes), councilWaiting(s),
		councilShow(s, "check", "Kiểm tra trước khi triệu tập · Rehearse the convening", showCheck),
		councilShow(s, "progress", "Tiến độ phiên họp bằng số · How far a session is", showProgress),
		councilShow(s, "projector", "Nội dung trình chiếu · What the room sees", showProjected),
	}
}

func councilShow[T any](s *settings, verb, short string, print printer[T]) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("sessions", args[0], verb), nil), print)
	}
	return c
}

func councilFile(s *settings, verb, remote, short string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: short, Args: cobra.ExactArgs(1)}
	out := c.Flags().StringP("output", "o", remote, "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("sessions", args[0], remote), nil), *out)
	}
	return c
}

func councilEdit(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "edit ID", Short: "Sửa dự thảo phiên họp · Change a draft", Args: cobra.ExactArgs(1)}
	var in app.DraftSessionInput
	c.Flags().StringVar(&in.Title, "title", "", "title; empty keeps it")
	c.Flags().StringVar(&in.Place, "place", "", "where; empty keeps it")
	c.Flags().StringVar(&in.HeldOn, "held-on", "", "day, 2023-11-20; empty keeps it")
	c.Flags().StringVar(&in.Mode, "mode", "", "meeting or written; empty keeps it")
	c.Flags().StringVar(&in.Secret, "secret", "", "paper or electronic secret ballots; empty keeps it")
	c.Flags().StringVar(&in.Until, "until", "", "last day to answer by, of a written consultation; empty keeps it")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := fetch[app.SessionView](cmd.Context(), s, client.Path("sessions", args[0]))
		if err != nil {
			return s.failed(cmd, err)
		}
		until := ""
		if v.Until != nil && in.Mode != "meeting" {
			until = v.Until.Format("2006-01-02")
		}
		secret := "paper"
		if v.Electronic {
			secret = app.SecretElectronic
		}
		for _, f := range []struct {
			into *string
			was  string
		}{{&in.Secret, secret}, {&in.Mode, v.Mode}, {&in.Until, until}, {&in.Title, v.Title}, {&in.Place, v.Place}, {&in.HeldOn, v.HeldOn.Format("2006-01-02")}} {
			if *f.into == "" {
				*f.into = f.was
			}
		}
		return call(cmd, s, write(client.Path("sessions", args[0]), in), showSession)
	}
	return c
}

func councilOrder(s *settings) *cobra.Command {
	return &cobra.Command{
		Use: "order ID AWARD…", Short: "Xếp thứ tự danh hiệu trong chương trình · Order the awards of the agenda", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return call(cmd, s, write(client.Path("sessions", args[0], "agenda", "order"), app.OrderInput{Awards: args[1:]}), showSession)
		},
	}
}

func councilDeclare(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "declare ID", Short: "Khai báo xung đột lợi ích · Declare own interests, or none", Args: cobra.ExactArgs(1),
		Example: "  vinhdanh council declare HĐ-2023-0001 --none\n  vinhdanh council declare HĐ-2023-0001 --item 6f1c…='em ruột'",
	}
	var in app.InterestsInput
	c.Flags().BoolVar(&in.None, "none", false, "there is none")
	items := c.Flags().StringToString("item", nil, "ITEM=the interest; may be repeated")
	c.MarkFlagsOneRequired("none", "item")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		for _, id := range slices.Sorted(maps.Keys(*items)) {
			in.Conflicts = append(in.Conflicts, app.Conflict{Item: id, Reason: (*items)[id]})
		}
		return call(cmd, s, write(client.Path("sessions", args[0], "declare"), in), showSession)
	}
	return c
}

func councilInterests(s *settings) *cobra.Command {
	return councilShow(s, "interests", "Tên trong chương trình để khai báo · The names to declare interests on", func(p *page, v app.Interests) {
		p.line("%s  %s  %s", v.Ref, v.Title, day(&v.HeldOn))
		p.agenda(v.Agenda)
	})
}

func councilPresence(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "presence ID", Short: "Điểm danh trước khai mạc · Mark who has come", Args: cobra.ExactArgs(1)}
	absent := c.Flags().StringSlice("absent", nil, "members absent (ids); the others are present")
	written := c.Flags().StringSlice("written", nil, "members who send a written opinion (ids)")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		v, err := fetch[app.SessionView](cmd.Context(), s, client.Path("sessions", args[0]))
		if err != nil {
			return s.failed(cmd, err)
		}
		in := app.PresenceInput{}
		for _, seat := range v.Roster {
			m := app.Attendance{Member: seat.User, State: "present"}
			if slices.Contains(*absent, seat.User) {
				m.State = "absent"
			}
			if slices.Contains(*written, seat.User) {
				m.State = "written"
			}
			in.Members = append(in.Members, m)
		}
		return call(cmd, s, write(client.Path("sessions", args[0], "presence"), in), showProgress)
	}
	return c
}

func councilBallot(s *settings) *cobra.Command {
	return councilShow(s, "ballot", "Phiếu của tôi · My own ballot paper", showBallot)
}

func councilFill(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "fill ID", Short: "Ghi nháp phiếu của tôi · Keep what I filled in", Args: cobra.ExactArgs(1)}
	items := c.Flags().StringToString("item", nil, "ITEM=yes, no, abstain, or nothing to clear it; may be repeated")
	_ = c.MarkFlagRequired("item") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("sessions", args[0], "ballot"), app.BallotChange{Items: *items}), showBallot)
	}
	return c
}

func councilMaterial(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "item ID ITEM", Short: "Hồ sơ của một trường hợp · What is weighed on one item", Args: cobra.ExactArgs(2)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("sessions", args[0], "items", args[1]), nil), func(p *page, v app.ItemMaterial) {
			p.line("%s · %s · %s", v.Line, p.t(v.AwardName.VI, v.AwardName.EN), v.UnitName)
			p.line("%s", v.Content.Achievement)
			if v.Law != nil {
				p.line("%s", p.t(v.Law.Sentence.VI, v.Law.Sentence.EN))
			}
			for _, o := range v.Opinions {
				p.row(o.UnitName, o.Opinion, o.Reason)
			}
		})
	}
	return c
}

func councilWaiting(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "waiting", Short: "Hồ sơ chờ xét, theo danh hiệu · What waits, by award", Args: cobra.NoArgs}
	unit := c.Flags().String("council", "", "the council's unit; empty means the one that you serve")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/council/candidate-groups", map[string][]string{"council": {*unit}}), showGroups)
	}
	return c
}

func showGroups(p *page, v []app.AwardGroup) {
	for _, g := range v {
		p.row(p.t(g.AwardName.VI, g.AwardName.EN), g.Items)
		for _, u := range g.Units {
			p.row("  "+u.UnitName, len(u.Items))
		}
	}
}

func showMinutes(p *page, v app.MinutesDocument) {
	for _, b := range v.Blocks {
		for i := range max(len(b.Left), len(b.Right)) {
			var l, r string
			if i < len(b.Left) {
				l = b.Left[i]
			}
			if i < len(b.Right) {
				r = b.Right[i]
			}
			p.row(l, r)
		}
		if b.Text != "" {
			p.line("%s", b.Text)
		}
		for _, row := range b.Rows {
			p.line("%s", strings.Join(row, " | "))
		}
	}
}

func showCheck(p *page, v app.SessionCheck) {
	showSession(p, v.Session)
	if v.Problem != nil {
		p.line("%s", p.t(v.Problem.Vi, v.Problem.En))
		return
	}
	p.line(p.t("Cần %d thành viên có mặt", "%d members must be present"), v.Quorum)
	for _, r := range v.Rules {
		var names []string
		for _, a := range r.Awards {
			names = append(names, p.t(a.VI, a.EN))
		}
		p.row(strings.Join(names, ", "), r.Items, strconv.Itoa(r.Needed)+"/"+strconv.Itoa(r.Of), r.Ballot)
	}
	for _, h := range v.Unreachable {
		p.line(p.t("Không thể đủ phiếu: %s (cần %d, còn %d người)", "Cannot pass: %s (needs %d, %d may vote)"), h.Line, h.Needed, h.Entitled)
	}
}

func showProgress(p *page, v app.Progress) {
	p.line(p.t("%s: có mặt %d/%d (cần %d); đã bỏ %d/%d phiếu", "%s: %d of %d present (needs %d); %d of %d ballots"),
		v.Phase, v.Present, v.Members, v.Quorum, v.Ballots, v.Expected)
}

func showProjected(p *page, v app.Projected) {
	p.line("%s  %s", v.Ref, v.Title)
	showProgress(p, v.Progress)
	for _, g := range v.Groups {
		p.row(p.t(g.AwardName.VI, g.AwardName.EN), g.Items, g.Passed)
	}
	for _, l := range v.Lines {
		p.row(l.Line, l.UnitName, yes(l.Passed))
	}
}

func showBallot(p *page, v app.BallotView) {
	p.line(p.t("%s: đã ghi %d/%d", "%s: %d of %d filled in"), v.Ref, v.Filled, v.Asked)
	for _, it := range v.Items {
		p.row(it.ProposalRef, it.Line, v.Choices[it.Item], it.Blocked, it.Item)
	}
}
