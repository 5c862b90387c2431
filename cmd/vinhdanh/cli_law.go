package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/law/lawdiff"
	"vinhdanh/internal/law/prove"
)

func lawCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "law", Short: "Quy định áp dụng · The rules"}
	c.AddCommand(lawShow(s), lawCheck(s), lawExplain(s), lawDiff(s))
	c.AddCommand(lawAdminCommands(s)...)
	return c
}

func lawShow(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "show [AWARD]", Short: "Danh mục và điều kiện · The catalogue, or one award", Args: cobra.MaximumNArgs(1)}
	on := c.Flags().String("on", "", "day, 2023-11-20; empty means the business date")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		q := map[string][]string{}
		if *on != "" {
			q["on"] = []string{*on}
		}
		if len(args) == 1 {
			return call(cmd, s, read(client.Path("law", "awards", args[0]), q), showAward)
		}
		return call(cmd, s, read("/law/awards", q), func(p *page, v app.AwardsOn) {
			p.line(p.t("Quy định %s, ngày %s (%s)", "Regime %s on %s (%s)"), p.regime(v.Regime.ID), v.On.VN(), v.LawHash)
			for _, a := range v.Awards {
				label := a.Rule.Label()
				p.row(a.Code, p.t(a.Names.VI, a.Names.EN), p.t(label.VI, label.EN))
			}
		})
	}
	return c
}

// lawCheck needs no server: it checks a directory of law data.
func lawCheck(s *settings) *cobra.Command {
	return &cobra.Command{Use: "check DIR", Short: "Kiểm tra bộ dữ liệu quy định · Check a directory of law data", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if err := s.complete(); err != nil {
			return err
		}
		l, err := law.LoadDir(args[0])
		if err == nil {
			err = eval.Check(l)
		}
		if err != nil {
			return usage(strings.Join(append(problems(err, s.Lang), holes(args[0], s.Lang)...), "\n"))
		}
		rep := prove.Routes(l)
		if len(rep.Problems) > 0 {
			return usage(strings.Join(told(rep, s.Lang), "\n"))
		}
		p := newPage(cmd.OutOrStdout(), s.Lang)
		p.line(p.t("Hợp lệ, mã bộ quy định %s", "Valid, hash %s"), l.Hash())
		p.line("%s", rep.Sentence(s.Lang))
		p.vanished(lawdiff.Vanished(law.Default(), l))
		return p.flush()
	}}
}

// problems are what is wrong in the data, in the reader's language.
func problems(err error, lang string) []string {
	var out []string
	for _, p := range law.Problems(err) {
		if lang == "en" {
			out = append(out, p.EN)
		} else {
			out = append(out, p.VI)
		}
	}
	return out
}

// holes are what the routes of data that do not load would allow, each by a path. Data
// that cannot even be read has none to show.
func holes(dir, lang string) []string {
	files, err := law.ReadDir(dir)
	if err != nil {
		return nil
	}
	l, err := law.Unchecked(files)
	if err != nil {
		return nil
	}
	return told(prove.Routes(l), lang)
}

func told(rep prove.Report, lang string) []string {
	var out []string
	for _, p := range rep.Problems {
		out = append(out, p.String(lang))
	}
	return out
}

// lawExplain tells what the law says of each item, condition by condition.
func lawExplain(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "explain PROPOSAL [ITEM]", Short: "Vì sao đạt hay không đạt · Why an item is met or not", Args: cobra.RangeArgs(1, 2)}
	only := c.Flags().Int("item", 0, "position of one item; none means all")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 2 {
			n, err := strconv.Atoi(args[1])
			if err != nil || n < 1 {
				return usage("ITEM is the position of an item in the case: 1, 2, 3 …")
			}
			*only = n
		}
		r := read(client.Path("proposals", args[0]), map[string][]string{"explain": {"true"}})
		return call(cmd, s, r, func(p *page, v app.ProposalView) {
			for _, it := range v.ItemList {
				if *only != 0 && it.Position != *only || it.Law == nil {
					continue
				}
				p.line("%d. %s: %s", it.Position, it.Content.PrintedLine(), p.t(it.Law.Sentence.VI, it.Law.Sentence.EN))
				p.tree(it.Law.Tree, 1)
			}
		})
	}
	return c
}

// tree prints a result tree, one condition a line.
func (p *page) tree(n eval.Node, depth int) {
	p.line("%s", strings.Repeat("  ", depth)+fmt.Sprintf("[%s] %s (%s)", p.verdict(string(n.Result)), p.t(n.Sentence.VI, n.Sentence.EN), n.Article))
	for _, r := range n.Reasons {
		p.line("%s", strings.Repeat("  ", depth+1)+p.t(r.VI, r.EN))
	}
	for _, c := range n.Children {
		p.tree(c, depth+1)
	}
}
