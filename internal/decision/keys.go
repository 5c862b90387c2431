package decision

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"time"
)

// testMark stands in the subject of every certificate this package makes.
const testMark = "CHỨNG THƯ THỬ NGHIỆM - TEST CERTIFICATE"

// SelfSigned makes an RSA key and a certificate of its own for a sample
// instance, valid from the given time for ten years. Its subject says that it is a
// test certificate; it has no legal value.
func SelfSigned(name, org string, from time.Time) (crypto.Signer, *x509.Certificate, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, nil, refuse(CodeKey, "no key could be made: %v", "không tạo được khóa: %v", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, refuse(CodeKey, "no serial number could be made: %v", "không tạo được số sê-ri: %v", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{Country: []string{"VN"}, Organization: []string{org}, OrganizationalUnit: []string{testMark}, CommonName: name},
		NotBefore:    from.UTC(), NotAfter: from.UTC().AddDate(10, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, nil, refuse(CodeKey, "no certificate could be made: %v", "không tạo được chứng thư số: %v", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, nil, refuse(CodeKey, "the certificate does not parse: %v", "chứng thư số bị lỗi: %v", err)
	}
	return key, cert, nil
}

// IsTest tells whether SelfSigned made the certificate.
func IsTest(cert *x509.Certificate) bool {
	units := cert.Subject.OrganizationalUnit
	return len(units) == 1 && units[0] == testMark
}

// EncodePEM writes key and chain as one PEM file: the key in PKCS #8, then the
// certificates, the signer's own first.
func EncodePEM(key crypto.Signer, chain []*x509.Certificate) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, refuse(CodeKey, "the key cannot be written to a file: %v", "không ghi được khóa ra tệp: %v", err)
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	for _, c := range chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out, nil
}

// LoadPEM reads what EncodePEM writes; the blocks may come in any order as long
// as the signer's own certificate is the first of them.
func LoadPEM(data []byte) (crypto.Signer, []*x509.Certificate, error) {
	var key crypto.Signer
	var chain []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE":
			cert, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, nil, refuse(CodeKey, "a certificate in the file does not parse: %v", "chứng thư số trong tệp bị lỗi: %v", err)
			}
			chain = append(chain, cert)
		case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
			signer, err := parseKey(block)
			if err != nil {
				return nil, nil, refuse(CodeKey, "the key in the file does not parse: %v", "khóa trong tệp bị lỗi: %v", err)
			}
			key = signer
		}
	}
	if key == nil || len(chain) == 0 {
		return nil, nil, refuse(CodeKey, "the file needs a private key and its certificate in PEM", "tệp phải có khóa riêng và chứng thư số ở dạng PEM")
	}
	return key, chain, nil
}

// LoadCertificates reads the certificates of a PEM file, in their order.
func LoadCertificates(data []byte) ([]*x509.Certificate, error) {
	var chain []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, refuse(CodeKey, "a certificate in the file does not parse: %v", "chứng thư số trong tệp bị lỗi: %v", err)
		}
		chain = append(chain, cert)
	}
	if len(chain) == 0 {
		return nil, refuse(CodeKey, "the file holds no certificate", "tệp không có chứng thư số")
	}
	return chain, nil
}

func parseKey(block *pem.Block) (crypto.Signer, error) {
	switch block.Type {
	case "RSA PRIVATE KEY":
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		return x509.ParseECPrivateKey(block.Bytes)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, x509.ErrUnsupportedAlgorithm
	}
	return signer, nil
}
