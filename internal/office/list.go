package office

import "fmt"

// List is a danh sách that goes with a letter: award by award, in its order.
type List struct {
	Paper
	Title       string
	With        string // "(Kèm theo Tờ trình số …)"
	Sections    []Section
	SignerTitle string
	Signer      string
}

// Section is one award's rows.
type Section struct {
	Award string
	Rows  []Row
}

// Row is one item as the list prints it: the name with its form of address.
type Row struct {
	Name, BirthYear, Where, Period, Achievement, Note string
}

// Headings are the columns of a list, in Word and Excel.
var Headings = []string{"STT", "Họ và tên, tên tập thể", "Năm sinh", "Chức vụ, nơi công tác", "Thời gian thành tích", "Tóm tắt thành tích", "Ghi chú"}

// Doc puts a list together, in landscape.
func (l List) Doc() *Doc {
	d := &Doc{Title: l.Title, Landscape: true}
	d.heading(l.Paper)
	d.Add(Para{Align: Centre, Runs: []Run{{"DANH SÁCH", Style{Bold: true, Size: 14}}}, After: 2},
		Para{Align: Centre, Runs: []Run{{l.Title, Style{Bold: true, Size: 13}}}, After: 2})
	if l.With != "" {
		d.Add(Para{Align: Centre, Runs: []Run{{l.With, Style{Italic: true}}}, After: 10})
	}
	for i, s := range l.Sections {
		d.Add(Para{Keep: true, Runs: []Run{{fmt.Sprintf("%s. %s: %d trường hợp", roman(i+1), s.Award, len(s.Rows)), Style{Bold: true}}}})
		t := Table{Widths: []int{5, 20, 7, 22, 11, 27, 8}, Lines: true, Head: 1, Rows: [][]Cell{Words(Centre, Style{Bold: true, Size: 11}, Headings...)}}
		for n, r := range s.Rows {
			row := Words(Left, Style{Size: 12}, fmt.Sprint(n+1), r.Name, r.BirthYear, r.Where, r.Period, r.Achievement, r.Note)
			row[0][0].Align, row[2][0].Align, row[4][0].Align = Centre, Centre, Centre
			t.Rows = append(t.Rows, row)
		}
		d.Table(t)
		d.Add(Para{After: 6})
	}
	d.signature(nil, l.SignerTitle, l.Signer, "")
	return d
}

// roman is a small number in Roman digits.
func roman(n int) string {
	out := ""
	for _, x := range []struct {
		n int
		s string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= x.n {
			out, n = out+x.s, n-x.n
		}
	}
	return out
}

// Report is a báo cáo (tóm tắt) thành tích of one item.
type Report struct {
	Paper
	Kind        string // "BÁO CÁO THÀNH TÍCH", "BÁO CÁO TÓM TẮT THÀNH TÍCH"
	Award       string
	About       [][2]string // what is known of the subject: label, value
	Achievement string
	Titles      [][]string // award, period, decision
	Initiatives [][]string // scope, period, certificate
	Name        string
	SignerTitle string
	Signer      string
}

// Doc puts a report together. What is not known stays open to be written in.
func (r Report) Doc() *Doc {
	d := &Doc{Title: r.Kind + " – " + r.Name}
	d.heading(r.Paper)
	d.Add(Para{Align: Centre, Runs: []Run{{r.Kind, Style{Bold: true, Size: 14}}}, After: 2},
		Para{Align: Centre, Runs: []Run{{"Đề nghị: " + r.Award, Style{Bold: true}}}, After: 10})
	d.part("I. SƠ LƯỢC LÝ LỊCH, ĐẶC ĐIỂM")
	for _, a := range r.About {
		value := a[1]
		if value == "" {
			value = "……………………"
		}
		d.Add(Para{Align: Both, Runs: []Run{{"- " + a[0] + ": ", Style{}}, {value, Style{}}}})
	}
	d.part("II. THÀNH TÍCH ĐẠT ĐƯỢC")
	text := r.Achievement
	if text == "" {
		text = "……………………………………………………………………"
	}
	d.Add(Para{Align: Both, Indent: true, Runs: []Run{{text, Style{}}}})
	d.part("III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG")
	d.rows([]string{"Danh hiệu, hình thức", "Năm", "Số quyết định, ngày"}, r.Titles)
	if len(r.Initiatives) > 0 {
		d.part("IV. SÁNG KIẾN, ĐỀ TÀI")
		d.rows([]string{"Phạm vi công nhận", "Năm", "Giấy chứng nhận"}, r.Initiatives)
	}
	d.Add(Para{After: 8})
	d.Table(Table{Widths: []int{50, 50}, Rows: [][]Cell{{
		{Para{Align: Centre, Runs: []Run{{"XÁC NHẬN CỦA ĐƠN VỊ", Style{Bold: true}}}, After: 2},
			Para{Align: Centre, Runs: []Run{{r.SignerTitle, Style{Italic: true}}}, After: 56},
			Para{Align: Centre, Runs: []Run{{r.Signer, Style{Bold: true}}}}},
		{Para{Align: Centre, Runs: []Run{{"NGƯỜI BÁO CÁO", Style{Bold: true}}}, After: 72},
			Para{Align: Centre, Runs: []Run{{r.Name, Style{Bold: true}}}}},
	}}})
	return d
}

func (d *Doc) part(text string) {
	d.Add(Para{Keep: true, Runs: []Run{{text, Style{Bold: true}}}})
}

func (d *Doc) rows(head []string, rows [][]string) {
	t := Table{Widths: []int{50, 20, 30}, Lines: true, Head: 1, Rows: [][]Cell{Words(Centre, Style{Bold: true, Size: 12}, head...)}}
	for _, r := range rows {
		t.Rows = append(t.Rows, Words(Left, Style{Size: 12}, r...))
	}
	if len(rows) == 0 {
		t.Rows = append(t.Rows, Words(Left, Style{Size: 12}, "", "", ""))
	}
	d.Table(t)
	d.Add(Para{After: 4})
}
