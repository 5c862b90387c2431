package decision

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVerifyFindsAFlippedByteAnywhere(t *testing.T) {
	t.Parallel()
	_, sealed := issued(t, sampleInput())
	pool := roots(signerKey(), sealKey())
	_, err := Verify(sealed, pool)
	require.NoError(t, err)
	var missed []int
	for i := 0; i < len(sealed); i += 67 { // a prime, so that every part of the file is hit
		copyOf := bytes.Clone(sealed)
		copyOf[i] ^= 0x01
		if _, err := Verify(copyOf, pool); err == nil {
			missed = append(missed, i)
		}
	}
	require.Empty(t, missed)
}

func TestVerifyFindsAFlipInTheSignatureItself(t *testing.T) {
	t.Parallel()
	pdf, err := Sign(mustRender(t, mustBuild(t, sampleInput())), signature(t, signerKey(), "Trần Văn Mẫu"))
	require.NoError(t, err)
	pool := roots(signerKey())
	start := bytes.Index(pdf, []byte("/Contents <"))
	end := start + bytes.IndexByte(pdf[start:], '>')
	var missed []int
	for i := start; i <= end; i++ {
		if i > start+3500 && i < end-20 {
			continue // padding, all alike
		}
		for _, to := range []byte{pdf[i] ^ 1, pdf[i] ^ 2, pdf[i] ^ 0x20} {
			copyOf := bytes.Clone(pdf)
			copyOf[i] = to
			if _, err := Verify(copyOf, pool); err == nil {
				missed = append(missed, i-start)
			}
		}
	}
	require.Empty(t, missed)
}

func TestVerifyFindsAppendedBytes(t *testing.T) {
	t.Parallel()
	_, sealed := issued(t, sampleInput())
	for _, tail := range []string{"\n", "x", "%%EOF\n"} {
		infos, err := Verify(append(bytes.Clone(sealed), tail...), nil)
		requireCode(t, err, CodeAppended)
		require.Len(t, infos, 2, "the signatures themselves hold")
	}
}

// TestVerifyRefusesOtherRevisions changes signed files by proper incremental
// updates, which leave every signature's digest right.
func TestVerifyRefusesOtherRevisions(t *testing.T) {
	t.Parallel()
	signed, sealed := issued(t, sampleInput())
	for name, edit := range map[string]func(u *update){
		"page content": func(u *update) {
			page := u.file.pages()[0]
			other := u.add(pdfStream{pdfDict{}, []byte("0 0 500 500 re f")})
			u.change(page, func(d pdfDict) { d["Contents"] = other })
		},
		"page size": func(u *update) {
			u.change(u.file.pages()[0], func(d pdfDict) { d["MediaBox"] = pdfArray{0, 0, 10, 10} })
		},
		"stamp over the page": func(u *update) {
			u.annotate(u.file.pages()[0], u.add(pdfDict{"Type": pdfName("Annot"), "Subtype": pdfName("Stamp"), "Rect": pdfArray{0, 0, 500, 800}}))
		},
		"signature field moved": func(u *update) {
			u.change(u.file.signatureFields()[0], func(d pdfDict) { d["Rect"] = pdfArray{0, 0, 500, 800} })
		},
		"title": func(u *update) {
			u.change(u.file.trailer["Info"].(pdfRef), func(d pdfDict) { d["Title"] = textString("khác") })
		},
		"catalog": func(u *update) {
			u.change(u.file.trailer["Root"].(pdfRef), func(d pdfDict) { d["OpenAction"] = pdfArray{} })
		},
	} {
		for _, base := range [][]byte{signed, sealed} {
			f, err := openPDF(base)
			require.NoError(t, err)
			u := f.update()
			edit(u)
			out, _ := u.bytes()
			_, err = Verify(out, nil)
			requireCode(t, err, CodeNotAllowed)
			again, err := Sign(out, signature(t, sealKey(), "Cơ quan mẫu"))
			require.NoError(t, err)
			_, err = Verify(again, nil)
			t.Run(name, func(t *testing.T) { requireCode(t, err, CodeNotAllowed) })
		}
	}
}

func TestVerifyRefusesASecondNumber(t *testing.T) {
	t.Parallel()
	_, sealed := issued(t, sampleInput())
	f, err := openPDF(sealed)
	require.NoError(t, err)
	u := f.update()
	for _, o := range f.array(f.form()["Fields"]) {
		ref, _ := o.(pdfRef)
		if plainText(f.dict(ref)["T"]) == fieldNumber {
			u.change(ref, func(d pdfDict) { d["V"] = textString("330") })
		}
	}
	out, _ := u.bytes()
	out, err = Sign(out, signature(t, sealKey(), "Cơ quan mẫu"))
	require.NoError(t, err)
	_, err = Verify(out, nil)
	requireCode(t, err, CodeNotAllowed)
}

func TestVerifyJudgesTheCertificate(t *testing.T) {
	t.Parallel()
	pdf, err := Sign(mustRender(t, mustBuild(t, sampleInput())), signature(t, signerKey(), "Trần Văn Mẫu"))
	require.NoError(t, err)
	infos, err := Verify(pdf, nil)
	require.NoError(t, err)
	require.False(t, infos[0].Trusted)
	require.NoError(t, sealKey().err)
	_, err = Verify(pdf, roots(sealKey()))
	requireCode(t, err, CodeUntrusted)
	_, err = Verify(mustRender(t, mustBuild(t, sampleInput())), nil)
	requireCode(t, err, CodeNotSigned)
	_, err = Verify(nil, nil)
	requireCode(t, err, CodeNotPDF)
}

// FuzzVerify holds that no input makes the reader panic or hang.
func FuzzVerify(f *testing.F) {
	_, sealed := issued(f, sampleInput())
	f.Add(sealed)
	f.Add([]byte("%PDF-1.7\n1 0 obj<</Type/XRef/W[1 2 1]/Size 2/Length 4>>stream\n\x01\x00\x09\x00endstream endobj\nstartxref 9 %%EOF"))
	f.Add([]byte("%PDF-1.7 xref 0 1 trailer <</Prev 9>> startxref 9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		infos, err := Verify(data, nil)
		if err == nil && len(infos) == 0 {
			t.Fatal("nothing was found and nothing refused")
		}
	})
}
