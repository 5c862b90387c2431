package main

import (
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// listCommands work on a list that the server keeps while it is looked at.
func listCommands(s *settings) []*cobra.Command {
	stage := &cobra.Command{Use: "stage FILE", Short: "Tải danh sách lên để xem và sửa · Put a list up to look at", Args: cobra.ExactArgs(1)}
	request := listFlags(stage)
	stage.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := request(cmd, "/lists", args[0])
		if err != nil {
			return err
		}
		return call(cmd, s, r, showStaged)
	}
	show := &cobra.Command{Use: "show LIST", Short: "Xem danh sách đã tải lên · Show a list", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("lists", args[0]), nil), showStaged)
	}
	mine := &cobra.Command{Use: "lists", Short: "Danh sách chưa nhập · Lists not taken over", Args: cobra.NoArgs}
	mine.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/lists", nil), func(p *page, v []app.StagedList) {
			for _, r := range v {
				p.row(r.ID, r.FileName, r.CreatedAt.Format("02/01/2006 15:04"))
			}
		})
	}
	change := &cobra.Command{Use: "correct LIST FILE", Short: "Sửa ô theo tệp JSON · Correct cells from JSON", Args: cobra.ExactArgs(2)}
	change.RunE = func(cmd *cobra.Command, args []string) error {
		in := app.ListChange{}
		if err := loadJSON(cmd, args[1], &in); err != nil {
			return err
		}
		if in.Version == 0 {
			now, err := fetch[app.StagedList](cmd.Context(), s, client.Path("lists", args[0]))
			if err != nil {
				return s.failed(cmd, err)
			}
			in.Version = now.Version
		}
		return call(cmd, s, write(client.Path("lists", args[0], "changes"), in), showStaged)
	}
	drop := &cobra.Command{Use: "drop LIST", Short: "Bỏ danh sách · Forget a list", Args: cobra.ExactArgs(1)}
	drop.RunE = func(cmd *cobra.Command, args []string) error { return deleted(cmd, s, client.Path("lists", args[0])) }
	return []*cobra.Command{stage, show, mine, change, drop, listTakeOver(s), listBadRows(s)}
}

func listTakeOver(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "take-over LIST", Short: "Nhập thành hồ sơ nháp · Make a draft of it", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		now, err := fetch[app.StagedList](cmd.Context(), s, client.Path("lists", args[0]))
		if err != nil {
			return s.failed(cmd, err)
		}
		return call(cmd, s, write(client.Path("lists", args[0], "take-over"), map[string]int{"version": now.Version}), showSubmission)
	}
	return c
}

func listBadRows(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "list-bad-rows LIST", Short: "Tải các dòng cần sửa · Rows to correct", Args: cobra.ExactArgs(1)}
	out := c.Flags().StringP("output", "o", "dong-can-sua.xlsx", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("lists", args[0], "bad-rows"), nil), *out)
	}
	return c
}

func showStaged(p *page, v app.StagedList) {
	p.row("ID", v.ID)
	p.row(p.t("Phiên bản", "Version"), v.Version)
	if v.Preview != nil {
		showPreview(p, *v.Preview)
	}
	p.line(p.t("%d dòng đã có trong dữ liệu của đơn vị", "%d rows are known to the unit"), len(v.Matched))
}

// revisionCommands compare revisions and read returns.
func revisionCommands(s *settings) []*cobra.Command {
	changes := &cobra.Command{Use: "changes ID", Short: "Khác nhau giữa hai lần gửi · What changed between revisions", Args: cobra.ExactArgs(1)}
	from, to := changes.Flags().Int("from", 0, "revision"), changes.Flags().Int("to", 0, "revision")
	changes.RunE = func(cmd *cobra.Command, args []string) error {
		q := url.Values{"from": {strconv.Itoa(*from)}, "to": {strconv.Itoa(*to)}}
		return call(cmd, s, read(client.Path("proposals", args[0], "changes"), q), showComparison)
	}
	answer := &cobra.Command{Use: "returned ID", Short: "Cấp trên yêu cầu gì · What a return asks for", Args: cobra.ExactArgs(1)}
	answer.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0], "return"), nil), func(p *page, v app.AnswerView) {
			p.line("%s: %s", v.UnitName, v.Reason)
			for _, r := range v.Remarks {
				p.row(short(r.Name, 30), r.Field, r.Remark, p.t(map[bool]string{true: "đã sửa", false: "chưa sửa"}[r.Changed], map[bool]string{true: "changed", false: "not changed"}[r.Changed]))
			}
			showComparison(p, v.Changes)
		})
	}
	return []*cobra.Command{changes, answer}
}

func showComparison(p *page, v app.Comparison) {
	p.line(p.t("Lần %d → lần %d: %d trường hợp thay đổi, %d giữ nguyên", "Revision %d → %d: %d items changed, %d did not"), v.From, v.To, len(v.Items), v.Same)
	for _, it := range v.Items {
		for _, c := range it.Changes {
			p.row(it.Position, short(it.Name, 30), c.Field, short(c.From, 40), "→", short(c.To, 40))
		}
	}
}
