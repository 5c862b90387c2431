package decision

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vinhdanh/internal/office"
)

// Words are the wording of a decision as it was edited outside, in Word, with what is on
// record of that. They stand in the place of what Build composes; names, numbers and
// awards are those of the data, or the file was not taken (ReadWords).
type Words struct {
	Abstract   string
	Bases      []string
	Articles   [][]string // the paragraphs of each
	Recipients []string

	File string    // SHA-256 of the file
	Name string    // of the file
	By   string    // who brought it, by name
	At   time.Time // instant
}

// worded puts the edited wording in the place of what was composed.
func (in Input) worded(doc Document) Document {
	w := in.Words
	if w == nil || len(w.Articles) != len(doc.Articles) {
		return doc
	}
	doc.Abstract, doc.Bases, doc.Recipients = w.Abstract, w.Bases, w.Recipients
	articles := make([]Article, len(w.Articles))
	for i, p := range w.Articles {
		articles[i] = Article{Paragraphs: p}
	}
	doc.Articles = articles
	return doc
}

// Heads of the tables of an annex in Word.
var wordHeads = []string{"STT", "Họ và tên, tên tập thể", "Chức vụ", "Đơn vị", "Tiền thưởng (đồng)"}

// Word writes a decision for Word, to be edited outside and brought back (ReadWords).
func Word(doc Document) ([]byte, error) {
	d := &office.Doc{Title: doc.Abstract}
	bold := office.Style{Bold: true, Size: 14}
	text := func(t string) office.Para {
		return office.Para{Align: office.Both, Indent: true, Runs: []office.Run{{Text: t, Style: office.Style{Size: 14}}}}
	}
	d.Table(wordHead(doc))
	d.Add(office.Para{After: 4}, office.Text(office.Centre, doc.Kind, bold), office.Text(office.Centre, doc.Abstract, bold), office.Text(office.Centre, doc.Authority, bold))
	for _, b := range doc.Bases {
		d.Add(text(b))
	}
	d.Add(office.Text(office.Centre, doc.Enacting, bold))
	for i, a := range doc.Articles {
		for j, p := range a.Paragraphs {
			if j == 0 {
				p = fmt.Sprintf("Điều %d. %s", i+1, p)
			}
			d.Add(text(p))
		}
	}
	d.Table(wordFoot(doc))
	if doc.Annex != nil {
		wordAnnex(d, doc.Annex)
	}
	var b bytes.Buffer
	err := d.Write(&b)
	return b.Bytes(), err
}

func lines(size int, bold bool, list ...string) office.Cell {
	var c office.Cell
	for _, l := range list {
		c = append(c, office.Text(office.Centre, l, office.Style{Bold: bold, Size: size}))
	}
	return c
}

func wordHead(doc Document) office.Table {
	var left []string
	if doc.Superior != "" {
		left = append(left, doc.Superior)
	}
	left = append(append(left, doc.Issuer...), "Số:        /"+doc.Symbol)
	right := []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", doc.Place + ", ngày      tháng      năm"}
	return office.Table{Widths: []int{38, 62}, Rows: [][]office.Cell{{lines(12, true, left...), lines(12, true, right...)}}}
}

func wordFoot(doc Document) office.Table {
	left := office.Cell{office.Text(office.Left, "Nơi nhận:", office.Style{Bold: true, Italic: true, Size: 12})}
	for _, r := range doc.Recipients {
		left = append(left, office.Text(office.Left, "- "+r+";", office.Style{Size: 11}))
	}
	right := append(lines(14, true, doc.Signing.Lines()...), office.Para{After: 60})
	right = append(right, lines(14, true, doc.Signing.Name)...)
	return office.Table{Widths: []int{50, 50}, Rows: [][]office.Cell{{left, right}}}
}

// annexLines are the lines above the tables of an annex, by the table that they stand above.
func annexLines(a *Annex) [][]string {
	var out [][]string
	first := []string{a.Title, a.Subtitle, "(Kèm theo Quyết định của " + a.By + ")"}
	for _, s := range a.Sections {
		for i, g := range s.Groups {
			above := first
			first = nil
			if i == 0 && s.Heading != "" {
				above = append(above, s.Heading)
			}
			out = append(out, append(above, capitalise(g.Kind.Noun())))
		}
	}
	return out
}

// annexGroups are the groups of an annex in their order.
func annexGroups(a *Annex) []Group {
	var out []Group
	for _, s := range a.Sections {
		out = append(out, s.Groups...)
	}
	return out
}

func wordAnnex(d *office.Doc, a *Annex) {
	above := annexLines(a)
	for i, g := range annexGroups(a) {
		for _, l := range above[i] {
			d.Add(office.Text(office.Centre, l, office.Style{Bold: true, Size: 13}))
		}
		rows := [][]office.Cell{office.Words(office.Centre, office.Style{Bold: true, Size: 12}, wordHeads...)}
		for n, e := range g.Entries {
			rows = append(rows, office.Words(office.Left, office.Style{Size: 12}, wordRow(n, e)...))
		}
		d.Table(office.Table{Widths: []int{8, 30, 20, 27, 15}, Lines: true, Head: 1, Rows: rows})
		d.Add(office.Para{})
	}
}

// wordRow is a row of a table: running number, name, position, workplace, money.
func wordRow(n int, e Entry) []string {
	money := ""
	if e.Money > 0 {
		money = strings.TrimSuffix(FormatMoney(e.Money), " đồng")
	}
	return []string{strconv.Itoa(n + 1), e.Printed(), e.Position, e.Workplace, money}
}
