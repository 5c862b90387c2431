package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Errors of Read.
var (
	ErrNotWord = errors.New("office: no Word document")
	ErrTracked = errors.New("office: it has changes that are tracked")
)

// Piece is a part of a document in its order: a paragraph, or a table with the lines of
// each cell. A table inside a cell gives its lines to that cell.
type Piece struct {
	Text string
	Rows [][][]string // nil of a paragraph
}

// readAtMost is how much of a document's text is read, unpacked.
const readAtMost = 16 << 20

// Read takes the text out of a .docx that Word or another program has saved: paragraphs
// and tables of the body in their order, NFC, blanks of every kind as one blank. Headers
// and footers, comments and pictures are left out. What is inserted or deleted under
// "track changes" is neither said nor not said, so such a file is ErrTracked.
func Read(content []byte) ([]Piece, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWord, err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWord, err)
	}
	defer f.Close()
	r := reader{d: xml.NewDecoder(io.LimitReader(f, readAtMost))}
	if err := r.body(); err != nil {
		return nil, err
	}
	return r.pieces, nil
}

// reader walks over the elements of a body.
type reader struct {
	d      *xml.Decoder
	pieces []Piece
	tables int // how deep in tables
	row    [][]string
	cell   []string
	line   strings.Builder
	silent int // inside what is no text of the body
}

func (r *reader) body() error {
	for {
		t, err := r.d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotWord, err)
		}
		switch e := t.(type) {
		case xml.StartElement:
			if err := r.start(e.Name.Local); err != nil {
				return err
			}
		case xml.EndElement:
			r.end(e.Name.Local)
		case xml.CharData:
			// text is read with its element; blanks between elements are none
		}
	}
}

// start begins an element; of a text it reads all.
func (r *reader) start(name string) error {
	switch name {
	case "ins", "del", "moveFrom", "moveTo":
		return ErrTracked
	case "t":
		var text string
		if err := r.d.DecodeElement(&text, &xml.StartElement{Name: xml.Name{Local: name}}); err != nil {
			return fmt.Errorf("%w: %w", ErrNotWord, err)
		}
		if r.silent == 0 {
			r.line.WriteString(text)
		}
	case "tab", "br", "cr", "noBreakHyphen":
		if name == "noBreakHyphen" {
			r.line.WriteByte('-')
		} else {
			r.line.WriteByte(' ')
		}
	case "pict", "drawing", "Fallback":
		r.silent++
	case "tbl":
		if r.silent > 0 {
			return nil
		}
		if r.tables++; r.tables == 1 {
			r.pieces = append(r.pieces, Piece{Rows: [][][]string{}})
		}
	}
	return nil
}

func (r *reader) end(name string) {
	if name == "pict" || name == "drawing" || name == "Fallback" {
		r.silent--
		return
	}
	if r.silent > 0 { // a picture's own words
		return
	}
	switch name {
	case "p":
		text := strings.Join(strings.Fields(norm.NFC.String(r.line.String())), " ")
		r.line.Reset()
		if r.tables > 0 {
			r.cell = append(r.cell, text)
		} else {
			r.pieces = append(r.pieces, Piece{Text: text})
		}
	case "tc":
		if r.tables == 1 {
			r.row, r.cell = append(r.row, r.cell), nil
		}
	case "tr":
		if r.tables == 1 {
			last := &r.pieces[len(r.pieces)-1]
			last.Rows, r.row = append(last.Rows, r.row), nil
		}
	case "tbl":
		r.tables--
	}
}
