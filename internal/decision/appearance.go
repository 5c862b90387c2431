package decision

import (
	"strings"
	"time"
)

// AppearanceLines is the usual text of a visible signature, in the form that
// Decree 30/2020 gives for the organisation's: who, and when by ISO 8601 with zone.
func AppearanceLines(name string, at time.Time) []string {
	return []string{"Ký bởi: " + name, "Thời gian ký: " + at.Format("2006-01-02T15:04:05-07:00")}
}

// Ink is the colour of a visible signature.
type Ink string

// The inks of custom: the signer's blue, the seal's red; none is black and unframed.
const (
	InkNone Ink = ""
	InkBlue Ink = "blue"
	InkRed  Ink = "red"
)

var inkColours = map[Ink]string{InkBlue: "0.05 0.2 0.65", InkRed: "0.8 0.05 0.05"}

// appearance draws image, frame and text into a box of w × h points as a form of its
// own, with its font embedded as everywhere.
func (u *update) appearance(w, h float64, sig *Signature) (pdfRef, error) {
	all := false
	for i, l := range sig.Appearance {
		if err := printable(printed{"signature line", i + 1, l}); err != nil {
			return pdfRef{}, err
		}
		all = all || !isCommon(l)
	}
	resources := pdfDict{"Font": pdfDict{"F0": u.embed(fontObjects("", all))}}
	var ops []byte
	top := h
	if len(sig.Image) > 0 {
		ref, ratio, err := u.image(sig.Image)
		if err != nil {
			return pdfRef{}, err
		}
		resources["XObject"] = pdfDict{"I0": ref}
		top = h * 0.3 // the rest is the image's
		ih := min(h-top, w/ratio)
		ops = append(appendNumbers([]byte("q "), ih*ratio, 0, 0, ih, (w-ih*ratio)/2, top+(h-top-ih)/2), "cm /I0 Do Q\n"...)
	}
	if colour := inkColours[sig.Ink]; colour != "" {
		ops = append(ops, colour+" rg "+colour+" RG\n"...)
		if len(sig.Image) == 0 {
			ops = append(appendNumbers(append(ops, "0.8 w "...), 0.5, 0.5, w-1, h-1), "re S\n"...)
		}
	}
	ops = appendLines(ops, sig.Appearance, w, top)
	d := pdfDict{"Type": pdfName("XObject"), "Subtype": pdfName("Form"), "BBox": pdfArray{0, 0, w, h}, "Resources": resources}
	return u.add(pdfStream{d, ops}), nil
}

// appendLines writes lines downwards from h into a box of width w, as great as fit.
func appendLines(ops []byte, lines []string, w, h float64) []byte {
	const pad = 2.5
	f, wrapped := (&sheet{}).fit(lines, (w-2*pad)*pointMM, (h-pad)*pointMM)
	ops = append(appendNumbers(append(ops, "/F0 "...), f.size), "Tf\n"...)
	y := h - pad/2
	for _, l := range wrapped {
		ops = appendText(ops, pad, y-f.size, l)
		y -= f.size * 1.15
	}
	return ops
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
