package decision

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// update collects new and changed objects, to be appended as one revision.
type update struct {
	file    *pdfFile
	next    int
	objects map[int]any
}

func (f *pdfFile) update() *update {
	size, _ := intOf(f.trailer["Size"])
	for n := range f.xref {
		size = max(size, n+1)
	}
	return &update{file: f, next: max(size, 1), objects: map[int]any{}}
}

// add appends a new object and gives its reference.
func (u *update) add(o any) pdfRef {
	ref := pdfRef{num: u.next}
	u.objects[u.next] = o
	u.next++
	return ref
}

// get gives an object as this update leaves it.
func (u *update) get(o any) any {
	if ref, ok := o.(pdfRef); ok {
		if changed, ok := u.objects[ref.num]; ok {
			return changed
		}
	}
	return u.file.resolve(o)
}

func (u *update) dict(o any) pdfDict {
	d, _ := u.get(o).(pdfDict)
	return d
}

// change replaces an object by a copy of its dictionary that edit has altered.
func (u *update) change(ref pdfRef, edit func(d pdfDict)) {
	d := pdfDict{}
	for k, v := range u.dict(ref) {
		d[k] = v
	}
	edit(d)
	u.objects[ref.num] = d
}

// bytes gives the whole file with the update at its end, and where each of the
// update's objects begins.
func (u *update) bytes() ([]byte, map[int]int) {
	var b bytes.Buffer
	b.Write(u.file.data)
	if n := len(u.file.data); n > 0 && u.file.data[n-1] != '\n' {
		b.WriteByte('\n')
	}
	numbers := make([]int, 0, len(u.objects))
	for n := range u.objects {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	offsets := map[int]int{}
	for _, n := range numbers {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d %d obj\n", n, u.file.xref[n].gen)
		encodeObject(&b, u.objects[n])
		b.WriteString("\nendobj\n")
	}
	trailer := pdfDict{"Size": u.next, "Prev": u.file.start, "Root": u.file.trailer["Root"], "ID": u.fileID()}
	if info := u.file.trailer["Info"]; info != nil {
		trailer["Info"] = info
	}
	start := b.Len()
	if u.file.streams {
		u.xrefStream(&b, trailer, numbers, offsets)
	} else {
		u.xrefTable(&b, trailer, numbers, offsets)
	}
	fmt.Fprintf(&b, "\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes(), offsets
}

func (u *update) xrefTable(b *bytes.Buffer, trailer pdfDict, numbers []int, offsets map[int]int) {
	b.WriteString("xref\n")
	for _, n := range numbers {
		fmt.Fprintf(b, "%d 1\n%010d %05d n \n", n, offsets[n], u.file.xref[n].gen)
	}
	b.WriteString("trailer\n")
	encodeObject(b, trailer)
}

// xrefStream follows a file that has cross-reference streams, as it must.
func (u *update) xrefStream(b *bytes.Buffer, trailer pdfDict, numbers []int, offsets map[int]int) {
	own := u.next
	offsets[own] = b.Len()
	var rows []byte
	var index pdfArray
	for _, n := range append(numbers, own) {
		index = append(index, n, 1)
		rows = append(rows, 1)
		rows = binary.BigEndian.AppendUint32(rows, uint32(offsets[n]))
		rows = binary.BigEndian.AppendUint16(rows, uint16(u.file.xref[n].gen))
	}
	trailer["Type"], trailer["Size"], trailer["W"], trailer["Index"] = pdfName("XRef"), own+1, pdfArray{1, 4, 2}, index
	fmt.Fprintf(b, "%d 0 obj\n", own)
	encodeObject(b, pdfStream{trailer, rows})
	b.WriteString("\nendobj")
}

// fileID keeps the file's first identifier and derives the second from what the
// file was before this update, so that it needs no clock and no chance.
func (u *update) fileID() pdfArray {
	sum := sha256.Sum256(u.file.data)
	id := pdfString(sum[:16])
	if old := u.file.array(u.file.trailer["ID"]); len(old) == 2 {
		return pdfArray{u.file.resolve(old[0]), id}
	}
	return pdfArray{id, id}
}
