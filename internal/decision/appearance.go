package decision

import (
	"bytes"
	"strings"
	"time"

	"github.com/go-pdf/fpdf"
)

// AppearanceLines is the usual text of a visible signature, in the form that
// Decree 30/2020 gives for the organisation's: who, and when by ISO 8601 with zone.
func AppearanceLines(name string, at time.Time) []string {
	return []string{"Ký bởi: " + name, "Thời gian ký: " + at.Format("2006-01-02T15:04:05-07:00")}
}

// appearance draws lines into a box of w × h points. It is laid out as a page of
// its own and taken over as a form, so that its font is embedded as everywhere.
func (u *update) appearance(w, h float64, lines []string) (pdfRef, error) {
	for i, l := range lines {
		if err := printable(printed{"signature line", i + 1, l}); err != nil {
			return pdfRef{}, err
		}
	}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: w, Ht: h}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(time.Unix(0, 0).UTC())
	pdf.SetModificationDate(time.Unix(0, 0).UTC())
	pdf.AddUTF8FontFromBytes(family, "", loadFonts().styles[""])
	pdf.AddPage()
	f, wrapped := (&sheet{}).fit(lines, w*pointMM, h*pointMM)
	y := 0.0
	for _, l := range wrapped {
		pdf.SetFont(family, "", f.size)
		pdf.Text(1, y+f.size, l)
		y += f.size * 1.15
	}
	var page bytes.Buffer
	if err := pdf.Output(&page); err != nil {
		return pdfRef{}, refuse(CodeText, "the appearance cannot be drawn: %v", "không vẽ được hình chữ ký: %v", err)
	}
	return u.takePage(page.Bytes(), w, h)
}

// fit finds the greatest size from 10 points down at which the lines fit a box
// of w × h millimetres and no word is broken.
func (s *sheet) fit(lines []string, w, h float64) (face, []string) {
	w -= 2 * pointMM
	for size := 10.0; ; size -= 0.5 {
		f := face{"", size}
		var out []string
		whole := true
		for _, l := range lines {
			out = append(out, s.wrap(f, l, w, w)...)
			for _, word := range strings.Fields(l) {
				whole = whole && s.width(f, word) <= w
			}
		}
		if (whole && float64(len(out))*size*1.15*pointMM <= h) || size <= 4 {
			return f, out
		}
	}
}

// takePage copies the only page of a PDF with all it needs as a form XObject.
func (u *update) takePage(pdf []byte, w, h float64) (pdfRef, error) {
	src, err := openPDF(pdf)
	if err != nil {
		return pdfRef{}, err
	}
	page := src.dict(src.pages()[0])
	content, ok := src.resolve(page["Contents"]).(pdfStream)
	if !ok {
		return pdfRef{}, notPDF("no content")
	}
	d := pdfDict{"Type": pdfName("XObject"), "Subtype": pdfName("Form"), "BBox": pdfArray{0, 0, w, h},
		"Resources": u.take(src, page["Resources"], map[pdfRef]pdfRef{})}
	if filter := content.dict["Filter"]; filter != nil {
		d["Filter"] = filter
	}
	return u.add(pdfStream{d, content.raw}), nil
}

// take copies an object of another file, giving new numbers to what it refers to.
func (u *update) take(src *pdfFile, o any, done map[pdfRef]pdfRef) any {
	switch v := o.(type) {
	case pdfRef:
		if to, ok := done[v]; ok {
			return to
		}
		to := u.add(nil)
		done[v] = to
		u.objects[to.num] = u.take(src, src.resolve(v), done)
		return to
	case pdfDict:
		out := pdfDict{}
		for _, k := range sortedKeys(v) {
			out[k] = u.take(src, v[k], done)
		}
		return out
	case pdfArray:
		out := pdfArray{}
		for _, e := range v {
			out = append(out, u.take(src, e, done))
		}
		return out
	case pdfStream:
		d, _ := u.take(src, v.dict, done).(pdfDict)
		return pdfStream{d, v.raw}
	}
	return o
}
