package main

import (
	"net/http"
	"net/url"
	"path/filepath"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

func decisionVerify(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use: "verify FILE", Short: "Kiểm tra quyết định thật hay không · Is a decision genuine?", Args: cobra.MaximumNArgs(1),
		Long: "Bằng tệp PDF, hoặc --code MÃ in cuối trang đầu.\nWith its PDF, or by the --code at the foot of its first page.",
	}
	code := c.Flags().String("code", "", "the code printed on the decision")
	gold := c.Flags().String("gold", "", "with --code: the gold-book number of one of its certificates, 17/2023")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return call(cmd, s, read("/verify", url.Values{"code": {*code}, "gold": {*gold}}), showVerified)
		}
		content, err := load(cmd, args[0])
		if err != nil {
			return err
		}
		return call(cmd, s, client.Request{Method: http.MethodPost, Path: "/verify", Form: &client.Form{Name: filepath.Base(args[0]), Content: content}}, showVerified)
	}
	return c
}

func showVerified(p *page, v app.DocumentCheck) {
	p.line("%s", map[string]string{
		app.DocumentValid:     p.t("HỢP LỆ: đúng như đã ban hành", "VALID: as it was issued"),
		app.DocumentCancelled: p.t("ĐÃ BỊ HỦY BỎ bởi quyết định số ", "CANCELLED by decision ") + v.CancelledBy,
		app.DocumentChanged:   p.t("ĐÃ BỊ SỬA sau khi ký", "CHANGED after it was signed"),
		app.DocumentUnknown:   p.t("KHÔNG TÌM THẤY trong các văn bản đã ban hành", "UNKNOWN: nothing that was issued here"),
	}[v.State])
	for _, c := range v.Parts {
		p.line(p.t("Một phần đã bị hủy bỏ bởi quyết định số %s ngày %s: trường hợp thứ %v", "A part was cancelled by decision %s of %s: number %v"), c.Number, c.Date, c.Positions)
	}
	for _, c := range v.Corrections {
		p.line(p.t("Đính chính bởi Quyết định số %s ngày %s: trường hợp thứ %v", "Corrected by decision %s of %s: number %v"), c.Number, c.Date, c.Positions)
	}
	if x := v.Certificate; x != nil {
		p.line("%s", p.t(x.Words("vi"), x.Words("en")))
	}
	if v.Number != "" {
		p.line("%s  %s  %s", v.Number, v.Date, v.Authority)
		p.line("%s · %s", v.Abstract, v.Signer)
		p.line("SHA-256 %s", v.SHA256)
	}
	for _, g := range v.Signatures {
		p.row(g.Name, g.Org, g.Time.Format("2006-01-02T15:04:05-07:00"))
	}
	if v.Vi != "" {
		p.line("%s", p.t(v.Vi, v.En))
	}
}
