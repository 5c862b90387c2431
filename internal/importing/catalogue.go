package importing

import (
	"slices"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// Catalogue recognises award texts. It is injected, because which awards exist
// is law data and not the business of reading a sheet. Implementations must be
// safe for concurrent use.
type Catalogue interface {
	// Match gives the code of the one award a text means for a kind of subject
	// ("" when the kind is not known), or the candidates when several fit; both
	// empty when the text names no award. An award that is named beyond doubt
	// but not open to the kind is given all the same; Fits says so.
	Match(text string, kind Kind) (code string, candidates []string)
	// Fits reports whether a subject of the kind may be proposed for the award.
	Fits(code string, kind Kind) bool
	// Awards lists the catalogue in the order a drop-down shows it.
	Awards() []Award
}

// Award is one entry of the catalogue. The first name is the one printed.
// Several awards may share names: those are told apart by kind or, where that
// does not suffice, by the clerk.
type Award struct {
	Code          string
	Names         []string
	Abbreviations []string
	Kinds         []Kind
	Asked         bool // given for the type of commendation that the list is for: goes before others of the same name
}

// AwardList is the Catalogue over a plain list.
type AwardList struct {
	awards []Award
	byKey  map[string][]int // normalised text → awards of that name, in order
}

// NewCatalogue builds the Catalogue. Texts are compared without case, accents,
// punctuation and filler words, with the usual abbreviations taken as one with
// what they stand for (CSTĐ, LĐTT, BK, GK, TT, UBND).
func NewCatalogue(awards []Award) *AwardList {
	l := &AwardList{awards: slices.Clone(awards), byKey: map[string][]int{}}
	for i, a := range l.awards {
		for _, text := range slices.Concat([]string{a.Code}, a.Names, a.Abbreviations) {
			if k := awardKey(text); k != "" && !slices.Contains(l.byKey[k], i) {
				l.byKey[k] = append(l.byKey[k], i)
			}
		}
	}
	return l
}

// Awards implements Catalogue.
func (l *AwardList) Awards() []Award { return l.awards }

// Fits implements Catalogue.
func (l *AwardList) Fits(code string, kind Kind) bool {
	return slices.ContainsFunc(l.awards, func(a Award) bool { return a.Code == code && slices.Contains(a.Kinds, kind) })
}

// Label is the text of an award in the template's drop-down: name and code.
func Label(a Award) string {
	if len(a.Names) == 0 {
		return a.Code
	}
	return a.Names[0] + " (" + a.Code + ")"
}

// Match implements Catalogue. A code, alone or in brackets at the end, decides
// by itself; a place name after the level ("tỉnh Hậu Giang") is ignored.
func (l *AwardList) Match(text string, kind Kind) (string, []string) {
	if code := l.exactCode(text); code != "" {
		return code, nil
	}
	found := l.byKey[awardKey(text)]
	if len(found) == 0 {
		found = l.withoutPlace(awardWords(text))
	}
	found = l.rather(found, func(a Award) bool { return kind == "" || slices.Contains(a.Kinds, kind) })
	found = l.rather(found, func(a Award) bool { return a.Asked })
	switch len(found) {
	case 0:
		return "", nil
	case 1:
		return l.awards[found[0]].Code, nil
	}
	codes := make([]string, len(found))
	for i, f := range found {
		codes[i] = l.awards[f].Code
	}
	return "", codes
}

// rather leaves of several awards those that fit better, if any do.
func (l *AwardList) rather(found []int, better func(Award) bool) []int {
	fit := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return !better(l.awards[i]) })
	if len(fit) == 0 {
		return found
	}
	return fit
}

func (l *AwardList) exactCode(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, '('); i >= 0 && strings.HasSuffix(text, ")") {
		text = text[i+1 : len(text)-1]
	}
	for _, a := range l.awards {
		if a.Code == text {
			return a.Code
		}
	}
	return ""
}

// withoutPlace cuts what follows the name of a level, when the rest is known.
func (l *AwardList) withoutPlace(words []string) []int {
	for i := len(words) - 2; i > 0; i-- {
		switch words[i] {
		case "tinh", "huyen", "xa", "tp", "thixa", "thitran", "phuong":
			if found := l.byKey[strings.Join(words[:i+1], "")]; len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// awardPhrases joins what is written in several ways; longer phrases first.
var awardPhrases = strings.NewReplacer(
	" uy ban nhan dan ", " ubnd ", " chien si thi dua ", " cstd ", " chien sy thi dua ", " cstd ",
	" lao dong tien tien ", " ldtt ", " lao dong xuat sac ", " ldxs ", " tap the ", " tt ", " bang khen ", " bk ",
	" giay khen ", " gk ", " co so ", " cs ", " thanh pho ", " tp ", " thi xa ", " thixa ", " thi tran ", " thitran ",
	" toan quoc ", " tq ", " huan chuong ", " hc ", " hang nhat ", " 1 ", " hang nhi ", " 2 ", " hang ba ", " 3 ",
	" hang i ", " 1 ", " hang ii ", " 2 ", " hang iii ", " 3 ", " chu tich ", " ", " danh hieu ", " ",
	" hinh thuc ", " ", " de nghi ", " ", " cong nhan ", " ",
)

// awardFiller are words that do not tell one award from another.
var awardFiller = []string{"cua", "cap", "tang", "ubnd", "dat", "ct", "thuong", "xet"}

func awardKey(text string) string { return strings.Join(awardWords(text), "") }

func awardWords(text string) []string {
	fields := strings.FieldsFunc(vietnamese.Fold(text), func(r rune) bool {
		return strings.ContainsRune(" .,;:()[]\"'“”‘’-–_/*\n", r)
	})
	s := " " + strings.Join(fields, " ") + " "
	for range 4 { // neighbouring phrases share a blank, so one pass misses some
		next := awardPhrases.Replace(s)
		if next == s {
			break
		}
		s = next
	}
	return slices.DeleteFunc(strings.Fields(s), func(w string) bool { return slices.Contains(awardFiller, w) })
}
