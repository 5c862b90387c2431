package decision

import (
	"bytes"
	"cmp"
	"crypto/x509"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// SignatureInfo is what Verify found of one signature that holds.
type SignatureInfo struct {
	Field       string
	Name        string // common name of the certificate
	Org         string // first organisation of the certificate
	Reason      string
	Location    string
	Time        time.Time // claimed by the signer
	Stamped     time.Time // by a time-stamp authority (B-T); zero: B-B
	Certificate *x509.Certificate
	Trusted     bool // the certificate leads to one of the given roots
	Test        bool // a test certificate of SelfSigned
	Certifies   bool // limits later changes (DocMDP)
	End         int  // length in bytes of the revision it covers
}

// Verify checks every signature of a PDF, oldest first: the ByteRange covers the
// whole revision but the signature itself, the digest and signature hold, the
// certificate is the one that the signature names, was valid at the claimed time and leads to
// roots (nil: trust is not judged). Later revisions may only fill
// empty fields and add signatures, and nothing may follow the last signature,
// which pdfsig does not check. It returns what holds and, as an *Error, the
// first thing that does not.
func Verify(pdf []byte, roots *x509.CertPool) ([]SignatureInfo, error) {
	f, err := openPDF(pdf)
	if err != nil {
		return nil, err
	}
	found, err := f.signatures()
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, refuse(CodeNotSigned, "the file bears no signature", "tệp chưa có chữ ký số")
	}
	var out []SignatureInfo
	for _, s := range found {
		info, err := s.check(roots)
		if err != nil {
			return out, err
		}
		if s.end < len(pdf) {
			if err := f.later(s.end); err != nil {
				return out, err
			}
		}
		out = append(out, info)
	}
	if last := found[len(found)-1].end; last != len(pdf) {
		return out, refuse(CodeAppended, "%[1]d bytes follow the last signature; nobody vouches for them",
			"có %[1]d byte sau chữ ký cuối cùng, không ai xác nhận phần này", len(pdf)-last)
	}
	return out, nil
}

// found is a signature field with its value and what the value covers.
type found struct {
	field    pdfDict
	value    pdfDict
	end      int    // of the revision
	contents []byte // DER with its padding
	signed   []byte // what the ByteRange covers
}

func changed(en, vi string) *Error { return &Error{Code: CodeChanged, En: en, Vi: vi} }

// signatures gives all signatures by the ends of their revisions.
func (f *pdfFile) signatures() ([]found, error) {
	var out []found
	for _, ref := range f.signatureFields() {
		field := f.dict(ref)
		value, ok := field["V"].(pdfRef)
		if !ok {
			if field["V"] == nil {
				continue // an empty field
			}
			return nil, changed("a signature has no object of its own", "chữ ký số không đúng cấu trúc")
		}
		s, err := f.covered(value)
		if err != nil {
			return nil, err
		}
		s.field = field
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b found) int { return cmp.Compare(a.end, b.end) })
	for i := 1; i < len(out); i++ {
		if out[i].end == out[i-1].end {
			return nil, changed("two signatures claim one revision", "hai chữ ký số cùng nhận một phiên bản")
		}
	}
	return out, nil
}

// covered checks that the ByteRange leaves out exactly the Contents of this
// value, and that what it covers ends as a PDF does.
func (f *pdfFile) covered(ref pdfRef) (found, error) {
	bad := changed("a signature does not cover the whole file before it", "chữ ký số không bao trùm toàn bộ nội dung trước nó")
	e, ok := f.xref[ref.num]
	value := f.dict(ref)
	if !ok || e.inside > 0 || value == nil {
		return found{}, bad
	}
	r := f.array(value["ByteRange"])
	contents, ok := value["Contents"].(pdfString)
	if len(r) != 4 || !ok {
		return found{}, bad
	}
	var n [4]int
	for i := range n {
		if n[i], ok = intOf(r[i]); !ok {
			return found{}, bad
		}
	}
	start, end := n[1], n[2]+n[3]
	if n[0] != 0 || n[2] != start+2*len(contents)+2 || n[3] < 0 || start <= e.offset || end < n[2] || end > len(f.data) {
		return found{}, bad
	}
	gap, digits := f.data[start:n[2]], hex.EncodeToString(contents)
	if g := string(gap); g != "<"+digits+">" && g != "<"+strings.ToUpper(digits)+">" {
		return found{}, bad
	}
	l := &lexer{data: f.data, pos: start}
	if before := bytes.TrimRight(f.data[e.offset:start], " \r\n"); !bytes.HasSuffix(before, []byte("/Contents")) {
		return found{}, bad
	}
	if _, err := l.object(); err != nil || l.pos != n[2] || !bytes.HasSuffix(bytes.TrimRight(f.data[:end], "\r\n"), []byte("%%EOF")) {
		return found{}, bad
	}
	return found{value: value, end: end, contents: contents,
		signed: slices.Concat(f.data[:start], f.data[n[2]:end])}, nil
}

func (s found) check(roots *x509.CertPool) (SignatureInfo, error) {
	at, err := time.Parse("D:20060102150405-07'00'", plainText(s.value["M"]))
	if err != nil {
		at, err = time.Parse("D:20060102150405Z", plainText(s.value["M"]))
	}
	if err != nil {
		return SignatureInfo{}, changed("a signature states no time", "chữ ký số không có thời điểm ký")
	}
	cert, others, stamped, err := checkCMS(s.contents, s.signed)
	if err != nil {
		return SignatureInfo{}, err
	}
	info := SignatureInfo{
		Field: plainText(s.field["T"]), Name: cert.Subject.CommonName, Reason: plainText(s.value["Reason"]),
		Location: plainText(s.value["Location"]), Time: at, Stamped: stamped, Certificate: cert, Test: IsTest(cert),
		Certifies: s.value["Reference"] != nil, End: s.end,
	}
	if len(cert.Subject.Organization) > 0 {
		info.Org = cert.Subject.Organization[0]
	}
	if info.Trusted, err = trust(cert, others, roots, at); err != nil {
		return SignatureInfo{}, err
	}
	return info, nil
}
