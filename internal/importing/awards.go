package importing

import (
	"regexp"
	"strings"

	"vinhdanh/internal/vietnamese"
)

var (
	reBullet    = regexp.MustCompile(`^\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ][.)])\s+`)
	awardPeriod = regexp.MustCompile(`(?i)[,(]?\s*(?:n[ăa]m\s+h[ọo]c|n[ăa]m|giai\s+[đd]o[ạa]n)\s+(\d{4}(?:\s*[-–]\s*\d{4})?)\s*\)?\s*$`)
	weakSplit   = regexp.MustCompile(`(?i)\s*,\s*|\s+v[àa]\s+|\s*&\s*`)
)

// withoutBullet trims a part of a cell and takes off its "-", "•" or "1.".
func withoutBullet(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] >= 'A' && s[0] <= 'Z' {
		return s
	}
	return s[len(reBullet.FindString(s)):]
}

// awardReader recognises the awards of cells. The same few texts recur through
// a list, so what was found is kept.
type awardReader struct {
	cat     Catalogue
	sheet   string
	choices []Choice
	known   map[awardCellKey][]AwardRef
}

type awardCellKey struct {
	text string
	kind Kind
}

// read gives the awards of one cell: the whole text if it names one, else its
// parts by semicolon, line or plus, else by comma and "và" if each part is an
// award. What is not recognised is kept as it stands.
func (a *awardReader) read(text string, kind Kind) []AwardRef {
	key := awardCellKey{text, kind}
	if refs, ok := a.known[key]; ok {
		return append([]AwardRef(nil), refs...)
	}
	refs := a.split(text, kind)
	a.known[key] = refs
	return append([]AwardRef(nil), refs...)
}

func (a *awardReader) split(text string, kind Kind) []AwardRef {
	if whole := a.one(text, kind); whole.found() && !strings.ContainsAny(text, ";\n+") {
		return []AwardRef{whole}
	}
	var out []AwardRef
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' || r == '+' }) {
		part = withoutBullet(part)
		if part == "" {
			continue
		}
		ref := a.one(part, kind)
		if ref.found() {
			out = append(out, ref)
			continue
		}
		if several := a.weak(part, kind); several != nil {
			out = append(out, several...)
			continue
		}
		out = append(out, ref)
	}
	return out
}

func (a *awardReader) weak(text string, kind Kind) []AwardRef {
	parts := weakSplit.Split(text, -1)
	if len(parts) < 2 {
		return nil
	}
	out := make([]AwardRef, 0, len(parts))
	for _, p := range parts {
		ref := a.one(strings.TrimSpace(p), kind)
		if !ref.found() {
			return nil
		}
		out = append(out, ref)
	}
	return out
}

func (r AwardRef) found() bool { return r.Code != "" || len(r.Candidates) > 0 }

// one recognises a text that should name a single award, with the year or
// period it may end in, and applies the clerk's choices.
func (a *awardReader) one(text string, kind Kind) AwardRef {
	ref := AwardRef{Text: text}
	if a.cat == nil || text == "" {
		return ref
	}
	ref.Code, ref.Candidates = a.cat.Match(text, kind)
	if !ref.found() {
		if m := awardPeriod.FindStringSubmatchIndex(text); m != nil {
			ref.Period = strings.ReplaceAll(strings.Join(strings.Fields(text[m[2]:m[3]]), ""), "–", "-")
			ref.Code, ref.Candidates = a.cat.Match(text[:m[0]], kind)
		}
	}
	for _, c := range a.choices {
		if len(ref.Candidates) > 0 && c.fits(a.sheet, ref.Candidates) {
			ref.Code, ref.Candidates = c.Code, nil
		}
	}
	return ref
}

// ticked reports whether a cell of a tick column says yes.
func ticked(text string) bool {
	switch vietnamese.Fold(text) {
	case "x", "v", "1", "co", "true", "✓", "✔", "●", "*", "+":
		return true
	}
	return false
}
