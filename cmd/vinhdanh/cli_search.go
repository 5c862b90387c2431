package main

import (
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"vinhdanh/internal/app"
)

// searchCommand finds things by words, and lists items and cases by filter.
func searchCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "search WORDS", Short: "Tìm theo tên, số, đơn vị · Search by name, number, unit", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return call(cmd, s, read("/search", url.Values{"q": {args[0]}}), showFound)
	}
	return c
}

func showFound(p *page, v app.Found) {
	if v.Empty() {
		p.line("%s", p.t("Không tìm thấy.", "Nothing was found."))
	}
	for _, r := range v.People.Rows {
		p.row(p.t("người", "person"), r.Name, r.UnitName, r.Items)
	}
	for _, r := range v.Items.Rows {
		p.row(p.t("trường hợp", "item"), r.Name, r.Ref, r.Award, p.outcome(r.Outcome))
	}
	for _, r := range v.Cases.Rows {
		p.row(p.t("hồ sơ", "case"), r.Ref, r.UnitName, r.Award)
	}
	for _, r := range v.Submissions.Rows {
		p.row(p.t("tờ trình", "submission"), r.Ref, r.LetterNumber, r.Title)
	}
	for _, r := range v.Decisions.Rows {
		number := ""
		if r.Number != nil {
			number = *r.Number
		}
		p.row(p.t("quyết định", "decision"), r.Ref, number, day(r.Date))
	}
	for _, r := range v.Units {
		p.row(p.t("đơn vị", "unit"), r.ID, r.Name, r.Parent)
	}
}

// filterFlags are the parts of a list's filter.
func filterFlags(c *cobra.Command) func() url.Values {
	f := c.Flags()
	texts := map[string]*string{}
	for name, use := range map[string]string{
		"q": "a reference or number, or words of names", "state": "draft, open, returned, on_hold or closed",
		"stage": "nomination, review, reception, appraisal, council or issuance", "award": "award code", "unit": "the proposing unit",
		"campaign": "campaign", "period": "of an item: 2023, 2022-2023", "outcome": "pending, passed, recognised, not_passed, …",
		"kind": "individual, collective or household", "class": "leader or direct", "decision": "id of a numbered decision",
		"subject": "reference of a person or collective", "role": "the role that a case waits for", "from": "sent on this day or later",
		"to": "sent on this day or earlier", "sort": "newest or due", "after": "cursor of the page",
	} {
		texts[name] = f.String(name, "", use)
	}
	flags := map[string]*bool{"mine": f.Bool("mine", false, "what waits for me"), "own": f.Bool("own", false, "of my own units"), "late": f.Bool("late", false, "past the due day")}
	limit := f.Int("limit", 25, "rows on a page, at most 500")
	return func() url.Values {
		q := url.Values{"limit": {strconv.Itoa(*limit)}}
		for name, v := range texts {
			if *v != "" {
				q.Set(name, *v)
			}
		}
		for name, v := range flags {
			if *v {
				q.Set(name, "true")
			}
		}
		return q
	}
}

// listCommand lists items and cases, counts them, and saves them as files.
func listCommand(s *settings) *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "Danh sách có lọc, đếm, xuất tệp · Filtered lists, counts, files"}
	c.AddCommand(
		listOf(s, "items", "Trường hợp · Items", func(p *page, v app.Listed[app.ListedItem]) {
			p.row(p.t("HỌ TÊN", "NAME"), p.t("HỒ SƠ", "CASE"), p.t("ĐƠN VỊ", "UNIT"), p.t("HÌNH THỨC", "AWARD"), p.t("KẾT QUẢ", "OUTCOME"))
			for _, r := range v.Rows {
				p.row(r.Name, r.Ref, short(r.UnitName, 36), r.Award, p.outcome(r.Outcome))
			}
			p.after(v.Next)
		}),
		listOf(s, "cases", "Hồ sơ · Cases", func(p *page, v app.Listed[app.CaseRow]) {
			p.row(p.t("SỐ", "REF"), p.t("ĐƠN VỊ", "UNIT"), p.t("BƯỚC", "STAGE"), p.t("HẠN", "DUE"), p.t("TRƯỜNG HỢP", "ITEMS"))
			for _, r := range v.Rows {
				p.row(r.Ref, short(r.UnitName, 36), p.stage(r.Stage), day(r.DueOn), strconv.Itoa(r.OpenItems)+"/"+strconv.Itoa(r.Items))
			}
			p.after(v.Next)
		}),
		listOf(s, "people", "Cá nhân, tập thể · People and collectives", func(p *page, v app.Listed[app.FoundPerson]) {
			for _, r := range v.Rows {
				p.row(r.Name, r.UnitName, r.Items, r.Recognised, r.Subject)
			}
			p.after(v.Next)
		}),
		listOf(s, "submissions", "Hồ sơ trình · Submissions", func(p *page, v app.Listed[app.SubmissionRef]) {
			for _, r := range v.Rows {
				p.row(r.Ref, short(r.UnitName, 36), r.LetterNumber, p.status(r.Status), short(r.Title, 40))
			}
			p.after(v.Next)
		}),
		listOf(s, "decisions", "Quyết định · Decisions", func(p *page, v app.Listed[app.DecisionRef]) {
			for _, r := range v.Rows {
				p.row(r.Ref, r.AuthorityName, r.Award, r.Phase, r.Items)
			}
			p.after(v.Next)
		}),
		unitsCommand(s),
	)
	return c
}

func unitsCommand(s *settings) *cobra.Command {
	return &cobra.Command{Use: "units [WORDS]", Short: "Đơn vị · Units", Args: cobra.MaximumNArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		q := url.Values{"limit": {"200"}}
		if len(args) == 1 {
			q.Set("q", args[0])
		}
		return call(cmd, s, read("/units", q), func(p *page, v []app.FoundUnit) {
			for _, u := range v {
				p.row(u.ID, u.Name, u.Parent)
			}
		})
	}}
}

func listOf[T any](s *settings, what, about string, print printer[app.Listed[T]]) *cobra.Command {
	c := &cobra.Command{Use: what, Short: about, Args: cobra.NoArgs}
	filter := filterFlags(c)
	count, output := new(bool), new(string)
	if what == "items" || what == "cases" {
		count = c.Flags().Bool("count", false, "only how many")
		output = c.Flags().String("output", "", "save the whole list: a file ending in .xlsx or .csv")
	}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		q := filter()
		switch {
		case *count:
			type counted struct {
				Count int  `json:"count"`
				More  bool `json:"more"`
			}
			return call(cmd, s, read("/lists/"+what+"/count", q), func(p *page, v counted) {
				more := ""
				if v.More {
					more = "+"
				}
				p.line("%d%s", v.Count, more)
			})
		case *output != "":
			format := "xlsx"
			if len(*output) > 4 && (*output)[len(*output)-4:] == ".csv" {
				format = "csv"
			}
			q.Set("format", format)
			if s.Lang != "" {
				q.Set("lang", s.Lang)
			}
			return save(cmd, s, read("/lists/"+what+"/export", q), *output)
		}
		return call(cmd, s, read("/lists/"+what, q), print)
	}
	return c
}

// after tells how to read on.
func (p *page) after(cursor string) {
	if cursor != "" {
		p.line(p.t("Còn nữa: --after %s", "There is more: --after %s"), cursor)
	}
}
