package decision

// TopRight gives the place at the top right of a scan's first page where Decree
// 30/2020 (Appendix I, position 14) has the organisation's signature over a copy. It
// is the check of a scan, too: an error says what is wrong with the file.
func TopRight(pdf []byte) (Box, error) {
	f, err := openPDF(pdf)
	if err != nil {
		return Box{}, err
	}
	pages := f.pages()
	if len(pages) == 0 {
		return Box{}, notPDF("no page")
	}
	if len(f.signatureFields()) > 0 {
		return Box{}, refuse(CodeNotAllowed, "the scan bears a signature already; give the scan alone", "bản quét đã có chữ ký số; hãy nộp bản quét chưa ký số")
	}
	box := f.mediaBox(pages[0])
	const width, height, margin = 170.0, 44.0, 14.0
	w := min(width, box[2]-box[0]-2*margin)
	if w < 60 || box[3]-box[1] < 100 {
		return Box{}, notPDF("a page too small")
	}
	return Box{Page: 1, X0: box[2] - margin - w, X1: box[2] - margin, Y0: box[3] - margin - height, Y1: box[3] - margin}, nil
}

// mediaBox is the paper of a page, which it may have from its parents.
func (f *pdfFile) mediaBox(page pdfRef) [4]float64 {
	d := f.dict(page)
	for range maxDepth {
		if n := numbers(f.array(d["MediaBox"])); len(n) == 4 {
			return [4]float64{min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])}
		}
		if d = f.dict(d["Parent"]); d == nil {
			break
		}
	}
	return [4]float64{0, 0, pageWidth / pointMM, pageHeight / pointMM}
}
