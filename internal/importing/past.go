package importing

import (
	"regexp"
	"strings"
)

var (
	reDecision = regexp.MustCompile(`(\d+[a-zA-Z]?)\s*/\s*((?:\d{4}\s*/\s*)?(?:[Qq][ĐDÐđd]|BB|TB)[\p{L}\p{N}\-&.–]*)`)
	reYearTail = regexp.MustCompile(`(?i)[,(]?\s*(?:n[ăa]m\s+h[ọo]c|n[ăa]m|giai\s+[đd]o[ạa]n)?\s*\(?\d{4}(?:\s*[-–]\s*\d{4})?\)?\s*$`)
)

// readPast reads earlier awards: one per semicolon or line, each with a title,
// the number and date of its decision and the years it was for, as far as they
// stand there.
func readPast(text string, match func(string) string) []PastTitle {
	var out []PastTitle
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		part = withoutBullet(part)
		if part == "" || strings.Trim(part, "-.x/ ") == "" {
			continue
		}
		out = append(out, onePast(part, match))
	}
	return out
}

func onePast(part string, match func(string) string) PastTitle {
	t := PastTitle{Text: part}
	title := part
	if m := reDecision.FindStringSubmatchIndex(part); m != nil {
		number := part[m[2]:m[3]] + "/" + part[m[4]:m[5]]
		t.DecisionNumber = strings.TrimRight(strings.Join(strings.Fields(number), ""), ".-–")
		if d, ok := findDate(part[m[1]:]); ok {
			t.DecisionDate = d
		}
		title = withoutLeadIn(part[:m[0]])
	} else if d, ok := findDate(part); ok {
		t.DecisionDate = d
		title = dateDigits.ReplaceAllString(dateWords.ReplaceAllString(part, ""), "")
	}
	t.Years = periods(title)
	title = strings.Trim(title, " ,.:(-–")
	for strings.ContainsAny(title, "0123456789") {
		m := reYearTail.FindStringIndex(title)
		if m == nil || m[0] == 0 {
			break
		}
		title = strings.Trim(title[:m[0]], " ,.:(-–")
	}
	t.Award = match(title)
	return t
}

// withoutLeadIn cuts "theo Quyết định số" and the like from the end of a title.
func withoutLeadIn(title string) string {
	for cut := true; cut; {
		cut = false
		title = strings.TrimRight(title, " :,.(")
		low := strings.ToLower(title)
		for _, w := range []string{"quyết định", "qđ", "qd", "số", "theo"} {
			if len(low) == len(title) && strings.HasSuffix(low, w) {
				title, cut = title[:len(title)-len(w)], true
				break
			}
		}
	}
	return title
}

// linkPast gives decisions without a title the title the achievement text
// claims for as many years in a row, when there is exactly one such claim. It
// is a suggestion and marked as such.
func linkPast(row *Row, v value) {
	if len(row.Facts.Consecutive) != 1 || row.Facts.Consecutive[0].Award == "" ||
		len(row.PastTitles) != row.Facts.Consecutive[0].Years {
		return
	}
	claim := row.Facts.Consecutive[0]
	for i := range row.PastTitles {
		if p := &row.PastTitles[i]; p.Award != "" || p.DecisionNumber == "" {
			return
		}
	}
	for i := range row.PastTitles {
		p := &row.PastTitles[i]
		p.Award, p.Inferred = claim.Award, true
		if len(p.Years) == 0 && len(claim.Periods) == claim.Years {
			p.Years = []string{claim.Periods[i]}
		}
	}
	row.mark(msgPastLinked.mark(v.ref, FieldPastTitles, claim.Award))
}
