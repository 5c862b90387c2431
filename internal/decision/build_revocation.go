package decision

import (
	"fmt"
	"time"
)

// RevokePart makes a decision one that cancels another one, whole or for the subjects
// named (Luật 06/2022/QH15 Điều 93), in the layout of Decree 30/2020/NĐ-CP.
type RevokePart struct {
	Number string    // of the decision that awarded, "328/QĐ-UBND"
	Date   time.Time // its day of issue
	Award  string    // as printed: "tặng Bằng khen của …"
	Whole  bool      // all that it names
	Items  []Item    // Entry.Money is what is to be paid back
	Ground string    // the law's text of the ground
	Clause string    // "điểm a khoản 1 Điều 93 Luật …"
	// Fund is where the money goes back to: "Quỹ thi đua, khen thưởng của …".
	Fund string
}

// revocation composes the articles, the abstract and the list of a revoking decision.
func (in Input) revocation() (abstract string, articles []Article, annex *Annex, err error) {
	r := in.Revokes
	if r.Number == "" || r.Date.IsZero() || r.Award == "" || r.Ground == "" || r.Clause == "" {
		return "", nil, nil, refuse(CodeIncomplete, "the revocation lacks the decision, its award or the ground",
			"còn thiếu quyết định bị hủy bỏ, hình thức khen thưởng hoặc căn cứ hủy bỏ")
	}
	if err := (AwardPart{Verb: "hủy bỏ", Award: r.Award, Items: r.Items}).check(); err != nil {
		return "", nil, nil, err
	}
	former := fmt.Sprintf("Quyết định số %s ngày %s tháng %s năm %d", r.Number, dayText(r.Date), monthText(r.Date), r.Date.Year())
	what := "hủy bỏ một phần "
	if r.Whole {
		what = "hủy bỏ "
	}
	abstract = "Về việc " + what + former + " về " + r.Award
	first := []string{capitalise(what) + former + " của " + in.AuthorityText + " về " + r.Award + ", đối với " + counts(r.Items)}
	if listed := in.ListAlways || len(r.Items) > InlineSubjects; listed {
		first[0] += " (có danh sách kèm theo)."
		annex = &Annex{Title: "DANH SÁCH", Subtitle: "Bị hủy bỏ quyết định " + r.Award, By: in.AuthorityText, Sections: []Section{{Groups: groups(r.Items)}}}
	} else {
		first[0] += ":"
		for i, it := range r.Items {
			end := ";"
			if i == len(r.Items)-1 {
				end = "."
			}
			first = append(first, fmt.Sprintf("%d. %s%s", i+1, it.Entry.Line(), end))
		}
	}
	first = append(first, "Lý do: "+r.Ground+" ("+r.Clause+").")
	who := "Tập thể, cá nhân, hộ gia đình có tên tại Điều 1"
	if in.Executors != "" {
		who = capitalise(in.Executors) + " và tập thể, cá nhân, hộ gia đình có tên tại Điều 1"
	}
	return abstract, []Article{{Paragraphs: first}, {Paragraphs: []string{r.giveBack(annex)}},
		{Paragraphs: []string{in.say(phraseExecution, map[string]string{"who": who})}}}, annex, nil
}

// giveBack says what is to be given back, and has the list show the sums.
func (r *RevokePart) giveBack(annex *Annex) string {
	text := "Thu hồi hiện vật khen thưởng đã trao."
	var owed int64
	for _, it := range r.Items {
		owed += it.Entry.Money
	}
	if owed > 0 {
		text = "Thu hồi hiện vật khen thưởng và tiền thưởng đã nhận; tổng số tiền phải nộp lại là " + FormatMoney(owed)
		if r.Fund != "" {
			text += ", nộp vào " + r.Fund
		}
		text += "."
		if annex != nil {
			annex.Money = true
		}
	}
	return text
}
