package importing

import (
	"regexp"
	"strings"

	"vinhdanh/internal/vietnamese"
)

// rowClass is what a row below the header is.
type rowClass int

const (
	rowBlank rowClass = iota
	rowData
	rowGroup
	rowTotals
	rowFoot
	rowNumbering
	rowHeader
)

// classify sorts one row. The order of the questions matters: what a totals or
// signature row says may stand in the name column.
func (p *parser) classify(r *gridRow) rowClass {
	if r.line <= p.headerLast {
		return rowBlank
	}
	own, first := 0, ""
	for i := range r.cells {
		if !r.cells[i].blank() {
			own++
			if first == "" {
				first = r.cells[i].text
			}
		}
	}
	order := p.shown(r, p.cols.first(FieldOrder))
	switch {
	case own == 0:
		return rowBlank
	case p.beginsTable(r):
		return rowHeader
	case own >= 3 && len(p.tasks) == 0 && numbersColumns(r):
		return rowNumbering
	case !numeric(order) && isTotals(first):
		return rowTotals
	case p.foot > 0 && !(numeric(order) && own >= 3):
		return rowFoot
	case p.isFoot(r, own, order):
		return rowFoot
	case p.isGroup(r, order):
		return rowGroup
	}
	return rowData
}

// shown is the text a place shows: its own, or that of the merge it lies in.
func (p *parser) shown(r *gridRow, col int) string {
	if t := r.text(col); t != "" || col == 0 {
		return t
	}
	for _, f := range r.fills {
		if f.col == col {
			return p.grid.row(f.line).text(col)
		}
	}
	return ""
}

var reNumeric = regexp.MustCompile(`^\(?\d{1,5}[.)]?$`)

func numeric(s string) bool { return reNumeric.MatchString(s) }

// beginsTable: a header within the sheet, be it the first one printed again on
// a later page or that of a second table. Only rows that look like one at a
// glance are recognised in full.
func (p *parser) beginsTable(r *gridRow) bool {
	same, numbered := 0, false
	for i := range r.cells {
		t := r.cells[i].text
		if t == "" || r.cells[i].number {
			continue
		}
		if i < len(p.cols.columns) && len(t) > 1 && strings.Contains(p.cols.columns[i].HeaderText, t) {
			same++
		}
		if i < 3 && len(t) <= 16 {
			f, sure := recogniseHeader(t)
			numbered = numbered || f == FieldOrder && sure == 1
		}
	}
	return (same >= 2 || numbered) && headerScore(r) >= 3
}

var reColumnNumber = regexp.MustCompile(`^(?:\(?\d{1,2}\)?|[A-Z])$`)

// numbersColumns: "(1) (2) (3)", "A B 1 2".
func numbersColumns(r *gridRow) bool {
	for i := range r.cells {
		if t := r.cells[i].text; t != "" && !reColumnNumber.MatchString(t) {
			return false
		}
	}
	return true
}

// isTotals works on accents where their loss would confuse: "Cộng" and "Công
// an", "Tổng cộng" and "Tổng Công ty".
func isTotals(text string) bool {
	f := strings.TrimLeft(vietnamese.Fold(text), "(*- ")
	key := vietnamese.Key(strings.Trim(text, " :.*-("))
	switch {
	case key == vietnamese.Key("Cộng"), key == vietnamese.Key("Tổng"), f == "cong:", f == "tong:":
		return true
	case strings.HasPrefix(f, "tong cong ty"):
		return false
	}
	for _, w := range []string{"tong cong", "tong so", "danh sach nay", "danh sach co", "danh sach gom", "an dinh danh sach", "an dinh", "(danh sach"} {
		if strings.HasPrefix(f, w) {
			return true
		}
	}
	return strings.HasPrefix(key, vietnamese.Key("Cộng")+" ") || strings.HasPrefix(key, vietnamese.Key("Cộng")+":")
}

var footWords = []string{
	"truong phong", "pho truong phong", "hieu truong", "pho hieu truong", "giam doc", "pho giam doc", "chu tich", "pho chu tich",
	"thu truong", "nguoi lap", "lap bieu", "lap bang", "ky ten", "ky, ", "(ky", "(da ky", "kt.", "tm.", "tl.", "q.", "t/m", "k/t",
	"chanh van phong", "bi thu", "noi nhan", "xac nhan", "truong ban", "nguoi tong hop", "thuong truc hoi dong", "can bo lap",
}

// isFoot: a row without number or name that holds a signer's title or the
// place and date of signing.
func (p *parser) isFoot(r *gridRow, own int, order string) bool {
	if own > 3 || numeric(order) || len(p.tasks) == 0 {
		return false
	}
	name := r.text(p.cols.first(FieldName))
	for i := range r.cells {
		f := vietnamese.Fold(r.cells[i].text)
		if f == "" || !placeAndDate(f) && !hasPrefix(f, footWords) {
			continue
		}
		nf := vietnamese.Fold(name)
		return name == "" || hasPrefix(nf, footWords) || placeAndDate(nf)
	}
	return false
}

func hasPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// isGroup: nothing but a title, in the order or name column, and a number that
// is none of a list ("I", "A"), or a title that names a kind of subject.
func (p *parser) isGroup(r *gridRow, order string) bool {
	title := p.groupTitle(r)
	if title == "" {
		return false
	}
	for i := range r.cells {
		switch f := p.field(i + 1); {
		case r.cells[i].blank(), f == FieldOrder, f == FieldName:
		case f == FieldIgnore || f == FieldNote:
		case numeric(r.cells[i].text) && f != FieldBirth && f != FieldBirthMale && f != FieldBirthFemale: // a count beside the title
		default:
			return false
		}
	}
	for _, f := range r.fills {
		if g := p.field(f.col); g != FieldOrder && g != FieldName && g != FieldIgnore {
			return false // the row shares a merged cell with the data above
		}
	}
	style, rest := ordinal(title)
	switch {
	case numeric(order):
		k, ok := parseKind(rest)
		return ok && k != "" && len(headerText(rest)) <= len("ho gia dinh")
	case order != "" || style == 'R' || style == 'L':
		return true
	case kindWords(rest) != "" && len(strings.Fields(rest)) <= 4:
		return true
	}
	return p.numbered && p.shown(r, p.cols.first(FieldOrder)) == ""
}

// groupTitle joins the number and the title, wherever they stand.
func (p *parser) groupTitle(r *gridRow) string {
	var parts []string
	for i := range r.cells {
		if f := p.field(i + 1); (f == FieldOrder || f == FieldName) && r.cells[i].text != "" {
			parts = append(parts, strings.ReplaceAll(r.cells[i].text, "\n", " "))
		}
	}
	return strings.Join(parts, " ")
}

func (p *parser) field(col int) Field {
	if col < 1 || col > len(p.cols.columns) {
		return FieldIgnore
	}
	return p.cols.columns[col-1].Field
}
