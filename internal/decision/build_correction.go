package decision

import (
	"fmt"
	"strings"
	"time"
)

// CorrectPart makes a decision one that corrects an issued one (đính chính): spelling of a
// name, position or unit. Decree 30/2020/NĐ-CP Điều 18 khoản 3 asks of an error in what a
// document says for a document of the same form, so it is a decision in the same layout.
type CorrectPart struct {
	Number string        // of the decision that is corrected, "328/QĐ-UBND"
	Date   time.Time     // its day of issue
	Award  string        // as printed there: "tặng Bằng khen của …"
	Lines  []CorrectLine // in the printed order of that decision
}

// CorrectLine is one field of one subject. Was or Is may be empty where nothing stood, or
// stands from now on; never both, and never of a name.
type CorrectLine struct {
	Place  int // in the printed order of the decision that is corrected, from 1
	Kind   Kind
	Entry  Entry  // as it stood before
	Field  string // name, position or unit
	Was    string
	Is     string
	Reason string
}

// fieldNoun is how a document calls a field of a kind of subject.
func (l CorrectLine) fieldNoun() string {
	switch {
	case l.Field == "position":
		return "chức vụ"
	case l.Field == "unit" && l.Kind == Individual:
		return "nơi công tác"
	case l.Field == "unit":
		return "đơn vị"
	case l.Kind == Individual:
		return "họ và tên"
	}
	return "tên"
}

// says puts what is wrong and what is right into words.
func (l CorrectLine) says() string {
	noun := l.fieldNoun()
	switch {
	case l.Was == "":
		return "bổ sung " + noun + " “" + l.Is + "”"
	case l.Is == "":
		return "bỏ " + noun + " đã ghi “" + l.Was + "”"
	}
	return noun + " đã ghi “" + l.Was + "”, nay đính chính là “" + l.Is + "”"
}

func (p *CorrectPart) check() error {
	if p.Number == "" || p.Date.IsZero() || p.Award == "" || len(p.Lines) == 0 {
		return refuse(CodeIncomplete, "the correction lacks the decision, its award or what is corrected",
			"còn thiếu quyết định được đính chính, hình thức khen thưởng hoặc nội dung đính chính")
	}
	for i, l := range p.Lines {
		switch {
		case l.Field != "name" && l.Field != "position" && l.Field != "unit", l.Entry.Name == "", l.Place < 1:
			return refuse(CodeIncomplete, "correction %d names no subject or no field", "nội dung đính chính thứ %d chưa rõ đối tượng hoặc mục", i+1)
		case l.Was == l.Is, l.Field == "name" && (l.Was == "" || l.Is == ""):
			return refuse(CodeIncomplete, "correction %d changes nothing, or leaves no name", "nội dung đính chính thứ %d không thay đổi gì, hoặc bỏ trống tên", i+1)
		case l.Reason == "":
			return refuse(CodeIncomplete, "correction %d has no reason", "nội dung đính chính thứ %d chưa có lý do", i+1)
		}
	}
	return nil
}

// subjects counts whom the lines are about.
func (p *CorrectPart) subjects() int {
	seen := map[int]bool{}
	for _, l := range p.Lines {
		seen[l.Place] = true
	}
	return len(seen)
}

// buildCorrection composes the text of a decision that corrects another one.
func (in Input) buildCorrection() (Document, error) {
	p := in.Corrects
	if err := p.check(); err != nil {
		return Document{}, err
	}
	doc := in.frame()
	former := fmt.Sprintf("Quyết định số %s ngày %s tháng %s năm %d", p.Number, dayText(p.Date), monthText(p.Date), p.Date.Year())
	doc.Abstract = "Về việc đính chính " + former + " về " + p.Award
	first := []string{"Đính chính thông tin tại " + former + " của " + in.AuthorityText + " về " + p.Award +
		", đối với " + count(p.subjects()) + " trường hợp:"}
	for i, l := range p.Lines {
		first = append(first, fmt.Sprintf("%d. %s (trường hợp thứ %d theo thứ tự ghi trong quyết định): %s. Lý do: %s.", i+1, l.Entry.Line(), l.Place, l.says(), strings.TrimRight(l.Reason, ";,. ")))
	}
	who := "Tập thể, cá nhân, hộ gia đình có tên tại Điều 1"
	if in.Executors != "" {
		who = capitalise(in.Executors) + " và tập thể, cá nhân, hộ gia đình có tên tại Điều 1"
	}
	doc.Articles = []Article{{Paragraphs: first},
		{Paragraphs: []string{"Các nội dung khác của " + former + " không thay đổi."}},
		{Paragraphs: []string{in.say(phraseExecution, map[string]string{"who": who})}}}
	return in.closed(doc)
}
