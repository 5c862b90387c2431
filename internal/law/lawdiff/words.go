package lawdiff

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/law"
)

var sections = []string{
	"regimes", "apply_drafts", "base_salary", "multiples", "rounding", "several_awards", "numbers", "criteria", "global", "quotas", "ladders", "clocks",
	"awards", "authorities", "routes", "required_stages", "council_rules", "signing_for", "agencies", "deadlines", "dossiers", "papers", "retention", "calendar", "revocation_grounds", "reissue_reasons", "correction_rules",
}

func order(section string) int { return slices.Index(sections, section) }

var sectionNames = map[string]law.Text{
	"regimes": {VI: "Quy định áp dụng", EN: "Regime"}, "base_salary": {VI: "Mức lương cơ sở từ", EN: "Base salary from"},
	"multiples": {VI: "Mức tiền thưởng", EN: "Bonus"}, "rounding": {VI: "Làm tròn tiền thưởng", EN: "Rounding of bonuses"},
	"numbers": {VI: "Trị số", EN: "Number"}, "criteria": {VI: "Tiêu chuẩn", EN: "Criterion"}, "global": {VI: "Quy định chung", EN: "Rules for every award"},
	"awards": {VI: "Danh hiệu, hình thức", EN: "Award"}, "authorities": {VI: "Thẩm quyền quyết định", EN: "Authority"},
	"routes": {VI: "Quy trình", EN: "Route"}, "council_rules": {VI: "Cách thức Hội đồng biểu quyết", EN: "Council's rule"},
	"deadlines": {VI: "Thời hạn", EN: "Deadline"}, "dossiers": {VI: "Thành phần hồ sơ", EN: "Papers of a dossier"},
	"papers": {VI: "Loại giấy tờ", EN: "Kind of paper"}, "retention": {VI: "Thời hạn bảo quản", EN: "Retention"},
	"required_stages": {VI: "Bước bắt buộc", EN: "Required stage"},
	"agencies":        {VI: "Cơ quan được hiệp y", EN: "Agency consulted"},
	"apply_drafts":    {VI: "Áp dụng dự thảo", EN: "Draft applied"}, "several_awards": {VI: "Nhiều danh hiệu, hình thức cùng lúc", EN: "Several awards at once"},
	"quotas": {VI: "Tỷ lệ, số lượng", EN: "Quota"}, "ladders": {VI: "Thứ bậc danh hiệu, hình thức", EN: "Order of awards"},
	"clocks":             {VI: "Thời gian tính cho lần khen sau", EN: "Clock of the next award"},
	"revocation_grounds": {VI: "Căn cứ hủy bỏ khen thưởng", EN: "Ground of revocation"},
	"reissue_reasons":    {VI: "Lý do cấp đổi, cấp lại", EN: "Reason of reissue"},
	"correction_rules":   {VI: "Quy định về đính chính", EN: "Rule of corrections"},
	"signing_for":        {VI: "Ký thay, ký thừa ủy quyền", EN: "Signing for the head"},
	"calendar":           {VI: "Lịch làm việc năm", EN: "Working calendar of"},
}

var fieldNames = map[string]law.Text{
	"back":  {VI: "bản cũ thu lại hay đã mất", EN: "whether the old one comes back"},
	"value": {VI: "trị số", EN: "the value"}, "cites": {VI: "căn cứ ghi trong quyết định", EN: "the legal basis that is named"},
	"draft": {VI: "dự thảo", EN: "a draft"}, "transitions": {VI: "quy định chuyển tiếp", EN: "transitional rule"}, "counts": {VI: "tính theo ngày", EN: "the day that counts"},
	"rule": {VI: "cách áp dụng", EN: "what applies"}, "regime": {VI: "quy định áp dụng", EN: "the regime"}, "of": {VI: "tính trên số", EN: "the base"},
	"percent": {VI: "tỷ lệ phần trăm tối đa", EN: "the percentage"}, "per": {VI: "phạm vi tính", EN: "counted over"}, "steps": {VI: "thứ tự từ cao xuống", EN: "the order from the highest"},
	"when": {VI: "trường hợp", EN: "the situation"}, "pay": {VI: "cách trả", EN: "what is paid"},
	"role": {VI: "vai trò", EN: "the role"}, "how": {VI: "cách ký", EN: "how"},
	"id": {VI: "mã", EN: "the id"}, "code": {VI: "mã", EN: "the code"}, "award": {VI: "danh hiệu, hình thức", EN: "the award"}, "year": {VI: "năm", EN: "the year"},
	"hundredths": {VI: "mức tiền", EN: "the amount"}, "times": {VI: "hệ số nhân", EN: "the factor"}, "dong": {VI: "số tiền", EN: "the sum"},
	"up_to": {VI: "làm tròn lên đến", EN: "rounding up to"}, "article": {VI: "điều khoản", EN: "the article"}, "mark": {VI: "mức độ xác nhận", EN: "the mark"},
	"source": {VI: "nguồn", EN: "the source"}, "note": {VI: "ghi chú", EN: "the note"}, "local_rule_needed": {VI: "cần quy định địa phương", EN: "local rule needed"},
	"number": {VI: "trị số áp dụng", EN: "the number used"}, "runs_from": {VI: "tính từ", EN: "counts from"}, "limit": {VI: "số lượng tối đa", EN: "the number"},
	"from": {VI: "hiệu lực từ", EN: "in force from"}, "to": {VI: "hiệu lực đến", EN: "in force until"}, "regimes": {VI: "quy định áp dụng", EN: "the regimes"},
	"levels": {VI: "cấp", EN: "the levels"}, "working_days": {VI: "số ngày làm việc", EN: "the working days"}, "expr": {VI: "điều kiện", EN: "the condition"},
	"text": {VI: "lời văn", EN: "the text"}, "names": {VI: "tên gọi", EN: "the name"}, "all": {VI: "gồm tất cả", EN: "all of"}, "any": {VI: "gồm một trong", EN: "any of"},
	"otherwise": {VI: "khi không thỏa", EN: "otherwise"}, "cases": {VI: "ca thử", EN: "the test cases"}, "printed": {VI: "tên in trên quyết định", EN: "the printed name"},
	"abbreviations": {VI: "tên viết tắt", EN: "the abbreviations"}, "class": {VI: "loại", EN: "the class"}, "kinds": {VI: "đối tượng", EN: "the kinds of subject"},
	"types": {VI: "loại hình khen thưởng", EN: "the types"}, "verb": {VI: "động từ", EN: "the verb"}, "posthumous": {VI: "động từ truy tặng", EN: "the posthumous verb"},
	"retention": {VI: "thời hạn bảo quản", EN: "the retention"}, "authority": {VI: "thẩm quyền", EN: "the authority"}, "route": {VI: "quy trình", EN: "the route"},
	"council": {VI: "Hội đồng", EN: "the council's rule"}, "dossier": {VI: "thành phần hồ sơ", EN: "the papers"}, "criteria": {VI: "tiêu chuẩn", EN: "the criteria"},
	"judged_by_people": {VI: "điều kiện do người xem xét", EN: "what people judge"}, "threshold": {VI: "tỷ lệ tán thành", EN: "the majority"},
	"quorum": {VI: "số có mặt tối thiểu", EN: "the quorum"}, "share": {VI: "tỷ lệ", EN: "the share"}, "more_than": {VI: "phải quá tỷ lệ", EN: "more than the share"},
	"mode": {VI: "hình thức họp", EN: "the mode"}, "base": {VI: "tính trên", EN: "the base"}, "ballot": {VI: "cách bỏ phiếu", EN: "the ballot"},
	"absent": {VI: "người vắng mặt", EN: "absentees"}, "chair_must_agree": {VI: "chủ trì phải đồng ý", EN: "the chair must agree"},
	"consultation": {VI: "lấy ý kiến bằng văn bản thay cho họp", EN: "a written consultation instead of a meeting"}, "silence": {VI: "không trả lời", EN: "no answer"},
	"years": {VI: "số năm (0: vĩnh viễn)", EN: "years (0: for ever)"}, "unless": {VI: "trừ khi", EN: "unless"}, "unless_text": {VI: "trừ khi, bằng lời", EN: "unless, in words"}, "paper": {VI: "giấy tờ", EN: "the paper"},
	"papers": {VI: "giấy tờ", EN: "the papers"}, "stages": {VI: "bước", EN: "stage"}, "exclusive": {VI: "vai trò không được kiêm", EN: "exclusive roles"},
	"offices": {VI: "cấp quyết định", EN: "deciding office"}, "name": {VI: "tên", EN: "the name"}, "off": {VI: "ngày nghỉ", EN: "day off"}, "on": {VI: "ngày", EN: "the day"},
	"added_by": {VI: "do cấp bổ sung", EN: "added by"}, "sets": {VI: "số bộ hồ sơ", EN: "sets"}, "includes": {VI: "cũng áp dụng cho", EN: "also"},
	"make_up": {VI: "ngày làm bù", EN: "make-up days"}, "rules": {VI: "quy định theo", EN: "rule under"}, "stack": {VI: "các văn bản", EN: "the texts"},
	"transition": {VI: "quy định chuyển tiếp", EN: "the transition"}, "assumed_from": {VI: "tạm theo", EN: "assumed from"}, "deadline": {VI: "thời hạn", EN: "the deadline"},
	"minutes": {VI: "cần biên bản", EN: "minutes needed"}, "returns_to": {VI: "được trả lại về", EN: "where it may return to"}, "decides": {VI: "được quyết định", EN: "what it may decide"},
	"second_round": {VI: "tỷ lệ được bỏ phiếu lần hai", EN: "the share for a second ballot"}, "tie": {VI: "khi ngang phiếu", EN: "a tie"}, "by": {VI: "theo", EN: "decided by"},
	"recusal": {VI: "người không được biểu quyết", EN: "who is barred"}, "standing": {VI: "Thường trực Hội đồng xét", EN: "the standing members decide"},
	"awards":  {VI: "danh hiệu, hình thức", EN: "the awards"},
	"earlier": {VI: "trước khi văn bản sau có hiệu lực", EN: "before a later text"},
	"does":    {VI: "khi vượt", EN: "what it does when exceeded"}, "order": {VI: "thứ tự ưu tiên", EN: "the order of priority"}, "beyond": {VI: "phần vượt", EN: "what is beyond"},
	"stage": {VI: "bước", EN: "the stage"}, "all_ways": {VI: "cả thủ tục đơn giản", EN: "the simplified procedure too"},
	"by_type":  {VI: "riêng loại hình", EN: "for the type"},
	"own_unit": {VI: "tự xử lý hồ sơ của đơn vị mình", EN: "processing its own"}, "agencies": {VI: "cơ quan hiệp y", EN: "agencies consulted"},
	"may_return": {VI: "được trả lại", EN: "may return"}, "roles": {VI: "vai trò", EN: "the roles"},
	"body": {VI: "cơ quan thực hiện", EN: "the acting body"}, "at": {VI: "nơi thực hiện", EN: "where"}, "kind": {VI: "loại bước", EN: "the kind"}, "level": {VI: "cấp", EN: "the level"},
}

// fieldName says a path in words: "bước 3 Hội đồng, thời hạn".
func fieldName(path string) law.Text {
	var vi, en []string
	path = strings.TrimSuffix(path, ".share") // the majority is its share
	for part := range strings.SplitSeq(path, ".") {
		name, element, listed := strings.Cut(strings.TrimSuffix(part, "]"), "[")
		w, ok := fieldNames[name]
		if !ok {
			w = plain(name)
		}
		if listed {
			e := inWords(strings.Trim(element, "[]"))
			w = law.Text{VI: w.VI + " " + e.VI, EN: w.EN + " " + e.EN}
		}
		vi, en = append(vi, w.VI), append(en, w.EN)
	}
	return law.Text{VI: strings.Join(vi, ", "), EN: strings.Join(en, ", ")}
}

// inWords says what names an element of a list: "3 council" is "3 Hội đồng".
func inWords(element string) law.Text {
	var vi, en []string
	for code := range strings.FieldsSeq(element) {
		w := law.Word(code)
		vi, en = append(vi, w.VI), append(en, w.EN)
	}
	return law.Text{VI: strings.Join(vi, " "), EN: strings.Join(en, " ")}
}

// list says a list of codes in words.
func list[T ~string](codes []T) law.Text {
	var vi, en []string
	for _, c := range codes {
		w := law.Word(c)
		vi, en = append(vi, w.VI), append(en, w.EN)
	}
	return law.Text{VI: strings.Join(vi, ", "), EN: strings.Join(en, ", ")}
}

// pairs says a list of lists of codes: roles that one person may not hold together.
func pairs(v reflect.Value) law.Text {
	var vi, en []string
	for i := range v.Len() {
		var a, b []string
		for j := range v.Index(i).Len() {
			w := law.Word(v.Index(i).Index(j).String())
			a, b = append(a, w.VI), append(b, w.EN)
		}
		vi, en = append(vi, strings.Join(a, " – ")), append(en, strings.Join(b, " – "))
	}
	return law.Text{VI: strings.Join(vi, "; "), EN: strings.Join(en, "; ")}
}

// leafOf turns a value that people read as one into a leaf; false for what has parts.
func leafOf(path string, v reflect.Value) (leaf, bool) {
	last := path[strings.LastIndexByte(path, '.')+1:]
	switch x := v.Interface().(type) {
	case law.Text:
		if x == (law.Text{}) {
			return leaf{}, true
		}
		return leaf{raw: x.VI + "\x00" + x.EN, text: quoted(x)}, true
	case law.Date:
		if x.IsZero() {
			return leaf{}, true
		}
		return leaf{raw: x.String(), text: law.Text{VI: x.VN(), EN: x.String()}}, true
	case law.Mark:
		return leaf{raw: string(x), text: x.Text()}, true
	case law.Ratio:
		if x == (law.Ratio{}) {
			return leaf{}, true
		}
		return leaf{raw: fmt.Sprint(x), text: plain(fmt.Sprintf("%d/%d", x.Num, x.Den))}, true
	}
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			return leaf{}, true
		}
		w := law.Word(v.String())
		if w.VI == v.String() {
			w = quoted(w)
		}
		return leaf{raw: v.String(), text: w}, true
	case reflect.Bool:
		if !v.Bool() {
			return leaf{raw: "false", text: law.Text{VI: "không", EN: "no"}}, true
		}
		return leaf{raw: "true", text: law.Text{VI: "có", EN: "yes"}}, true
	case reflect.Int, reflect.Int64:
		return leaf{raw: fmt.Sprint(v.Int()), text: number(last, v.Int())}, true
	case reflect.Slice:
		return listLeaf(v)
	}
	return leaf{}, false
}

// listLeaf is a list of plain values or texts; lists of parts are walked.
func listLeaf(v reflect.Value) (leaf, bool) {
	switch v.Type().Elem().Kind() {
	case reflect.String:
		codes := make([]string, v.Len())
		for i := range codes {
			codes[i] = v.Index(i).String()
		}
		return leaf{raw: strings.Join(codes, "\x00"), text: list(codes)}, true
	case reflect.Slice:
		return leaf{raw: fmt.Sprint(v.Interface()), text: pairs(v)}, true
	}
	if dates, ok := v.Interface().([]law.Date); ok {
		var all []string
		for _, d := range dates {
			all = append(all, d.VN())
		}
		s := strings.Join(all, ", ")
		return leaf{raw: s, text: plain(s)}, true
	}
	if texts, ok := v.Interface().([]law.Text); ok {
		var vi, en []string
		for _, t := range texts {
			vi, en = append(vi, t.VI), append(en, t.EN)
		}
		t := law.Text{VI: strings.Join(vi, "; "), EN: strings.Join(en, "; ")}
		return leaf{raw: t.VI + "\x00" + t.EN, text: quoted(t)}, true
	}
	return leaf{}, false
}

func quoted(t law.Text) law.Text { return law.Text{VI: "“" + t.VI + "”", EN: "“" + t.EN + "”"} }

// number says a number with its unit.
func number(field string, n int64) law.Text {
	switch field {
	case "hundredths":
		whole, part := n/100, fmt.Sprintf("%02d", n%100)
		if part[1] == '0' {
			part = part[:1]
		}
		return law.Text{VI: fmt.Sprintf("%d,%s lần mức lương cơ sở", whole, part), EN: fmt.Sprintf("%d.%s times the base salary", whole, part)}
	case "dong", "up_to":
		return law.Text{VI: grouped(n, ".") + " đồng", EN: grouped(n, ",") + " đồng"}
	}
	return plain(strconv.FormatInt(n, 10))
}

func grouped(n int64, by string) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + by + s[i:]
	}
	return s
}
