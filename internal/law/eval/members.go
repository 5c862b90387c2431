package eval

import (
	"fmt"

	"vinhdanh/internal/law"
)

// memberCounts are the counts of a collective's members: stated, or counted from the
// list of members. Where both are given and differ, a person must look.
func memberCounts() []fact {
	all := func(Member) (bool, bool) { return true, true }
	done := func(m Member) (bool, bool) {
		n, ok := ratingScale.place(m.Rating)
		least, _ := ratingScale.place("DONE")
		return n >= least, ok
	}
	return []fact{
		memberCount("members.total", "số người", "members", func(m *Members) *int64 { return m.Total }, all),
		memberCount("members.task_done", "số người hoàn thành nhiệm vụ", "members who completed their tasks", func(m *Members) *int64 { return m.TaskDone }, done),
		memberCount("members.ldtt", "số Lao động tiên tiến", "advanced workers", func(m *Members) *int64 { return m.LDTT }, advanced),
		memberCount("members.cstdcs", "số Chiến sĩ thi đua cơ sở", "grassroots fighters", func(m *Members) *int64 { return m.CSTDCS }, fighter),
	}
}

// advanced: whoever is listed as a fighter but not as an advanced worker is unclear,
// because the one title is built on the other.
func advanced(m Member) (yes, known bool) {
	if is, _ := fighter(m); is && (m.LDTT == nil || !*m.LDTT) {
		return false, false
	}
	return m.LDTT != nil && *m.LDTT, m.LDTT != nil
}

func fighter(m Member) (yes, known bool) { return m.CSTDCS != nil && *m.CSTDCS, m.CSTDCS != nil }

// counted is how many members of the list are so; false where the list is not given
// or does not say it of each.
func (m *Members) counted(is func(Member) (yes, known bool)) (int64, bool) {
	n := int64(0)
	for _, x := range m.List {
		yes, known := is(x)
		if !known {
			return 0, false
		}
		if yes {
			n++
		}
	}
	return n, m.List != nil
}

func memberCount(name, vi, en string, stated func(*Members) *int64, is func(Member) (yes, known bool)) fact {
	value := func(f *Facts, rec *recorder) *int64 {
		if why := f.Members.contradiction(); why != (law.Text{}) {
			rec.because(why.VI, why.EN)
			return nil
		}
		n, listed := f.Members.counted(is)
		s := stated(&f.Members)
		switch {
		case s == nil && !listed && f.Members.List != nil:
			rec.because(vi+": danh sách thành viên chưa ghi đủ", en+": the list of members does not say it of each")
			return nil
		case s == nil && listed:
			return &n
		case s != nil && listed && *s != n:
			rec.because(fmt.Sprintf("%s: khai %d nhưng danh sách thành viên có %d", vi, *s, n),
				fmt.Sprintf("%s: stated %d, but the list of members has %d", en, *s, n))
			return nil
		}
		return s
	}
	known := func(f *Facts) *int64 { return value(f, &recorder{}) }
	ft := count(name, vi, en, known)
	checked := ft.value
	ft.value = func(f *Facts, rec *recorder) (any, bool) {
		if value(f, rec) == nil {
			return nil, false
		}
		return checked(f, rec)
	}
	ft.shown = func(f *Facts) law.Text {
		n := known(f)
		if n == nil {
			return law.Text{}
		}
		if stated(&f.Members) != nil {
			return both(law.Dong(*n))
		}
		return law.Text{VI: law.Dong(*n) + " (theo danh sách thành viên)", EN: law.Dong(*n) + " (from the list of members)"}
	}
	return ft
}

// contradiction says which of the stated counts cannot all be true: no part is larger
// than the whole, and the fighters are taken from the advanced workers.
func (m *Members) contradiction() law.Text {
	for _, c := range []struct {
		part, whole *int64
		vi, en      string
	}{
		{m.TaskDone, m.Total, "số người hoàn thành nhiệm vụ lớn hơn số người", "more members completed their tasks than there are"},
		{m.LDTT, m.Total, "số Lao động tiên tiến lớn hơn số người", "more advanced workers than members"},
		{m.CSTDCS, m.Total, "số Chiến sĩ thi đua cơ sở lớn hơn số người", "more grassroots fighters than members"},
		{m.CSTDCS, m.LDTT, "số Chiến sĩ thi đua cơ sở lớn hơn số Lao động tiên tiến", "more grassroots fighters than advanced workers"},
	} {
		if c.part != nil && c.whole != nil && *c.part > *c.whole {
			return law.Text{VI: fmt.Sprintf("%s (%d, %d)", c.vi, *c.part, *c.whole), EN: fmt.Sprintf("%s (%d, %d)", c.en, *c.part, *c.whole)}
		}
	}
	return law.Text{}
}

// memberDiscipline is the severest among members: stated, or from the list. A list
// that holds a severer one than was stated leaves it open.
func memberDiscipline() fact {
	severest := func(f *Facts) string {
		worst, complete := int64(0), len(f.Members.List) > 0
		for _, m := range f.Members.List {
			n, ok := disciplineScale.place(m.Discipline)
			complete = complete && ok
			worst = max(worst, n)
		}
		stated, given := disciplineScale.place(f.Members.Discipline)
		switch {
		case given && stated < worst:
			return ""
		case given || !complete:
			return f.Members.Discipline
		}
		return disciplineScale[worst].word
	}
	return word("members.discipline", "mức kỷ luật cao nhất trong tập thể", "severest discipline among members", disciplineScale, severest)
}
