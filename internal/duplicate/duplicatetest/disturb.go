package duplicatetest

import (
	"math/rand/v2"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vinhdanh/internal/duplicate"
	"vinhdanh/internal/vietnamese"
)

// Kind is a way in which a second entry differs from the first.
type Kind struct {
	Name string
	Same bool // it is the same person
	Make func(*rand.Rand, duplicate.Entry) (duplicate.Entry, bool)
}

// renamed changes the name; false where the change does nothing.
func renamed(change func(*rand.Rand, duplicate.Entry) string) func(*rand.Rand, duplicate.Entry) (duplicate.Entry, bool) {
	return func(r *rand.Rand, e duplicate.Entry) (duplicate.Entry, bool) {
		n := change(r, e)
		ok := n != "" && n != e.Name
		e.Name, e.BirthDate = n, "" // a list gives the year
		return e, ok
	}
}

func changed(change func(*rand.Rand, *duplicate.Entry)) func(*rand.Rand, duplicate.Entry) (duplicate.Entry, bool) {
	return func(r *rand.Rand, e duplicate.Entry) (duplicate.Entry, bool) {
		change(r, &e)
		return e, true
	}
}

var oldTones = strings.NewReplacer("òa", "oà", "óa", "oá", "ỏa", "oả", "ủy", "uỷ", "úy", "uý", "òe", "oè", "oa", "oa")

func words(e duplicate.Entry) []string { return strings.Fields(e.Name) }

// moved puts a person elsewhere.
func moved(r *rand.Rand, e *duplicate.Entry) { at(e, r.IntN(Units)) }

// Kinds are the disturbances, and the look-alikes that are other people.
var Kinds = []Kind{
	{"as it stands", true, changed(func(*rand.Rand, *duplicate.Entry) {})},
	{"decomposed (NFD)", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string { return norm.NFD.String(e.Name) })},
	{"old tone placement", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string { return oldTones.Replace(e.Name) })},
	{"capitals, stray blanks", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		return "  " + strings.ToUpper(strings.ReplaceAll(e.Name, " ", " \u00a0")) + "\u200b"
	})},
	{"no accents", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string { return vietnamese.Fold(e.Name) })},
	{"hỏi for ngã", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		d := norm.NFD.String(e.Name)
		return norm.NFC.String(strings.NewReplacer("\u0303", "\u0309", "\u0309", "\u0303").Replace(d))
	})},
	{"i for y", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		return strings.NewReplacer("Mỹ", "Mĩ", "Lý", "Lí", "My", "Mi", "Vy", "Vi").Replace(e.Name)
	})},
	{"given name first", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		w := words(e)
		return strings.Join(append(w[len(w)-1:len(w):len(w)], w[:len(w)-1]...), " ")
	})},
	{"form of address", true, renamed(func(r *rand.Rand, e duplicate.Entry) string {
		f := []string{"Ông", "Đồng chí", "Đ/c", "BS.CKI", "ThS.", "PGS.TS.", "Thượng tọa", "Thiếu tá", "Nhà giáo ưu tú", "Kỹ sư"}
		if e.Sex == "female" {
			f = []string{"Bà", "Đồng chí", "Đ/c", "Bác sĩ", "ThS", "Ni sư", "Cô giáo", "Mẹ Việt Nam anh hùng", "Chị"}
		}
		return f[r.IntN(len(f))] + " " + e.Name
	})},
	{"household", true, func(_ *rand.Rand, e duplicate.Entry) (duplicate.Entry, bool) {
		e.Kind, e.Name = duplicate.Household, map[string]string{"male": "Hộ ông ", "female": "Hộ bà "}[e.Sex]+e.Name
		return e, true
	}},
	{"initials", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		w := words(e)
		if len(w) < 3 {
			return ""
		}
		for i := range w[:len(w)-1] {
			w[i] = string([]rune(w[i])[:1]) + "."
		}
		return strings.Join(w[:len(w)-1], "") + " " + w[len(w)-1]
	})},
	{"middle name missing", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		w := words(e)
		if len(w) < 4 {
			return ""
		}
		return w[0] + " " + w[1] + " " + w[len(w)-1]
	})},
	{"letter left out", true, renamed(func(r *rand.Rand, e duplicate.Entry) string {
		w := words(e)
		if len([]rune(w[0])) < 4 {
			return ""
		}
		f := []rune(w[0])
		i := 1 + r.IntN(len(f)-1)
		w[0] = string(f[:i]) + string(f[i+1:])
		return strings.Join(w, " ")
	})},
	{"accent of the family name", true, renamed(func(_ *rand.Rand, e duplicate.Entry) string {
		return strings.NewReplacer("Trần", "Trân", "Huỳnh", "Huynh", "Võ", "Vo", "Phạm", "Phàm", "Đặng", "Đăng").Replace(e.Name)
	})},
	{"no year of birth", true, changed(func(_ *rand.Rand, e *duplicate.Entry) { e.BirthYear, e.BirthDate = 0, "" })},
	{"year one off", true, changed(func(r *rand.Rand, e *duplicate.Entry) { e.BirthYear, e.BirthDate = e.BirthYear+1-2*r.IntN(2), "" })},
	{"day and month exchanged", true, changed(func(_ *rand.Rand, e *duplicate.Entry) {
		d := e.BirthDate
		e.BirthDate = d[:5] + d[8:] + "-" + d[5:7]
	})},
	{"unit renamed or merged", true, changed(func(_ *rand.Rand, e *duplicate.Entry) {
		e.Unit, e.Above, e.BirthDate = e.Unit+"-new", nil, ""
	})},
	{"moved, with a day of birth", true, changed(moved)},
	{"moved, with a year", true, changed(func(r *rand.Rand, e *duplicate.Entry) { moved(r, e); e.BirthDate = "" })},
	{"moved, no accents", true, renamed(func(r *rand.Rand, e duplicate.Entry) string { return vietnamese.Fold(e.Name) })},
	{"new name, same number", true, changed(func(r *rand.Rand, e *duplicate.Entry) { e.Name = Person(r, 0).Name; e.Token = "number" })},

	{"namesake of another year in the unit", false, changed(func(r *rand.Rand, e *duplicate.Entry) { e.BirthYear, e.BirthDate = e.BirthYear+3+r.IntN(9), "" })},
	{"namesake of the year in another unit", false, func(r *rand.Rand, e duplicate.Entry) (duplicate.Entry, bool) {
		moved(r, &e)
		e.BirthDate = ""
		return e, strings.HasPrefix(e.Name, "Nguyễn Văn") || strings.HasPrefix(e.Name, "Nguyễn Thị")
	}},
	{"father and son", false, changed(func(r *rand.Rand, e *duplicate.Entry) {
		e.BirthYear, e.BirthDate = e.BirthYear-20-r.IntN(15), ""
		if w := words(*e); r.IntN(2) == 0 && e.Sex == "male" {
			e.Name = strings.Join(append(w[:len(w)-1], maleGiven.pick(r)), " ")
		}
	})},
	{"twins in one unit", false, func(_ *rand.Rand, e duplicate.Entry) (duplicate.Entry, bool) {
		w := words(e)
		twin := map[string]string{
			"Hùng": "Hưng", "Hằng": "Hạnh", "Lan": "Lân", "Tâm": "Tám", "Trinh": "Trình", "Thúy": "Thùy", "Thu": "Thư", "Tuấn": "Tuân", "Hà": "Hạ", "Thảo": "Thao",
			"Phúc": "Phước", "Long": "Lộng", "Minh": "Mình", "Hải": "Hai", "Phương": "Phượng", "Phượng": "Phương", "Linh": "Lĩnh", "Hồng": "Hông", "An": "Ân", "Tân": "Tấn",
		}[w[len(w)-1]]
		w[len(w)-1] = twin
		e.Name = strings.Join(w, " ")
		return e, twin != ""
	}},
}
