package main

import (
	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// councilPriority enters the order that the Council settled for items of equal votes.
func councilPriority(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "priority ID ITEM…", Short: "Nhập thứ tự ưu tiên mà Hội đồng thống nhất · Enter the order of priority that the Council settled", Args: cobra.MinimumNArgs(3),
		Example: "  vinhdanh council priority HĐ-2023-0001 6f1c… 77aa… --reason \"Ưu tiên người trực tiếp lao động\"",
	}
	in := app.PriorityInput{}
	c.Flags().StringVar(&in.Reason, "reason", "", "how the Council settled it")
	_ = c.MarkFlagRequired("reason") // the flag is declared above
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.Items = args[1:]
		return call(cmd, s, write(client.Path("sessions", args[0], "priority"), in), showDone)
	}
	return c
}

// priority is what a session's Council has to settle, or has settled.
func (p *page) priority(v *app.PriorityView) {
	if v == nil {
		return
	}
	p.line("")
	p.line(p.t("THỨ TỰ ƯU TIÊN: %d trường hợp ngang phiếu, chỉ còn %d chỗ (%s)", "ORDER OF PRIORITY: %d items of equal votes, %d can pass (%s)"),
		len(v.Items), v.Free, p.t(v.Quota.VI, v.Quota.EN))
	for _, it := range v.Items {
		p.row(short(it.Line, 40), it.UnitName, jsonText(it.Sum.Yes)+"/"+jsonText(it.Sum.Base), it.Item)
	}
}
