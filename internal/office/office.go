// Package office writes the papers that clerks work with in Word: the letter (tờ
// trình), the list (danh sách) and the achievement report, laid out after Decree
// 30/2020/NĐ-CP, Appendix I: A4, margins of 20, 20, 30 and 20 mm, Times New Roman,
// national name and motto, page numbers from the second page on, top centre.
//
// The model: a Doc is a sequence of blocks (paragraphs and tables) in the words
// of the paper; Write makes a .docx of it. Everything is text: nothing in a
// document is ever a field, a link or a macro, and characters that XML does not
// know are dropped. The same document gives the same bytes.
//
// Read takes the text out of a document that came back from Word.
//
// It writes WordprocessingML itself: what it needs is a dozen elements, and a
// general library ties one header to a section and brings a template of its own. It
// reads it by the standard library's XML, for a library that knows an element less than
// Word does would lose the words in it, and a lost word looks like a difference.
package office

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Type is the media type of what Write writes.
const Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Doc is a document being put together.
type Doc struct {
	Title     string
	Landscape bool
	body      strings.Builder
}

// Align is where a paragraph stands.
type Align string

// Alignments.
const (
	Left   Align = "left"
	Centre Align = "center"
	Right  Align = "right"
	Both   Align = "both"
)

// Style is how a text looks. Size is in points, 0 means 13.
type Style struct {
	Bold, Italic, Underline bool
	Size                    int
}

// Run is a piece of text in one style.
type Run struct {
	Text string
	Style
}

// Para is a paragraph. Indent asks for an indented first line; Keep keeps it on
// the page of the next one.
type Para struct {
	Align        Align
	Runs         []Run
	Indent, Keep bool
	After        int // points below; default 6
}

// Text is a paragraph of one run.
func Text(align Align, text string, s Style) Para {
	return Para{Align: align, Runs: []Run{{text, s}}}
}

// Add puts paragraphs at the end.
func (d *Doc) Add(paras ...Para) {
	for _, p := range paras {
		d.body.WriteString(p.xml())
	}
}

func (p Para) xml() string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if p.Keep {
		b.WriteString("<w:keepNext/>")
	}
	after := p.After
	if after == 0 {
		after = 6
	}
	fmt.Fprintf(&b, `<w:spacing w:before="0" w:after="%d"/>`, after*20)
	if p.Indent {
		b.WriteString(`<w:ind w:firstLine="720"/>`)
	}
	if p.Align == "" {
		p.Align = Left
	}
	fmt.Fprintf(&b, `<w:jc w:val="%s"/></w:pPr>`, p.Align)
	for _, r := range p.Runs {
		b.WriteString(r.xml())
	}
	b.WriteString("</w:p>")
	return b.String()
}

func (r Run) xml() string {
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>")
	for _, on := range []struct {
		is  bool
		tag string
	}{{r.Bold, "<w:b/>"}, {r.Italic, "<w:i/>"}, {r.Underline, `<w:u w:val="single"/>`}} {
		if on.is {
			b.WriteString(on.tag)
		}
	}
	size := r.Size
	if size == 0 {
		size = 13
	}
	fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, size*2, size*2)
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + escape(line) + "</w:t>")
	}
	b.WriteString("</w:r>")
	return b.String()
}

// escape writes text for XML; what XML does not know is dropped.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' || r == 0xFFFE || r == 0xFFFF || r == 0xFFFD {
			return -1
		}
		return r
	}, s)
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder does not fail
	return b.String()
}

// Write writes the document as .docx.
func (d *Doc) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, part := range d.parts() {
		f, err := z.Create(part.name)
		if err != nil {
			return fmt.Errorf("office: %w", err)
		}
		if _, err := io.WriteString(f, part.body); err != nil {
			return fmt.Errorf("office: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("office: %w", err)
	}
	return nil
}
