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
	Issued, Collected, Written int // papers given out, taken in; of those, sent in by absent members
	Team                       []Person
	Chair                      Person
	Groups                     []Group // of items with a secret ballot only
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
	d.paragraph(fmt.Sprintf("Ngày %s%s, Tổ kiểm phiếu của %s kiểm phiếu kín; hai người kiểm và nhập kết quả độc lập, chỉ công nhận khi hai lần nhập giống nhau.", day(in.HeldOn), where, in.Council))
	d.list("Tổ kiểm phiếu:", in.Team)
	papers := fmt.Sprintf("Tổng số thành viên Hội đồng: %d; phiếu phát ra: %d; phiếu thu vào: %d", in.Members, in.Issued, in.Collected)
	if in.Written > 0 {
		papers += fmt.Sprintf(", trong đó của thành viên vắng mặt gửi đến: %d", in.Written)
	}
	d.paragraph(fmt.Sprintf("%s; phiếu không thu về: %d.", papers, in.Issued-in.Collected))
	for i, g := range in.Groups {
		d.add(Block{Kind: Heading, Text: fmt.Sprintf("%d. %s (%d trường hợp)", i+1, g.Award, len(g.Rows))})
		d.add(in.grid(g))
	}
	right := []string{"CHỦ TRÌ", "(Ký, ghi rõ họ tên)", in.Chair.Name}
	d.add(Block{Kind: Signatures, Left: append([]string{"TỔ KIỂM PHIẾU", "(Ký, ghi rõ họ tên)"}, names(in.Team)...), Right: right})
	d.add(Block{Kind: Note, Text: "Phiếu kín không ghi tên; biên bản và hệ thống không cho biết ai biểu quyết thế nào."})
	return d
}

func (in Count) grid(g Group) Block {
	b := Block{Kind: Grid, Heads: countHeads, Widths: []int{9, 36, 30, 12, 12, 12, 12, 12, 12, 12}}
	for n, r := range g.Rows {
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
