package minutes

import (
	"fmt"
	"strconv"
)

// word is what became of an item.
func (r Row) word() string {
	switch {
	case r.Passed:
		return "Đạt"
	case r.Deferred:
		return "Chưa xét (vượt số lượng)"
	case r.Beyond:
		return "Không đạt (vượt số lượng)"
	}
	return "Không đạt"
}

// beyond counts the items that got their majority and stand beyond a quota.
func (g Group) beyond() int {
	n := 0
	for _, r := range g.Rows {
		if r.Beyond {
			n++
		}
	}
	return n
}

// quota writes the order of priority under a quota that cut.
func (d *Document) quota(q Quota) {
	by := "số phiếu tán thành"
	if q.Share {
		by = "tỷ lệ phiếu tán thành"
	}
	text := fmt.Sprintf("%s: %d trường hợp đủ số phiếu, số lượng được xét là %d. Thứ tự ưu tiên theo %s", q.Text, len(q.Rows), q.Limit, by)
	switch {
	case q.Whole:
		text = fmt.Sprintf("%s: %d trường hợp đủ số phiếu, số lượng được xét là %d. Hội đồng thống nhất thứ tự ưu tiên, Chủ trì đồng ý", q.Text, len(q.Rows), q.Limit)
	case q.Settled:
		text += "; các trường hợp ngang nhau do Hội đồng thống nhất thứ tự, Chủ trì đồng ý"
	}
	if q.Reason != "" {
		text += " (" + q.Reason + ")"
	}
	d.add(Block{Kind: Heading, Text: "Thứ tự ưu tiên"})
	d.paragraph(text + ":")
	b := Block{Kind: Grid, Heads: []string{"Thứ tự", "Đối tượng", "Tán thành", "Kết quả"}, Widths: []int{12, 90, 24, 39}}
	for i, r := range q.Rows {
		word := "Trong số lượng"
		if r.Beyond {
			word = "Vượt số lượng"
		}
		b.Rows = append(b.Rows, []string{strconv.Itoa(i + 1), r.Line, fmt.Sprintf("%d/%d", r.Yes, r.Base), word})
	}
	d.add(b)
}
