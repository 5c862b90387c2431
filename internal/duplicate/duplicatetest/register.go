// Package duplicatetest makes registers of invented people for measuring how well
// duplicates are found: names as frequent as in life, units, years of birth, texts; and
// second entries of the same person, each disturbed in one way, beside people who only
// look alike. Everything follows from a seed.
package duplicatetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"vinhdanh/internal/duplicate"
)

// weighted is a choice among words, each as likely as its weight.
type weighted struct {
	words []string
	upTo  []int
}

func weigh(list string) weighted {
	var w weighted
	sum, weight := 0, 1
	for _, f := range strings.Fields(list) {
		if n := 0; func() bool { _, err := fmt.Sscanf(f, "%d:", &n); return err == nil }() {
			weight = n
			continue
		}
		sum += weight
		w.words, w.upTo = append(w.words, strings.ReplaceAll(f, "_", " ")), append(w.upTo, sum)
	}
	return w
}

func (w weighted) pick(r *rand.Rand) string {
	n := r.IntN(w.upTo[len(w.upTo)-1])
	for i, up := range w.upTo {
		if n < up {
			return w.words[i]
		}
	}
	return w.words[0]
}

// Shares of family names in thousandths, roughly those of the country; the Mekong
// delta's Khmer names (Danh, Thạch, Sơn, Kim, Lâm) are among them.
var (
	families = weigh(`380: Nguyễn 110: Trần 90: Lê 70: Phạm 50: Huỳnh 45: Phan 39: Võ 30: Đặng 21: Bùi 14: Đỗ 13: Hồ Ngô 10: Dương Lý Trương
		7: Danh Thạch Lâm Đinh Mai Cao 5: Châu Tô Tạ Hà Đoàn Lương Lưu Trịnh Đào Sơn Kim 2: Phùng Thái Quách Tăng Diệp Vương La Từ Chung Lại`)
	maleMiddle   = weigh(`400: Văn 60: Hữu Minh Thanh 40: Quốc Hoàng Ngọc Đức 25: Công Thành Tấn Phước Trung Quang Xuân 10: Nhật Tuấn Duy Thế Chí Bá Đình Gia 40: _`)
	femaleMiddle = weigh(`420: Thị 70: Thị_Thu Thị_Ngọc Ngọc Thị_Kim 45: Thị_Bích Thị_Thanh Thị_Mỹ Thị_Hồng 20: Kim Mỹ Thanh Hồng Bích Thúy Thị_Cẩm Thị_Diễm Thị_Tuyết 15: _`)
	maleGiven    = weigh(`30: Hùng Dũng Tuấn Hải Minh An 20: Bình Thành Long Nam Sơn Tâm Phong Phúc Hòa Thắng Cường Đức Nhân Tài 12: Hưng Lâm Tú Khánh Kiên Hiếu Nghĩa Tân Đạt Quân Trung Toàn Thuận Vinh Khoa Bảo
		7: Út Lắm Đẫm Nhựt Phát Lộc Thọ Tiến Tùng Linh Giang Đông Sang Trí Vũ Việt Huy Hậu Nguyên Chánh Lợi Quyền Tính Trọng Trường Khải Điền Đệ Hoàng Quý Luân Nhã Phú`)
	femaleGiven = weigh(`30: Hằng Lan Hương Hoa Nga Thủy 20: Hạnh Mai Trang Linh Loan Tuyết Hồng Phượng Ngọc Thảo Yến Vân Xuân Dung 12: Hà Anh Thúy Trinh Trâm Trúc Ngân Nhung Oanh Phương Quyên Thu Liên Diễm Cúc Đào
		7: Lành Bé Sáu Mười Tươi Đẹp Kiều My Nhi Như Tiên Thơ Uyên Vy Châu Giàu Huệ Lệ Lý Mận Nở Phấn Quỳnh Sen Tím Út Vui Xinh Ánh Đoan`)
)

// Units is how many units a register has; Unit i is the child of unit i/20.
const Units = 600

func unitID(i int) string { return fmt.Sprintf("u-%03d", i) }

// Person makes one person of a register.
func Person(r *rand.Rand, id int) duplicate.Entry {
	e := duplicate.Entry{ID: fmt.Sprint(id), Kind: duplicate.Individual, Sex: "male"}
	middle, given := maleMiddle, maleGiven
	if r.IntN(2) == 0 {
		e.Sex, middle, given = "female", femaleMiddle, femaleGiven
	}
	e.Name = strings.Join(strings.Fields(families.pick(r)+" "+middle.pick(r)+" "+given.pick(r)), " ")
	e.BirthYear = 1958 + (r.IntN(25)+r.IntN(25))*45/48
	e.BirthDate = fmt.Sprintf("%d-%02d-%02d", e.BirthYear, 1+r.IntN(12), 1+r.IntN(28))
	at(&e, r.IntN(Units))
	e.Award, e.Class, e.PeriodKind, e.Period, e.Campaign = "BKT-PT", duplicate.ClassForm, "calendar", "2023", "campaign"
	e.Achievement = text(r)
	return e
}

// at puts an entry into a unit.
func at(e *duplicate.Entry, unit int) {
	e.Unit, e.Roots, e.Above = unitID(unit), []string{unitID(unit)}, []string{fmt.Sprintf("d-%02d", unit/20), "province"}
	e.Workplace = fmt.Sprintf("Trường THCS số %d", unit)
}

var deeds = strings.Fields("hiến đất làm đường nông thôn vận động bà con tham gia xây dựng cầu bê tông lắp đèn chiếu sáng trồng cây xanh thu gom rác thải nuôi dạy học sinh giỏi cứu người đuối nước phòng chống dịch hỗ trợ hộ nghèo sáng kiến cải tiến quy trình số hóa hồ sơ hòa giải cơ sở giữ gìn an ninh trật tự")

func text(r *rand.Rand) string {
	var b strings.Builder
	for range 18 + r.IntN(20) {
		b.WriteString(deeds[r.IntN(len(deeds))] + " ")
	}
	return b.String()
}

// Register makes n people.
func Register(r *rand.Rand, n int) []duplicate.Entry {
	out := make([]duplicate.Entry, n)
	for i := range out {
		out[i] = Person(r, i)
	}
	return out
}
