package office

import "vinhdanh/internal/phrase"

// Sentences of letters (tờ trình) that an installation may word by itself.
var (
	UnitLetter = phrase.Phrase{Name: "letter-unit", Required: []string{"unit"},
		Default: "Căn cứ các quy định hiện hành về thi đua, khen thưởng và kết quả bình xét của đơn vị, {{.unit}} kính trình xem xét khen thưởng đối với các tập thể, cá nhân, hộ gia đình sau (danh sách kèm theo):"}
	LevelLetter = phrase.Phrase{Name: "letter-level", Required: []string{"unit"},
		Default: "Căn cứ các quy định hiện hành về thi đua, khen thưởng và kết quả xét của Hội đồng Thi đua - Khen thưởng, {{.unit}} kính trình xem xét khen thưởng đối với các tập thể, cá nhân, hộ gia đình sau (danh sách kèm theo):"}
	Closing = phrase.Phrase{Name: "letter-closing", Default: "Kính trình xem xét, quyết định./."}
)

// Phrases are the sentences of letters that an installation may word by itself.
func Phrases() []phrase.Phrase { return []phrase.Phrase{UnitLetter, LevelLetter, Closing} }
