package decision

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The kinds of PDF objects (ISO 32000-1, 7.3). Numbers, booleans and null are
// kept as the token they were written as.
type (
	pdfToken  string
	pdfName   string // without the slash, escapes as written
	pdfString []byte // decoded
	pdfArray  []any
	pdfDict   map[pdfName]any
	pdfRef    struct{ num, gen int }
	pdfStream struct {
		dict pdfDict
		raw  []byte
	}
)

// encodeObject writes an object; dictionary keys are sorted so that the same
// object gives the same bytes.
func encodeObject(b *bytes.Buffer, o any) {
	switch v := o.(type) {
	case nil:
		b.WriteString("null")
	case pdfToken:
		b.WriteString(string(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case float64:
		b.WriteString(strconv.FormatFloat(v, 'f', 2, 64))
	case pdfName:
		b.WriteString("/" + string(v))
	case pdfString:
		b.WriteString("<" + hex.EncodeToString(v) + ">")
	case pdfRef:
		fmt.Fprintf(b, "%d %d R", v.num, v.gen)
	case pdfArray:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(' ')
			}
			encodeObject(b, e)
		}
		b.WriteByte(']')
	case pdfDict:
		b.WriteString("<<")
		for _, k := range sortedKeys(v) {
			b.WriteString("/" + string(k) + " ")
			encodeObject(b, v[k])
		}
		b.WriteString(">>")
	case pdfStream:
		v.dict["Length"] = len(v.raw)
		encodeObject(b, v.dict)
		b.WriteString("\nstream\n")
		b.Write(v.raw)
		b.WriteString("\nendstream")
	}
}

func sortedKeys(d pdfDict) []pdfName { return slices.Sorted(maps.Keys(d)) }

// encoded gives the object's bytes, for comparing two of them.
func encoded(o any) string {
	var b bytes.Buffer
	encodeObject(&b, o)
	return b.String()
}

// textString makes a text string in UTF-16BE with its mark (7.9.2.2).
func textString(s string) pdfString {
	out := pdfString{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// plainText reads a text string.
func plainText(o any) string {
	s, _ := o.(pdfString)
	if len(s) < 2 || s[0] != 0xFE || s[1] != 0xFF {
		return string(s)
	}
	var units []uint16
	for i := 2; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return strings.ToValidUTF8(string(utf16.Decode(units)), "\uFFFD")
}

func intOf(o any) (int, bool) {
	switch v := o.(type) {
	case int:
		return v, true
	case pdfToken:
		n, err := strconv.Atoi(string(v))
		return n, err == nil
	}
	return 0, false
}
