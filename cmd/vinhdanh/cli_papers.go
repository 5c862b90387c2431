package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// papersCommands list and fetch the papers of a case.
func papersCommands(s *settings) []*cobra.Command {
	list := &cobra.Command{Use: "papers ID", Short: "Giấy tờ của hồ sơ · The papers of a case", Args: cobra.ExactArgs(1)}
	list.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("proposals", args[0], "papers"), nil), func(p *page, v []app.PaperRow) {
			p.row(p.t("MÃ", "ID"), p.t("LOẠI", "KIND"), p.t("TỆP", "FILE"), p.t("CỠ", "SIZE"))
			for _, r := range v {
				name := r.FileName
				if r.SecretRef != "" {
					name = p.t("(tài liệu mật, bản giấy) ", "(secret, on paper) ") + r.SecretRef
				}
				p.row(r.ID, r.Kind, name, strconv.FormatInt(r.Size, 10))
			}
		})
	}
	fetch := &cobra.Command{Use: "fetch ID PAPER", Short: "Tải một giấy tờ · Fetch one paper", Args: cobra.ExactArgs(2)}
	out := fetch.Flags().StringP("output", "o", "giay-to.pdf", "file to write, - for standard output")
	fetch.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("proposals", args[0], "papers", args[1]), nil), *out)
	}
	return []*cobra.Command{list, fetch}
}

// campaignText is what people read of a campaign.
type campaignText struct {
	Title    string `json:"title"`
	Theme    string `json:"theme"`
	Contents []struct {
		Number int    `json:"number"`
		Text   string `json:"text"`
	} `json:"contents"`
	Open map[string]struct {
		Value     string `json:"value"`
		NotStated bool   `json:"not_stated"`
	} `json:"open_points"`
}

// openPoints are the points a campaign's text may leave open, in Vietnamese.
var openPoints = map[string]string{
	"launch_decision": "quyết định phát động", "start_date": "ngày bắt đầu", "end_date": "ngày kết thúc",
	"reception_window": "thời gian nhận hồ sơ", "review_dates": "thời điểm sơ kết, tổng kết",
	"awards": "hình thức khen thưởng", "quotas": "số lượng khen thưởng", "scoring": "chấm điểm",
}

func campaignCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "campaign", Short: "Phong trào thi đua · Emulation campaigns"}
	show := &cobra.Command{Use: "show ID", Short: "Xem một phong trào · Show one campaign", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("campaigns", args[0]), nil), func(p *page, raw json.RawMessage) {
			var v campaignText
			if json.Unmarshal(raw, &v) != nil {
				p.line("%s", string(raw))
				return
			}
			p.line("%s", v.Title)
			p.line("%s", v.Theme)
			for _, x := range v.Contents {
				p.line("%d. %s", x.Number, x.Text)
			}
			for _, name := range slices.Sorted(maps.Keys(v.Open)) {
				value := v.Open[name].Value
				if v.Open[name].NotStated {
					value = p.t("văn bản không nêu", "not stated in the text")
				}
				label := name
				if vi := openPoints[name]; vi != "" && p.lang != "en" {
					label = vi
				}
				p.line("- %s: %s", label, value)
			}
		})
	}
	c.AddCommand(show)
	return c
}
