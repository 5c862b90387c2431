package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"vinhdanh/internal/decision"
	docs "vinhdanh/internal/office"
)

// paperList is a list as it comes back as a paper.
const paperList = "list"

// wordPaper holds a Word file that comes back as a paper of a submission against the
// data, where it is a list as this system writes it, or the letter: names, years, places,
// periods, awards and counts must be the submission's. The summaries of achievements and
// the notes may be reworded. A list or letter in another layout is a paper like any other.
func (a *App) wordPaper(ctx context.Context, s Session, in PaperInput, name string, content []byte) error {
	if in.Submission == "" || !strings.HasSuffix(strings.ToLower(name), ".docx") {
		return nil
	}
	pieces, err := docs.Read(content)
	switch {
	case errors.Is(err, docs.ErrTracked) && (in.Kind == paperLetter || in.Kind == paperList):
		return &Error{Code: CodeInvalid, Fields: []FieldError{{Field: "file", Rule: "wrong",
			Vi: "Tệp còn thay đổi đang theo dõi (Track Changes); hãy chấp nhận hoặc bỏ hết rồi tải lên.", En: "The file has tracked changes; accept or reject them all and bring it again."}}}
	case err != nil:
		return nil // what it is was judged before
	}
	var found []decision.Difference
	lists := docs.ListsIn(pieces)
	if in.Kind != paperLetter && len(lists) == 0 {
		return nil
	}
	v, err := a.Submission(ctx, s, in.Submission, false)
	if err != nil {
		return err
	}
	if len(lists) > 0 {
		found = listDifferences(a.sections(v), lists)
	}
	if in.Kind == paperLetter {
		found = append(found, a.letterDifferences(v, pieces)...)
	}
	if len(found) > 0 {
		return differing(found)
	}
	return nil
}

// letterDifferences holds what a letter asks for against the submission; a letter that
// names no award in such a line says it in its own words.
func (a *App) letterDifferences(v SubmissionView, pieces []docs.Piece) []decision.Difference {
	names := map[string]bool{}
	for _, code := range a.awardCodes() {
		names[a.awardVI(code)] = true
	}
	said := docs.AskedIn(pieces, func(n string) bool { return names[n] })
	if len(said) == 0 {
		return nil
	}
	var want []docs.Asked
	for _, p := range v.Proposals {
		g := docs.Group{Award: a.awardVI(p.Award)}
		for _, it := range played(p) {
			g.Count(it.Content.Kind)
		}
		want = append(want, g.Asked())
	}
	var out []decision.Difference
	for i := range max(len(want), len(said)) {
		var w, f docs.Asked
		if i < len(want) {
			w = want[i]
		}
		if i < len(said) {
			f = said[i]
		}
		where := fmt.Sprintf("tờ trình, mục %d", i+1)
		out = differ(out, where+", danh hiệu, hình thức", fmt.Sprintf("letter, number %d, award", i+1), w.Award, f.Award)
		out = differ(out, where+", số lượng", fmt.Sprintf("letter, number %d, count", i+1), w.Counted, f.Counted)
	}
	return out
}

// listDifferences holds the lists of a file against those of the data, in their order.
func listDifferences(want, have []docs.Section) []decision.Difference {
	var out []decision.Difference
	for i := range max(len(want), len(have)) {
		var w, h docs.Section
		if i < len(want) {
			w = want[i]
		}
		if i < len(have) {
			h = have[i]
		}
		out = differ(out, fmt.Sprintf("danh sách %d, danh hiệu, hình thức", i+1), fmt.Sprintf("list %d, award", i+1), w.Award, h.Award)
		for n := range max(len(w.Rows), len(h.Rows)) {
			var a, b docs.Row
			if n < len(w.Rows) {
				a = w.Rows[n]
			}
			if n < len(h.Rows) {
				b = h.Rows[n]
			}
			vi, en := fmt.Sprintf("danh sách %d, dòng %d, ", i+1, n+1), fmt.Sprintf("list %d, row %d, ", i+1, n+1)
			out = differ(out, vi+"họ và tên", en+"name", a.Name, b.Name)
			out = differ(out, vi+"năm sinh", en+"year of birth", a.BirthYear, b.BirthYear)
			out = differ(out, vi+"chức vụ, nơi công tác", en+"position, workplace", a.Where, b.Where)
			out = differ(out, vi+"thời gian", en+"period", a.Period, b.Period)
		}
	}
	return out
}

// differ adds a difference, blanks aside.
func differ(list []decision.Difference, vi, en, data, file string) []decision.Difference {
	data, file = strings.Join(strings.Fields(data), " "), strings.Join(strings.Fields(file), " ")
	if data == file {
		return list
	}
	return append(list, decision.Difference{Vi: vi, En: en, Data: data, File: file})
}

// awardCodes are the awards of the catalogue today; none where no law is in force.
func (a *App) awardCodes() []string {
	list, err := a.law().Awards(a.Today())
	if err != nil {
		return nil
	}
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = w.Code
	}
	return out
}
