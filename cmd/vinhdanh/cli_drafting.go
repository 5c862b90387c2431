package main

import (
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
	"vinhdanh/internal/proposal"
)

// draftingCommands prepare a submission without a list.
func draftingCommands(s *settings) []*cobra.Command {
	return []*cobra.Command{
		submissionMine(s), submissionApprovals(s), submissionCounts(s), submissionNew(s), submissionCopy(s), submissionLetter(s), submissionCheck(s), submissionHand(s, "hand-over",
			"Trình thủ trưởng · Hand it to the head"), submissionHand(s, "hand-back", "Trả lại người soạn · Give it back to the clerk"),
		submissionScan(s), submissionRemove(s), paperRemove(s), paperFetch(s), campaignTitles(s), commendationTypes(s), submissionDocument(s),
	}
}

func submissionMine(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "mine", Short: "Hồ sơ của đơn vị theo tình trạng · My units' submissions by state", Args: cobra.NoArgs}
	paging := pageFlags(c)
	state := c.Flags().String("state", "", "returned, answer, ready, draft, sent or closed")
	text := c.Flags().String("text", "", "in reference, letter number and names")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := paging()
		for k, v := range map[string]string{"state": *state, "text": *text} {
			if v != "" {
				q.Set(k, v)
			}
		}
		return call(cmd, s, read("/my/submissions", q), func(p *page, v rows[app.SubmissionBrief]) {
			p.row(p.t("SỐ", "REF"), p.t("TÌNH TRẠNG", "STATE"), p.t("SỐ TRƯỜNG HỢP", "ITEMS"), p.t("TỜ TRÌNH", "LETTER"), p.t("TIÊU ĐỀ", "TITLE"))
			for _, r := range v.Items {
				p.row(r.Ref, p.submissionState(r.State), r.Items, r.LetterNumber, short(r.Title, 50))
			}
			p.more(v.Next)
		})
	}
	return c
}

// submissionStates are where a submission stands, in words.
var submissionStates = map[string][2]string{
	"returned": {"phải bổ sung", "returned for completion"}, "answer": {"chờ thủ trưởng trả lời", "awaits the head's answer"},
	"ready": {"đã trình thủ trưởng", "with the head"}, "draft": {"đang soạn", "draft"}, "sent": {"đã gửi", "on its way"}, "closed": {"đã kết thúc", "closed"},
}

func (p *page) submissionState(v string) string {
	if w, ok := submissionStates[v]; ok {
		return p.t(w[0], w[1])
	}
	return v
}

// typeHelp says what --type takes.
const typeHelp = "type of commendation (loại hình khen thưởng): CONG_TRANG, PHONG_TRAO, DOT_XUAT …, see submission types"

func submissionNew(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "new", Short: "Lập hồ sơ mới · Begin an empty draft", Args: cobra.NoArgs}
	var in app.NewInput
	f := c.Flags()
	f.StringVar(&in.Unit, "unit", "", "the proposing unit, if you work for several")
	f.StringVar(&in.Campaign, "campaign", "", "campaign (phong trào thi đua)")
	f.StringVar(&in.Type, "type", "", typeHelp)
	f.StringVar(&in.Title, "title", "", "title")
	f.StringVar(&in.LetterNumber, "letter-number", "", "number of the tờ trình")
	f.StringVar(&in.LetterDate, "letter-date", "", "its date, 2023-11-20")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, write("/submissions/blank", in), showSubmission)
	}
	return c
}

func submissionCopy(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "copy ID", Short: "Lập từ hồ sơ năm trước · Begin from an earlier one", Args: cobra.ExactArgs(1)}
	var in app.CopyInput
	f := c.Flags()
	years := f.Int("years", 1, "years to move on")
	f.StringVar(&in.Title, "title", "", "title; empty: the earlier one, years moved on")
	f.StringSliceVar(&in.Items, "item", nil, "only these items (ids)")
	f.StringSliceVar(&in.Papers, "paper", nil, "papers (ids) to name again")
	f.BoolVar(&in.KeepText, "keep-text", false, "keep the summaries of achievement, to be rewritten")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in.From, in.Years = args[0], years
		return call(cmd, s, write("/submissions/copy", in), showSubmission)
	}
	return c
}

func submissionLetter(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "letter ID", Short: "Ghi số, ngày, trích yếu tờ trình · The letter's particulars", Args: cobra.ExactArgs(1)}
	var title, number, date, signer, campaign, typ string
	f := c.Flags()
	f.StringVar(&title, "title", "", "title")
	f.StringVar(&number, "number", "", "number, 45/TTr-PGDĐT")
	f.StringVar(&date, "date", "", "date, 2023-11-20")
	f.StringVar(&signer, "signer", "", "who signs")
	f.StringVar(&campaign, "campaign", "", "campaign")
	f.StringVar(&typ, "type", "", typeHelp)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		now, err := fetch[app.SubmissionView](cmd.Context(), s, client.Path("submissions", args[0]))
		if err != nil {
			return s.failed(cmd, err)
		}
		base := app.LetterOf(now.Submission)
		in := app.LetterInput{
			Title: base.Title, LetterNumber: base.LetterNumber, LetterDate: base.LetterDate, LetterSigner: base.LetterSigner,
			Campaign: base.Campaign, Type: base.Type, Base: &base,
		}
		for name, v := range map[string]struct{ from, to *string }{
			"title": {&title, &in.Title}, "number": {&number, &in.LetterNumber}, "date": {&date, &in.LetterDate},
			"signer": {&signer, &in.LetterSigner}, "campaign": {&campaign, &in.Campaign}, "type": {&typ, &in.Type},
		} {
			if cmd.Flags().Changed(name) {
				*v.to = *v.from
			}
		}
		r := client.Request{Method: http.MethodPut, Path: client.Path("submissions", args[0], "letter"), Body: in}
		return call(cmd, s, r, func(p *page, v app.SavedLetter) {
			p.row(p.t("Số", "Number"), v.Letter.LetterNumber)
			p.row(p.t("Ngày", "Date"), v.Letter.LetterDate)
			p.row(p.t("Trích yếu", "Title"), v.Letter.Title)
			for _, x := range v.Clashes {
				p.line(p.t("%s: có người đã đổi thành %q; bạn ghi %q", "%s: somebody changed it to %q; you wrote %q"), x.Field, x.Theirs, x.Mine)
			}
		})
	}
	return c
}

func submissionHand(s *settings, verb, text string) *cobra.Command {
	c := &cobra.Command{Use: verb + " ID", Short: text, Args: cobra.ExactArgs(1)}
	var in app.HandInput
	c.Flags().StringVar(&in.Note, "note", "", "a word with it")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, write(client.Path("submissions", args[0], verb), in), func(p *page, v app.SubmissionRow) {
			p.row(v.Ref, v.Title, v.Note)
		})
	}
	return c
}

func submissionScan(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "send-on-paper ID SCAN", Short: "Gửi kèm bản quét tờ trình đã ký · Send with the signed scan", Args: cobra.ExactArgs(2)}
	var in app.PaperSendInput
	f := c.Flags()
	f.StringVar(&in.LetterNumber, "number", "", "number of the tờ trình")
	f.StringVar(&in.LetterDate, "date", "", "its date, 2023-11-20")
	f.StringVar(&in.LetterSigner, "signer", "", "who signed it")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		content, err := load(cmd, args[1])
		if err != nil {
			return err
		}
		in.FileName = filepath.Base(args[1])
		r := client.Request{Method: http.MethodPost, Path: client.Path("submissions", args[0], "send-on-paper"), Form: &client.Form{
			Name: in.FileName, Content: content, Fields: map[string]string{"options": jsonText(in)},
		}}
		return call(cmd, s, r, func(p *page, v sent) { showSent(p, v) })
	}
	return c
}

func submissionRemove(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "remove ID", Short: "Xóa hồ sơ nháp · Remove a draft", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return deleted(cmd, s, client.Path("submissions", args[0]))
	}
	return c
}

func paperRemove(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "remove-paper PAPER", Short: "Bỏ một tài liệu khỏi hồ sơ nháp · Take a paper out", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error { return deleted(cmd, s, client.Path("papers", args[0])) }
	return c
}

func paperFetch(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "fetch ID PAPER", Short: "Tải một tài liệu · Fetch one paper", Args: cobra.ExactArgs(2)}
	out := c.Flags().StringP("output", "o", "tai-lieu.pdf", "file to write, - for standard output")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return save(cmd, s, read(client.Path("submissions", args[0], "papers", args[1]), nil), *out)
	}
	return c
}

func campaignTitles(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "campaigns", Short: "Phong trào thi đua để chọn · Campaigns to choose from", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/my/campaigns", nil), func(p *page, v []app.CampaignTitle) {
			for _, r := range v {
				p.row(r.ID, r.Title)
			}
		})
	}
	return c
}

func commendationTypes(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "types", Short: "Loại hình khen thưởng để chọn · Types of commendation to choose from", Args: cobra.NoArgs}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/commendation-types", nil), func(p *page, v []app.CommendationType) {
			for _, t := range v {
				p.row(t.Code, p.t(t.Names.VI, t.Names.EN))
			}
		})
	}
	return c
}

// deleted asks the server to remove a thing; there is nothing to show.
func deleted(cmd *cobra.Command, s *settings, path string) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	if _, err = c.Do(cmd.Context(), client.Request{Method: http.MethodDelete, Path: path}); err != nil {
		return s.failed(cmd, err)
	}
	return nil
}

// kindOf is the flag of a subject's kind.
func kindOf(c *cobra.Command, in *proposal.ItemContent) {
	f := c.Flags()
	f.StringVar(&in.Kind, "kind", "individual", "individual, collective or household")
	f.StringVar(&in.Award, "award", "", "award's code")
	f.StringVar(&in.Form, "form", "", "form of address: Ông, Bà, Hộ ông")
	f.StringVar(&in.Name, "name", "", "exactly as on the identity card")
	f.StringVar(&in.Sex, "sex", "", "male or female")
	f.IntVar(&in.BirthYear, "birth-year", 0, "year of birth")
	f.StringVar(&in.Position, "position", "", "position")
	f.StringVar(&in.Workplace, "workplace", "", "workplace")
	f.StringVar(&in.PeriodKind, "period-kind", "", "calendar, school or range")
	f.StringVar(&in.Period, "period", "", "2022-2023")
	f.StringVar(&in.Achievement, "achievement", "", "summary of achievement")
}
