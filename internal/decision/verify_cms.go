package decision

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"time"

	"github.com/digitorus/pkcs7"
)

// checkCMS checks a detached CMS signature by SHA-256 over content and gives the
// signer's certificate, all that came with it, and the time of its time stamp, zero
// when there is none.
func checkCMS(contents, content []byte) (*x509.Certificate, []*x509.Certificate, time.Time, error) {
	damaged := changed("a signature's contents are damaged", "nội dung chữ ký số bị hỏng")
	var none time.Time
	var outer asn1.RawValue
	padding, err := asn1.Unmarshal(contents, &outer)
	if err != nil || len(bytes.Trim(padding, "\x00")) != 0 || !strictCMS(outer.FullBytes) {
		return nil, nil, none, damaged
	}
	p7, err := pkcs7.Parse(outer.FullBytes)
	if err != nil || len(p7.Signers) != 1 || len(p7.Content) != 0 {
		return nil, nil, none, damaged
	}
	cert := p7.GetOnlySigner()
	if cert == nil {
		return nil, nil, none, refuse(CodeCertificate, "the signer's certificate is missing", "thiếu chứng thư số của người ký")
	}
	var kind asn1.ObjectIdentifier
	if p7.UnmarshalSignedAttribute(oidContentType, &kind) != nil || !kind.Equal(oidData) ||
		!p7.Signers[0].DigestAlgorithm.Algorithm.Equal(oidSHA256) {
		return nil, nil, none, damaged
	}
	p7.Content = content
	if err := p7.Verify(); err != nil {
		return nil, nil, none, changed("the file was changed after it was signed", "tệp đã bị sửa sau khi ký")
	}
	if err := namesCertificate(p7, cert); err != nil {
		return nil, nil, none, err
	}
	stamped, err := stampedAt(outer.FullBytes)
	return cert, p7.Certificates, stamped, err
}

// namesCertificate checks signing-certificate-v2: the certificate that came is
// the one the signer meant.
func namesCertificate(p7 *pkcs7.PKCS7, cert *x509.Certificate) error {
	var attribute struct {
		Certs []asn1.RawValue
	}
	wrong := refuse(CodeCertificate, "the certificate is not the one that the signature names", "chứng thư số không phải là chứng thư mà chữ ký đã nêu")
	if p7.UnmarshalSignedAttribute(oidSigningCertV2, &attribute) != nil || len(attribute.Certs) == 0 {
		return wrong
	}
	rest := attribute.Certs[0].Bytes
	for len(rest) > 0 {
		var part asn1.RawValue
		var err error
		if rest, err = asn1.Unmarshal(rest, &part); err != nil {
			return wrong
		}
		if part.Tag == asn1.TagOctetString { // an algorithm before it is SHA-256 or the hash differs
			if sum := sha256.Sum256(cert.Raw); bytes.Equal(part.Bytes, sum[:]) {
				return nil
			}
			return wrong
		}
	}
	return wrong
}

// trust follows the certificate to the roots at the claimed time.
func trust(cert *x509.Certificate, others []*x509.Certificate, roots *x509.CertPool, at time.Time) (bool, error) {
	if at.Before(cert.NotBefore) || at.After(cert.NotAfter) {
		return false, refuse(CodeCertificate, "the certificate was not valid at the time of signing", "chứng thư số không có hiệu lực vào thời điểm ký")
	}
	if use := cert.KeyUsage; use != 0 && use&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return false, refuse(CodeCertificate, "the certificate is not for signing", "chứng thư số không dùng để ký")
	}
	if roots == nil {
		return false, nil
	}
	between := x509.NewCertPool()
	for _, c := range others {
		between.AddCert(c)
	}
	if _, err := cert.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err != nil {
		return false, refuse(CodeUntrusted, "the certificate leads to no trusted root; add its issuer to the roots if you trust it",
			"chứng thư số không thuộc tổ chức được tin cậy; hãy thêm tổ chức cấp nếu tin cậy")
	}
	return true, nil
}
