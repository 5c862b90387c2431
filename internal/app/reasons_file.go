package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"vinhdanh/internal/minutes"
)

// ReasonsFile is the letter as PDF or Word. It is Vietnamese in every language, and its
// number, day and signature are left open: it is sent by the standing body.
func (a *App) ReasonsFile(ctx context.Context, s Session, id, format string) (SheetFile, error) {
	l, err := a.ReasonsLetter(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	if len(l.Items) == 0 && l.State == "" {
		return SheetFile{}, readable(CodeNotReady, "Mọi trường hợp của hồ sơ đều được khen thưởng.", "every item of the proposal was awarded")
	}
	return l.file(format)
}

// file writes the letter as pdf or docx.
func (l ReasonsLetter) file(format string) (SheetFile, error) {
	doc, err := l.document(), error(nil)
	f := SheetFile{Name: "ket-qua-" + slug(l.Ref) + "." + format}
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
	d := minutes.Document{Title: "Thông báo kết quả " + l.Ref}
	add := func(kind, text string) { d.Blocks = append(d.Blocks, minutes.Block{Kind: kind, Text: text}) }
	d.Blocks = append(d.Blocks, minutes.Block{
		Kind: minutes.Letterhead, Left: []string{strings.ToUpper(l.From), "Số:           /", "V/v thông báo kết quả xét khen thưởng"},
		Right: []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "…………, ngày …… tháng …… năm ……"},
	})
	add(minutes.Subtitle, "Kính gửi: "+l.UnitName)
	add(minutes.Paragraph, fmt.Sprintf("%s thông báo kết quả xét hồ sơ %s đề nghị %s. Được khen thưởng: %d; không được khen thưởng: %d.",
		l.From, l.Ref, l.AwardName.VI, l.Awarded, len(l.Items)))
	if len(l.Given) > 0 {
		add(minutes.Heading, "Được khen thưởng")
	}
	for i, g := range l.Given {
		add(minutes.Paragraph, fmt.Sprintf("%d. %s%s.", i+1, commaJoined(g.Line, g.Office), g.decision()))
	}
	if len(l.Items) > 0 {
		add(minutes.Heading, "Không được khen thưởng và lý do")
	}
	l.reasons(add)
	for _, text := range strings.Split(l.Paragraph, "\n") {
		if text = strings.TrimSpace(text); text != "" {
			add(minutes.Paragraph, text)
		}
	}
	d.Blocks = append(d.Blocks, minutes.Block{
		Kind: minutes.Signatures, Left: []string{"Nơi nhận:", "- Như trên;", "- Lưu: VT."}, Right: []string{"THỦ TRƯỞNG CƠ QUAN", "(ký, ghi rõ họ tên)", ""},
	})
	return d
}

// decision says by which decision an item was awarded.
func (g Awarded) decision() string {
	if g.Number == "" {
		return ""
	}
	day, err := time.Parse(time.DateOnly, g.Date)
	if err != nil {
		return " (Quyết định số " + g.Number + ")"
	}
	return " (Quyết định số " + g.Number + " ngày " + day.Format("02/01/2006") + ")"
}

// reasons says item by item why it was not awarded.
func (l ReasonsLetter) reasons(add func(kind, text string)) {
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
		if it.Quota != nil {
			add(minutes.Paragraph, "Số lượng: "+it.Quota.VI+".")
		}
		if it.Reason == "" && len(it.Clauses) == 0 && it.Sum == nil {
			add(minutes.Paragraph, "Chưa có lý do ghi trên hệ thống.")
		}
	}
}

func by(body string) string {
	if body == "" {
		return ""
	}
	return " của " + body
}
