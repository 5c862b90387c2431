package minutes

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// zone is Vietnamese time, which knows no summer time.
var zone = time.FixedZone("+07", 7*60*60)

// Build writes the minutes.
func Build(in Input) Document {
	d := Document{Name: "bien-ban-" + strings.ToLower(strings.NewReplacer("Đ", "d", "đ", "d").Replace(in.Ref)), Title: "Biên bản " + in.Ref}
	d.head(in)
	d.people(in)
	d.heading("II. HÌNH THỨC BIỂU QUYẾT")
	for _, m := range in.Manner {
		d.paragraph("- " + m)
	}
	for _, j := range in.Joined {
		d.paragraph(fmt.Sprintf("- Bổ sung vào chương trình sau khi triệu tập, Chủ trì đồng ý lúc %s ngày %s: hồ sơ %s của %s (%d trường hợp).",
			hour(j.At), day(j.At.In(zone)), j.Proposal, j.Unit, j.Items))
	}
	for _, r := range in.Recused {
		if r.Noted {
			d.paragraph(fmt.Sprintf("- %s khai báo xung đột lợi ích ở trường hợp %s khi phiếu không còn rút ra được; phiếu đã ghi vẫn được tính.", r.Member, r.Item))
			continue
		}
		late := ""
		if r.Late {
			late = " (khai báo sau khi triệu tập)"
		}
		d.paragraph(fmt.Sprintf("- %s không tham gia biểu quyết trường hợp %s do có xung đột lợi ích%s.", r.Member, r.Item, late))
	}
	d.results(in)
	d.end(in)
	return d
}

func (d *Document) add(b Block)           { d.Blocks = append(d.Blocks, b) }
func (d *Document) heading(text string)   { d.add(Block{Kind: Heading, Text: text}) }
func (d *Document) paragraph(text string) { d.add(Block{Kind: Paragraph, Text: text}) }

func (d *Document) letterhead(council, ref string) {
	d.add(Block{
		Kind: Letterhead, Left: []string{strings.ToUpper(council), "Số: " + ref},
		Right: []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"},
	})
}

func (d *Document) head(in Input) {
	d.letterhead(in.Council, in.Ref)
	d.add(Block{Kind: Title, Text: "BIÊN BẢN"})
	d.add(Block{Kind: Subtitle, Text: in.Title})
	if in.consultation() {
		d.asked(in)
		return
	}
	begins := "Ngày " + day(in.HeldOn)
	if in.onTheDay() {
		begins = "Vào " + hour(in.Opened) + ", ngày " + day(in.Opened.In(zone))
	}
	where := ""
	if in.Place != "" {
		where = ", tại " + in.Place
	}
	who := in.Council
	if in.Standing {
		who = "Thường trực " + in.Council
	}
	d.paragraph(fmt.Sprintf("%s%s, %s họp với nội dung: %s.", begins, where, who, in.Title))
}

func (d *Document) people(in Input) {
	d.heading("I. THÀNH PHẦN")
	d.paragraph("Chủ trì: " + in.Chair.line())
	if in.Secretary.Name != "" {
		d.paragraph("Thư ký: " + in.Secretary.line())
	}
	members, written := len(in.Present)+len(in.Absent), 0
	for _, p := range in.Absent {
		if p.Written {
			written++
		}
	}
	if in.consultation() {
		d.answers(in, members, written)
		return
	}
	whole := "thành viên Hội đồng"
	if in.Standing {
		whole = "thành viên Thường trực Hội đồng"
	}
	text := fmt.Sprintf("Tổng số %s: %d; có mặt: %d", whole, members, len(in.Present))
	if in.Quorum > 0 {
		text += fmt.Sprintf(" (tối thiểu phải có mặt: %d)", in.Quorum)
	}
	text += fmt.Sprintf("; vắng mặt: %d", len(in.Absent))
	if written > 0 {
		text += fmt.Sprintf(", trong đó gửi ý kiến bằng văn bản: %d", written)
	}
	d.paragraph(text + ".")
	d.list("Thành viên có mặt:", in.Present)
	d.list("Thành viên vắng mặt:", in.Absent)
}

func (d *Document) list(title string, people []Person) {
	if len(people) == 0 {
		return
	}
	d.paragraph(title)
	for i, p := range people {
		text := strconv.Itoa(i+1) + ". " + p.line()
		if p.Written {
			text += " (gửi ý kiến bằng văn bản)"
		}
		if p.Note != "" {
			text += " – " + p.Note
		}
		d.paragraph(text)
	}
}

func (p Person) line() string {
	if p.Title == "" {
		return p.Name
	}
	return p.Name + ", " + p.Title
}

var heads = []string{"STT", "Đối tượng", "Đơn vị trình", "Tán thành", "Không tán thành", "Không có ý kiến", "Không hợp lệ", "Không bỏ phiếu", "Tỷ lệ (cần)", "Kết quả"}

func (d *Document) results(in Input) {
	d.heading("III. KẾT QUẢ BIỂU QUYẾT")
	for i, g := range in.Groups {
		d.add(Block{Kind: Heading, Text: fmt.Sprintf("%d. %s (%d trường hợp, đạt %d)", i+1, g.Award, len(g.Rows), g.passed())})
		b := Block{Kind: Grid, Heads: heads, Widths: []int{9, 34, 28, 12, 12, 12, 12, 12, 19, 15}}
		for n, r := range g.Rows {
			if r.First != nil {
				b.Rows = append(b.Rows, r.First.cells(strconv.Itoa(n+1), r.Line+" (lần thứ nhất)", r.Unit, "Biểu quyết lần hai"))
				r.Line += " (lần thứ hai)"
			}
			b.Rows = append(b.Rows, r.cells(strconv.Itoa(n+1), r.Line, r.Unit, r.word()))
		}
		d.add(b)
	}
	for _, q := range in.Quotas {
		d.quota(q)
	}
}

// cells is one ballot on an item as the table of results has it.
func (r Row) cells(no, line, unit, word string) []string {
	return []string{
		no, line, unit, strconv.Itoa(r.Yes), strconv.Itoa(r.No), strconv.Itoa(r.Abstain),
		strconv.Itoa(r.Invalid), strconv.Itoa(r.Silent), r.share(), word,
	}
}

func (g Group) passed() int {
	n := 0
	for _, r := range g.Rows {
		if r.Passed {
			n++
		}
	}
	return n
}

// share is the sum that was done: "8/11 = 72,7 % (8)".
func (r Row) share() string {
	if r.Base == 0 {
		return "–"
	}
	tenths := r.Yes * 1000 / r.Base // rounded down: a share never looks reached that is not
	text := fmt.Sprintf("%d/%d = %d,%d\u00a0%% (%d)", r.Yes, r.Base, tenths/10, tenths%10, r.Needed)
	if r.Left > 0 {
		text += fmt.Sprintf("; cơ số đã trừ %d người không tham gia", r.Left)
	}
	if r.Untaken {
		text += "; ngang nhau, Chủ trì không về phía nào"
	}
	if r.Tie {
		text += "; ngang nhau, theo phía có phiếu của Chủ trì"
	}
	return text
}

func (d *Document) end(in Input) {
	all, passed, beyond := 0, 0, 0
	for _, g := range in.Groups {
		all, passed, beyond = all+len(g.Rows), passed+g.passed(), beyond+g.beyond()
	}
	d.heading("IV. KẾT LUẬN")
	end := fmt.Sprintf("Hội đồng đã biểu quyết %d trường hợp: %d trường hợp đạt, được đề nghị cấp có thẩm quyền xem xét, quyết định; %d trường hợp không đủ số phiếu tán thành theo quy định", all, passed, all-passed-beyond)
	if beyond > 0 {
		end += fmt.Sprintf("; %d trường hợp đủ số phiếu nhưng vượt số lượng được xét", beyond)
	}
	d.paragraph(end + ".")
	if in.onTheDay() {
		d.paragraph("Cuộc họp kết thúc vào " + hour(in.Closed) + ", ngày " + day(in.Closed.In(zone)) + ". Biên bản được lập và thông qua tại cuộc họp.")
	}
	d.add(Block{
		Kind: Signatures, Left: []string{"THƯ KÝ", "(Ký, ghi rõ họ tên)", in.Secretary.Name},
		Right: []string{"CHỦ TRÌ", "(Ký, ghi rõ họ tên)", in.Chair.Name},
	})
	if !in.onTheDay() && !in.Closed.IsZero() {
		d.add(Block{Kind: Note, Text: "Hệ thống ghi nhận: khai mạc " + hour(in.Opened) + " ngày " + day(in.Opened.In(zone)) +
			", kết thúc " + hour(in.Closed) + " ngày " + day(in.Closed.In(zone)) + "."})
	}
	d.add(Block{Kind: Note, Text: "Số liệu lấy từ kết quả đã khóa của phiên họp " + in.Ref + ". Mã cam kết danh sách thành viên, quy tắc và chương trình họp (SHA-256): " + in.Content})
}

// onTheDay tells whether the session was opened and closed on the day that it was
// called for; otherwise the hours are told apart from the day.
func (in Input) onTheDay() bool {
	same := func(t time.Time) bool { return t.In(zone).Format(time.DateOnly) == in.HeldOn.Format(time.DateOnly) }
	return !in.Opened.IsZero() && !in.Closed.IsZero() && same(in.Opened) && same(in.Closed)
}

func day(t time.Time) string {
	return fmt.Sprintf("%02d tháng %02d năm %d", t.Day(), int(t.Month()), t.Year())
}

func hour(t time.Time) string {
	t = t.In(zone)
	return fmt.Sprintf("%02d giờ %02d phút", t.Hour(), t.Minute())
}
