package duplicate

import (
	"slices"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// forms of address of several words, folded. A form of one word must agree with its
// accents (Hộ and the family name Hồ, Bà and Bá), see singleForms.
var forms = phrases(`ho gia dinh ong|ho gia dinh ba|ho gia dinh anh|ho gia dinh chi|ho gia dinh|gia dinh ong|gia dinh ba|gia dinh|ho ong|ho ba|ho anh|ho chi
	ba me viet nam anh hung|me viet nam anh hung|dong chi|d c|dong bao|anh hung luc luong vu trang nhan dan|anh hung luc luong vu trang|anh hung lao dong
	dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta|thieu ta|dai uy|thuong uy|trung uy|thieu uy|thuong si|trung si|ha si
	hoa thuong|thuong toa|dai duc|ni truong|ni su|su co|su thay|linh muc|muc su|giam muc|luc cun|nhan si
	pho giao su tien si|pho giao su|giao su tien si|giao su|tien si bac si|tien si|thac si bac si|thac si|bac si chuyen khoa|bac si|duoc si|ky su|cu nhan|luong y|y si|y ta|luat su
	nghe nhan uu tu|nghe nhan nhan dan|nghe nhan|nghe si uu tu|nghe si nhan dan|nha giao uu tu|nha giao nhan dan|nha giao|thay thuoc uu tu|thay thuoc nhan dan|thay thuoc
	thay giao|co giao|em hoc sinh|hoc sinh|sinh vien|ong ba|anh chi|cuu chien binh|thuong binh`)

// singleForms are forms of one word, by vietnamese.Key.
var singleForms = set("Ông|Bà|Anh|Chị|Em|Cháu|Cô|Chú|Bác|Cụ|Hộ|Đ/c|Đc|Thầy|Sư|Mẹ")

// degrees are abbreviated titles, folded and without dots.
var degrees = map[string]bool{}

func init() {
	for _, d := range strings.Fields("pgs gs ts ths bs bsck bscki bsckii bsck1 bsck2 cki ckii ck1 ck2 ds dsck ks cn dd lg nsut nsnd ngut ngnd ttut ttnd nnut nnnd ls kts cctm dc") {
		degrees[d] = true
	}
}

func phrases(list string) [][]string {
	var out [][]string
	for _, p := range strings.FieldsFunc(list, func(r rune) bool { return r == '|' || r == '\n' }) {
		out = append(out, strings.Fields(p))
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(b) - len(a) })
	return out
}

func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Split(list, "|") {
		out[vietnamese.Key(w)] = true
	}
	return out
}

// formsByWord are the forms by their first word.
var formsByWord = func() map[string][][]string {
	out := map[string][][]string{}
	for _, f := range forms {
		out[f[0]] = append(out[f[0]], f)
	}
	return out
}()

// withoutForms cuts forms of address and degrees off the front, as long as a name of
// two words (one, after a degree) is left.
func withoutForms(words []word) []word {
	for {
		n := formLength(words)
		if n == 0 {
			return words
		}
		words = words[n:]
	}
}

// formLength is how many words the first form of address has; 0 if there is none.
func formLength(words []word) int {
	if len(words) < 2 {
		return 0
	}
	first := words[0]
	if degrees[first.fold] && (first.dotted || len(words) > 2) {
		return 1
	}
	for _, f := range formsByWord[first.fold] {
		if len(words) <= len(f) || len(words)-len(f) < 2 && len(f) < 2 {
			continue
		}
		if slices.EqualFunc(f, words[:len(f)], func(w string, x word) bool { return w == x.fold }) && !falseForm(words[:len(f)]) {
			return len(f)
		}
	}
	if singleForms[first.key] && len(words) > 2 && !(first.fold == "ong" && (words[1].fold == "thi" || words[1].fold == "van")) {
		return 1
	}
	return 0
}

// falseForm: with accents on the page, Hồ Bá … is a name and Hộ bà … is not.
func falseForm(words []word) bool {
	k := words[0].key
	return words[0].fold == "ho" && k != "ho" && k != vietnamese.Key("Hộ")
}
