package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func duplicateCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "duplicate", Short: "Trường hợp có thể trùng · Who may stand twice for one achievement"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê · List pairs", Args: cobra.NoArgs}
	paging, state := pageFlags(list), list.Flags().String("state", "", "open or said; empty: both")
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		q := paging()
		if *state != "" {
			q.Set("state", *state)
		}
		return call(cmd, s, read("/duplicates", q), func(p *page, v rows[app.DuplicateView]) {
			for _, d := range v.Items {
				p.duplicateRow(d)
			}
			p.more(v.Next)
		})
	}
	of := &cobra.Command{Use: "of ITEM", Short: "Ai có thể trùng với một trường hợp · Who could be the same as an item", Args: cobra.ExactArgs(1)}
	of.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("items", args[0], "duplicates"), nil), func(p *page, v []app.DuplicateView) {
			for _, d := range v {
				p.duplicateRow(d)
			}
		})
	}
	show := &cobra.Command{Use: "show PAIR", Short: "Xem một cặp · Show a pair", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("duplicates", args[0]), nil), (*page).duplicate)
	}
	c.AddCommand(list, of, show, duplicateResolve(s), duplicateUndo(s))
	return c
}

func duplicateResolve(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "resolve PAIR --as same|other_achievement|different --reason WHY", Short: "Kết luận · Say what a pair is", Args: cobra.ExactArgs(1),
	}
	var in app.ResolveInput
	c.Flags().StringVar(&in.Word, "as", "", "same, other_achievement or different")
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.Flags().StringVar(&in.Nonce, "nonce", "", "the same nonce says it once")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		last, err := lastWord(cmd, s, args[0])
		if err != nil {
			return err
		}
		in.After = last
		return call(cmd, s, write(client.Path("duplicates", args[0], "resolve"), in), (*page).duplicate)
	}
	return c
}

func duplicateUndo(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "undo PAIR --reason WHY", Short: "Hủy kết luận · Take back what was said", Args: cobra.ExactArgs(1)}
	var in app.UndoInput
	c.Flags().StringVar(&in.Reason, "reason", "", "why")
	c.Flags().StringVar(&in.Nonce, "nonce", "", "the same nonce says it once")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		last, err := lastWord(cmd, s, args[0])
		if err != nil {
			return err
		}
		in.After = last
		return call(cmd, s, write(client.Path("duplicates", args[0], "undo"), in), (*page).duplicate)
	}
	return c
}

// lastWord is the id of what was said last of a pair.
func lastWord(cmd *cobra.Command, s *settings, pair string) (string, error) {
	cl, err := s.client()
	if err != nil {
		return "", err
	}
	v, _, err := client.Get[app.DuplicateView](cmd.Context(), cl, client.Path("duplicates", pair), nil)
	if err != nil {
		return "", s.failed(cmd, err)
	}
	if len(v.Words) == 0 {
		return "", nil
	}
	return v.Words[0].ID, nil
}

func (p *page) duplicateRow(d app.DuplicateView) {
	names := []string{}
	for _, x := range d.Sides {
		n := p.t("(không được xem)", "(not to be seen)")
		if x.Shown {
			n = x.Name + ", " + x.Unit + ", " + x.Award + " " + x.Period
		}
		names = append(names, n)
	}
	p.row(d.Pair, string(d.Level), d.State, strconv.Itoa(d.Score), names[0], names[1])
}

func (p *page) duplicate(d app.DuplicateView) {
	p.line("%s", d.Pair)
	p.line("%s", p.t(d.Sentence.VI, d.Sentence.EN))
	p.duplicateRow(d)
	for _, x := range d.Parts {
		p.line("- %s", p.t(x.Text.VI, x.Text.EN))
	}
	for _, w := range d.Words {
		p.line("%s  %s  %s (%s): %s", w.At.Format("2006-01-02 15:04"), w.Word, w.ByName, w.UnitName, w.Reason)
	}
}
