package historical

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vinhdanh/internal/personal"
	"vinhdanh/internal/vietnamese"
)

// Award is an award of the catalogue.
type Award struct {
	Code, VI, EN string
	Kinds        []string
}

// Unit is a unit that is or was.
type Unit struct{ ID, Name, ShortName string }

// Scan is a scanned decision that is kept.
type Scan struct{ SHA256, FileName string }

// Known is what rows are judged against.
type Known struct {
	Awards []Award
	Units  []Unit
	Scans  []Scan
	Today  string // ISO
}

// Cleared in a cell of a correction empties it; an empty cell keeps what was.
const Cleared = "-"

// Read makes a record of the cells of one that is there and of changes to them, with
// what is wrong.
func (k Known) Read(base, changes map[string]string) (Record, []Problem) {
	cells := map[string]string{}
	for f, v := range base {
		cells[f] = v
	}
	for f, v := range changes {
		switch v = vietnamese.NFC(strings.TrimSpace(v)); v {
		case "":
		case Cleared:
			delete(cells, f)
		default:
			cells[f] = v
		}
	}
	for _, f := range [][2]string{{FieldAward, FieldAwardText}, {FieldAwardText, FieldAward}} { // one takes the other's place
		if changes[f[0]] != "" && changes[f[1]] == "" {
			delete(cells, f[1])
		}
	}
	r, problems, _ := k.read(cells)
	return r, problems
}

// read makes a record of cells, with what is wrong and what is worth a look.
func (k Known) read(cells map[string]string) (Record, []Problem, []Problem) {
	rd := reader{Known: k, cells: cells}
	rd.subject()
	rd.award()
	rd.decision()
	rd.period()
	rd.scan()
	return rd.r, rd.problems, rd.hints
}

type reader struct {
	Known
	cells    map[string]string
	r        Record
	problems []Problem
	hints    []Problem
}

func (rd *reader) wrong(field, vi, en string) {
	rd.problems = append(rd.problems, problem(field, vi, en))
}

// text reads a cell that must not be empty (need) or longer than most.
func (rd *reader) text(field string, need bool, most int) string {
	v := rd.cells[field]
	switch {
	case v == "" && need:
		rd.wrong(field, "Ô này không được để trống.", "This cell must not be empty.")
	case len([]rune(v)) > most:
		rd.wrong(field, "Dài quá "+strconv.Itoa(most)+" ký tự.", "It is longer than "+strconv.Itoa(most)+" characters.")
	}
	return v
}

func (rd *reader) subject() {
	rd.r.Kind = "individual"
	if v := rd.cells[FieldKind]; v != "" {
		var ok bool
		if rd.r.Kind, ok = codeOf(kinds, v); !ok {
			rd.wrong(FieldKind, "Chọn: cá nhân, tập thể hoặc hộ gia đình.", "Choose: individual, collective or household.")
		}
	}
	rd.r.Name, rd.r.Workplace = rd.text(FieldName, true, 300), rd.text(FieldWorkplace, false, 300)
	rd.r.Subject = rd.text(FieldSubject, false, 60)
	rd.r.Unit = rd.unit(rd.cells[FieldUnit])
	if rd.r.Kind != "individual" {
		return
	}
	if v := rd.cells[FieldSex]; v != "" {
		var ok bool
		if rd.r.Sex, ok = codeOf(sexes, v); !ok {
			rd.wrong(FieldSex, "Chọn: nam hoặc nữ.", "Choose: male or female.")
		}
	}
	if v := rd.cells[FieldBirthYear]; v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1880 || v > rd.Today[:4] {
			rd.wrong(FieldBirthYear, "Năm sinh ghi bốn chữ số, ví dụ 1975.", "Write the year of birth in four digits, such as 1975.")
		}
		rd.r.BirthYear = n
	}
	rd.personal()
}

func (rd *reader) personal() {
	n, err := personal.Parse(rd.cells[FieldNumber])
	if err != nil {
		rd.wrong(FieldNumber, "Số CCCD có 12 chữ số, số CMND có 9 chữ số; hãy định dạng ô là văn bản để không mất số 0 ở đầu.",
			"A CCCD number has 12 digits, a CMND number 9; format the cell as text so that leading zeros stay.")
		return
	}
	rd.r.Personal = n
	for _, h := range n.Hints(rd.r.Sex, rd.r.BirthYear) {
		rd.hints = append(rd.hints, hintWords[h])
	}
}

var hintWords = map[personal.Hint]Problem{
	personal.HintProvince: {FieldNumber, "Ba chữ số đầu không phải mã tỉnh; hãy xem lại số.", "The first three digits are no province's code; look at the number again."},
	personal.HintSex:      {FieldNumber, "Chữ số thứ tư không khớp giới tính; hãy xem lại số.", "The fourth digit does not fit the sex; look at the number again."},
	personal.HintYear:     {FieldNumber, "Chữ số năm sinh không khớp năm sinh; hãy xem lại số.", "The digits of the year do not fit the year of birth; look at the number again."},
}

// unit finds a unit by its id or a name; also one that is no more.
func (rd *reader) unit(v string) string {
	key, hits := vietnamese.Fold(v), []string{}
	for _, u := range rd.Units {
		if u.ID == v {
			return u.ID
		}
		if key != "" && (vietnamese.Fold(u.Name) == key || vietnamese.Fold(u.ShortName) == key) {
			hits = append(hits, u.ID)
		}
	}
	switch {
	case v == "":
		rd.wrong(FieldUnit, "Ghi đơn vị của đối tượng (đơn vị cũ cũng được).", "Say the subject's unit (a former one will do).")
	case len(hits) == 0:
		rd.wrong(FieldUnit, "Không có đơn vị này; hãy chọn trong danh mục.", "There is no such unit; choose one of the list.")
	case len(hits) > 1:
		rd.wrong(FieldUnit, "Có nhiều đơn vị cùng tên; hãy ghi mã đơn vị: "+strings.Join(hits, ", ")+".", "Several units have this name; write the unit's id: "+strings.Join(hits, ", ")+".")
	default:
		return hits[0]
	}
	return ""
}

func (rd *reader) award() {
	named, free := rd.cells[FieldAward], rd.text(FieldAwardText, false, 300)
	i := slices.IndexFunc(rd.Awards, func(a Award) bool { return is(a, named) })
	switch {
	case named == "" && free == "":
		rd.wrong(FieldAward, "Chọn danh hiệu, hình thức trong danh mục; nếu danh mục không có thì ghi theo quyết định ở cột bên.",
			"Choose the award of the catalogue; where it has none, write what the decision says into the next column.")
	case named != "" && free != "":
		rd.wrong(FieldAwardText, "Đã chọn trong danh mục thì để trống cột này.", "Leave this empty where an award of the catalogue is chosen.")
	case named != "" && i < 0:
		rd.wrong(FieldAward, "Danh mục không có tên này; hãy chọn trong danh mục, hoặc ghi vào cột “Ghi theo quyết định”.",
			"The catalogue has no such award; choose one of it, or write it into the column of what the decision says.")
	case named == "":
		if j := slices.IndexFunc(rd.Awards, func(a Award) bool { return is(a, free) }); j >= 0 {
			rd.wrong(FieldAwardText, "Danh mục có danh hiệu này ("+rd.Awards[j].Code+"); hãy chọn ở cột danh hiệu.", "The catalogue has this award ("+rd.Awards[j].Code+"); choose it in the column of awards.")
		}
		rd.r.AwardText = free
	case !slices.Contains(rd.Awards[i].Kinds, rd.r.Kind):
		rd.wrong(FieldAward, "Danh hiệu, hình thức này không dành cho loại đối tượng đã chọn.", "This award is not for such a subject.")
	default:
		rd.r.Award = rd.Awards[i].Code
	}
}

func is(a Award, v string) bool {
	code, _, _ := strings.Cut(v, " – ")
	key := vietnamese.Fold(v)
	return strings.EqualFold(strings.TrimSpace(code), a.Code) || key == vietnamese.Fold(a.VI) || key == vietnamese.Fold(a.EN)
}

func (rd *reader) decision() {
	rd.r.Number, rd.r.Issuer = rd.text(FieldDecision, true, 80), rd.text(FieldIssuer, true, 200)
	day, ok := date(rd.text(FieldDate, true, 40))
	switch {
	case rd.cells[FieldDate] == "":
	case !ok || day < "1945-09-02":
		rd.wrong(FieldDate, "Ngày ghi dạng 01/07/2015.", "Write the day as 01/07/2015.")
	case day > rd.Today:
		rd.wrong(FieldDate, "Ngày quyết định ở tương lai.", "The day of the decision is in the future.")
	}
	rd.r.Date = day
	if v := rd.cells[FieldAmount]; v != "" {
		if rd.r.Amount, ok = dong(v); !ok {
			rd.wrong(FieldAmount, "Tiền thưởng ghi bằng số, ví dụ 1.800.000.", "Write the sum in digits, such as 1,800,000.")
		}
	}
}

// periods are the shapes of a period by its kind.
var periods = map[string]*regexp.Regexp{
	"calendar": regexp.MustCompile(`^(19|20)\d\d$`),
	"school":   regexp.MustCompile(`^(19|20)\d\d-(19|20)\d\d$`),
	"range":    regexp.MustCompile(`^(19|20)\d\d-(19|20)\d\d$`),
}

func (rd *reader) period() {
	kind, v := rd.cells[FieldPeriodKind], strings.NewReplacer(" ", "", "–", "-", "—", "-").Replace(rd.cells[FieldPeriod])
	rd.r.PeriodKind, rd.r.Period = "calendar", v
	if kind != "" {
		var ok bool
		if rd.r.PeriodKind, ok = codeOf(periodKinds, kind); !ok {
			rd.wrong(FieldPeriodKind, "Chọn: năm, năm học hoặc giai đoạn.", "Choose: calendar year, school year or range.")
			return
		}
	} else if strings.Contains(v, "-") {
		rd.wrong(FieldPeriodKind, "Ghi rõ đây là năm học hay giai đoạn.", "Say whether this is a school year or a range.")
		return
	}
	from, to, span := strings.Cut(v, "-")
	a, _ := strconv.Atoi(from) // digits, or the pattern says no
	b, _ := strconv.Atoi(to)
	switch {
	case v == "":
		rd.wrong(FieldPeriod, "Ghi thời gian đạt thành tích; quyết định không ghi thì lấy năm của quyết định.",
			"Say the achievement period; where the decision names none, the year of the decision.")
	case !periods[rd.r.PeriodKind].MatchString(v), span && b < a, rd.r.PeriodKind == "school" && b != a+1:
		rd.wrong(FieldPeriod, "Ghi dạng 2019 (năm), 2018-2019 (năm học) hoặc 2015-2019 (giai đoạn).", "Write 2019 (year), 2018-2019 (school year) or 2015-2019 (range).")
	case rd.r.Date != "" && from > rd.r.Date[:min(4, len(rd.r.Date))]:
		rd.wrong(FieldPeriod, "Thời gian đạt thành tích sau ngày quyết định.", "The achievement period lies after the decision.")
	}
}

// scan finds a scan that is kept, by its hash or by a name that only one has.
func (rd *reader) scan() {
	v := rd.cells[FieldScan]
	hits := []string{}
	for _, s := range rd.Scans {
		if strings.EqualFold(s.SHA256, v) {
			rd.r.Scan = s.SHA256
			return
		}
		if v != "" && strings.EqualFold(s.FileName, v) {
			hits = append(hits, s.SHA256)
		}
	}
	switch {
	case v == "":
		rd.wrong(FieldScan, "Ghi tên tệp quét của quyết định; hãy tải tệp quét lên trước.", "Name the scan of the decision; upload the scan first.")
	case len(hits) == 0:
		rd.wrong(FieldScan, "Chưa có tệp quét này; hãy tải tệp quét lên trước.", "There is no such scan; upload it first.")
	case len(hits) > 1:
		rd.wrong(FieldScan, "Có nhiều tệp quét cùng tên; hãy ghi SHA-256.", "Several scans have this name; write the SHA-256.")
	default:
		rd.r.Scan = hits[0]
	}
}
