package main

import (
	"net/http"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/law/eval"
)

// typingCommands add, copy, save and judge single items.
func typingCommands(s *settings) []*cobra.Command {
	add := &cobra.Command{Use: "add SUBMISSION", Short: "Thêm trường hợp · Add an item", Args: cobra.ExactArgs(1)}
	var in app.AddInput
	kindOf(add, &in.Content)
	add.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("submissions", args[0], "items"), in), showItem)
	}
	copied := &cobra.Command{Use: "copy ITEM --to SUBMISSION", Short: "Chép một trường hợp · Copy an item", Args: cobra.ExactArgs(1)}
	var cp app.CopyItemInput
	copied.Flags().StringVar(&cp.Submission, "to", "", "submission to copy into")
	copied.Flags().StringVar(&cp.Award, "award", "", "for another award")
	copied.Flags().IntVar(&cp.Years, "years", 0, "years to move on")
	copied.Flags().BoolVar(&cp.KeepText, "keep-text", false, "keep the summary")
	copied.RunE = func(cmd *cobra.Command, args []string) error {
		cp.Item = args[0]
		return call(cmd, s, write(client.Path("submissions", cp.Submission, "items", "copy"), cp), showItem)
	}
	judge := &cobra.Command{Use: "judge SUBMISSION", Short: "Luật nói gì, không lưu · What the law says; stores nothing", Args: cobra.ExactArgs(1)}
	var j app.JudgeInput
	kindOf(judge, &j.Content)
	judge.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("submissions", args[0], "judge"), j), func(p *page, v eval.Result) {
			p.line("%s", p.t(v.Sentence.VI, v.Sentence.EN))
		})
	}
	return []*cobra.Command{add, copied, judge, itemShow(s), itemSave(s)}
}

func itemShow(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "show ITEM", Short: "Xem một trường hợp · Show an item", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("items", args[0]), nil), showItem)
	}
	return c
}

// itemSave stores a whole content from a JSON file, merged with what others changed.
func itemSave(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "save ITEM FILE", Short: "Lưu nội dung từ tệp JSON, ghép với sửa đổi của người khác · Save from JSON, merged", Args: cobra.ExactArgs(2)}
	base := c.Flags().Int("base", 0, "version that you started from; empty: the present one")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		now, err := fetch[app.ItemView](cmd.Context(), s, client.Path("items", args[0]))
		if err != nil {
			return s.failed(cmd, err)
		}
		in := app.SaveInput{Item: args[0], Base: *base, Content: now.Content}
		if in.Base == 0 {
			in.Base = now.Version
		}
		if err := loadJSON(cmd, args[1], &in.Content); err != nil {
			return err
		}
		r := client.Request{Method: http.MethodPatch, Path: client.Path("items", args[0]), Body: in}
		return call(cmd, s, r, func(p *page, v app.SavedItem) {
			showItem(p, v.Item)
			for _, x := range v.Clashes {
				p.line(p.t("%s: có người đã đổi thành %q; bạn ghi %q", "%s: somebody changed it to %q; you wrote %q"), x.Field, x.Theirs, x.Mine)
			}
		})
	}
	return c
}

func showItem(p *page, v app.ItemView) {
	p.row("ID", v.ID)
	p.row(p.t("Tên", "Name"), v.Content.PrintedLine())
	p.row(p.t("Hình thức", "Award"), v.Content.Award)
	p.row(p.t("Phiên bản", "Version"), v.Version)
	p.row(p.t("Theo luật", "By the law"), p.verdict(v.Verdict))
	if v.Law != nil {
		p.line("%s", p.t(v.Law.Sentence.VI, v.Law.Sentence.EN))
	}
}

// taskStates are how far a task is, in words.
var taskStates = map[string][2]string{
	app.TaskTodo: {"chưa làm", "not begun"}, app.TaskDoing: {"đang làm", "in progress"},
	app.TaskMissing: {"thiếu", "incomplete"}, app.TaskDone: {"xong", "done"},
}

// taskNames are the tasks of a dossier, in words.
var taskNames = map[string][2]string{
	"letter": {"Tờ trình: số, ngày, trích yếu", "The letter's number, date and title"}, "items": {"Danh sách có tên", "Named items"},
	"declaration": {"Khai chung", "Declaration"}, "facts": {"Đủ dữ liệu xét", "Facts for the criteria"},
}

func submissionCheck(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "check ID", Short: "Soát trước khi gửi · Check before sending", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("submissions", args[0], "check"), nil), showCheckout)
	}
	return c
}

func showCheckout(p *page, v app.Checkout) {
	showSubmission(p, v.Submission)
	for _, t := range v.Tasks {
		name := p.t(t.Name.VI, t.Name.EN)
		if w, ok := taskNames[t.Code]; ok {
			name = p.t(w[0], w[1])
		}
		p.row(name, p.t(taskStates[t.State][0], taskStates[t.State][1]), strconv.Itoa(t.Done)+"/"+strconv.Itoa(t.Of))
	}
	p.quotas(v.Quotas)
	for _, d := range v.Doubles {
		p.line(p.t("Trùng: %s cũng có trong %s (%s)", "Twice: %s stands in %s too (%s)"), d.Name, d.OtherRef, d.Award)
	}
	if !v.Sending.May {
		p.line(p.t("Bạn không gửi được (%s); người gửi được: %v", "You cannot send it (%s); who can: %v"), v.Sending.Why, v.Sending.Others)
	}
}
