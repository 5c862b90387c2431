package eval

import (
	"strings"

	"github.com/google/cel-go/cel"

	"vinhdanh/internal/law"
)

// Facts that are lists. The expression sees an opaque value with functions.
func lists() []fact {
	return []fact{
		{name: "period", label: law.Text{VI: "thời gian lập thành tích", EN: "achievement period"}, typ: periodType,
			value: func(f *Facts, rec *recorder) (any, bool) {
				return subject{typ: periodType, facts: f, rec: rec}, knownPeriod(f.Period)
			},
			shown: func(f *Facts) law.Text { return both(f.Period.Label) },
			raw:   func(f *Facts) any { return f.Period }},
		{name: "titles", label: law.Text{VI: "danh hiệu đã đạt", EN: "titles held"}, typ: titlesType,
			value: func(f *Facts, rec *recorder) (any, bool) {
				return subject{typ: titlesType, facts: f, rec: rec}, f.Titles != nil
			},
			shown: shownTitles,
			raw:   func(f *Facts) any { return f.Titles }},
		{name: "initiatives", label: law.Text{VI: "sáng kiến, đề tài", EN: "initiatives and research"}, typ: initiativesType,
			value: func(f *Facts, rec *recorder) (any, bool) {
				return subject{typ: initiativesType, facts: f, rec: rec}, f.Initiatives != nil
			},
			shown: shownInitiatives,
			raw:   func(f *Facts) any { return f.Initiatives }},
		{name: "ratings", label: law.Text{VI: "xếp loại các năm", EN: "ratings by period"}, typ: ratingsType,
			value: func(f *Facts, rec *recorder) (any, bool) {
				return subject{typ: ratingsType, facts: f, rec: rec}, f.Ratings != nil || f.Rating != ""
			},
			shown: shownRatings,
			raw:   func(f *Facts) any { return f.Ratings }},
		{name: "papers", label: law.Text{VI: "giấy tờ đã có", EN: "papers present"}, typ: cel.ListType(cel.StringType),
			value: func(f *Facts, _ *recorder) (any, bool) { return f.Papers, f.Papers != nil },
			shown: func(f *Facts) law.Text { return orNone(f.Papers, f.Papers) },
			raw:   func(f *Facts) any { return f.Papers }},
	}
}

func both(s string) law.Text { return law.Text{VI: s, EN: s} }

func knownPeriod(p Period) bool {
	return (p.Kind == law.PeriodCalendar || p.Kind == law.PeriodSchool || p.Kind == law.PeriodRange) && (p.Label != "" || !p.From.IsZero())
}

func orNone(vi, en []string) law.Text {
	if len(vi) == 0 {
		return law.Text{VI: "không có", EN: "none"}
	}
	return law.Text{VI: strings.Join(vi, "; "), EN: strings.Join(en, "; ")}
}

func shownTitles(f *Facts) law.Text {
	var vi, en []string
	for _, t := range f.Titles {
		head := t.Award + " " + t.Period.Label
		if !numbered(t.Number) {
			vi, en = append(vi, head+" (chưa có số quyết định)"), append(en, head+" (no decision number)")
			continue
		}
		head += " (" + t.Number
		if t.Date.IsZero() {
			vi, en = append(vi, head+")"), append(en, head+")")
			continue
		}
		vi, en = append(vi, head+" ngày "+t.Date.VN()+")"), append(en, head+" of "+t.Date.VN()+")")
	}
	return orNone(vi, en)
}

func shownInitiatives(f *Facts) law.Text {
	var vi, en []string
	for _, i := range f.Initiatives {
		scope, number := scopeScale.text(i.Scope), both(i.Number)
		if !numbered(i.Number) {
			number = law.Text{VI: "chưa có số giấy", EN: "no certificate number"}
		}
		vi = append(vi, "phạm vi "+scope.VI+" "+i.Period.Label+" ("+number.VI+")")
		en = append(en, "scope "+scope.EN+" "+i.Period.Label+" ("+number.EN+")")
	}
	return orNone(vi, en)
}

func shownRatings(f *Facts) law.Text {
	var vi, en []string
	for _, r := range f.Ratings {
		t := ratingScale.text(r.Rating)
		vi, en = append(vi, r.Period.Label+" "+t.VI), append(en, r.Period.Label+" "+t.EN)
	}
	return orNone(vi, en)
}
