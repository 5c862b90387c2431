package main

import (
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func proposalCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "proposal", Short: "Hồ sơ đề nghị · The cases"}
	show := &cobra.Command{Use: "show ID", Short: "Xem một hồ sơ · Show one case", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0]), nil), func(p *page, v app.ProposalView) {
			p.line(p.t("%s · %s · bước: %s · lần gửi %d · số %d", "%s · %s · stage: %s · revision %d · number %d"),
				v.Ref, v.UnitName, p.where(v.Proposal), v.Revision, v.Number)
			showItems(p, v)
		})
	}
	c.AddCommand(proposalList(s), show, paperCommand(s, "proposals"))
	c.AddCommand(papersCommands(s)...)
	c.AddCommand(opinionCommands(s)...)
	c.AddCommand(upwardCommands(s)...)
	c.AddCommand(sidewaysCommands(s)...)
	c.AddCommand(revisionCommands(s)...)
	c.AddCommand(caseCommands(s)...)
	c.AddCommand(reasonsLetter(s))
	return c
}

func proposalList(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "Liệt kê hồ sơ · List cases", Args: cobra.NoArgs}
	paging := pageFlags(c)
	f := c.Flags()
	stage := f.String("stage", "", "nomination, review, reception, appraisal, council or issuance")
	award := f.String("award", "", "award code")
	unit := f.String("unit", "", "the proposing unit")
	text := f.String("text", "", "in references and names, without regard to accents")
	closed := f.Bool("closed", false, "only closed cases (--closed=false: only open ones)")
	late := f.Bool("late", false, "only cases past their due day")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := paging()
		for k, v := range map[string]string{"stage": *stage, "award": *award, "unit": *unit, "text": *text} {
			if v != "" {
				q.Set(k, v)
			}
		}
		if cmd.Flags().Changed("closed") {
			q.Set("closed", strconv.FormatBool(*closed))
		}
		if *late {
			q.Set("late", "true")
		}
		return call(cmd, s, read("/proposals", q), func(p *page, v rows[app.ProposalRow]) {
			p.proposals(v.Items)
			p.more(v.Next)
		})
	}
	return c
}

func (p *page) proposals(rows []app.ProposalRow) {
	p.row(p.t("SỐ", "REF"), p.t("ĐƠN VỊ", "UNIT"), p.t("BƯỚC", "STAGE"), p.t("HẠN", "DUE"), p.t("TRƯỜNG HỢP", "ITEMS"))
	for _, r := range rows {
		p.row(r.Ref, short(r.UnitName, 40), p.where(r), day(r.DueOn), strconv.Itoa(r.OpenItems)+"/"+strconv.Itoa(r.Items))
	}
}

// showDone says what became of an act.
func showDone(p *page, v app.Done) {
	switch {
	case v.Status != "accepted" || !v.Recorded:
		p.line(p.t("Đã tiếp nhận, đang ghi nhận; theo dõi: vinhdanh attempt %s", "Accepted, being recorded; follow it: vinhdanh attempt %s"), v.Attempt)
	case v.Proposal != nil:
		p.line(p.t("Đã ghi nhận (thao tác số %d). Hồ sơ %s đang ở bước: %s", "Recorded (act %d). Case %s stands at: %s"), v.Number, v.Proposal.Ref, p.where(*v.Proposal))
	default:
		p.line(p.t("Đã ghi nhận (thao tác số %d).", "Recorded (act %d)."), v.Number)
	}
	if v.Next != nil {
		p.line("%s", p.t(v.Next.Text.VI, v.Next.Text.EN))
	}
}

// targetFlags say which state of the case the act is for.
func targetFlags(c *cobra.Command, t *app.Target) {
	c.Flags().IntVar(&t.Revision, "revision", 0, "revision that you saw; empty means the present one")
	c.Flags().IntVar(&t.Number, "number", 0, "number of the last act that you saw; empty means the present one")
}

// doCase sends an act on a case.
func doCase(cmd *cobra.Command, s *settings, id, verb string, in any) error {
	return call(cmd, s, write(client.Path("proposals", id, verb), in), showDone)
}

// items turns positions in the list (3) into ids; ids stay as they are.
func items(cmd *cobra.Command, s *settings, proposal string, given []string) ([]string, error) {
	out := make([]string, len(given))
	var known map[int]string
	for i, g := range given {
		n, err := strconv.Atoi(g)
		if err != nil {
			out[i] = g
			continue
		}
		if known == nil {
			v, err := fetch[app.ProposalView](cmd.Context(), s, client.Path("proposals", proposal))
			if err != nil {
				return nil, s.failed(cmd, err)
			}
			known = map[int]string{}
			for _, it := range v.ItemList {
				known[it.Position] = it.ID
			}
		}
		if known[n] == "" {
			return nil, usage("không có trường hợp số " + g + " · there is no item number " + g)
		}
		out[i] = known[n]
	}
	return out, nil
}

func inboxCommand(s *settings) *cobra.Command {
	return &cobra.Command{Use: "inbox", Short: "Việc chờ tôi · What waits for me", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/inbox", nil), func(p *page, v app.Inbox) {
			p.line(p.t("%d hồ sơ chờ xử lý, %d quá hạn", "%d cases wait, %d of them late"), len(v.Waiting), v.Late)
			p.proposals(v.Waiting)
			for _, d := range v.Decisions {
				p.row(d.Ref, d.AuthorityName, d.Award, d.Phase, d.Items)
			}
			for _, n := range v.Notices {
				behalf := ""
				if n.OnBehalfOf != "" {
					behalf = p.t("xử lý thay ", "on behalf of ") + n.OnBehalfOf
				}
				p.row(n.CreatedAt.In(vietNam).Format("02/01/2006 15:04"), p.notice(n.Kind), about(n.Data, n.CaseID), behalf)
			}
		})
	}}
}

func meCommand(s *settings) *cobra.Command {
	type me struct {
		Name        string           `json:"name"`
		Memberships []app.Membership `json:"memberships"`
	}
	return &cobra.Command{Use: "me", Short: "Tôi là ai · Who am I", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/me", nil), func(p *page, v me) {
			p.line("%s", v.Name)
			for _, m := range v.Memberships {
				behalf := ""
				if m.OnBehalfOf != "" {
					behalf = p.t("xử lý thay ", "on behalf of ") + m.OnBehalfName + p.t(" đến ", " until ") + day(m.Until)
				}
				p.row(m.Role, m.Title, m.UnitName, behalf)
			}
		})
	}}
}

func attemptCommand(s *settings) *cobra.Command {
	return &cobra.Command{Use: "attempt NONCE", Short: "Theo dõi một thao tác · Follow an act", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		nonce := args[0]
		if u, err := url.PathUnescape(nonce); err == nil {
			nonce = u
		}
		return call(cmd, s, read(client.Path("attempts", nonce), nil), func(p *page, v app.AttemptView) {
			code := ""
			if v.Outcome != nil {
				code = v.Outcome.Code
			}
			p.row(v.Action, v.Case, v.Status, code)
		})
	}}
}

// about names what a notice is about: its reference, or else the case's id.
func about(data json.RawMessage, caseID string) string {
	var n struct {
		Ref string `json:"case_ref"`
	}
	if json.Unmarshal(data, &n) != nil || n.Ref == "" {
		return caseID
	}
	return n.Ref
}
