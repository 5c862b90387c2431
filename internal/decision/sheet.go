package decision

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/go-pdf/fpdf"
)

// Measures of Decree 30/2020/NĐ-CP, Appendix I, in millimetres on A4.
const (
	pageWidth    = 210.0
	pageHeight   = 297.0
	marginTop    = 20.0
	marginBottom = 20.0
	marginLeft   = 30.0
	marginRight  = 20.0
	bodyWidth    = pageWidth - marginLeft - marginRight
	bottom       = pageHeight - marginBottom
	centre       = marginLeft + bodyWidth/2
	pointMM      = 25.4 / 72
)

// face is a style ("", "B", "I", "BI") at a size in points.
type face struct {
	style string
	size  float64
}

// line is the height of a line of this face in millimetres.
func (f face) line() float64 { return f.size * 1.2 * pointMM }

// sheet is the paper while it is being filled. y is the top of the next line.
type sheet struct {
	pdf    *fpdf.Fpdf
	height float64 // of a page
	y      float64
	number int // page number; text and annex count on their own
	gaps   []gap
	places Places
	face   face // the present font
	// measured is the style that widths are of; most measurements repeat it.
	measured string
	widths   []uint16
	rare     map[string]bool // styles with characters beyond the common ones
	ops      []byte          // room for the next operators
}

// gap is a place left open for number or date, in points from the lower left.
type gap struct {
	field      string
	page       int
	x, y, w, h float64
	size       float64
	italic     bool
}

func newSheet(title string, at time.Time) *sheet {
	s := prepared(fpdf.New("P", "mm", "A4", ""), title, at, pageHeight)
	s.addPage()
	return s
}

// prepared sets what every document of this package has; pages are height millimetres tall.
func prepared(pdf *fpdf.Fpdf, title string, at time.Time, height float64) *sheet {
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.SetAutoPageBreak(false, marginBottom)
	pdf.SetCellMargin(0)
	pdf.SetCatalogSort(true)
	pdf.SetCompression(false) // done while writing, see deflaters
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	pdf.SetTitle(title, true)
	pdf.SetCreator("vinhdanh", true)
	pdf.SetProducer("vinhdanh", true)
	pdf.SetLang("vi")
	pdf.SetLineWidth(0.25)
	return &sheet{pdf: pdf, height: height, rare: map[string]bool{}}
}

// addPage starts a page; from the second on it bears its number, top centre.
func (s *sheet) addPage() {
	s.pdf.AddPage()
	s.number++
	s.y = marginTop
	if s.number > 1 {
		s.centred(face{"", 14}, strconv.Itoa(s.number), centre, 9)
	}
}

// room starts a new page unless h millimetres are left on this one.
func (s *sheet) room(h float64) {
	if s.y+h > bottom && s.y > marginTop {
		s.addPage()
	}
}

// width measures a text in millimetres.
func (s *sheet) width(f face, text string) float64 {
	return s.thousandths(f, text) / 1000 * f.size * pointMM
}

// thousandths measures a text in thousandths of the size.
func (s *sheet) thousandths(f face, text string) float64 {
	if s.measured != f.style || s.widths == nil {
		s.measured, s.widths = f.style, loadFonts().widths[f.style]
	}
	widths, sum := s.widths, 0
	for _, r := range text {
		if int(r) < len(widths) {
			sum += int(widths[r])
		}
	}
	return float64(sum)
}

// use changes the font where it is not the present one.
func (s *sheet) use(f face) {
	if s.face != f {
		s.pdf.SetFont(coreFamily, f.style, f.size)
		s.face = f
	}
}

// text prints with the upper edge of its line at y.
func (s *sheet) text(f face, text string, x, y float64) {
	s.use(f)
	s.rare[f.style] = s.rare[f.style] || !isCommon(text)
	s.ops = appendText(s.ops[:0], x/pointMM, (s.height-y-f.baseline())/pointMM, text)
	s.pdf.RawWriteBuf(bytes.NewReader(s.ops))
}

// baseline is the distance from the top of a line to its baseline.
func (f face) baseline() float64 { return f.line()/2 + 0.3*f.size*pointMM }

func (s *sheet) centred(f face, text string, x, y float64) {
	s.text(f, text, x-s.width(f, text)/2, y)
}

// justified stretches the words of a line over w millimetres.
func (s *sheet) justified(f face, text string, x, y, w float64) {
	words := strings.Split(text, " ")
	if len(words) == 1 {
		s.text(f, text, x, y)
		return
	}
	gap := (w - s.width(f, strings.Join(words, ""))) / float64(len(words)-1)
	s.use(f)
	s.rare[f.style] = s.rare[f.style] || !isCommon(text)
	s.ops = appendStretched(s.ops[:0], x/pointMM, (s.height-y-f.baseline())/pointMM, words, gap/pointMM/f.size*1000-s.thousandths(f, " "))
	s.pdf.RawWriteBuf(bytes.NewReader(s.ops))
}

// rule draws a horizontal line of width w centred on x.
func (s *sheet) rule(x, y, w float64) { s.pdf.Line(x-w/2, y, x+w/2, y) }

// block prints lines centred on x and moves down.
func (s *sheet) block(f face, lines []string, x float64) {
	for _, l := range lines {
		s.centred(f, l, x, s.y)
		s.y += f.line()
	}
}

// bytes closes the document, adds the form for what is open, and writes all as
// one revision.
func (s *sheet) bytes() ([]byte, error) {
	var out bytes.Buffer
	if err := s.pdf.Output(&out); err != nil {
		return nil, refuse(CodeText, "the document cannot be laid out: %[1]v", "không trình bày được văn bản: %[1]v", err)
	}
	f, err := openPDF(out.Bytes())
	if err != nil {
		return nil, err
	}
	u := f.update()
	s.embedFonts(u)
	if len(s.gaps) > 0 {
		u.addFields(s.gaps)
	}
	return u.whole()
}
