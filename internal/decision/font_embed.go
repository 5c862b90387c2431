package decision

import (
	"bytes"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/go-pdf/fpdf"
)

// Fonts are embedded from objects that are made once a process: making them for
// every document took longer than laying out a thousand names. While a document is
// laid out the PDF library knows only the core font of the same style, which bytes
// then puts ours in the place of. Both a small set of characters, enough for nearly
// every decision, and all of them are at hand for each style.

// coreFamily is what the library is told to write with.
const coreFamily = "Times"

// coreFonts are the names by which the library writes the core fonts.
var coreFonts = map[pdfName]string{
	"Times-Roman": "", "Times-Bold": "B", "Times-Italic": "I", "Times-BoldItalic": "BI",
}

// commonLetters are the Vietnamese letters beyond ASCII, and the punctuation of decisions.
const commonLetters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ" +
	"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ–—…“”‘’•₫§°½²³\u00a0"

var common = sync.OnceValue(func() []bool {
	out := make([]bool, len(loadFonts().glyphs))
	for r := rune(0x20); r < 0x7F; r++ {
		out[r] = hasGlyph(r)
	}
	for _, r := range commonLetters {
		if hasGlyph(r) {
			out[r] = true
		}
	}
	return out
})

// isCommon tells whether the small sets print the text.
func isCommon(text string) bool {
	set := common()
	for _, r := range text {
		if int(r) >= len(set) || !set[r] {
			return false
		}
	}
	return true
}

// embeddable is a font as objects of a PDF; references in it count from 1 in the
// list, and the first object is the font itself. It is never changed.
type embeddable []any

var embeddables sync.Map // by style, and by whether it is the whole set: func() embeddable

func fontObjects(style string, all bool) embeddable {
	type key struct {
		style string
		all   bool
	}
	made, _ := embeddables.LoadOrStore(key{style, all}, sync.OnceValue(func() embeddable { return makeFont(style, all) }))
	return made.(func() embeddable)()
}

// makeFont has the library embed the characters, and takes the objects out of what it wrote.
func makeFont(style string, all bool) embeddable {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(time.Unix(0, 0).UTC())
	pdf.SetModificationDate(time.Unix(0, 0).UTC())
	pdf.AddUTF8FontFromBytes(family, style, loadFonts().styles[style])
	pdf.AddPage()
	pdf.SetFont(family, style, 10)
	set := common()
	if all {
		set = loadFonts().glyphs
	}
	for r, ok := range set {
		if ok {
			pdf.Text(10, 20, string(rune(r)))
		}
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		panic("decision: an embedded font cannot be written: " + err.Error())
	}
	f, err := openPDF(out.Bytes())
	if err != nil {
		panic("decision: an embedded font cannot be read: " + err.Error())
	}
	fonts := f.dict(f.dict(f.dict(f.pages()[0])["Resources"])["Font"])
	u := &update{file: &pdfFile{}, next: 1, objects: map[int]any{}}
	for _, font := range fonts {
		u.take(f, font, map[pdfRef]pdfRef{})
	}
	list := make(embeddable, u.next-1)
	for n, o := range u.objects {
		list[n-1] = o
	}
	return list
}

// embed adds the font's objects and gives the font's own.
func (u *update) embed(list embeddable) pdfRef {
	base := u.next - 1
	for _, o := range list {
		u.add(shifted(o, base))
	}
	return pdfRef{num: base + 1}
}

// shifted copies an object with its references moved by base.
func shifted(o any, base int) any {
	switch v := o.(type) {
	case pdfRef:
		return pdfRef{num: v.num + base}
	case pdfDict:
		out := make(pdfDict, len(v))
		for k, e := range v {
			out[k] = shifted(e, base)
		}
		return out
	case pdfArray:
		out := make(pdfArray, len(v))
		for i, e := range v {
			out[i] = shifted(e, base)
		}
		return out
	case pdfStream:
		d, _ := shifted(v.dict, base).(pdfDict)
		return pdfStream{d, v.raw}
	}
	return o
}

// embedFonts puts our fonts where the library has written core fonts.
func (s *sheet) embedFonts(u *update) {
	for _, num := range slices.Sorted(maps.Keys(u.file.xref)) {
		d, _ := u.file.object(num).(pdfDict)
		if d["Type"] != pdfName("Font") {
			continue
		}
		name, _ := d["BaseFont"].(pdfName)
		if style, ours := coreFonts[name]; ours {
			list := fontObjects(style, s.rare[style])
			base := u.next - 2 // the font itself takes the place of the core font
			for _, o := range list[1:] {
				u.add(shifted(o, base))
			}
			u.objects[num] = shifted(list[0], base)
		}
	}
}
