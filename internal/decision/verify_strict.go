package decision

import (
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidRSAWithSHA384 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}
	oidRSAWithSHA512 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}
	oidECDSASHA384   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}
	oidECDSASHA512   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}
	oidSHA384        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}
	oidSHA512        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
)

// signatureWith are the signature algorithms that go with a digest.
var signatureWith = map[string][]asn1.ObjectIdentifier{
	oidSHA256.String(): {oidRSAWithSHA256, oidRSA, oidECDSASHA256},
	oidSHA384.String(): {oidRSAWithSHA384, oidRSA, oidECDSASHA384},
	oidSHA512.String(): {oidRSAWithSHA512, oidRSA, oidECDSASHA512},
}

// strictCMS checks those parts of a detached CMS that no signature covers and
// that readers tolerate: versions, algorithm identifiers, the absent content and
// what follows the end. Without it a byte could be changed there unseen.
func strictCMS(der []byte) bool {
	signed, ok := signedData(der, 1)
	var content, signers cryptobyte.String
	return ok && readAlgorithmSet(&signed, oidSHA256) &&
		signed.ReadASN1(&content, tag.SEQUENCE) && readOID(&content, oidData) && content.Empty() &&
		signed.SkipASN1(explicitTag) &&
		signed.ReadASN1(&signers, tag.SET) && signed.Empty() &&
		strictSigner(signers, oidSHA256)
}

// strictToken does the same for a time-stamp token, which carries its content, and
// whose authority may use a longer digest.
func strictToken(der []byte) bool {
	signed, ok := signedData(der, 3)
	if !ok {
		return false
	}
	for _, digest := range []asn1.ObjectIdentifier{oidSHA256, oidSHA384, oidSHA512} {
		s := signed
		var content, info, octets, signers cryptobyte.String
		if readAlgorithmSet(&s, digest) &&
			s.ReadASN1(&content, tag.SEQUENCE) && readOID(&content, oidTSTInfo) &&
			content.ReadASN1(&info, explicitTag) && content.Empty() &&
			info.ReadASN1(&octets, tag.OCTET_STRING) && info.Empty() &&
			s.SkipASN1(explicitTag) &&
			s.ReadASN1(&signers, tag.SET) && s.Empty() {
			return strictSigner(signers, digest)
		}
	}
	return false
}

var explicitTag = tag.Tag(0).ContextSpecific().Constructed()

// signedData opens a CMS of this version up to its digest algorithms.
func signedData(der []byte, want int) (cryptobyte.String, bool) {
	outer := cryptobyte.String(der)
	var info, body, signed cryptobyte.String
	var version int
	ok := wellFormed(outer, 0) &&
		outer.ReadASN1(&info, tag.SEQUENCE) && outer.Empty() &&
		readOID(&info, oidSignedData) &&
		info.ReadASN1(&body, explicitTag) && info.Empty() &&
		body.ReadASN1(&signed, tag.SEQUENCE) && body.Empty() &&
		signed.ReadASN1Integer(&version) && version == want
	return signed, ok
}

func readAlgorithmSet(s *cryptobyte.String, digest asn1.ObjectIdentifier) bool {
	var digests cryptobyte.String
	return s.ReadASN1(&digests, tag.SET) && readAlgorithm(&digests, digest) && digests.Empty()
}

// wellFormed tells whether every element is DER and filled exactly by what it
// contains; the CMS library takes BER and repairs lengths.
func wellFormed(s cryptobyte.String, depth int) bool {
	for !s.Empty() {
		var content cryptobyte.String
		var t tag.Tag
		if depth > maxDepth || !s.ReadAnyASN1(&content, &t) {
			return false
		}
		if t&0x20 != 0 && !wellFormed(content, depth+1) { // constructed
			return false
		}
	}
	return true
}

// strictSigner checks the one signer; what it signed is checked elsewhere, and
// unsigned attributes may follow.
func strictSigner(s cryptobyte.String, digest asn1.ObjectIdentifier) bool {
	var info cryptobyte.String
	var version int
	unsigned := tag.Tag(1).ContextSpecific().Constructed()
	return s.ReadASN1(&info, tag.SEQUENCE) && s.Empty() &&
		info.ReadASN1Integer(&version) && version == 1 &&
		info.SkipASN1(tag.SEQUENCE) &&
		readAlgorithm(&info, digest) &&
		info.SkipASN1(tag.Tag(0).ContextSpecific().Constructed()) &&
		readAlgorithm(&info, signatureWith[digest.String()]...) &&
		info.SkipASN1(tag.OCTET_STRING) &&
		info.SkipOptionalASN1(unsigned) && info.Empty()
}

func readOID(s *cryptobyte.String, want ...asn1.ObjectIdentifier) bool {
	var got asn1.ObjectIdentifier
	if !s.ReadASN1ObjectIdentifier(&got) {
		return false
	}
	for _, w := range want {
		if got.Equal(w) {
			return true
		}
	}
	return false
}

// readAlgorithm reads an identifier whose parameters are NULL or absent.
func readAlgorithm(s *cryptobyte.String, want ...asn1.ObjectIdentifier) bool {
	var a, null cryptobyte.String
	if !s.ReadASN1(&a, tag.SEQUENCE) || !readOID(&a, want...) {
		return false
	}
	return a.Empty() || (a.ReadASN1(&null, tag.NULL) && null.Empty() && a.Empty())
}
