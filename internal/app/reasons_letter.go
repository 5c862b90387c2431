package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/minutes"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// NotAwarded is one item that was not awarded: what became of it, who said so and why,
// the clauses that were not met, and the Council's sum.
type NotAwarded struct {
	Item    string         `json:"item"`
	Line    string         `json:"line"` // form of address and name, as printed
	Office  string         `json:"office,omitempty"`
	Outcome string         `json:"outcome"`
	By      string         `json:"by,omitempty"` // the body that said so
	Reason  string         `json:"reason,omitempty"`
	Clauses []NotMetClause `json:"clauses"`
	Sum     *council.Sum   `json:"sum,omitempty"`
}

// NotMetClause is a condition that was not met, with its article and how well that is
// confirmed.
type NotMetClause struct {
	Text    law.Text `json:"text"`
	Article string   `json:"article"`
	Mark    law.Mark `json:"mark"`
}

// ReasonsLetter tells the proposing unit why items of a closed proposal were not
// awarded, item by item: one letter a proposal.
type ReasonsLetter struct {
	Proposal  string       `json:"proposal"`
	Ref       string       `json:"ref"`
	AwardName law.Text     `json:"award_name"`
	Unit      string       `json:"unit"` // addressee
	UnitName  string       `json:"unit_name"`
	From      string       `json:"from"` // the standing body that writes it
	Awarded   int          `json:"awarded"`
	Items     []NotAwarded `json:"items"`
}

// notAwardedVI says outcomes in the words of the letter.
var notAwardedVI = map[string]string{
	string(proposal.OutcomeNotProposed): "không được đề nghị khen thưởng", string(proposal.OutcomeNotPassed): "không được Hội đồng thông qua",
	string(proposal.OutcomeDeferred): "chưa xét trong đợt này", string(proposal.OutcomeNotAwarded): "cấp có thẩm quyền không khen thưởng",
}

// ReasonsLetter reads the letter of a closed proposal: for the unit that proposed, the
// standing body that writes it, and auditors. No other unit sees any of it.
func (a *App) ReasonsLetter(ctx context.Context, s Session, id string) (ReasonsLetter, error) {
	p, err := a.proposal(ctx, s, id)
	if err != nil {
		return ReasonsLetter{}, err
	}
	if _, ok := s.may("case.reasons", casePlace(p).In("")); !ok {
		return ReasonsLetter{}, &Error{Code: CodeNotFound}
	}
	if _, ok := s.may("case.reasons", casePlace(p)); !ok {
		return ReasonsLetter{}, readable(CodeNotReady, "Thư nêu lý do có khi hồ sơ đã kết thúc.", "the letter is there once the case is closed")
	}
	pv, err := a.Proposal(ctx, s, p.ID, true)
	if err != nil {
		return ReasonsLetter{}, err
	}
	out := ReasonsLetter{Proposal: p.ID, Ref: p.Ref, AwardName: a.awardName(p.Award), Unit: p.Unit, Items: []NotAwarded{}}
	units, err := a.Store.UnitNames(ctx, []string{p.Unit, stageOf(p, proposal.StageReception).Unit})
	if err != nil {
		return out, internal("read units", err)
	}
	out.UnitName, out.From = units[p.Unit], units[stageOf(p, proposal.StageReception).Unit]
	rec, err := a.record(ctx, p)
	if err != nil {
		return out, err
	}
	barred, err := a.barred(ctx, s, p)
	if err != nil {
		return out, err
	}
	sums, err := a.Store.SumsOf(ctx, p.ID)
	if err != nil {
		return out, internal("read the Council's sums", err)
	}
	said := rec.opinions()
	for _, it := range pv.ItemList {
		switch {
		case it.Outcome == string(proposal.OutcomeRecognised):
			out.Awarded++
		case notAwardedVI[it.Outcome] != "" && !barred[it.ID]:
			n, err := notAwardedOf(it, said[it.ID], sums)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, n)
		}
	}
	return out, nil
}

// hasReasons tells whether the reader may read a letter that says something.
func hasReasons(s Session, pv ProposalView) bool {
	_, ok := s.may("case.reasons", casePlace(pv.Proposal))
	return ok && slices.ContainsFunc(pv.ItemList, func(it ItemView) bool { return notAwardedVI[it.Outcome] != "" })
}

// notAwardedOf says of one item what became of it and why.
func notAwardedOf(it ItemView, said []Said, sums []postgres.SumRow) (NotAwarded, error) {
	n := NotAwarded{Item: it.ID, Line: it.Content.PrintedLine(), Office: commaJoined(it.Content.Position, it.Content.Workplace), Outcome: it.Outcome, Clauses: []NotMetClause{}}
	for _, w := range said { // the last that ended it
		if w.Outcome == it.Outcome {
			n.By = w.UnitName
			if w.Reason != "" {
				n.Reason = w.Reason
			}
		}
	}
	if it.Law != nil {
		n.Clauses = notMet(it.Law.Tree, n.Clauses)
	}
	i := slices.IndexFunc(sums, func(r postgres.SumRow) bool { return r.Item == it.ID })
	if i < 0 {
		return n, nil
	}
	var r council.ResultRow
	if err := json.Unmarshal(sums[i].Result, &r); err != nil {
		return n, internal("read the Council's sum", err)
	}
	n.Sum = &r.Sum
	return n, nil
}

// notMet collects the lowest conditions that were not met.
func notMet(node eval.Node, out []NotMetClause) []NotMetClause {
	before := len(out)
	for _, c := range node.Children {
		out = notMet(c, out)
	}
	if len(out) == before && node.Result == eval.NotMet && node.Article != "" {
		out = append(out, NotMetClause{Text: node.Text, Article: node.Article, Mark: node.Mark})
	}
	return out
}

// ReasonsFile is the letter as PDF or Word. It is Vietnamese in every language, and its
// number, day and signature are left open: it is sent by the standing body.
func (a *App) ReasonsFile(ctx context.Context, s Session, id, format string) (SheetFile, error) {
	l, err := a.ReasonsLetter(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	if len(l.Items) == 0 {
		return SheetFile{}, readable(CodeNotReady, "Mọi trường hợp của hồ sơ đều được khen thưởng.", "every item of the proposal was awarded")
	}
	doc := l.document()
	f := SheetFile{Name: "ly-do-" + slug(l.Ref) + "." + format}
	switch format {
	case "pdf":
		f.MediaType = "application/pdf"
		f.Content, err = doc.PDF()
	case "docx":
		f.MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		f.Content, err = doc.Docx()
	default:
		return f, &Error{Code: CodeNotFound}
	}
	if err != nil {
		return f, internal("write the letter", err)
	}
	return f, nil
}

// document is the letter as blocks, in the form of a công văn (Decree 30/2020/NĐ-CP).
func (l ReasonsLetter) document() minutes.Document {
	d := minutes.Document{Title: "Lý do không khen thưởng " + l.Ref}
	add := func(kind, text string) { d.Blocks = append(d.Blocks, minutes.Block{Kind: kind, Text: text}) }
	d.Blocks = append(d.Blocks, minutes.Block{
		Kind: minutes.Letterhead, Left: []string{strings.ToUpper(l.From), "Số:           /", "V/v lý do trường hợp không được khen thưởng"},
		Right: []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "…………, ngày …… tháng …… năm ……"},
	})
	add(minutes.Subtitle, "Kính gửi: "+l.UnitName)
	add(minutes.Paragraph, fmt.Sprintf("%s thông báo lý do các trường hợp của hồ sơ %s đề nghị %s không được khen thưởng. Được khen thưởng: %d; không được khen thưởng: %d.",
		l.From, l.Ref, l.AwardName.VI, l.Awarded, len(l.Items)))
	for i, it := range l.Items {
		add(minutes.Heading, fmt.Sprintf("%d. %s", i+1, commaJoined(it.Line, it.Office)))
		add(minutes.Paragraph, "Kết quả: "+notAwardedVI[it.Outcome]+".")
		if it.Reason != "" {
			add(minutes.Paragraph, "Lý do"+by(it.By)+": "+strings.TrimRight(it.Reason, ". ")+".")
		}
		for _, c := range it.Clauses {
			add(minutes.Paragraph, "Chưa đạt: "+strings.TrimRight(c.Text.VI, ". ")+" ("+c.Article+", "+c.Mark.Text().VI+").")
		}
		if it.Sum != nil {
			add(minutes.Paragraph, fmt.Sprintf("Hội đồng biểu quyết: tán thành %d, không tán thành %d, không biểu quyết %d, không hợp lệ %d; tính trên %d, cần %d.",
				it.Sum.Yes, it.Sum.No, it.Sum.Abstain, it.Sum.Invalid, it.Sum.Base, it.Sum.Needed))
		}
		if it.Reason == "" && len(it.Clauses) == 0 && it.Sum == nil {
			add(minutes.Paragraph, "Chưa có lý do ghi trên hệ thống.")
		}
	}
	d.Blocks = append(d.Blocks, minutes.Block{
		Kind: minutes.Signatures, Left: []string{"Nơi nhận:", "- Như trên;", "- Lưu: VT."}, Right: []string{"THỦ TRƯỞNG CƠ QUAN", "(ký, ghi rõ họ tên)", ""},
	})
	return d
}

func by(body string) string {
	if body == "" {
		return ""
	}
	return " của " + body
}
