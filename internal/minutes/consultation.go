package minutes

import "fmt"

// consultation tells whether the members were asked in writing instead of meeting.
func (in Input) consultation() bool { return !in.Until.IsZero() }

// asked says when, by whom and about what the members were asked.
func (d *Document) asked(in Input) {
	d.paragraph(fmt.Sprintf("Ngày %s, %s lấy ý kiến các thành viên bằng văn bản (phiếu lấy ý kiến) về: %s. Hạn trả lời: hết ngày %s.",
		day(in.HeldOn), in.Council, in.Title, day(in.Until)))
}

// answers lists who answered and who did not.
func (d *Document) answers(in Input, members, written int) {
	text := fmt.Sprintf("Tổng số thành viên Hội đồng được lấy ý kiến: %d; trả lời: %d", members, written)
	if in.Quorum > 0 {
		text += fmt.Sprintf(" (tối thiểu phải trả lời: %d)", in.Quorum)
	}
	d.paragraph(fmt.Sprintf("%s; không trả lời: %d.", text, members-written))
	var answered, silent []Person
	for _, p := range in.Absent {
		if p.Written {
			p.Written = false // the title says it
			answered = append(answered, p)
			continue
		}
		silent = append(silent, p)
	}
	d.list("Thành viên trả lời:", answered)
	d.list("Thành viên không trả lời:", silent)
}
