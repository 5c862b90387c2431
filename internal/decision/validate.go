package decision

import (
	"regexp"

	"golang.org/x/text/unicode/norm"
)

var numberForm = regexp.MustCompile(`^[0-9]{1,6}[a-z]?$`)

// Validate checks that the document has all its parts and that every text can
// be printed exactly: valid UTF-8 in NFC, no control characters, and a glyph in
// the font for every character.
func (d Document) Validate() error {
	for _, part := range []struct {
		en, vi string
		empty  bool
	}{
		{"issuing body", "tên cơ quan ban hành", len(d.Issuer) == 0},
		{"symbol", "ký hiệu", d.Symbol == ""},
		{"place", "địa danh", d.Place == ""},
		{"kind", "tên loại văn bản", d.Kind == ""},
		{"abstract", "trích yếu", d.Abstract == ""},
		{"authority", "thẩm quyền ban hành", d.Authority == ""},
		{"legal bases", "căn cứ ban hành", len(d.Bases) == 0},
		{"enacting words", "dòng QUYẾT ĐỊNH:", d.Enacting == ""},
		{"articles", "các điều", len(d.Articles) == 0},
		{"recipients", "nơi nhận", len(d.Recipients) == 0},
		{"date of issue beside its number", "ngày ban hành đi cùng số", d.Number != "" && d.Date.IsZero()},
		{"number beside its date of issue", "số đi cùng ngày ban hành", d.Number == "" && !d.Date.IsZero()},
		{"date of issue or draft", "ngày ban hành hoặc ngày dự thảo", d.Date.IsZero() && d.Drafted.IsZero()},
	} {
		if part.empty {
			return refuse(CodeIncomplete, "the decision has no %[1]s", "quyết định còn thiếu %[2]s", part.en, part.vi)
		}
	}
	if d.Number != "" && !numberForm.MatchString(d.Number) {
		return refuse(CodeText, "a number is digits, at most one letter after them", "số quyết định chỉ gồm chữ số, có thể thêm một chữ cái")
	}
	if err := d.Signing.check(); err != nil {
		return err
	}
	return d.eachText(printable)
}

// printed is a text of the document and what it is.
type printed struct {
	what  string
	index int // from 1 in lists
	text  string
}

// eachText calls visit for every text of the document.
func (d Document) eachText(visit func(printed) error) error {
	texts := []printed{{"superior", 0, d.Superior}, {"symbol", 0, d.Symbol}, {"place", 0, d.Place}, {"kind", 0, d.Kind},
		{"abstract", 0, d.Abstract}, {"authority", 0, d.Authority}, {"enacting words", 0, d.Enacting}, {"signer", 0, d.Signing.Name},
		{"code", 0, d.Code}, {"verify address", 0, d.Verify}, {"signing body", 0, d.Signing.Body}, {"signing office", 0, d.Signing.Office}, {"signer's title", 0, d.Signing.Title}}
	add := func(what string, list []string) {
		for i, t := range list {
			texts = append(texts, printed{what, i + 1, t})
		}
	}
	add("issuer", d.Issuer)
	add("base", d.Bases)
	add("recipient", d.Recipients)
	for _, a := range d.Articles {
		add("article paragraph", a.Paragraphs)
	}
	if d.Annex != nil {
		texts = append(texts, printed{"annex title", 0, d.Annex.Title}, printed{"annex subtitle", 0, d.Annex.Subtitle}, printed{"annex authority", 0, d.Annex.By})
		for _, s := range d.Annex.Sections {
			texts = append(texts, printed{"annex heading", 0, s.Heading})
			for _, g := range s.Groups {
				for i, e := range g.Entries {
					texts = append(texts, printed{string(g.Kind), i + 1, e.Form}, printed{string(g.Kind), i + 1, e.Name},
						printed{string(g.Kind), i + 1, e.Position}, printed{string(g.Kind), i + 1, e.Workplace})
				}
			}
		}
	}
	for _, t := range texts {
		if err := visit(t); err != nil {
			return err
		}
	}
	return nil
}

// printable refuses what would not come out of the PDF as it went in. The
// message names the place and the character, never the text. Of the characters
// that the font has, only combining marks can make a text differ from its NFC.
func printable(p printed) error {
	marks := false
	for _, r := range p.text {
		if !hasGlyph(r) {
			return refuse(CodeText, "%s %d holds the character %U, which the font cannot print; correct it",
				"%s %d có ký tự %U mà phông chữ không in được; hãy sửa lại", p.what, p.index, r)
		}
		marks = marks || (r >= 0x300 && r <= 0x36F)
	}
	if marks && !norm.NFC.IsNormalString(p.text) {
		return refuse(CodeText, "%s %d is not in Unicode NFC; normalise it before", "%s %d chưa ở dạng Unicode dựng sẵn (NFC)", p.what, p.index)
	}
	return nil
}
