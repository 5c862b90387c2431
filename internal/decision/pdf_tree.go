package decision

import "strconv"

// form gives the interactive form's dictionary, empty when there is none.
func (f *pdfFile) form() pdfDict { return f.dict(f.dict(f.trailer["Root"])["AcroForm"]) }

// pages gives the pages in order.
func (f *pdfFile) pages() []pdfRef {
	var out []pdfRef
	seen := map[pdfRef]bool{}
	var walk func(o any, depth int)
	walk = func(o any, depth int) {
		ref, ok := o.(pdfRef)
		if !ok || seen[ref] || depth > maxDepth {
			return
		}
		seen[ref] = true
		d := f.dict(ref)
		if d["Type"] == pdfName("Page") {
			out = append(out, ref)
		}
		for _, kid := range f.array(d["Kids"]) {
			walk(kid, depth+1)
		}
	}
	walk(f.dict(f.trailer["Root"])["Pages"], 0)
	return out
}

// signatureFields gives the signature fields, wherever they are in the form.
func (f *pdfFile) signatureFields() []pdfRef {
	var out []pdfRef
	seen := map[pdfRef]bool{}
	var walk func(o any, depth int)
	walk = func(o any, depth int) {
		ref, ok := o.(pdfRef)
		if !ok || seen[ref] || depth > maxDepth {
			return
		}
		seen[ref] = true
		d := f.dict(ref)
		if d["FT"] == pdfName("Sig") {
			out = append(out, ref)
		}
		for _, kid := range f.array(d["Kids"]) {
			walk(kid, depth+1)
		}
	}
	for _, o := range f.array(f.form()["Fields"]) {
		walk(o, 0)
	}
	return out
}

// numbers reads an array of numbers; nil when one of them is none.
func numbers(a pdfArray) []float64 {
	var out []float64
	for _, o := range a {
		switch v := o.(type) {
		case float64:
			out = append(out, v)
		case int:
			out = append(out, float64(v))
		case pdfToken:
			n, err := strconv.ParseFloat(string(v), 64)
			if err != nil {
				return nil
			}
			out = append(out, n)
		default:
			return nil
		}
	}
	return out
}
