package decision

import (
	"fmt"
	"time"
)

// fieldFonts are standard fonts: a reader that redraws a field needs one it can
// encode itself, and number and date are digits only.
var fieldFonts = []struct{ key, base pdfName }{{"TiRo", "Times-Roman"}, {"TiIt", "Times-Italic"}}

// fieldLabels is what a reader shows for each field.
var fieldLabels = map[string]string{fieldNumber: "Số quyết định", fieldDay: "Ngày", fieldMonth: "Tháng", fieldYear: "Năm"}

var fieldOrder = []string{fieldNumber, fieldDay, fieldMonth, fieldYear}

// addFields adds a form with one text field for each open part; each place
// where the part is printed is a widget of it.
func (u *update) addFields(gaps []gap) {
	pages := u.file.pages()
	fonts := pdfDict{}
	for _, font := range fieldFonts {
		fonts[font.key] = u.add(pdfDict{"Type": pdfName("Font"), "Subtype": pdfName("Type1"),
			"BaseFont": font.base, "Encoding": pdfName("WinAnsiEncoding")})
	}
	var fields pdfArray
	for _, name := range fieldOrder {
		field := pdfDict{"FT": pdfName("Tx"), "T": textString(name), "TU": textString(fieldLabels[name])}
		ref := u.add(field)
		var kids pdfArray
		for _, g := range gaps {
			if g.field == name {
				kids = append(kids, u.widget(g, ref, pages))
			}
		}
		field["Kids"] = kids
		fields = append(fields, ref)
	}
	form := u.add(pdfDict{"Fields": fields, "DR": pdfDict{"Font": fonts}, "DA": pdfString("/TiRo 13 Tf 0 g")})
	root, _ := u.file.trailer["Root"].(pdfRef)
	u.change(root, func(d pdfDict) { d["AcroForm"] = form })
}

func (u *update) widget(g gap, field pdfRef, pages []pdfRef) pdfRef {
	font, align := "TiRo", 1
	if g.italic {
		font = "TiIt"
	}
	if g.field == fieldNumber {
		align = 2 // next to the symbol
	}
	page := pages[g.page-1]
	w := u.add(pdfDict{
		"Type": pdfName("Annot"), "Subtype": pdfName("Widget"), "Parent": field, "P": page, "F": 4, "Q": align,
		"Rect": pdfArray{g.x, g.y, g.x + g.w, g.y + g.h},
		"DA":   pdfString(fmt.Sprintf("/%s %g Tf 0 g", font, g.size)),
	})
	u.annotate(page, w)
	return w
}

// annotate adds an annotation to a page.
func (u *update) annotate(page, annotation pdfRef) {
	u.change(page, func(d pdfDict) {
		old, _ := u.get(d["Annots"]).(pdfArray)
		d["Annots"] = append(append(pdfArray{}, old...), annotation)
	})
}

// FillNumber fills number and date into a PDF that was rendered without them,
// as a revision of its own that leaves signatures before it valid. The error's
// code is CodeNoFields where there is nothing to fill, CodeNumbered where it
// was done before.
func FillNumber(pdf []byte, number string, date time.Time) ([]byte, error) {
	if !numberForm.MatchString(number) || date.IsZero() {
		return nil, refuse(CodeIncomplete, "number and date are needed; a number is digits, at most one letter after them",
			"cần có số và ngày; số quyết định chỉ gồm chữ số, có thể thêm một chữ cái")
	}
	f, err := openPDF(pdf)
	if err != nil {
		return nil, err
	}
	u := f.update()
	values := map[string]string{fieldNumber: number, fieldDay: dayText(date), fieldMonth: monthText(date),
		fieldYear: fmt.Sprintf("%d", date.Year())}
	found := 0
	for _, o := range f.array(f.form()["Fields"]) {
		ref, _ := o.(pdfRef)
		field := f.dict(ref)
		value, ours := values[plainText(field["T"])]
		if !ours || field["FT"] != pdfName("Tx") {
			continue
		}
		if field["V"] != nil {
			return nil, refuse(CodeNumbered, "number and date stand in this file already", "tệp này đã có số và ngày")
		}
		found++
		u.change(ref, func(d pdfDict) { d["V"] = textString(value) })
		for _, kid := range f.array(field["Kids"]) {
			u.showValue(kid, value)
		}
	}
	if found != len(values) {
		return nil, refuse(CodeNoFields, "this file has no fields for number and date; render it without a number",
			"tệp này không có chỗ điền số và ngày")
	}
	out, _ := u.bytes()
	return out, nil
}

// showValue draws the value into a widget. A digit of Times is half an em wide.
func (u *update) showValue(kid any, value string) {
	ref, ok := kid.(pdfRef)
	if !ok {
		return
	}
	w := u.dict(ref)
	rect := numbers(u.file.array(w["Rect"]))
	var font string
	var size float64
	da, _ := w["DA"].(pdfString)
	if _, err := fmt.Sscanf(string(da), "/%s %f", &font, &size); err != nil || len(rect) != 4 {
		return
	}
	width, height := rect[2]-rect[0], rect[3]-rect[1]
	x := width - float64(len(value))*size/2
	if q, _ := intOf(w["Q"]); q == 1 {
		x /= 2
	}
	fonts := u.file.dict(u.file.dict(u.file.form()["DR"])["Font"])
	ap := u.add(pdfStream{
		dict: pdfDict{"Type": pdfName("XObject"), "Subtype": pdfName("Form"), "BBox": pdfArray{0, 0, width, height},
			"Resources": pdfDict{"Font": pdfDict{pdfName(font): fonts[pdfName(font)]}}},
		raw: fmt.Appendf(nil, "/Tx BMC q BT %s %.2f %.2f Td (%s) Tj ET Q EMC", da, x, 0.3*size, value),
	})
	u.change(ref, func(d pdfDict) { d["AP"] = pdfDict{"N": ap} })
}
