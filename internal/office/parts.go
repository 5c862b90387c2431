package office

import "fmt"

// part is one file of the package.
type part struct{ name, body string }

const (
	head    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relsNS  = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	officeR = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordT   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Measures of Decree 30/2020/NĐ-CP in twentieths of a point: A4, and its margins.
const (
	pageShort, pageLong            = 11906, 16838
	marginTop, marginBottom        = 1134, 1134 // 20 mm
	marginLeft, marginRight        = 1701, 1134 // 30 mm, 20 mm
	bodyPortrait, bodyLandscape    = pageShort - marginLeft - marginRight, pageLong - marginLeft - marginRight
	headerDistance, footerDistance = 567, 567
)

// Width is how wide the text is, in twentieths of a point.
func (d *Doc) Width() int {
	if d.Landscape {
		return bodyLandscape
	}
	return bodyPortrait
}

func (d *Doc) parts() []part {
	return []part{
		{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + wordT + `document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="` + wordT + `styles+xml"/>` +
			`<Override PartName="/word/header1.xml" ContentType="` + wordT + `header+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", head + `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="` + officeR + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
			escape(d.Title) + `</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", head + `<Relationships ` + relsNS + `><Relationship Id="rId1" Type="` + officeR + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId2" Type="` + officeR + `header" Target="header1.xml"/></Relationships>`},
		{"word/styles.xml", head + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>` +
			`<w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
		{"word/header1.xml", head + `<w:hdr ` + wordNS + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>` +
			`<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`},
		{"word/document.xml", head + `<w:document ` + wordNS + `><w:body>` + d.body.String() + d.section() + `</w:body></w:document>`},
	}
}

// section is the page: its number stands at the top, not on the first page.
func (d *Doc) section() string {
	w, h, orient := pageShort, pageLong, ""
	if d.Landscape {
		w, h, orient = pageLong, pageShort, ` w:orient="landscape"`
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="%d" w:h="%d"%s/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		w, h, orient, marginTop, marginRight, marginBottom, marginLeft, headerDistance, footerDistance)
}
