package eval

import "vinhdanh/internal/law"

// scale is an ordered set of words; an expression compares their places.
type scale []step

type step struct {
	word string
	text law.Text
}

var (
	ratingScale = scale{
		{"FAIL", law.Text{VI: "không hoàn thành nhiệm vụ", EN: "did not complete tasks"}},
		{"DONE", law.Text{VI: "hoàn thành nhiệm vụ", EN: "completed tasks"}},
		{"GOOD", law.Text{VI: "hoàn thành tốt nhiệm vụ", EN: "completed tasks well"}},
		{"EXCELLENT", law.Text{VI: "hoàn thành xuất sắc nhiệm vụ", EN: "completed tasks excellently"}},
	}
	disciplineScale = scale{
		{"NONE", law.Text{VI: "không bị kỷ luật", EN: "no discipline"}},
		{"REPRIMAND", law.Text{VI: "khiển trách", EN: "reprimand"}},
		{"WARNING", law.Text{VI: "cảnh cáo", EN: "warning"}},
		{"DEMOTION", law.Text{VI: "hạ bậc lương, giáng chức, cách chức", EN: "demotion"}},
		{"DISMISSAL", law.Text{VI: "buộc thôi việc", EN: "dismissal"}},
	}
	scopeScale = scale{
		{"GRASSROOTS", law.Text{VI: "cơ sở", EN: "grassroots"}},
		{"FIELD", law.Text{VI: "một lĩnh vực thuộc tỉnh", EN: "a field of the province"}},
		{"PROVINCE", law.Text{VI: "cấp tỉnh", EN: "province"}},
		{"NATION", law.Text{VI: "toàn quốc", EN: "nation"}},
	}
	workScale = scale{
		{"INITIATIVE", law.Text{VI: "sáng kiến", EN: "initiative"}},
		{"RESEARCH", law.Text{VI: "đề tài, đề án đã nghiệm thu", EN: "accepted research or project"}},
	}
	occupationScale = scale{ // no order: compared with == only
		{"OFFICIAL", law.Text{VI: "cán bộ, công chức, viên chức", EN: "cadre, civil servant or public employee"}},
		{"WORKER", law.Text{VI: "công nhân", EN: "worker"}},
		{"FARMER", law.Text{VI: "nông dân", EN: "farmer"}},
		{"SOLDIER", law.Text{VI: "lực lượng vũ trang", EN: "armed forces"}},
		{"BUSINESS", law.Text{VI: "doanh nhân", EN: "business person"}},
	}
)

// scales are all of them: their words are constants of the expressions.
var scales = []scale{ratingScale, disciplineScale, scopeScale, workScale, occupationScale}

// place is the position of a word; false for a word that is not on the scale.
func (s scale) place(word string) (int64, bool) {
	for i, step := range s {
		if step.word == word {
			return int64(i), true
		}
	}
	return 0, false
}

func (s scale) text(word string) law.Text {
	for _, step := range s {
		if step.word == word {
			return step.text
		}
	}
	return law.Text{VI: word, EN: word}
}
