package decision

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// Object identifiers of RFC 5652, RFC 5035, RFC 8017 and RFC 5758.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidTimeStamp     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidRSAWithSHA256 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
	oidECDSASHA256   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
)

// cms makes the detached CMS signature of PAdES baseline B-B over a SHA-256
// digest (ETSI EN 319 142-1, 6.3): content type, message digest and signing
// certificate v2 are signed; the signing time is not among them, because PAdES
// puts it into the PDF alone. That is why no general CMS library serves here. With
// stamp it is B-T: an unsigned attribute holds the time stamp over the signature.
func cms(digest []byte, key crypto.Signer, chain []*x509.Certificate, stamp Stamper) ([]byte, error) {
	attributes := signedAttributes(digest, chain[0])
	sum := sha256.Sum256(set(tag.SET, attributes))
	signature, err := key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		return nil, refuse(CodeKey, "the key did not sign: %v", "khóa không ký được: %v", err)
	}
	var token []byte
	if stamp != nil {
		if token, err = stampOf(stamp, signature); err != nil {
			return nil, err
		}
	}
	var algorithm asn1.ObjectIdentifier
	switch key.Public().(type) {
	case *rsa.PublicKey:
		algorithm = oidRSAWithSHA256
	case *ecdsa.PublicKey:
		algorithm = oidECDSASHA256
	}
	var b cryptobyte.Builder
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tag.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1Int64(1)
				b.AddASN1(tag.SET, func(b *cryptobyte.Builder) { addAlgorithm(b, oidSHA256) })
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) })
				b.AddASN1(tag.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
					for _, c := range chain {
						b.AddBytes(c.Raw)
					}
				})
				b.AddASN1(tag.SET, func(b *cryptobyte.Builder) {
					addSignerInfo(b, chain[0], attributes, algorithm, signature, token)
				})
			})
		})
	})
	return b.Bytes()
}

func addSignerInfo(b *cryptobyte.Builder, cert *x509.Certificate, attributes []byte, algorithm asn1.ObjectIdentifier, signature, token []byte) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(cert.RawIssuer)
			b.AddASN1BigInt(cert.SerialNumber)
		})
		addAlgorithm(b, oidSHA256)
		b.AddBytes(set(tag.Tag(0).ContextSpecific().Constructed(), attributes))
		addAlgorithm(b, algorithm)
		b.AddASN1OctetString(signature)
		if token != nil {
			b.AddBytes(set(tag.Tag(1).ContextSpecific().Constructed(),
				attribute(oidTimeStamp, func(b *cryptobyte.Builder) { b.AddBytes(token) })))
		}
	})
}

// addAlgorithm writes an algorithm identifier; RSA and SHA-256 take a NULL,
// ECDSA takes no parameters (RFC 5754, RFC 5758).
func addAlgorithm(b *cryptobyte.Builder, oid asn1.ObjectIdentifier) {
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		if !oid.Equal(oidECDSASHA256) {
			b.AddASN1NULL()
		}
	})
}

// signedAttributes gives the attributes one after another in DER set order.
func signedAttributes(digest []byte, cert *x509.Certificate) []byte {
	hash := sha256.Sum256(cert.Raw)
	list := [][]byte{
		attribute(oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) }),
		attribute(oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) }),
		attribute(oidSigningCertV2, func(b *cryptobyte.Builder) {
			b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1OctetString(hash[:]) })
				})
			})
		}),
	}
	slices.SortFunc(list, bytes.Compare)
	return bytes.Join(list, nil)
}

func attribute(oid asn1.ObjectIdentifier, value func(*cryptobyte.Builder)) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		b.AddASN1(tag.SET, value)
	})
	return b.BytesOrPanic()
}

func set(t tag.Tag, content []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(t, func(b *cryptobyte.Builder) { b.AddBytes(content) })
	return b.BytesOrPanic()
}
