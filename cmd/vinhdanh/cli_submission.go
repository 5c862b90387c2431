package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
	"vinhdanh/internal/client"
)

// pageFlags choose the page of a list.
func pageFlags(cmd *cobra.Command) func() url.Values {
	limit := cmd.Flags().Int("limit", 50, "rows on a page, at most 200")
	offset := cmd.Flags().Int("offset", 0, "rows before the page")
	return func() url.Values {
		return url.Values{"limit": {strconv.Itoa(*limit)}, "offset": {strconv.Itoa(*offset)}}
	}
}

// rows is a page of a list as the API answers it.
type rows[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

func (p *page) more(next string) {
	if next != "" {
		p.line("%s", p.t("Còn nữa: dùng --offset.", "There is more: use --offset."))
	}
}

func submissionCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "submission", Short: "Hồ sơ trình của đơn vị · What a unit prepares and sends"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê · List", Args: cobra.NoArgs}
	paging := pageFlags(list)
	list.RunE = func(cmd *cobra.Command, _ []string) error {
		return call(cmd, s, read("/submissions", paging()), func(p *page, v rows[app.SubmissionRow]) {
			p.row(p.t("SỐ", "REF"), p.t("ĐƠN VỊ", "UNIT"), p.t("TỜ TRÌNH", "LETTER"), p.t("TÌNH TRẠNG", "STATUS"), p.t("TIÊU ĐỀ", "TITLE"))
			for _, r := range v.Items {
				p.row(r.Ref, short(r.UnitName, 40), r.LetterNumber, r.Status, short(r.Title, 50))
			}
			p.more(v.Next)
		})
	}
	show := &cobra.Command{Use: "show ID", Short: "Xem một hồ sơ trình · Show one", Args: cobra.ExactArgs(1)}
	show.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read(client.Path("submissions", args[0]), nil), showSubmission)
	}
	c.AddCommand(list, show, submissionDeclare(s), paperCommand(s, "submissions"), submissionSend(s))
	c.AddCommand(draftingCommands(s)...)
	return c
}

func submissionDeclare(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "declare ID", Short: "Khai chung cho các trường hợp · State what no list carries", Args: cobra.ExactArgs(1)}
	var in app.Declaration
	f := c.Flags()
	f.IntVar(&in.Version, "version", 0, "version that you saw; empty means the present one")
	manages := f.Bool("proposer-manages", false, "the proposer manages the subjects")
	held := f.Bool("on-hold", false, "under inspection, discipline or complaint")
	already := f.Bool("already-rewarded", false, "rewarded already for the same achievement")
	dissolved := f.Bool("unit-dissolved", false, "the unit was dissolved or merged")
	f.StringVar(&in.Discipline, "discipline", "", "NONE, REPRIMAND, WARNING, DEMOTION or DISMISSAL")
	f.StringSliceVar(&in.Except, "except", nil, "items that it does not hold for")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		given := func(name string, v *bool) *bool {
			if cmd.Flags().Changed(name) {
				return v
			}
			return nil
		}
		in.ProposerManages, in.OnHold = given("proposer-manages", manages), given("on-hold", held)
		in.AlreadyRewarded, in.UnitDissolved = given("already-rewarded", already), given("unit-dissolved", dissolved)
		path := client.Path("submissions", args[0])
		if in.Version == 0 {
			now, err := fetch[app.SubmissionView](cmd.Context(), s, path)
			if err != nil {
				return s.failed(cmd, err)
			}
			in.Version = now.Version
		}
		return call(cmd, s, write(path+"/declaration", in), showSubmission)
	}
	return c
}

// paperCommand uploads a paper, or names a secret one.
func paperCommand(s *settings, of string) *cobra.Command {
	c := &cobra.Command{
		Use: "paper ID [FILE]", Short: "Thêm tài liệu · Add a paper", Args: cobra.RangeArgs(1, 2),
		Long: "Thêm tài liệu (PDF, JPEG, PNG, .docx, .xlsx). Tài liệu mật không tải lên: chỉ ghi --secret-ref.\n" +
			"Add a paper. A paper marked mật is never uploaded: give only --secret-ref.",
	}
	kind := c.Flags().String("kind", "other", "a paper code of the law's data, or minutes, opinion, other")
	item := c.Flags().String("item", "", "the item that it is of, if of one only")
	secret := c.Flags().String("secret-ref", "", "number and date of a secret paper")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		form := &client.Form{Fields: map[string]string{"kind": *kind, "secret_ref": *secret, "item": *item}}
		if len(args) == 2 {
			content, err := load(cmd, args[1])
			if err != nil {
				return err
			}
			form.Name, form.Content = filepath.Base(args[1]), content
		}
		r := client.Request{Method: http.MethodPost, Path: client.Path(of, args[0], "papers"), Form: form}
		return call(cmd, s, r, func(p *page, v app.PaperRow) { p.row(v.Kind, v.FileName+v.SecretRef, v.SHA256) })
	}
	return c
}

func submissionSend(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "send ID", Short: "Thủ trưởng gửi hồ sơ · The head sends it", Args: cobra.ExactArgs(1)}
	var in app.SendInput
	c.Flags().StringVar(&in.LetterSigner, "letter-signer", "", "who signed the paper letter, if not you")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		failed := 0
		err := call(cmd, s, write(client.Path("submissions", args[0], "send"), in), func(p *page, v sent) { failed = showSent(p, v) })
		if err == nil && failed > 0 {
			return &client.Problem{Code: app.CodeNotReady, Title: "một số hồ sơ chưa gửi được · some proposals were not sent"}
		}
		return err
	}
	return c
}

// sent is the API's answer to a sending.
type sent struct {
	Submission app.SubmissionRow `json:"submission"`
	Proposals  []struct {
		Proposal app.ProposalRow `json:"proposal"`
		Done     app.Done        `json:"done"`
		Problem  *client.Problem `json:"problem"`
	} `json:"proposals"`
}

func showSent(p *page, v sent) (failed int) {
	for _, r := range v.Proposals {
		state := p.t("đã gửi", "sent")
		if r.Problem != nil {
			failed++
			state = r.Problem.Error()
		} else if r.Done.Status != "" {
			state = r.Done.Status
		}
		p.row(r.Proposal.Ref, p.stage(r.Proposal.Stage), state)
	}
	return failed
}

func showSubmission(p *page, v app.SubmissionView) {
	p.line("%s  %s  (%s)", v.Ref, v.Title, v.UnitName)
	p.line(p.t("Tờ trình: %s ngày %s · tình trạng: %s · phiên bản: %d", "Letter: %s of %s · status: %s · version: %d"),
		v.LetterNumber, day(v.LetterDate), p.status(v.Status), v.Version)
	for _, pr := range v.Proposals {
		p.line("")
		showItems(p, pr)
	}
	if len(v.Attachments) > 0 {
		p.line("")
		for _, a := range v.Attachments {
			p.row(a.Kind, a.FileName+a.SecretRef, a.SHA256)
		}
	}
	kinds := make([]string, 0, len(v.Verdicts))
	for k := range v.Verdicts {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		p.line("%s: %d", p.verdict(k), v.Verdicts[k])
	}
}

func showItems(p *page, v app.ProposalView) {
	p.line("%s  %s  %s", v.Ref, v.AwardName, p.stage(v.Stage))
	p.row("#", p.t("TÊN", "NAME"), p.t("CHỨC VỤ, NƠI CÔNG TÁC", "POSITION, WORKPLACE"), p.t("THEO LUẬT", "BY THE LAW"), p.t("KẾT QUẢ", "OUTCOME"), "ID")
	for _, it := range v.ItemList {
		where := it.Content.Position
		if where != "" && it.Content.Workplace != "" {
			where += ", "
		}
		p.row(it.Position, short(it.Content.PrintedLine(), 40), short(where+it.Content.Workplace, 40), p.verdict(it.Verdict), p.outcome(it.Outcome), it.ID)
	}
}
