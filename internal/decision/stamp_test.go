package decision

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
	"github.com/stretchr/testify/require"
)

// authority is a time-stamp authority of our own on loopback.
func authority(t *testing.T, answer func(http.ResponseWriter, *timestamp.Request)) Stamper {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" {
			http.Error(w, "no query", http.StatusBadRequest)
			return
		}
		ask, err := timestamp.ParseRequest(body)
		if err != nil {
			http.Error(w, "no query", http.StatusBadRequest)
			return
		}
		answer(w, ask)
	}))
	t.Cleanup(s.Close)
	return Authority(context.Background(), s.Client(), s.URL)
}

// stamping answers with a time stamp of 10:00 over what is asked for, changed by spoil.
func stamping(t *testing.T, spoil func([]byte)) Stamper {
	t.Helper()
	k := signerKey()
	require.NoError(t, k.err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(77), Subject: pkix.Name{CommonName: "Dấu thời gian thử nghiệm"},
		NotBefore: civil(2018, 1, 1), NotAfter: civil(2030, 1, 1), KeyUsage: x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: []byte{0x30, 0x0A, 0x06, 0x08, 0x2B, 6, 1, 5, 5, 7, 3, 8}}},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, k.key.Public(), k.key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return authority(t, func(w http.ResponseWriter, ask *timestamp.Request) {
		hash := bytes.Clone(ask.HashedMessage)
		spoil(hash)
		stamp := timestamp.Timestamp{HashAlgorithm: ask.HashAlgorithm, HashedMessage: hash, Time: stampTime, Policy: asn1.ObjectIdentifier{1, 2, 3}, AddTSACertificate: true, Nonce: ask.Nonce}
		answer, err := stamp.CreateResponseWithOpts(cert, k.key, crypto.SHA256)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(answer)
	})
}

var stampTime = time.Date(2018, 3, 12, 3, 0, 0, 0, time.UTC)

func TestStampedSignature(t *testing.T) {
	t.Parallel()
	s := signature(t, signerKey(), "Trần Văn Mẫu")
	s.Stamp, s.Certify = stamping(t, func([]byte) {}), true
	pdf, err := Sign(mustRender(t, mustBuild(t, sampleInput())), s)
	require.NoError(t, err)
	infos, err := Verify(pdf, roots(signerKey()))
	require.NoError(t, err)
	require.True(t, stampTime.Equal(infos[0].Stamped), infos[0].Stamped)
	out, err := tool(t, pdf, "pdfsig", "FILE")
	require.NoError(t, err, out)
	require.Contains(t, out, "Signature is Valid.")
	out, err = tool(t, pdf, "qpdf", "--check", "FILE")
	require.NoError(t, err, out)

	start := bytes.Index(pdf, []byte("/Contents <")) + len("/Contents <")
	used := start + 2*len(cmsOf(t, pdf))
	var missed []int
	for i := start; i < used; i += 11 { // a prime, so that both digits of a byte are hit

		copyOf := bytes.Clone(pdf)
		copyOf[i] ^= 1
		if _, err := Verify(copyOf, roots(signerKey())); err == nil {
			missed = append(missed, i-start)
		}
	}
	require.Empty(t, missed, "a byte of signature or time stamp was changed unseen; %d digits in all", used-start)
}

func TestNoStampNoSignature(t *testing.T) {
	t.Parallel()
	s := signature(t, signerKey(), "Trần Văn Mẫu")
	pdf := mustRender(t, mustBuild(t, sampleInput()))
	for name, stamp := range map[string]Stamper{
		"over something else": stamping(t, func(hash []byte) { hash[0] ^= 1 }),
		"refused": authority(t, func(w http.ResponseWriter, _ *timestamp.Request) {
			no, err := timestamp.CreateErrorResponse(timestamp.Rejection, timestamp.SystemFailure)
			require.NoError(t, err)
			_, _ = w.Write(no)
		}),
		"out of order": authority(t, func(w http.ResponseWriter, _ *timestamp.Request) { http.Error(w, "no", http.StatusServiceUnavailable) }),
		"not there":    Authority(context.Background(), http.DefaultClient, "http://127.0.0.1:1"),
	} {
		s.Stamp = stamp
		_, err := Sign(pdf, s)
		t.Run(name, func(t *testing.T) { requireCode(t, err, CodeStamp) })
	}
}

// TestASVS_15_3_2_AStampComesFromWhereItWasAskedFor: an authority that sends its caller elsewhere is not followed,
// whatever the client would do.
func TestASVS_15_3_2_AStampComesFromWhereItWasAskedFor(t *testing.T) {
	t.Parallel()
	reached := false
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	t.Cleanup(inside.Close)
	away := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusTemporaryRedirect))
	t.Cleanup(away.Close)
	_, err := Authority(t.Context(), &http.Client{}, away.URL)([32]byte{})
	requireCode(t, err, CodeStamp)
	require.False(t, reached)
}

// cmsOf takes the first signature out of a PDF.
func cmsOf(t *testing.T, pdf []byte) []byte {
	t.Helper()
	_, rest, ok := bytes.Cut(pdf, []byte("/Contents <"))
	require.True(t, ok)
	digits, _, _ := bytes.Cut(rest, []byte(">"))
	der, err := hex.DecodeString(string(digits))
	require.NoError(t, err)
	var whole asn1.RawValue
	_, err = asn1.Unmarshal(der, &whole)
	require.NoError(t, err)
	return whole.FullBytes
}

// TestOpenSSLChecksBothSignatures takes signature and signed bytes out of the file,
// as anybody can, and has openssl look at them; then with one byte changed.
func TestOpenSSLChecksBothSignatures(t *testing.T) {
	t.Parallel()
	signed, sealed := issued(t, sampleInput())
	f, err := openPDF(sealed)
	require.NoError(t, err)
	found, err := f.signatures()
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Equal(t, len(signed), found[0].end)
	for i, k := range []testKey{signerKey(), sealKey()} {
		dir := t.TempDir()
		var whole asn1.RawValue
		_, err = asn1.Unmarshal(found[i].contents, &whole)
		require.NoError(t, err)
		pem, err := EncodePEM(k.key, []*x509.Certificate{k.cert})
		require.NoError(t, err)
		write := func(name string, data []byte) string {
			path := filepath.Join(dir, name)
			require.NoError(t, os.WriteFile(path, data, 0o600))
			return path
		}
		args := []string{"cms", "-verify", "-binary", "-inform", "DER", "-in", write("cms", whole.FullBytes), "-CAfile", write("root", pem),
			"-purpose", "any", "-attime", "1520845200", "-out", "/dev/null", "-content"}
		out, err := tool(t, nil, "openssl", append(args, write("good", found[i].signed))...)
		require.NoError(t, err, out)
		found[i].signed[len(found[i].signed)/3] ^= 1
		out, err = tool(t, nil, "openssl", append(args, write("bad", found[i].signed))...)
		require.Error(t, err, out)
	}
	sealed[len(signed)/3] ^= 1
	out, _ := tool(t, sealed, "pdfsig", "FILE")
	require.NotContains(t, out, "Signature is Valid.", "pdfsig finds the byte too")
}

// TestPicturesInSignatures shows a signature in blue and a seal in red.
func TestPicturesInSignatures(t *testing.T) {
	t.Parallel()
	pdf, places, err := Layout(mustBuild(t, sampleInput()))
	require.NoError(t, err)
	for _, part := range []struct {
		box  Box
		ink  Ink
		what color.NRGBA
	}{{places.Signer, InkBlue, color.NRGBA{20, 40, 200, 255}}, {places.Seal, InkRed, color.NRGBA{220, 10, 10, 255}}} {
		s := signature(t, signerKey(), "Trần Văn Mẫu")
		s.Place, s.Ink, s.Appearance, s.Image = &part.box, part.ink, AppearanceLines(s.Name, s.Time), picture(t, part.what)
		pdf, err = Sign(pdf, s)
		require.NoError(t, err)
	}
	out, err := tool(t, pdf, "pdfsig", "FILE")
	require.NoError(t, err, out)
	require.Equal(t, 2, strings.Count(out, "Signature is Valid."), out)
	file := writeTemp(t, pdf)
	out, err = tool(t, nil, "pdftoppm", "-r", "72", "-png", "-singlefile", file, file)
	require.NoError(t, err, out)
	page, err := os.Open(file + ".png")
	require.NoError(t, err)
	defer page.Close()
	img, err := png.Decode(page)
	require.NoError(t, err)
	at := func(b Box) color.NRGBA { // the middle of the picture, which leaves the lower part to the text
		y := float64(img.Bounds().Dy()) - (b.Y0 + (b.Y1-b.Y0)*0.65)
		c, _ := color.NRGBAModel.Convert(img.At(int((b.X0+b.X1)/2), int(y))).(color.NRGBA)
		return c
	}
	require.Greater(t, int(at(places.Signer).B), int(at(places.Signer).R)+100)
	require.Greater(t, int(at(places.Seal).R), int(at(places.Seal).B)+100)

	s := signature(t, signerKey(), "Trần Văn Mẫu")
	s.Place, s.Image = &places.Seal, []byte("no picture")
	_, err = Sign(pdf, s)
	requireCode(t, err, CodeIncomplete)
}

// picture is a disc on a transparent ground.
func picture(t *testing.T, c color.NRGBA) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 80, 80))
	for y := range 80 {
		for x := range 80 {
			if (x-40)*(x-40)+(y-40)*(y-40) < 1600 {
				img.SetNRGBA(x, y, c)
			}
		}
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}
