package office

import (
	"fmt"
	"strings"
	"time"
)

// Paper is what every paper of a unit bears: who issues it, number, place, date.
type Paper struct {
	Superior string // the unit above, in capitals as printed; may be empty
	Issuer   string
	Number   string // "45/TTr-PGDĐT"; empty: left open
	Place    string
	Date     *time.Time // nil: left open
}

// Letter is a tờ trình.
type Letter struct {
	Paper
	Abstract    string   // "Về việc …"
	To          string   // Kính gửi
	Paragraphs  []string // the body
	Groups      []Group  // what is asked for, counted
	Papers      []string // that come with it
	Closing     string   // the installation's own words; empty: the built-in ones
	Recipients  []string // Nơi nhận
	SignerTitle string
	Signer      string
	Approved    string // a line under the signature's place, where it was approved in the system
}

// Group is one award with how many are proposed for it.
type Group struct {
	Award                            string
	Individuals, Collectives, Houses int
}

// Letter puts a whole tờ trình together.
func (l Letter) Doc() *Doc {
	d := &Doc{Title: "Tờ trình " + l.Number}
	d.heading(l.Paper)
	d.Add(
		Para{Align: Centre, Runs: []Run{{"TỜ TRÌNH", Style{Bold: true, Size: 14}}}, After: 2},
		Para{Align: Centre, Runs: []Run{{l.Abstract, Style{Bold: true, Size: 14}}}, After: 12},
		Para{Align: Centre, Runs: []Run{{"Kính gửi: " + l.To, Style{Size: 14}}}, After: 12},
	)
	for _, p := range l.Paragraphs {
		d.Add(Para{Align: Both, Indent: true, Runs: []Run{{p, Style{Size: 14}}}})
	}
	for i, g := range l.Groups {
		d.Add(Para{Align: Both, Indent: true, Runs: []Run{{fmt.Sprintf("%d. %s: %s.", i+1, g.Award, g.counted()), Style{Size: 14}}}})
	}
	if len(l.Papers) > 0 {
		d.Add(Para{Align: Both, Indent: true, Runs: []Run{{"Hồ sơ kèm theo: " + strings.Join(l.Papers, "; ") + ".", Style{Size: 14}}}})
	}
	d.Add(Para{Align: Both, Indent: true, Runs: []Run{{Closing.Say(l.Closing, nil), Style{Size: 14}}}, After: 12})
	d.signature(l.Recipients, l.SignerTitle, l.Signer, l.Approved)
	return d
}

// Count adds one of a kind: individual, collective or household.
func (g *Group) Count(kind string) {
	switch kind {
	case "collective":
		g.Collectives++
	case "household":
		g.Houses++
	default:
		g.Individuals++
	}
}

func (g Group) counted() string {
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{g.Collectives, "tập thể"}, {g.Individuals, "cá nhân"}, {g.Houses, "hộ gia đình"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%02d %s", x.n, x.what))
		}
	}
	return strings.Join(parts, ", ")
}

// heading prints parts 1 to 4 of Appendix I: issuer and number on the left, national
// name, motto, place and date on the right.
func (d *Doc) heading(p Paper) {
	number, date := "Số:        ", "ngày      tháng      năm        "
	if p.Number != "" {
		number = "Số: " + p.Number
	}
	if p.Date != nil {
		date = fmt.Sprintf("ngày %s tháng %s năm %d", two(p.Date.Day(), 10), two(int(p.Date.Month()), 3), p.Date.Year())
	}
	left := Cell{}
	if p.Superior != "" {
		left = append(left, Para{Align: Centre, Runs: []Run{{strings.ToUpper(p.Superior), Style{Size: 12}}}, After: 1})
	}
	left = append(left,
		Para{Align: Centre, Runs: []Run{{strings.ToUpper(p.Issuer), Style{Bold: true, Size: 12}}}, After: 1},
		Para{Align: Centre, Runs: []Run{{"––––––", Style{Size: 8}}}, After: 2},
		Para{Align: Centre, Runs: []Run{{number, Style{}}}})
	right := Cell{
		Para{Align: Centre, Runs: []Run{{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Style{Bold: true, Size: 12}}}, After: 1},
		Para{Align: Centre, Runs: []Run{{"Độc lập - Tự do - Hạnh phúc", Style{Bold: true, Size: 13}}}, After: 1},
		Para{Align: Centre, Runs: []Run{{"––––––––––––––––––", Style{Size: 8}}}, After: 2},
		Para{Align: Centre, Runs: []Run{{p.Place + ", " + date, Style{Italic: true}}}},
	}
	d.Table(Table{Widths: []int{38, 62}, Rows: [][]Cell{{left, right}}})
	d.Add(Para{After: 4})
}

// two writes a day or month below a bound with two digits, as Decree 30 asks for.
func two(n, below int) string {
	if n < below {
		return fmt.Sprintf("0%d", n)
	}
	return fmt.Sprint(n)
}

// signature prints recipients on the left and the signer on the right.
func (d *Doc) signature(recipients []string, title, signer, approved string) {
	left := Cell{Para{Runs: []Run{{"Nơi nhận:", Style{Bold: true, Italic: true, Size: 12}}}, After: 1}}
	for _, r := range recipients {
		left = append(left, Para{Runs: []Run{{"- " + r + ";", Style{Size: 11}}}, After: 1})
	}
	left = append(left, Para{Runs: []Run{{"- Lưu: VT.", Style{Size: 11}}}})
	right := Cell{Para{Align: Centre, Runs: []Run{{strings.ToUpper(title), Style{Bold: true, Size: 13}}}, After: 2}}
	if approved != "" {
		right = append(right, Para{Align: Centre, Runs: []Run{{approved, Style{Italic: true, Size: 11}}}, After: 24})
	} else {
		right = append(right, Para{After: 60})
	}
	right = append(right, Para{Align: Centre, Runs: []Run{{signer, Style{Bold: true, Size: 13}}}})
	d.Table(Table{Widths: []int{50, 50}, Rows: [][]Cell{{left, right}}})
}
