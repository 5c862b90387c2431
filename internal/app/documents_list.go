package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	docs "vinhdanh/internal/office"
	"vinhdanh/internal/tabular"
)

// zoneVN is Asia/Ho_Chi_Minh.
var zoneVN = time.FixedZone("ICT", 7*3600)

// sections are the awards of a submission with their rows.
func (a *App) sections(v SubmissionView) []docs.Section {
	var out []docs.Section
	for _, p := range v.Proposals {
		s := docs.Section{Award: a.awardVI(p.Award)}
		for _, it := range played(p) {
			c := it.Content
			s.Rows = append(s.Rows, docs.Row{
				Name: c.PrintedLine(), BirthYear: birthYear(it.Item), Where: commaJoined(c.Position, c.Workplace), Period: c.Period,
				Achievement: c.Achievement, Note: c.Note,
			})
		}
		out = append(out, s)
	}
	return out
}

// commaJoined puts what is there between commas.
func commaJoined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func (a *App) writeList(ctx context.Context, v SubmissionView, w io.Writer) error {
	paper, err := a.paperOf(ctx, v)
	if err != nil {
		return err
	}
	l := docs.List{Paper: paper, Title: v.Title, Sections: a.sections(v)}
	if l.SignerTitle, l.Signer, err = a.signerOf(ctx, v); err != nil {
		return err
	}
	if v.LetterNumber != "" && v.LetterDate != nil {
		l.With = fmt.Sprintf("(Kèm theo Tờ trình số %s ngày %s của %s)", v.LetterNumber, v.LetterDate.Format("02/01/2006"), v.UnitName)
	}
	l.Number = "" // the list goes with the letter's number
	return l.Doc().Write(w)
}

// writeListExcel writes the list as one sheet, award by award.
func (a *App) writeListExcel(v SubmissionView, w io.Writer) error {
	t := tabular.Table{Name: "danh-sach", Title: v.Title, Columns: []tabular.Column{
		{Heading: docs.Headings[0], Kind: tabular.Whole, Width: 6}, {Heading: "Danh hiệu, hình thức đề nghị", Width: 32},
		{Heading: docs.Headings[1], Width: 30}, {Heading: docs.Headings[2], Width: 10}, {Heading: docs.Headings[3], Width: 36},
		{Heading: docs.Headings[4], Width: 14}, {Heading: docs.Headings[5], Width: 50}, {Heading: docs.Headings[6], Width: 20},
	}}
	return t.Write(w, tabular.Excel, func(yield func([]any, error) bool) {
		n := 0
		for _, s := range a.sections(v) {
			for _, r := range s.Rows {
				n++
				if !yield([]any{n, s.Award, r.Name, r.BirthYear, r.Where, r.Period, r.Achievement, r.Note}, nil) {
					return
				}
			}
		}
	})
}

// writeReport writes the achievement report of one item, or its summary.
func (a *App) writeReport(ctx context.Context, v SubmissionView, name, item string, w io.Writer) error {
	for _, p := range v.Proposals {
		for _, it := range p.ItemList {
			if it.ID != item {
				continue
			}
			paper, err := a.paperOf(ctx, v)
			if err != nil {
				return err
			}
			paper.Number, paper.Date = "", nil
			f, err := factsOf(it.Content)
			if err != nil {
				return err
			}
			r := docs.Report{
				Paper: paper, Kind: "BÁO CÁO THÀNH TÍCH", Award: a.awardVI(p.Award), Achievement: it.Content.Achievement,
				Name: it.Content.PrintedLine(), About: about(it),
			}
			if name == DocSummary {
				r.Kind = "BÁO CÁO TÓM TẮT THÀNH TÍCH"
			}
			for _, t := range f.Titles {
				r.Titles = append(r.Titles, a.titleLine(t))
			}
			for _, x := range f.Initiatives {
				r.Initiatives = append(r.Initiatives, []string{levelsVI[x.Scope], x.Period.Label, x.Number})
			}
			if r.SignerTitle, r.Signer, err = a.signerOf(ctx, v); err != nil {
				return err
			}
			return r.Doc().Write(w)
		}
	}
	return &Error{Code: CodeNotFound}
}

// about is what a report says of its subject, by kind.
func about(it ItemView) [][2]string {
	c := it.Content
	switch c.Kind {
	case "collective":
		return [][2]string{{"Tên tập thể", c.Name}, {"Cơ quan quản lý, địa chỉ", c.Workplace}, {"Thời gian thành tích", c.Period}}
	case "household":
		return [][2]string{{"Chủ hộ", c.PrintedLine()}, {"Địa chỉ", c.Workplace}, {"Thời gian thành tích", c.Period}}
	}
	sex := map[string]string{"male": "Nam", "female": "Nữ"}[c.Sex]
	return [][2]string{
		{"Họ và tên", c.Name}, {"Giới tính", sex}, {"Năm sinh", birthYear(it.Item)}, {"Chức vụ", c.Position}, {"Nơi công tác", c.Workplace},
		{"Thời gian thành tích", c.Period},
	}
}
