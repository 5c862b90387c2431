package importing

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetReader reads the cells of one worksheet part in one pass.
type sheetReader struct {
	ctx  context.Context
	book *book
	dec  *xml.Decoder
	out  *grid
	row  gridRow
	// rows and textSum count from what the sheets before held
	rows    int
	textSum int64
	first   int // the first row's number
	line    int
	col     int
	kind    string // the t attribute of the current cell
	text    []byte // character data of the element being read
	keep    bool   // whether that text belongs to the value
	// sound is true within rPh: how East Asian text is spoken, not part of it
	sound bool
	cur   cell
}

// readGrid reads one sheet. Rows without content are left out; the limits of
// rows, columns and text hold for the whole workbook.
func (b *book) readGrid(ctx context.Context, s sheetRef) (*grid, error) {
	data, err := readPart(b.zip, s.part, b.lim.Unpacked)
	if err != nil {
		return nil, notWorkbook()
	}
	if g := b.readApart(ctx, cutRows(data, piecesFor(len(data)))); g != nil {
		g.spread()
		return g, nil
	}
	r := b.reader(ctx, bytes.NewReader(data))
	if err := r.read(); err != nil {
		return nil, err
	}
	b.rows, b.textSum = r.rows, r.textSum
	r.out.spread()
	return r.out, nil
}

func (b *book) reader(ctx context.Context, from io.Reader) *sheetReader {
	r := &sheetReader{ctx: ctx, book: b, dec: xml.NewDecoder(from), out: &grid{}, rows: b.rows, textSum: b.textSum}
	r.dec.CharsetReader = b.file.CharsetReader
	return r
}

func (r *sheetReader) read() error {
	var open []xml.Name // raw tokens cost less; that elements nest and end is seen to here
	for {
		tok, err := r.dec.RawToken()
		if errors.Is(err, io.EOF) && len(open) == 0 {
			return nil
		}
		if err != nil {
			return notWorkbook()
		}
		switch t := tok.(type) {
		case xml.StartElement:
			open = append(open, t.Name)
			err = r.start(t)
		case xml.EndElement:
			last := len(open) - 1
			if last < 0 || open[last] != t.Name {
				return notWorkbook()
			}
			open = open[:last]
			err = r.end(t.Name.Local)
		case xml.CharData:
			if r.keep {
				r.text = append(r.text, t...)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		r.line++
		r.col = 0
		if n, err := strconv.Atoi(attr(t, "r")); err == nil {
			if n < r.line || n > excelize.TotalRows {
				return notWorkbook() // rows stand in ascending order
			}
			r.line = n
		}
		if r.first == 0 {
			r.first = r.line
		}
		h := attr(t, "hidden")
		r.row = gridRow{line: r.line, hidden: h == "1" || h == "true"}
	case "c":
		return r.startCell(t)
	case "v", "t":
		r.keep = !r.sound
		r.text = r.text[:0]
		if t.Name.Local == "t" {
			r.text = append(r.text, r.cur.raw...) // the runs of a rich text
		}
	case "rPh":
		r.sound = true
	case "f":
		r.cur.formula = true
	case "mergeCell":
		r.merge(attr(t, "ref"))
	}
	return nil
}

func (r *sheetReader) startCell(t xml.StartElement) error {
	r.col++
	if a := attr(t, "r"); a != "" {
		col, _, err := excelize.CellNameToCoordinates(a)
		if err != nil || col < r.col {
			return notWorkbook()
		}
		r.col = col
	}
	r.cur, r.kind = cell{}, attr(t, "t")
	style, _ := strconv.Atoi(attr(t, "s"))
	r.cur.date = style != 0 && (r.kind == "" || r.kind == "n") && r.book.isDate(style)
	return nil
}

func (r *sheetReader) end(name string) error {
	switch name {
	case "v", "t":
		if r.keep {
			r.cur.raw, r.keep = string(r.text), false
		}
	case "rPh":
		r.sound = false
	case "c":
		return r.endCell()
	case "row":
		if len(r.row.cells) > 0 {
			r.out.rows = append(r.out.rows, r.row)
			r.rows++
		}
		r.row = gridRow{}
		return r.admitRow()
	}
	return nil
}

func (r *sheetReader) admitRow() error {
	if r.rows > r.book.lim.Rows {
		return refuse(CodeTooManyRows,
			"Danh sách có hơn %d dòng. Hãy chia thành nhiều tệp rồi tải lên lần lượt.",
			"The list has more than %d rows. Split it into several files and upload them one by one.", r.book.lim.Rows)
	}
	return r.ctx.Err()
}

// endCell interprets the stored value by the cell's type (ECMA-376 part 1,
// 18.18.11) and keeps the cell if it has content.
func (r *sheetReader) endCell() error {
	c := r.cur
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.raw))
		s := r.book.sharedString(i)
		if err != nil || s == nil {
			return notWorkbook()
		}
		c.raw, c.text, c.changed = s.raw, s.text, s.changed
	case "", "n":
		r.number(&c)
	case "b":
		c.text = map[string]string{"1": "x"}[c.raw]
	case "e":
		c.isError, c.text = true, c.raw
	default: // str, inlineStr, d
		c.text, c.changed = clean(c.raw)
	}
	r.cur = cell{}
	if c.text == "" && !c.formula && len(c.raw) <= r.book.lim.CellText {
		return nil
	}
	return r.admit(c)
}

func (r *sheetReader) number(c *cell) {
	v, err := strconv.ParseFloat(strings.TrimSpace(c.raw), 64)
	if err != nil {
		c.text, c.changed = clean(c.raw)
		c.date = false
		return
	}
	c.number, c.value, c.text = true, v, plainNumber(v)
	if c.date {
		if d, ok := serialDate(v, r.book.date1904); ok {
			c.text = civil(d)
		} else {
			c.date = false
		}
	}
}

func (r *sheetReader) admit(c cell) error {
	if r.col > r.book.lim.Columns {
		return refuse(CodeTooManyColumns,
			"Trang tính có nội dung ở cột %[1]s, ngoài %[2]d cột đầu. Hãy xóa các cột không thuộc danh sách rồi tải lên lại.",
			"The sheet has content in column %[1]s, beyond the first %[2]d. Delete the columns that are not part of the list and upload it again.",
			letter(r.col), r.book.lim.Columns)
	}
	r.textSum += int64(len(c.raw))
	if len(c.raw) > r.book.lim.CellText || r.textSum > r.book.lim.Text {
		return refuse(CodeTooLarge,
			"Ô %s chứa quá nhiều chữ. Hãy rút gọn nội dung, hoặc chia danh sách thành nhiều tệp.",
			"Cell %s holds too much text. Shorten it, or split the list into several files.", ref(r.line, r.col))
	}
	for len(r.row.cells) < r.col {
		r.row.cells = append(r.row.cells, cell{})
	}
	r.row.cells[r.col-1] = c
	r.out.width = max(r.out.width, r.col)
	return nil
}

const maxMerges = 20_000

func (r *sheetReader) merge(text string) {
	from, to, ok := strings.Cut(text, ":")
	c1, r1, err1 := excelize.CellNameToCoordinates(from)
	c2, r2, err2 := excelize.CellNameToCoordinates(to)
	if ok && err1 == nil && err2 == nil && c1 <= c2 && r1 <= r2 && len(r.out.merges) < maxMerges {
		r.out.merges = append(r.out.merges, area{c1, r1, c2, r2})
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
