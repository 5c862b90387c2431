package decision

import "github.com/go-pdf/fpdf"

// Fonts adds the typeface of our documents to a PDF in its four styles, cut down to
// the characters that documents may use, and returns its name.
func Fonts(pdf *fpdf.Fpdf) string {
	for _, style := range []string{"", "B", "I", "BI"} {
		pdf.AddUTF8FontFromBytes(family, style, loadFonts().styles[style])
	}
	return family
}
