package decision

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSignTwiceAndBothHold(t *testing.T) {
	t.Parallel()
	signed, sealed := issued(t, listInput(2, 30, 1))
	require.True(t, bytes.HasPrefix(sealed, signed), "a later revision leaves the bytes before it")
	infos, err := Verify(sealed, roots(signerKey(), sealKey()))
	require.NoError(t, err)
	require.Len(t, infos, 2)
	require.Equal(t, "Trần Văn Mẫu", infos[0].Name)
	require.True(t, infos[0].Certifies)
	require.Equal(t, "Ủy ban nhân dân tỉnh Hậu Giang", infos[1].Name)
	for _, info := range infos {
		require.True(t, info.Trusted)
		require.True(t, info.Test)
		require.Equal(t, "2018-03-12T09:30:00+07:00", info.Time.Format(time.RFC3339))
		require.Equal(t, "Hậu Giang", info.Location)
	}
	require.Equal(t, len(sealed), infos[1].End)

	out, err := tool(t, sealed, "pdfsig", "FILE")
	require.NoError(t, err, out)
	require.Equal(t, 2, strings.Count(out, "Signature is Valid."), out)
	require.Equal(t, 2, strings.Count(out, "ETSI.CAdES.detached"), out)
	require.Equal(t, 1, strings.Count(out, "- Total document signed"), out)
	out, err = tool(t, sealed, "qpdf", "--check", "FILE")
	require.NoError(t, err, out)
	text := squeeze(pdfText(t, sealed, "-layout"))
	require.Contains(t, text, "Số: 329/QĐ-UBND")
	require.Contains(t, text, "Ký bởi: Trần Văn Mẫu")
}

func TestSignWithECDSAAndAChain(t *testing.T) {
	t.Parallel()
	ca := signerKey()
	require.NoError(t, ca.err)
	issuer := *ca.cert
	issuer.IsCA, issuer.BasicConstraintsValid, issuer.KeyUsage = true, true, x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, &issuer, &issuer, ca.key.Public(), ca.key)
	require.NoError(t, err)
	root, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err = x509.CreateCertificate(rand.Reader, sealKey().cert, root, key.Public(), ca.key)
	require.NoError(t, err)
	leaf, err := x509.ParseCertificate(der)
	require.NoError(t, err)

	s := signature(t, sealKey(), "Cơ quan mẫu")
	s.Signer, s.Chain = key, []*x509.Certificate{leaf, root}
	pdf, err := Sign(mustRender(t, mustBuild(t, sampleInput())), s)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(root)
	infos, err := Verify(pdf, pool)
	require.NoError(t, err)
	require.True(t, infos[0].Trusted)
	out, err := tool(t, pdf, "pdfsig", "FILE")
	require.NoError(t, err, out)
	require.Contains(t, out, "Signature is Valid.")
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	pdf := mustRender(t, mustBuild(t, sampleInput()))
	good := signature(t, signerKey(), "Trần Văn Mẫu")
	for name, c := range map[string]struct {
		spoil func(*Signature)
		code  string
	}{
		"no key":            {func(s *Signature) { s.Signer = nil }, CodeKey},
		"another's key":     {func(s *Signature) { s.Chain = []*x509.Certificate{sealKey().cert} }, CodeKey},
		"not yet valid":     {func(s *Signature) { s.Time = civil(2017, 1, 1) }, CodeCertificate},
		"no such page":      {func(s *Signature) { s.Place = &Box{Page: 9, X1: 90, Y1: 40} }, CodeIncomplete},
		"unprintable lines": {func(s *Signature) { s.Place, s.Appearance = &Box{Page: 1, X1: 90, Y1: 40}, []string{"漢"} }, CodeText},
	} {
		s := good
		c.spoil(&s)
		_, err := Sign(pdf, s)
		t.Run(name, func(t *testing.T) { requireCode(t, err, c.code) })
	}
	_, err := Sign([]byte("not a PDF"), good)
	requireCode(t, err, CodeNotPDF)
	signed, err := Sign(pdf, good)
	require.NoError(t, err)
	good.Certify = true
	_, err = Sign(signed, good)
	requireCode(t, err, CodeNotAllowed)
}

func TestPEMRoundTrip(t *testing.T) {
	t.Parallel()
	k := signerKey()
	require.NoError(t, k.err)
	data, err := EncodePEM(k.key, []*x509.Certificate{k.cert})
	require.NoError(t, err)
	key, chain, err := LoadPEM(data)
	require.NoError(t, err)
	require.Equal(t, k.key.Public(), key.Public())
	require.True(t, chain[0].Equal(k.cert))
	require.True(t, IsTest(chain[0]))
	_, _, err = LoadPEM([]byte("nothing"))
	requireCode(t, err, CodeKey)
}

// TestSignTakesFilesOfOtherWriters covers cross-reference and object streams,
// which scanners and office programs write.
func TestSignTakesFilesOfOtherWriters(t *testing.T) {
	t.Parallel()
	file := writeTemp(t, mustRender(t, mustBuild(t, sampleInput())))
	out, err := tool(t, nil, "qpdf", "--object-streams=generate", file, file+".out")
	require.NoError(t, err, out)
	pdf, err := os.ReadFile(file + ".out")
	require.NoError(t, err)
	require.NotContains(t, string(pdf), "\nxref\n", "the file has streams only")
	for range 2 {
		pdf, err = Sign(pdf, signature(t, sealKey(), "Cơ quan mẫu"))
		require.NoError(t, err)
	}
	infos, err := Verify(pdf, roots(sealKey()))
	require.NoError(t, err)
	require.Len(t, infos, 2)
	out, err = tool(t, pdf, "pdfsig", "FILE")
	require.NoError(t, err, out)
	require.Equal(t, 2, strings.Count(out, "Signature is Valid."), out)
	out, err = tool(t, pdf, "qpdf", "--check", "FILE")
	require.NoError(t, err, out)
}
