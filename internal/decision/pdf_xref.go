package decision

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"
)

// Limits that keep a hostile file from using up memory.
const (
	maxObjects  = 1 << 20
	maxInflated = 64 << 20
)

// readXref reads a cross-reference section and those before it. What a newer
// section says of an object stands.
func (f *pdfFile) readXref(offset int) error {
	seen := map[int]bool{}
	queue := []int{offset}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at < 0 || at >= len(f.data) || seen[at] {
			return notPDF("cross-reference")
		}
		seen[at] = true
		trailer, isStream, err := f.section(at)
		if err != nil {
			return err
		}
		if f.trailer == nil {
			f.trailer, f.streams = trailer, isStream
		}
		for _, key := range []pdfName{"XRefStm", "Prev"} {
			if prev, ok := intOf(trailer[key]); ok {
				queue = append(queue, prev)
			}
		}
	}
	return nil
}

func (f *pdfFile) section(at int) (pdfDict, bool, error) {
	l := &lexer{data: f.data, pos: at}
	l.skip()
	if l.has("xref") {
		l.pos += len("xref")
		d, err := f.xrefTable(l)
		return d, false, err
	}
	o, _, err := f.at(at, -1)
	s, ok := o.(pdfStream)
	if err != nil || !ok || s.dict["Type"] != pdfName("XRef") {
		return nil, false, notPDF("cross-reference")
	}
	return s.dict, true, f.xrefStream(s)
}

func (f *pdfFile) put(num int, e xrefEntry) {
	if _, ok := f.xref[num]; !ok {
		f.xref[num] = e
	}
}

func (f *pdfFile) xrefTable(l *lexer) (pdfDict, error) {
	for {
		l.skip()
		w := l.word()
		if w == "trailer" {
			break
		}
		first, err1 := strconv.Atoi(w)
		l.skip()
		n, err2 := strconv.Atoi(l.word())
		if err1 != nil || err2 != nil || first < 0 || n < 0 || n > maxObjects {
			return nil, notPDF("cross-reference table")
		}
		for i := range n {
			l.skip()
			offset, err1 := strconv.Atoi(l.word())
			l.skip()
			gen, err2 := strconv.Atoi(l.word())
			l.skip()
			kind := l.word()
			if err1 != nil || err2 != nil || (kind != "n" && kind != "f") {
				return nil, notPDF("cross-reference entry")
			}
			f.put(first+i, xrefEntry{offset: offset, gen: gen, free: kind == "f"})
		}
	}
	o, err := l.object()
	d, ok := o.(pdfDict)
	if err != nil || !ok {
		return nil, notPDF("trailer")
	}
	return d, nil
}

// xrefStream reads a cross-reference stream (7.5.8).
func (f *pdfFile) xrefStream(s pdfStream) error {
	body, err := f.inflate(s)
	if err != nil {
		return err
	}
	var w [3]int
	widths := f.array(s.dict["W"])
	if len(widths) != 3 {
		return notPDF("cross-reference stream")
	}
	for i := range w {
		n, ok := intOf(widths[i])
		if !ok || n < 0 || n > 7 {
			return notPDF("cross-reference stream")
		}
		w[i] = n
	}
	size, _ := intOf(s.dict["Size"])
	index := f.array(s.dict["Index"])
	if index == nil {
		index = pdfArray{0, size}
	}
	row := w[0] + w[1] + w[2]
	for i := 0; i+1 < len(index) && row > 0; i += 2 {
		first, _ := intOf(index[i])
		n, _ := intOf(index[i+1])
		for k := 0; k < n && len(body) >= row; k++ {
			f.streamEntry(first+k, body[:row], w)
			body = body[row:]
		}
	}
	return nil
}

func (f *pdfFile) streamEntry(num int, row []byte, w [3]int) {
	field := func(b []byte, otherwise int) int {
		if len(b) == 0 {
			return otherwise
		}
		v := 0
		for _, c := range b {
			v = v<<8 | int(c)
		}
		return v
	}
	kind := field(row[:w[0]], 1)
	a, b := field(row[w[0]:w[0]+w[1]], 0), field(row[w[0]+w[1]:], 0)
	switch kind {
	case 0:
		f.put(num, xrefEntry{free: true})
	case 1:
		f.put(num, xrefEntry{offset: a, gen: b})
	case 2:
		f.put(num, xrefEntry{inside: a, index: b})
	}
}

// fromStream reads an object out of an object stream (7.5.7).
func (f *pdfFile) fromStream(e xrefEntry) any {
	s, ok := f.object(e.inside).(pdfStream)
	if !ok {
		return nil
	}
	body, err := f.inflate(s)
	first, ok := intOf(s.dict["First"])
	if err != nil || !ok || first < 0 || first > len(body) {
		return nil
	}
	l := &lexer{data: body[:first]}
	for range e.index {
		l.skip()
		l.word()
		l.skip()
		l.word()
	}
	l.skip()
	l.word()
	l.skip()
	offset, err := strconv.Atoi(l.word())
	if err != nil || offset < 0 || first+offset >= len(body) {
		return nil
	}
	o, err := (&lexer{data: body, pos: first + offset}).object()
	if err != nil {
		return nil
	}
	return o
}

// inflate decodes a stream that is plain or deflated, with a PNG predictor or none.
func (f *pdfFile) inflate(s pdfStream) ([]byte, error) {
	filter := f.resolve(s.dict["Filter"])
	parms := f.dict(s.dict["DecodeParms"])
	if a, ok := filter.(pdfArray); ok && len(a) == 1 {
		filter = f.resolve(a[0])
		if p := f.array(s.dict["DecodeParms"]); len(p) == 1 {
			parms = f.dict(p[0])
		}
	}
	if filter == nil {
		return s.raw, nil
	}
	if filter != pdfName("FlateDecode") {
		return nil, notPDF("stream filter")
	}
	r, err := zlib.NewReader(bytes.NewReader(s.raw))
	if err != nil {
		return nil, notPDF("deflated stream")
	}
	body, err := io.ReadAll(io.LimitReader(r, maxInflated))
	if err != nil {
		return nil, notPDF("deflated stream")
	}
	if p, _ := intOf(parms["Predictor"]); p >= 10 {
		columns, ok := intOf(parms["Columns"])
		if !ok {
			columns = 1
		}
		return unpredict(body, columns)
	}
	return body, nil
}
