package app

import (
	"strconv"
	"strings"

	"vinhdanh/internal/dossier"
	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
)

func cutPair(pair string) (low, high string, ok bool) { return strings.Cut(pair, ".") }

// duplicateSentence says a hit to anybody who may see one side: nothing of the other.
func duplicateSentence(level duplicate.Level, word string, rewarded bool) law.Text {
	switch {
	case word == dossier.WordSame && rewarded:
		return law.Text{
			VI: "cơ quan thường trực kết luận: thành tích này đã được khen thưởng ở một trường hợp khác",
			EN: "the standing body found that this achievement was rewarded already in another case",
		}
	case word == dossier.WordSame:
		return law.Text{
			VI: "cơ quan thường trực kết luận: cùng một thành tích được đề nghị ở hai trường hợp; chỉ một trường hợp được khen thưởng",
			EN: "the standing body found that one achievement is proposed in two cases; only one of them can be rewarded",
		}
	case word == dossier.WordOther:
		return law.Text{VI: "cơ quan thường trực kết luận: cùng đối tượng nhưng thành tích khác", EN: "the standing body found the same subject, but another achievement"}
	case word == dossier.WordDifferent:
		return law.Text{VI: "cơ quan thường trực kết luận: là đối tượng khác", EN: "the standing body found another subject"}
	case level == duplicate.Strong:
		return law.Text{
			VI: "trong tỉnh có đề nghị hoặc hồ sơ khen thưởng khác nêu cùng đối tượng, thành tích có thể là một; cơ quan thường trực xem xét, kết luận",
			EN: "another proposal or record of the province names the same subject, for what may be the same achievement; the standing body decides",
		}
	}
	return law.Text{
		VI: "trong tỉnh có đề nghị hoặc hồ sơ khen thưởng khác nêu một đối tượng gần giống; cơ quan thường trực có thể xem",
		EN: "another proposal or record of the province names a similar subject; the standing body may look at it",
	}
}

// noteDuplicates tells a reader of a result what was found, and nothing of whom.
func noteDuplicates(r *eval.Result, hits []dossier.Hit) {
	said := map[law.Text]bool{}
	for _, h := range hits {
		if h.Word == dossier.WordOther || h.Word == dossier.WordDifferent {
			continue // settled
		}
		if t := duplicateSentence(h.Match.Level, h.Word, h.Word == dossier.WordSame && h.Other.Rewarded); !said[t] {
			said[t] = true
			r.Note("already_rewarded", t)
		}
	}
}

// partNames are what is compared, and partCodes with which result.
var (
	partNames = map[string]law.Text{
		"ledger": {VI: "Sổ khen thưởng", EN: "Ledger"},
		"number": {VI: "Số định danh", EN: "Personal number"}, "name": {VI: "Họ tên", EN: "Name"}, "rarity": {VI: "Tên trong sổ", EN: "Name in the register"},
		"birth": {VI: "Ngày, năm sinh", EN: "Birth"}, "unit": {VI: "Đơn vị", EN: "Unit"}, "sex": {VI: "Giới tính", EN: "Sex"}, "kind": {VI: "Loại đối tượng", EN: "Kind of subject"},
		"collective": {VI: "Tên tập thể", EN: "Name of the collective"}, "period": {VI: "Thời gian lập thành tích", EN: "Achievement period"}, "award": {VI: "Danh hiệu, hình thức", EN: "Award"},
		"text": {VI: "Nội dung thành tích", EN: "Text of the achievement"}, "quoted": {VI: "Số quyết định", EN: "Decision number"}, "campaign": {VI: "Phong trào", EN: "Campaign"},
	}
	partCodes = map[string]law.Text{
		"joined": {VI: "đã được nối là một đối tượng", EN: "joined as one subject"}, "followed": {VI: "đối tượng này kế thừa đối tượng kia", EN: "one succeeds the other"},
		"equal": {VI: "trùng", EN: "equal"}, "different": {VI: "khác nhau", EN: "different"}, "same": {VI: "giống nhau", EN: "the same"},
		"bare": {VI: "một bên không dấu", EN: "one side has no accents"}, "spelling": {VI: "khác cách viết i/y hoặc hỏi/ngã", EN: "spelt otherwise"},
		"order": {VI: "khác thứ tự từ", EN: "words in another order"}, "accents_other": {VI: "khác dấu ở họ hoặc đệm", EN: "accents differ outside the given name"},
		"letter_other": {VI: "khác một chữ cái", EN: "one letter differs"}, "accents_given": {VI: "tên khác dấu", EN: "accents of the given name differ"},
		"initials": {VI: "khớp chữ viết tắt", EN: "initials fit"}, "middle": {VI: "thiếu chữ đệm", EN: "a middle name is missing"}, "sound": {VI: "gần âm", EN: "sounds alike"},
		"rare": {VI: "tên hiếm", EN: "rare"}, "common": {VI: "tên phổ biến", EN: "common"}, "date": {VI: "cùng ngày sinh", EN: "the same day"}, "year": {VI: "cùng năm sinh", EN: "the same year"},
		"swapped": {VI: "đảo ngày và tháng", EN: "day and month exchanged"}, "other_day": {VI: "cùng năm, khác ngày", EN: "the same year, another day"},
		"next_year": {VI: "lệch một năm", EN: "one year apart"}, "turned": {VI: "đảo chữ số của năm", EN: "digits exchanged"}, "one_missing": {VI: "một bên không ghi", EN: "missing on a side"},
		"successor": {VI: "đơn vị cũ và đơn vị kế thừa", EN: "old unit and successor"}, "line": {VI: "cấp trên, cấp dưới", EN: "one above the other"}, "workplace": {VI: "cùng nơi công tác", EN: "the same workplace"},
		"other": {VI: "khác đơn vị", EN: "other units"}, "other_unborn": {VI: "khác đơn vị, không rõ năm sinh", EN: "other units, no year of birth"}, "household": {VI: "hộ và cá nhân", EN: "a household and a person"},
		"itself": {VI: "cùng một đơn vị, kể cả sau sắp xếp", EN: "one unit, or its successor"}, "generic": {VI: "chỉ khác từ chung", EN: "differ in general words"}, "part": {VI: "tên này nằm trong tên kia", EN: "one name holds the other"},
		"unit_same": {VI: "cùng đơn vị", EN: "the same unit"}, "unit_line": {VI: "cấp trên, cấp dưới", EN: "one above the other"}, "unit_other": {VI: "khác đơn vị", EN: "other units"},
		"overlap": {VI: "giao nhau", EN: "overlap"}, "unknown": {VI: "không rõ", EN: "unknown"}, "apart": {VI: "không giao nhau", EN: "apart"},
		"forms": {VI: "hai hình thức khen thưởng", EN: "two forms of commendation"}, "beside": {VI: "danh hiệu bên cạnh hình thức khác", EN: "a title beside another award"},
		"none": {VI: "một bên không ghi", EN: "missing on a side"}, "number": {VI: "cùng nêu một quyết định", EN: "both name one decision"},
	}
)

// partText says a part in words, with its points.
func partText(p duplicate.Part) law.Text {
	what, code := partNames[p.What], partCodes[p.Code]
	if p.What == "text" && p.Code == "alike" {
		code = law.Text{VI: "giống " + p.A + " %", EN: p.A + " % alike"}
	}
	points := strconv.Itoa(p.Points)
	if p.Points > 0 {
		points = "+" + points
	}
	return law.Text{VI: what.VI + ": " + code.VI + " (" + points + ")", EN: what.EN + ": " + code.EN + " (" + points + ")"}
}
