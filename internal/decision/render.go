package decision

// Render lays the document out as a PDF of A4 pages with embedded fonts. The
// same document gives the same bytes. A document without number and date gets
// form fields for them, which FillNumber fills.
func Render(doc Document) ([]byte, error) {
	pdf, _, err := Layout(doc)
	return pdf, err
}

// Layout does what Render does and also says where visible signatures belong.
func Layout(doc Document) ([]byte, Places, error) {
	if err := doc.Validate(); err != nil {
		return nil, Places{}, err
	}
	s := newSheet(doc.Kind+" - "+doc.Abstract, doc.fileDate())
	s.head(doc)
	s.body(doc)
	if doc.Annex != nil {
		if err := s.annex(doc); err != nil {
			return nil, Places{}, err
		}
	}
	pdf, err := s.bytes()
	if err != nil {
		return nil, Places{}, err
	}
	return pdf, s.places, nil
}
