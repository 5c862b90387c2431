package main

import (
	"bytes"
	"fmt"

	"github.com/go-fonts/liberation/liberationserifregular"
	"github.com/go-pdf/fpdf"
)

// paper makes a one-page PDF that stands for a scanned paper; it says so.
func paper(title string) ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("serif", "", liberationserifregular.TTF)
	pdf.SetFont("serif", "", 14)
	pdf.AddPage()
	pdf.MultiCell(0, 8, "Giấy tờ giả định dùng cho bản thử nghiệm: "+title, "", "L", false)
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("sample paper: %w", err)
	}
	return out.Bytes(), nil
}
