package minutes

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Count is what the minutes of counting a secret ballot (biên bản kiểm phiếu) are
// made of: the papers, and what was on them for each item.
type Count struct {
	Council, Ref, Title, Place string
	HeldOn                     time.Time // civil date
	Members                    int
	Standing                   bool      // of the standing members alone: so is their number
	Issued, Collected, Written int       // papers given out, taken in; of those, sent in by absent members
	Team                       []Person  // the head first, where Head names one
	Head                       string    // of a counting team that was named; empty: those who entered the counts
	Entered                    []Person  // who entered the counts
	Signed                     time.Time // when the head signed for them here
	Replaced                   []string  // why the team was replaced while papers were counted
	Chair                      Person
	Groups                     []Group // of items with a secret ballot only
	Second                     *Count  // the second ballot's papers, where there was one
	Sealed                     *Sealed // of ballots that were held electronically; the team are the holders of its shares
}

// Sealed is what the minutes say of sealed ballots: the commitments by which anybody
// counts them again.
type Sealed struct {
	Ballots    int
	Root, Rows string
	Tells      int // items whose numbers tell who voted how
}

var countHeads = []string{"STT", "Đối tượng", "Đơn vị trình", "Phiếu phát ra", "Phiếu thu vào", "Hợp lệ", "Không hợp lệ", "Tán thành", "Không tán thành", "Không có ý kiến"}

// BuildCount writes the minutes of counting.
func BuildCount(in Count) Document {
	name := "bien-ban-kiem-phieu-" + strings.ToLower(strings.NewReplacer("Đ", "d", "đ", "d").Replace(in.Ref))
	d := Document{Name: name, Title: "Biên bản kiểm phiếu " + in.Ref}
	d.letterhead(in.Council, in.Ref)
	d.add(Block{Kind: Title, Text: "BIÊN BẢN KIỂM PHIẾU"})
	d.add(Block{Kind: Subtitle, Text: in.Title})
	where := ""
	if in.Place != "" {
		where = ", tại " + in.Place
	}
	if in.Sealed != nil {
		d.sealed(in, where)
	} else {
		d.papers(in, where)
	}
	d.counted(in)
	if in.Second != nil {
		d.add(Block{Kind: Heading, Text: "BỎ PHIẾU LẦN HAI"})
		in.Second.Members, in.Second.Standing = in.Members, in.Standing
		if in.Second.Sealed != nil {
			d.list("Người giữ mảnh khóa lần hai:", in.Second.Team)
			d.committed(*in.Second)
		} else {
			d.list("Người nhập kết quả lần hai:", in.Second.Entered)
			d.paragraph(in.Second.taken())
		}
		d.counted(*in.Second)
	}
	left := append([]string{in.teamTitle(), "(Ký, ghi rõ họ tên)"}, names(in.Team)...)
	if in.Head != "" {
		left = []string{"TỔ TRƯỞNG TỔ KIỂM PHIẾU", "(Ký, ghi rõ họ tên)", in.Head}
	}
	right := []string{"CHỦ TRÌ", "(Ký, ghi rõ họ tên)", in.Chair.Name}
	d.add(Block{Kind: Signatures, Left: left, Right: right})
	d.signedFor("", in.Signed, in.Head)
	if in.Second != nil {
		d.signedFor(" lần hai", in.Second.Signed, in.Second.Head)
	}
	d.add(Block{Kind: Note, Text: "Phiếu kín không ghi tên; biên bản và hệ thống không cho biết ai biểu quyết thế nào."})
	return d
}

// signedFor notes the head's signature in the system.
func (d *Document) signedFor(which string, at time.Time, head string) {
	if !at.IsZero() {
		d.add(Block{Kind: Note, Text: fmt.Sprintf("Tổ trưởng %s xác nhận kết quả kiểm phiếu%s trong hệ thống lúc %s ngày %s.", head, which, hour(at), day(at.In(zone)))})
	}
}

// counted is what was on the papers, by award.
func (d *Document) counted(in Count) {
	for i, g := range in.Groups {
		d.add(Block{Kind: Heading, Text: fmt.Sprintf("%d. %s (%d trường hợp)", i+1, g.Award, len(g.Rows))})
		d.add(in.grid(g))
	}
}

// taken says how many papers were given out and taken in.
func (in Count) taken() string {
	papers := fmt.Sprintf("Tổng số thành viên %sHội đồng: %d; phiếu phát ra: %d; phiếu thu vào: %d", in.whose(), in.Members, in.Issued, in.Collected)
	if in.Written > 0 {
		papers += fmt.Sprintf(", trong đó của thành viên vắng mặt gửi đến: %d", in.Written)
	}
	return fmt.Sprintf("%s; phiếu không thu về: %d.", papers, in.Issued-in.Collected)
}

func (in Count) teamTitle() string {
	if in.Sealed != nil {
		return "NGƯỜI GIỮ MẢNH KHÓA"
	}
	return "TỔ KIỂM PHIẾU"
}

// sealed says how sealed ballots were opened.
func (d *Document) sealed(in Count, where string) {
	d.paragraph(fmt.Sprintf("Ngày %s%s, %s mở phiếu kín điện tử bằng hai mảnh khóa; lựa chọn của từng trường hợp được xáo trộn riêng, hai người giữ mảnh khóa xác nhận.", day(in.HeldOn), where, in.Council))
	d.list("Người giữ mảnh khóa:", in.Team)
	d.committed(in)
}

// committed says what was in the box of one ballot, and what it is held to.
func (d *Document) committed(in Count) {
	d.paragraph(fmt.Sprintf("Tổng số thành viên %sHội đồng: %d; phiếu đã bỏ: %d. Mã cam kết tập phiếu: %s. Mã kết quả công bố: %s.", in.whose(), in.Members, in.Sealed.Ballots, in.Sealed.Root, in.Sealed.Rows))
	if in.Sealed.Tells > 0 {
		d.paragraph(fmt.Sprintf("Có %d trường hợp mà chính số phiếu cho biết cách biểu quyết (mọi phiếu giống nhau, hoặc quá ít phiếu).", in.Sealed.Tells))
	}
}

// papers says how ballot papers were counted.
func (d *Document) papers(in Count, where string) {
	d.paragraph(fmt.Sprintf("Ngày %s%s, Tổ kiểm phiếu của %s kiểm phiếu kín; hai người kiểm và nhập kết quả độc lập, chỉ công nhận khi hai lần nhập giống nhau.", day(in.HeldOn), where, in.Council))
	if in.Head == "" {
		d.list("Tổ kiểm phiếu:", in.Team)
	} else {
		d.paragraph("Tổ trưởng Tổ kiểm phiếu: " + in.Team[0].line())
		d.list("Thành viên Tổ kiểm phiếu:", in.Team[1:])
		for _, why := range in.Replaced {
			d.paragraph("Thay Tổ kiểm phiếu khi đang kiểm phiếu, kết quả đã nhập được giữ nguyên; lý do: " + why)
		}
		d.list("Người nhập kết quả:", in.Entered)
	}
	d.paragraph(in.taken())
}

func (in Count) grid(g Group) Block {
	b := Block{Kind: Grid, Heads: countHeads, Widths: []int{9, 36, 30, 12, 12, 12, 12, 12, 12, 12}}
	for n, r := range g.Rows {
		if in.Sealed != nil {
			in.Collected = r.Yes + r.No + r.Abstain + r.Invalid
		}
		b.Rows = append(b.Rows, []string{
			strconv.Itoa(n + 1), r.Line, r.Unit, strconv.Itoa(in.Issued), strconv.Itoa(in.Collected),
			strconv.Itoa(in.Collected - r.Invalid), strconv.Itoa(r.Invalid), strconv.Itoa(r.Yes), strconv.Itoa(r.No), strconv.Itoa(r.Abstain),
		})
	}
	return b
}

func names(people []Person) []string {
	var out []string
	for _, p := range people {
		out = append(out, p.Name)
	}
	return out
}

// whose names the total of a session of the standing members.
func (in Count) whose() string {
	if in.Standing {
		return "Thường trực "
	}
	return ""
}
