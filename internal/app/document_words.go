package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"vinhdanh/internal/decision"
	"vinhdanh/internal/notify"
	docs "vinhdanh/internal/office"
	"vinhdanh/internal/phrase"
	"vinhdanh/internal/postgres"
)

// documentText is the prefix of the names of sentences of documents. Documents are in
// Vietnamese whatever the reader's language.
const documentText = "document/"

// documentPhrases are the sentences of documents that an installation may word by itself.
func documentPhrases() []phrase.Phrase { return slices.Concat(decision.Phrases(), docs.Phrases()) }

func phraseNamed(name string) (phrase.Phrase, bool) {
	all := documentPhrases()
	i := slices.IndexFunc(all, func(p phrase.Phrase) bool { return documentText+p.Name == name })
	if i < 0 {
		return phrase.Phrase{}, false
	}
	return all[i], true
}

// documentTexts lists them as an administrator sees them.
func documentTexts(own []postgres.OwnText) []TextView {
	var out []TextView
	for _, p := range documentPhrases() {
		v := TextView{Name: documentText + p.Name, Locale: string(notify.Vietnamese), Body: p.Default, Default: notify.Wording{Body: p.Default}, Placeholders: p.Placeholders()}
		out = append(out, worded(v, own))
	}
	return out
}

// documentWords are the installation's own sentences by the name of their phrase: what a
// draft takes over. Documents that exist keep the words that they were made with.
func (a *App) documentWords(ctx context.Context) (map[string]string, error) {
	own, err := a.Store.OwnTexts(ctx)
	if err != nil {
		return nil, internal("read texts", err)
	}
	out := map[string]string{}
	for _, t := range own {
		if name, ok := strings.CutPrefix(t.Name, documentText); ok && t.Body != "" {
			out[name] = t.Body
		}
	}
	return out, nil
}

// previewPhrase shows a sentence where it stands, with invented people and sums.
func previewPhrase(p phrase.Phrase, body string) (TextWords, error) {
	if !strings.HasPrefix(p.Name, "decision-") {
		return TextWords{Body: p.Say(body, map[string]string{"unit": "Phòng Giáo dục và Đào tạo huyện Mẫu"})}, nil
	}
	in := sampleDecision(map[string]int{"decision-one": 1, "decision-several": 3}[p.Name])
	in.Wording = map[string]string{p.Name: body}
	doc, err := decision.Build(in)
	if err != nil {
		return TextWords{}, fromDecision(err)
	}
	lines := append([]string{doc.Abstract, ""}, doc.Bases...)
	lines = append(lines, "", doc.Enacting)
	for i, art := range doc.Articles {
		lines = append(lines, fmt.Sprintf("Điều %d. %s", i+1, strings.Join(art.Paragraphs, "\n")))
	}
	return TextWords{Body: strings.Join(lines, "\n")}, nil
}

// sampleDecision names invented people; 0 is a list of ten in the annex.
func sampleDecision(people int) decision.Input {
	part := decision.AwardPart{Verb: "tặng", Award: "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Mẫu", Achievement: "đã có thành tích xuất sắc trong phong trào thi đua", Period: "năm 2023"}
	if people == 0 {
		people = 10
	}
	for i := range people {
		part.Items = append(part.Items, decision.Item{Kind: decision.Individual, Entry: decision.Entry{
			Form: "Ông", Name: fmt.Sprintf("Nguyễn Văn Mẫu %c", 'A'+i), Position: "Chuyên viên", Workplace: "Sở Mẫu", Money: 2_700_000,
		}})
	}
	return decision.Input{
		Issuer: []string{"ỦY BAN NHÂN DÂN", "TỈNH MẪU"}, Authority: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU", AuthorityText: "Chủ tịch Ủy ban nhân dân tỉnh Mẫu",
		Symbol: "QĐ-UBND", Place: "Mẫu", Drafted: time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC), Occasion: "trong phong trào thi đua yêu nước năm 2023",
		Bases: []string{"Căn cứ Luật Thi đua, khen thưởng"}, Proposer: "Giám đốc Sở Nội vụ", Awards: []decision.AwardPart{part},
		Fund: "Quỹ thi đua, khen thưởng của tỉnh", Executors: "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ",
		Signing: decision.Signing{Office: "CHỦ TỊCH", Name: "Trần Thị Mẫu"},
	}
}
