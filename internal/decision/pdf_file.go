package decision

import (
	"bytes"
	"strconv"
)

// pdfFile is a PDF opened for reading: its cross-reference and trailer, over all
// revisions. Objects are parsed when asked for.
type pdfFile struct {
	data    []byte
	xref    map[int]xrefEntry
	trailer pdfDict
	start   int  // offset of the newest cross-reference section
	streams bool // the newest cross-reference section is a stream
	cache   map[int]any
	busy    map[int]bool
}

// xrefEntry says where an object is: at an offset, or in an object stream.
type xrefEntry struct {
	offset int
	gen    int
	inside int // number of the object stream; 0: at offset
	index  int
	free   bool
}

func notPDF(why string) *Error {
	return refuse(CodeNotPDF, "the file is not a PDF that can be read (%[1]s); export it again",
		"tệp không phải PDF đọc được (%[1]s); hãy xuất lại", why)
}

// openPDF reads the cross-reference from the end of the file back to its beginning.
func openPDF(data []byte) (*pdfFile, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, notPDF("no header")
	}
	at := bytes.LastIndex(data, []byte("startxref"))
	if at < 0 {
		return nil, notPDF("no startxref")
	}
	l := &lexer{data: data, pos: at + len("startxref")}
	l.skip()
	start, err := strconv.Atoi(l.word())
	if err != nil {
		return nil, notPDF("startxref without an offset")
	}
	f := &pdfFile{data: data, xref: map[int]xrefEntry{}, start: start, cache: map[int]any{}, busy: map[int]bool{}}
	if err := f.readXref(start); err != nil {
		return nil, err
	}
	if f.trailer["Encrypt"] != nil {
		return nil, notPDF("it is encrypted")
	}
	return f, nil
}

// resolve follows references to the object itself.
func (f *pdfFile) resolve(o any) any {
	for range maxDepth {
		ref, ok := o.(pdfRef)
		if !ok {
			return o
		}
		o = f.object(ref.num)
	}
	return nil
}

func (f *pdfFile) dict(o any) pdfDict {
	switch v := f.resolve(o).(type) {
	case pdfDict:
		return v
	case pdfStream:
		return v.dict
	}
	return nil
}

func (f *pdfFile) array(o any) pdfArray {
	a, _ := f.resolve(o).(pdfArray)
	return a
}

// object gives an object by number; nil when it is free, missing or broken.
func (f *pdfFile) object(num int) any {
	if o, ok := f.cache[num]; ok {
		return o
	}
	e, ok := f.xref[num]
	if !ok || e.free || f.busy[num] {
		return nil
	}
	f.busy[num] = true
	defer delete(f.busy, num)
	var o any
	if e.inside > 0 {
		o = f.fromStream(e)
	} else {
		o, _, _ = f.at(e.offset, num)
	}
	f.cache[num] = o
	return o
}

// at parses the indirect object at an offset and says where its value begins.
func (f *pdfFile) at(offset, num int) (any, int, error) {
	if offset < 0 || offset >= len(f.data) {
		return nil, 0, errSyntax
	}
	l := &lexer{data: f.data, pos: offset}
	l.skip()
	n, err := strconv.Atoi(l.word())
	l.skip()
	l.word()
	l.skip()
	if err != nil || (num >= 0 && n != num) || l.word() != "obj" {
		return nil, 0, errSyntax
	}
	l.skip()
	begin := l.pos
	o, err := l.object()
	if err != nil {
		return nil, 0, err
	}
	d, isDict := o.(pdfDict)
	l.skip()
	if !isDict || !l.has("stream") {
		return o, begin, nil
	}
	return f.stream(d, l.pos+len("stream"), begin)
}

func (f *pdfFile) stream(d pdfDict, pos, begin int) (any, int, error) {
	if pos < len(f.data) && f.data[pos] == '\r' {
		pos++
	}
	if pos < len(f.data) && f.data[pos] == '\n' {
		pos++
	}
	n, ok := intOf(f.resolve(d["Length"]))
	if !ok || n < 0 || pos+n > len(f.data) {
		return nil, 0, errSyntax
	}
	return pdfStream{d, f.data[pos : pos+n]}, begin, nil
}
