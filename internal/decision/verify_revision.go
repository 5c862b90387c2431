package decision

import "slices"

// later checks what revisions after the one that ends at end have changed of it:
// signatures may be added, and empty text fields filled, nothing else (DocMDP
// level 2, held whether or not the signature asks for it).
func (f *pdfFile) later(end int) error {
	before, err := openPDF(f.data[:end])
	if err != nil {
		return err
	}
	bad := refuse(CodeNotAllowed, "after a signature more was changed than number, date and further signatures",
		"sau khi ký, tệp đã bị thay đổi ngoài phần số, ngày và các chữ ký tiếp theo")
	root, _ := before.trailer["Root"].(pdfRef)
	if f.trailer["Root"] != any(root) || f.trailer["Info"] != before.trailer["Info"] {
		return bad
	}
	c := comparison{before: before, after: f, root: root, pages: before.pages()}
	c.form, _ = before.dict(root)["AcroForm"].(pdfRef)
	for num, e := range before.xref {
		if f.xref[num] == e {
			continue
		}
		if !c.allowed(pdfRef{num: num, gen: e.gen}) {
			return bad
		}
	}
	return nil
}

// comparison holds one file at two times.
type comparison struct {
	before, after *pdfFile
	root, form    pdfRef
	pages         []pdfRef
}

// allowed tells whether the change of one object is permitted.
func (c comparison) allowed(ref pdfRef) bool {
	old, now := c.before.object(ref.num), c.after.object(ref.num)
	if encoded(old) == encoded(now) {
		return true
	}
	was, ok1 := old.(pdfDict)
	is, ok2 := now.(pdfDict)
	if !ok1 || !ok2 {
		return false
	}
	switch {
	case ref == c.root:
		return same(was, is, "AcroForm") && c.formMayMove(was["AcroForm"], is["AcroForm"])
	case ref == c.form:
		return same(was, is, "Fields", "SigFlags") && c.grewBySignatures(was["Fields"], is["Fields"])
	case slices.Contains(c.pages, ref):
		return same(was, is, "Annots") && c.grewBySignatures(was["Annots"], is["Annots"])
	case was["FT"] == pdfName("Tx"):
		return same(was, is, "V", "AP") && was["V"] == nil
	case was["Subtype"] == pdfName("Widget") && c.before.dict(was["Parent"])["FT"] == pdfName("Tx"):
		return same(was, is, "AP") && was["AP"] == nil
	}
	return false
}

// formMayMove permits that a form appears where there was none, with signature
// fields only.
func (c comparison) formMayMove(was, is any) bool {
	if was != nil {
		return encoded(was) == encoded(is)
	}
	form := c.after.dict(is)
	return same(pdfDict{}, form, "Fields", "SigFlags") && c.grewBySignatures(nil, form["Fields"])
}

// grewBySignatures tells whether an array kept its elements and got only
// signature fields after them.
func (c comparison) grewBySignatures(was, is any) bool {
	old, now := c.before.array(was), c.after.array(is)
	if len(now) < len(old) || encoded(old) != encoded(now[:len(old)]) {
		return false
	}
	for _, o := range now[len(old):] {
		if d := c.after.dict(o); d["FT"] != pdfName("Sig") || d["Subtype"] != pdfName("Widget") {
			return false
		}
	}
	return true
}

// same compares two dictionaries but for some keys.
func same(a, b pdfDict, except ...pdfName) bool {
	strip := func(d pdfDict) pdfDict {
		out := pdfDict{}
		for k, v := range d {
			if !slices.Contains(except, k) {
				out[k] = v
			}
		}
		return out
	}
	return encoded(strip(a)) == encoded(strip(b))
}
