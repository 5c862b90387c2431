package decision

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// deflaters are kept: making one costs more than deflating a page, which is why
// fpdf, which makes one for every page, is told not to.
var deflaters = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, zlib.BestSpeed)
	if err != nil {
		panic("decision: " + err.Error()) // the level is a constant of the package
	}
	return w
}}

// whole writes the file with its update as one revision: PDF 1.7, streams
// deflated, the identifier derived from the content.
func (u *update) whole() ([]byte, error) {
	objects := map[int]any{}
	for num, e := range u.file.xref {
		if !e.free {
			objects[num] = u.file.object(num)
		}
	}
	maps.Copy(objects, u.objects)
	b := bytes.NewBuffer(make([]byte, 0, len(u.file.data)))
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	numbers := slices.Sorted(maps.Keys(objects))
	offsets := map[int]int{}
	for _, n := range numbers {
		o, err := deflated(objects[n])
		if err != nil {
			return nil, err
		}
		offsets[n] = b.Len()
		fmt.Fprintf(b, "%d 0 obj\n", n)
		encodeObject(b, o)
		b.WriteString("\nendobj\n")
	}
	start := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", u.next)
	for n := 1; n < u.next; n++ {
		if _, used := offsets[n]; !used {
			return nil, notPDF("an object is missing")
		}
		fmt.Fprintf(b, "%010d 00000 n \n", offsets[n])
	}
	b.WriteString("trailer\n")
	encodeObject(b, pdfDict{"Size": u.next, "Root": u.file.trailer["Root"], "Info": u.file.trailer["Info"], "ID": u.fileID()})
	fmt.Fprintf(b, "\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes(), nil
}

// deflated compresses a stream that has no filter yet.
func deflated(o any) (any, error) {
	s, ok := o.(pdfStream)
	if !ok || s.dict["Filter"] != nil || len(s.raw) < 128 {
		return o, nil
	}
	w, _ := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	var out bytes.Buffer
	w.Reset(&out)
	if _, err := w.Write(s.raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	d := maps.Clone(s.dict)
	d["Filter"] = pdfName("FlateDecode")
	return pdfStream{d, out.Bytes()}, nil
}
