package decision

import (
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

var oidRSA = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}

// strictCMS checks those parts of a detached CMS that no signature covers and
// that readers tolerate: versions, algorithm identifiers, the absent content and
// what follows the end. Without it a byte could be changed there unseen.
func strictCMS(der []byte) bool {
	outer := cryptobyte.String(der)
	var info, body, signed, digests, content, signers cryptobyte.String
	var version int
	explicit := tag.Tag(0).ContextSpecific().Constructed()
	return wellFormed(outer, 0) &&
		outer.ReadASN1(&info, tag.SEQUENCE) && outer.Empty() &&
		readOID(&info, oidSignedData) &&
		info.ReadASN1(&body, explicit) && info.Empty() &&
		body.ReadASN1(&signed, tag.SEQUENCE) && body.Empty() &&
		signed.ReadASN1Integer(&version) && version == 1 &&
		signed.ReadASN1(&digests, tag.SET) && readAlgorithm(&digests, oidSHA256) && digests.Empty() &&
		signed.ReadASN1(&content, tag.SEQUENCE) && readOID(&content, oidData) && content.Empty() &&
		signed.SkipASN1(explicit) &&
		signed.ReadASN1(&signers, tag.SET) && signed.Empty() &&
		strictSigner(signers)
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
func strictSigner(s cryptobyte.String) bool {
	var info cryptobyte.String
	var version int
	unsigned := tag.Tag(1).ContextSpecific().Constructed()
	return s.ReadASN1(&info, tag.SEQUENCE) && s.Empty() &&
		info.ReadASN1Integer(&version) && version == 1 &&
		info.SkipASN1(tag.SEQUENCE) &&
		readAlgorithm(&info, oidSHA256) &&
		info.SkipASN1(tag.Tag(0).ContextSpecific().Constructed()) &&
		readAlgorithm(&info, oidRSAWithSHA256, oidRSA, oidECDSASHA256) &&
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
