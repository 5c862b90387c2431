package decision

import (
	"bytes"
	"testing"
	"time"

	"github.com/go-pdf/fpdf"
	"github.com/stretchr/testify/require"
)

// bareText writes the document's text with the PDF library alone, its own line
// breaks and no layout of ours, after embedding the given styles.
func bareText(b *testing.B, doc Document, styles ...string) int {
	b.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	for _, style := range styles {
		pdf.AddUTF8FontFromBytes(family, style, faces[style])
	}
	pdf.AddPage()
	for _, style := range styles { // the last one stays
		pdf.SetFont(family, style, 13)
		pdf.Write(5.5, "QUYẾT ĐỊNH ")
	}
	write := func(text string) { pdf.MultiCell(0, 5.5, text, "", "L", false) }
	write(doc.Abstract)
	for _, base := range doc.Bases {
		write(base)
	}
	for _, a := range doc.Articles {
		for _, p := range a.Paragraphs {
			write(p)
		}
	}
	for _, g := range doc.Annex.Sections[0].Groups {
		for _, e := range g.Entries {
			write(e.Line() + " " + FormatMoney(e.Money))
		}
	}
	var out bytes.Buffer
	require.NoError(b, pdf.Output(&out))
	return out.Len()
}

// BenchmarkThousandNames prints how much dearer a decision naming 1,000 people,
// rendered and signed, is than its bare text in the same four styles; design.md
// section 9 allows 1.5. Beside it stands the ratio to bare text in one style,
// since embedding a style costs as much as some hundred names. All are measured
// in turns, so that what else the machine does hits each.
func BenchmarkThousandNames(b *testing.B) {
	in := listInput(0, 1000, 0)
	in.Number, in.Date, in.Drafted = "", time.Time{}, civil(2018, 3, 1)
	doc := mustBuild(b, in)
	key := signature(b, signerKey(), "Trần Văn Mẫu")
	loadFonts()
	var bare, plain, ours, sealed time.Duration
	for b.Loop() {
		start := time.Now()
		bareText(b, doc, "B", "I", "BI", "")
		bare += time.Since(start)

		start = time.Now()
		bareText(b, doc, "")
		plain += time.Since(start)

		start = time.Now()
		pdf := mustRender(b, doc)
		pdf, err := Sign(pdf, key)
		require.NoError(b, err)
		ours += time.Since(start)

		start = time.Now()
		pdf, err = FillNumber(pdf, "329", civil(2018, 3, 12))
		require.NoError(b, err)
		_, err = Sign(pdf, key)
		require.NoError(b, err)
		sealed += time.Since(start)
	}
	b.ReportMetric(float64(bare.Microseconds())/1000/float64(b.N), "ms-bare/op")
	b.ReportMetric(float64(ours.Microseconds())/1000/float64(b.N), "ms-render+sign/op")
	b.ReportMetric(float64(sealed.Microseconds())/1000/float64(b.N), "ms-number+seal/op")
	b.ReportMetric(float64(ours)/float64(bare), "ratio")
	b.ReportMetric(float64(ours+sealed)/float64(bare), "ratio-with-seal")
	b.ReportMetric(float64(ours)/float64(plain), "ratio-one-style")
}
