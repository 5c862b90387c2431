package minutes

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/gomutex/godocx"
	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/stypes"
)

// epoch stands for the time of making, so that the same document gives the same bytes.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// font is the typeface of official papers (Decree 30/2020/NĐ-CP, Appendix I).
const font = "Times New Roman"

// Docx writes the document for Word.
func (d Document) Docx() ([]byte, error) {
	w, err := godocx.NewDocument()
	if err != nil {
		return nil, fmt.Errorf("minutes: a new Word document: %w", err)
	}
	for _, b := range d.Blocks {
		word(w, b)
	}
	var out bytes.Buffer
	if err := w.Write(&out); err != nil {
		return nil, fmt.Errorf("minutes: write the Word document: %w", err)
	}
	return out.Bytes(), nil
}

func word(w *docx.RootDoc, b Block) {
	switch b.Kind {
	case Letterhead, Signatures:
		pair(w, b)
	case Title:
		said(w.AddEmptyParagraph(), b.Text, 15, true, stypes.JustificationCenter)
	case Subtitle:
		said(w.AddEmptyParagraph(), b.Text, 13, true, stypes.JustificationCenter)
	case Heading:
		said(w.AddEmptyParagraph(), b.Text, 13, true, stypes.JustificationLeft)
	case Note:
		said(w.AddEmptyParagraph(), b.Text, 9, false, stypes.JustificationLeft)
	case Grid:
		grid(w, b)
	default:
		said(w.AddEmptyParagraph(), b.Text, 13, false, stypes.JustificationBoth)
	}
}

// said fills a paragraph with one run.
func said(p *docx.Paragraph, text string, size uint64, bold bool, how stypes.Justification) {
	p.Justification(how)
	p.Spacing(0, 80)
	p.AddText(strings.ToValidUTF8(text, "")).Font(font).Size(size).Bold(bold)
}

// pair is two columns without lines.
func pair(w *docx.RootDoc, b Block) {
	t := w.AddTable()
	t.Width(5000, stypes.TableWidthPct)
	row := t.AddRow()
	for _, lines := range [][]string{b.Left, b.Right} {
		cell := row.AddCell()
		for i, l := range lines {
			if b.Kind == Signatures && i == len(lines)-1 {
				for range 4 {
					said(cell.AddEmptyPara(), "", 13, false, stypes.JustificationCenter)
				}
			}
			said(cell.AddEmptyPara(), l, 12, i != 1 || b.Kind == Letterhead, stypes.JustificationCenter)
		}
	}
	w.AddEmptyParagraph()
}

func grid(w *docx.RootDoc, b Block) {
	t := w.AddTable()
	t.Style("TableGrid")
	t.Width(5000, stypes.TableWidthPct)
	fill := func(cells []string, bold bool) {
		row := t.AddRow()
		for i, c := range cells {
			how := stypes.JustificationLeft
			if bold || i == 0 || i > 2 {
				how = stypes.JustificationCenter
			}
			said(row.AddCell().Width(b.Widths[i]*57, stypes.TableWidthDxa).AddEmptyPara(), c, 10, bold, how) // parts are millimetres
		}
	}
	fill(b.Heads, true)
	for _, r := range b.Rows {
		fill(r, false)
	}
	w.AddEmptyParagraph()
}
