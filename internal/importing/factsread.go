package importing

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"vinhdanh/internal/vietnamese"
)

const countWord = `\b(\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)`

var (
	reShare    = regexp.MustCompile(`(\d{1,4})\s*/\s*(\d{1,4})\s+(?:(?:ca nhan|nguoi|dong chi|d/c|vien chuc|cbvc|cb,? ?gv,? ?nv|giao vien|can bo)\s+)?(?:dat\s+)?(?:danh hieu\s+)?(?:ldtt|lao dong tien tien)`)
	reFighters = regexp.MustCompile(`(?:^|[\s,;(])(\d{1,3})\s+(?:(?:ca nhan|nguoi|dong chi|d/c)\s+)?(?:dat\s+)?(?:danh hieu\s+)?(?:cstdcs|cstd co so|chien s[iy] thi dua co so)`)
	reDonePct  = regexp.MustCompile(`(\d{1,3}(?:[.,]\d+)?)\s*%[^;]{0,60}?hoan thanh (?:tot )?(?:nhiem vu|nv)`)
	reInARow   = regexp.MustCompile(countWord + `\s+nam(?: hoc)?\s+(?:lien tuc|lien tiep|lien ke|lien)\s+(?:dat\s+)?(?:danh hieu\s+)?([^;,(.\d][^;,(.]*)`)
	reInARow2  = regexp.MustCompile(`^([^;,(\d]+?)\s+` + countWord + `\s+nam(?: hoc)?\s+(?:lien tuc|lien tiep|lien ke|lien)`)
	reYears    = regexp.MustCompile(`\b(\d{4})(?:\s*[-–]\s*(\d{4}))?\b`)
	reMoney    = regexp.MustCompile(`(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?)\s*(ty dong|ty|trieu dong|trieu|dong|vnd)\b`)
	reLand     = regexp.MustCompile(`hien\s+(?:tang\s+)?(?:hon\s+|gan\s+|khoang\s+)?(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:m2|m²|met vuong)`)
	reCert     = regexp.MustCompile(`(?i)(?:gcn|gi[ấa]y\s+ch[ứu]ng\s+nh[ậa]n|q[đd]|quy[ếe]t\s+[đd][ịi]nh)\s*(?:s[ốo]\s*)?:?\s*(\d+[\p{L}]*\s*/\s*[\p{L}\p{N}\-]+)`)
	reRatio    = regexp.MustCompile(`\b\d{1,3}\s*/\s*\d{1,3}\b`)
	reCount    = regexp.MustCompile(countWord + `\s+(?:sang kien|de tai|giai phap)`)
)

var countWords = map[string]int{"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}

func countOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return countWords[s]
}

// readFacts reads what running text claims, conservatively: a phrase that is
// not plain is left to the clerk.
func readFacts(text string, kind Kind, match func(string) string) SuggestedFacts {
	var f SuggestedFacts
	var ratings []Rating
	for _, segment := range segments(text) {
		folded := vietnamese.Fold(segment)
		if r := ratingOf(folded); r != "" {
			ratings = append(ratings, r)
		}
		if strings.Contains(folded, "lien") {
			f.consecutive(folded, match)
		}
		if strings.Contains(folded, "sang kien") || strings.Contains(folded, "de tai") || strings.Contains(folded, "giai phap") {
			f.initiative(segment, folded)
		}
		if kind == Collective {
			f.members(folded)
		}
		if hasContribution(folded) {
			f.contribution(folded)
		}
	}
	for i, r := range ratings {
		if i == 0 {
			f.Rating = r
		} else if r != f.Rating { // several years with different ratings
			f.Rating = ""
			break
		}
	}
	return f
}

// segments cuts a text at semicolons, commas, full stops before a blank and
// line ends, but not inside brackets.
func segments(text string) []string {
	var out []string
	depth, start := 0, 0
	cut := func(end, next int) {
		if s := strings.TrimSpace(text[start:end]); s != "" {
			out = append(out, s)
		}
		start = next
	}
	for i, r := range text {
		switch r {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		case ';', ',', '\n':
			decimal := r == ',' && i > 0 && i+1 < len(text) && isDigits(text[i-1:i]) && isDigits(text[i+1:i+2])
			if (depth == 0 || r == '\n') && !decimal {
				cut(i, i+1)
			}
		case '.':
			if depth == 0 && i+1 < len(text) && text[i+1] == ' ' {
				cut(i, i+1)
			}
		}
	}
	cut(len(text), len(text))
	return out
}

// ratingOf reads a rating a segment gives of its subject; a share of members
// ("100% hoàn thành nhiệm vụ") is none.
func ratingOf(folded string) Rating {
	switch {
	case strings.Contains(folded, "%"), strings.Contains(folded, "/") && reRatio.MatchString(folded):
		return ""
	case strings.Contains(folded, "khong hoan thanh nhiem vu"):
		return Fail
	case strings.Contains(folded, "hoan thanh xuat sac nhiem vu"), strings.Contains(folded, "htxsnv"), strings.Contains(folded, "hoan thanh xuat sac"):
		return Excellent
	case strings.Contains(folded, "hoan thanh tot nhiem vu"), strings.Contains(folded, "httnv"):
		return Good
	case strings.HasPrefix(folded, "hoan thanh nhiem vu"), folded == "htnv":
		return Done
	}
	return ""
}

func (f *SuggestedFacts) members(folded string) {
	if m := reShare.FindStringSubmatch(folded); m != nil {
		got, all := countOf(m[1]), countOf(m[2])
		if got <= all && f.Members == 0 {
			f.MembersLDTT, f.Members = got, all
		}
	}
	if m := reFighters.FindStringSubmatch(folded); m != nil {
		f.MembersCSTDCS = countOf(m[1])
	}
	if m := reDonePct.FindStringSubmatch(folded); m != nil {
		if pct, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64); err == nil && pct <= 100 {
			f.MembersDonePct = pct
		}
	}
}

func (f *SuggestedFacts) consecutive(folded string, match func(string) string) {
	count, award := "", ""
	if m := reInARow.FindStringSubmatch(folded); m != nil {
		count, award = m[1], m[2]
	} else if m := reInARow2.FindStringSubmatch(folded); m != nil {
		count, award = m[2], m[1]
	}
	n := countOf(count)
	if n < 2 {
		return
	}
	claim := ConsecutiveTitle{Award: match(strings.TrimSpace(award)), Years: n, Periods: periods(folded)}
	if claim.Award == "" {
		claim.Rating = ratingOf(strings.TrimSpace(award))
	}
	if claim.Award != "" || claim.Rating != "" {
		f.Consecutive = append(f.Consecutive, claim)
	}
}

// periods lists the years ("2022") and school years ("2021-2022") of a text.
func periods(text string) []string {
	var out []string
	for _, m := range reYears.FindAllStringSubmatch(text, -1) {
		from, _ := strconv.Atoi(m[1])
		if from < 1945 || from > 2100 {
			continue
		}
		if m[2] != "" {
			out = append(out, m[1]+"-"+m[2])
		} else {
			out = append(out, m[1])
		}
	}
	return out
}

func (f *SuggestedFacts) initiative(segment, folded string) {
	i := Initiative{Count: 1}
	if m := reCount.FindStringSubmatch(folded); m != nil {
		i.Count = countOf(m[1])
	}
	switch {
	case strings.Contains(folded, "toan quoc"):
		i.Scope = Nation
	case strings.Contains(folded, "tinh"), strings.Contains(folded, "cap bo"), strings.Contains(folded, "cap nganh"):
		i.Scope = Province
	case strings.Contains(folded, "co so"), strings.Contains(folded, "cap truong"), strings.Contains(folded, "cap huyen"), strings.Contains(folded, "cap xa"):
		i.Scope = Grassroots
	}
	if strings.Contains(segment, "/") { // spares most texts the dear expression
		if m := reCert.FindStringSubmatch(segment); m != nil {
			i.Certificate = strings.Join(strings.Fields(m[1]), "")
		}
	}
	f.Initiatives = append(f.Initiatives, i)
}

func hasContribution(folded string) bool {
	for _, w := range []string{"hien", "dong gop", "ung ho", "tai tro", "quyen gop", "van dong"} {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

func (f *SuggestedFacts) contribution(folded string) {
	if m := reLand.FindStringSubmatch(folded); m != nil {
		if v, ok := localNumber(m[1]); ok {
			f.LandM2 += v
		}
	}
	if m := reMoney.FindStringSubmatch(folded); m != nil && f.ContributionVND == 0 {
		f.ContributionVND = dong(m[1], m[2])
	}
}

// dong turns "45.000.000" and a unit into đồng; 0 when it makes no sense.
func dong(number, unit string) int64 {
	v, ok := localNumber(number)
	switch {
	case strings.HasPrefix(unit, "ty"):
		v *= 1e9
	case strings.HasPrefix(unit, "trieu"):
		v *= 1e6
	}
	if !ok || v > 1e15 {
		return 0
	}
	return int64(math.Round(v))
}

// localNumber reads a number as written in Vietnam: a point (or a comma) before
// each three digits groups them, a comma before fewer is the decimal sign.
func localNumber(s string) (float64, bool) {
	s = strings.ReplaceAll(s, " ", "")
	if groups := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' }); len(groups) > 1 {
		if len(groups[len(groups)-1]) == 3 {
			s = strings.Join(groups, "")
		} else {
			s = strings.Join(groups[:len(groups)-1], "") + "." + groups[len(groups)-1]
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// factsOf reads one field's text. What stands in a column of its own needs no
// lead word: "Xuất sắc" under the rating, "01 cấp cơ sở" under initiatives.
func factsOf(f Field, text string, kind Kind, match func(string) string) SuggestedFacts {
	folded := vietnamese.Fold(text)
	switch {
	case f == FieldRating && !strings.Contains(folded, "hoan thanh") && len(folded) < 20:
		var out SuggestedFacts
		switch {
		case strings.Contains(folded, "xuat sac"):
			out.Rating = Excellent
		case strings.HasPrefix(folded, "tot"):
			out.Rating = Good
		default:
			return readFacts(text, kind, match)
		}
		return out
	case f == FieldInitiative && strings.ContainsAny(folded, "0123456789") && !strings.Contains(folded, "sang kien"):
		text = "sáng kiến: " + text
	}
	return readFacts(text, kind, match)
}

// merge adds the facts of another field; the first to state a value wins.
func (f *SuggestedFacts) merge(o SuggestedFacts, from Field) {
	if o.Rating != "" && (f.Rating == "" || from == FieldRating) {
		f.Rating = o.Rating
	}
	if f.Members == 0 {
		f.Members, f.MembersLDTT = o.Members, o.MembersLDTT
	}
	f.MembersCSTDCS = max(f.MembersCSTDCS, o.MembersCSTDCS)
	f.MembersDonePct = max(f.MembersDonePct, o.MembersDonePct)
	f.Consecutive = append(f.Consecutive, o.Consecutive...)
	f.Initiatives = append(f.Initiatives, o.Initiatives...)
	f.ContributionVND = max(f.ContributionVND, o.ContributionVND)
	f.LandM2 = max(f.LandM2, o.LandM2)
	f.Sources = append(f.Sources, string(from))
}
