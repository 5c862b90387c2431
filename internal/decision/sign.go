package decision

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// contentsSize is the room for one CMS signature in bytes, a chain of a few
// certificates; stampSize what a time stamp takes beside it.
const (
	contentsSize = 12 << 10
	stampSize    = 12 << 10
)

// byteRangeRoom holds the widest ByteRange, padded with blanks.
const byteRangeRoom = 48

// Signature says who signs a PDF, and how it shows.
type Signature struct {
	Signer crypto.Signer // RSA or ECDSA
	// Chain begins with the signer's own certificate, each followed by its issuer.
	Chain    []*x509.Certificate
	Name     string
	Reason   string
	Location string
	Time     time.Time // claimed time of signing, with its zone
	// Place is where the signature shows; nil: invisible.
	Place *Box
	// Appearance is the text it shows there.
	Appearance []string
	// Image is a PNG with a transparent ground that it shows above the text: the
	// signature in blue, or the seal in red; empty: the text in a frame of Ink.
	Image []byte
	// Ink colours text and frame.
	Ink Ink
	// Stamp makes it B-T by a time stamp over the signature; nil: B-B.
	Stamp Stamper
	// Certify makes it the first signature, which permits later only that form
	// fields are filled and others sign (DocMDP, level 2).
	Certify bool
}

// Sign adds a PAdES baseline B-B or B-T signature as an incremental update: the bytes
// before stay as they are, so that signatures in them stay valid.
func Sign(pdf []byte, sig Signature) ([]byte, error) {
	if err := sig.check(); err != nil {
		return nil, err
	}
	f, err := openPDF(pdf)
	if err != nil {
		return nil, err
	}
	u := f.update()
	if err := u.addSignature(&sig); err != nil {
		return nil, err
	}
	value := u.next - 1
	out, offsets := u.bytes()
	return seal(out, offsets[value], sig)
}

func (sig *Signature) check() error {
	if sig.Signer == nil || len(sig.Chain) == 0 || sig.Time.IsZero() {
		return refuse(CodeKey, "a key, its certificate and the time are needed to sign", "cần có khóa, chứng thư số và thời điểm ký")
	}
	own, ok := sig.Chain[0].PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !own.Equal(sig.Signer.Public()) {
		return refuse(CodeKey, "the certificate does not belong to the key", "chứng thư số không thuộc về khóa này")
	}
	switch sig.Signer.Public().(type) {
	case *rsa.PublicKey, *ecdsa.PublicKey:
	default:
		return refuse(CodeKey, "PDF readers know RSA and ECDSA keys only; use one of them", "chỉ dùng được khóa RSA hoặc ECDSA")
	}
	if c := sig.Chain[0]; sig.Time.Before(c.NotBefore) || sig.Time.After(c.NotAfter) {
		return refuse(CodeCertificate, "the certificate is not valid at the time of signing", "chứng thư số không có hiệu lực vào thời điểm ký")
	}
	return nil
}

// addSignature adds value, field and appearance, and hangs them into page and form.
// The value is the last object that it adds.
func (u *update) addSignature(sig *Signature) error {
	pages, fields := u.file.pages(), u.file.signatureFields()
	if len(pages) == 0 {
		return notPDF("no page")
	}
	if sig.Certify && len(fields) > 0 {
		return refuse(CodeNotAllowed, "only the first signature may certify", "chỉ chữ ký đầu tiên được chứng nhận văn bản")
	}
	page := pages[0]
	field := pdfDict{"Type": pdfName("Annot"), "Subtype": pdfName("Widget"), "FT": pdfName("Sig"), "F": 132,
		"T": textString(fmt.Sprintf("Signature%d", len(fields)+1)), "Rect": pdfArray{0, 0, 0, 0}}
	if p := sig.Place; p != nil {
		if p.Page < 1 || p.Page > len(pages) {
			return refuse(CodeIncomplete, "the signature is to show on page %d, which does not exist", "không có trang %d để hiển thị chữ ký", p.Page)
		}
		page = pages[p.Page-1]
		ap, err := u.appearance(p.X1-p.X0, p.Y1-p.Y0, sig)
		if err != nil {
			return err
		}
		field["Rect"], field["AP"] = pdfArray{p.X0, p.Y0, p.X1, p.Y1}, pdfDict{"N": ap}
	}
	field["P"] = page
	ref := u.add(field)
	u.annotate(page, ref)
	u.intoForm(ref)
	value := u.add(sig.value())
	field["V"] = value
	if sig.Certify {
		root, _ := u.file.trailer["Root"].(pdfRef)
		u.change(root, func(d pdfDict) { d["Perms"] = pdfDict{"DocMDP": value} })
	}
	return nil
}

func (u *update) intoForm(field pdfRef) {
	edit := func(d pdfDict) {
		old, _ := u.get(d["Fields"]).(pdfArray)
		d["Fields"], d["SigFlags"] = append(append(pdfArray{}, old...), field), 3
	}
	root, _ := u.file.trailer["Root"].(pdfRef)
	if form, ok := u.dict(root)["AcroForm"].(pdfRef); ok {
		u.change(form, edit)
		return
	}
	form := pdfDict{}
	for k, v := range u.dict(u.dict(root)["AcroForm"]) {
		form[k] = v
	}
	edit(form)
	ref := u.add(form)
	u.change(root, func(d pdfDict) { d["AcroForm"] = ref })
}

// value is the signature dictionary with room for ByteRange and Contents, which
// stand first in it.
func (sig *Signature) value() pdfDict {
	d := pdfDict{
		"Type": pdfName("Sig"), "Filter": pdfName("Adobe.PPKLite"), "SubFilter": pdfName("ETSI.CAdES.detached"),
		"ByteRange": pdfToken("[" + strings.Repeat(" ", byteRangeRoom) + "]"),
		"Contents":  pdfToken("<" + strings.Repeat("0", 2*sig.room()) + ">"),
		"M":         pdfString(pdfDate(sig.Time)),
	}
	for key, text := range map[pdfName]string{"Name": sig.Name, "Reason": sig.Reason, "Location": sig.Location} {
		if text != "" {
			d[key] = textString(text)
		}
	}
	if sig.Certify {
		d["Reference"] = pdfArray{pdfDict{"Type": pdfName("SigRef"), "TransformMethod": pdfName("DocMDP"),
			"TransformParams": pdfDict{"Type": pdfName("TransformParams"), "P": 2, "V": pdfName("1.2")}}}
	}
	return d
}

// room is the length of the CMS signature at most, in bytes.
func (sig *Signature) room() int {
	if sig.Stamp != nil {
		return contentsSize + stampSize
	}
	return contentsSize
}

func pdfDate(t time.Time) string {
	zone := t.Format("-0700")
	return t.Format("D:20060102150405") + zone[:3] + "'" + zone[3:] + "'"
}

// seal fills ByteRange and Contents of the value that begins at offset.
func seal(pdf []byte, offset int, sig Signature) ([]byte, error) {
	rangeAt := offset + bytes.Index(pdf[offset:], []byte("/ByteRange [")) + len("/ByteRange [")
	start := offset + bytes.Index(pdf[offset:], []byte("/Contents <")) + len("/Contents ")
	end := start + 2*sig.room() + 2
	copy(pdf[rangeAt:rangeAt+byteRangeRoom], fmt.Sprintf("0 %d %d %d", start, end, len(pdf)-end))
	h := sha256.New()
	h.Write(pdf[:start])
	h.Write(pdf[end:])
	der, err := cms(h.Sum(nil), sig.Signer, sig.Chain, sig.Stamp)
	if err != nil {
		return nil, err
	}
	if len(der) > sig.room() {
		return nil, refuse(CodeKey, "the certificate chain is too long for a signature", "chuỗi chứng thư số quá dài")
	}
	hex.Encode(pdf[start+1:], der)
	return pdf, nil
}
