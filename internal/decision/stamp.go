package decision

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha1" // the older way to name a certificate
	"crypto/sha256"
	"encoding/asn1"
	"io"
	"net/http"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// Stamper gives the time-stamp token (RFC 3161, DER) of a SHA-256 digest.
type Stamper func(digest [32]byte) ([]byte, error)

// maxStamp bounds what a time-stamp authority may answer, in bytes.
const maxStamp = 64 << 10

// Authority is a time-stamp authority over HTTP (RFC 3161, 3.4). The client is to
// have a time limit; whatever it would do, it is not sent elsewhere (ASVS 15.3.2).
func Authority(ctx context.Context, client *http.Client, url string) Stamper {
	here := *client
	here.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return func(digest [32]byte) ([]byte, error) {
		ask, err := (&timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: digest[:], Certificates: true}).Marshal()
		if err != nil {
			return nil, noStamp(err)
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(ask))
		if err != nil {
			return nil, noStamp(err)
		}
		req.Header.Set("Content-Type", "application/timestamp-query")
		resp, err := here.Do(req)
		if err != nil {
			return nil, noStamp(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxStamp))
		if err != nil {
			return nil, noStamp(err)
		}
		if resp.StatusCode != http.StatusOK {
			return nil, refuse(CodeStamp, "the time-stamp authority answers %[1]s; try again later", "tổ chức cấp dấu thời gian trả lời %[1]s; hãy thử lại sau", resp.Status)
		}
		stamp, err := timestamp.ParseResponse(body)
		if err != nil {
			return nil, noStamp(err)
		}
		return stamp.RawToken, nil
	}
}

func noStamp(err error) *Error {
	return refuse(CodeStamp, "the time-stamp authority gave no time stamp (%[1]v); try again later", "chưa lấy được dấu thời gian (%[1]v); hãy thử lại sau", err)
}

// stampOf asks for a token over a signature value and checks that it is one.
func stampOf(stamp Stamper, signature []byte) ([]byte, error) {
	token, err := stamp(sha256.Sum256(signature))
	if err != nil {
		return nil, err
	}
	if _, err := checkToken(token, signature); err != nil {
		return nil, refuse(CodeStamp, "the time-stamp authority stamped something else; ask who runs it", "dấu thời gian không khớp với chữ ký; hãy báo tổ chức cấp")
	}
	return token, nil
}

// checkToken checks a token over a signature value and gives its time.
func checkToken(token, signature []byte) (time.Time, error) {
	bad := changed("a time stamp does not belong to its signature", "dấu thời gian không thuộc về chữ ký")
	if !strictToken(token) {
		return time.Time{}, bad
	}
	p7, err := pkcs7.Parse(token)
	if err != nil || len(p7.Signers) != 1 || p7.GetOnlySigner() == nil || !namesAuthority(p7) {
		return time.Time{}, bad
	}
	stamp, err := timestamp.Parse(token)
	sum := sha256.Sum256(signature)
	if err != nil || len(stamp.Certificates) == 0 || stamp.HashAlgorithm != crypto.SHA256 || !bytes.Equal(stamp.HashedMessage, sum[:]) {
		return time.Time{}, bad
	}
	return stamp.Time, nil
}

// oidSigningCert is signing-certificate of RFC 2634, by SHA-1, which RFC 3161 asks for
// and which authorities use that are older than RFC 5816.
var oidSigningCert = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}

// namesAuthority checks that the token's certificate is the one it names.
func namesAuthority(p7 *pkcs7.PKCS7) bool {
	cert := p7.GetOnlySigner()
	if namesCertificate(p7, cert) == nil {
		return true
	}
	var old struct {
		Certs []struct {
			Hash []byte
			Rest asn1.RawValue `asn1:"optional"`
		}
		Policies asn1.RawValue `asn1:"optional"`
	}
	sum := sha1.Sum(cert.Raw)
	return p7.UnmarshalSignedAttribute(oidSigningCert, &old) == nil && len(old.Certs) > 0 && bytes.Equal(old.Certs[0].Hash, sum[:])
}

// stampedAt reads the time stamp out of a CMS signature; zero when there is none.
// Nothing else may stand among the unsigned attributes, which no signature covers.
func stampedAt(der []byte) (time.Time, error) {
	bad := changed("a signature's contents are damaged", "nội dung chữ ký số bị hỏng")
	signature, unsigned, ok := signerParts(der)
	if !ok {
		return time.Time{}, bad
	}
	if unsigned == nil {
		return time.Time{}, nil
	}
	s := cryptobyte.String(unsigned)
	var one, values cryptobyte.String
	if !s.ReadASN1(&one, tag.SEQUENCE) || !s.Empty() || !readOID(&one, oidTimeStamp) ||
		!one.ReadASN1(&values, tag.SET) || !one.Empty() {
		return time.Time{}, bad
	}
	return checkToken(values, signature)
}

// signerParts gives the signature value and the unsigned attributes of the one signer.
func signerParts(der []byte) (signature, unsigned []byte, ok bool) {
	var p struct {
		Type asn1.ObjectIdentifier
		Body struct {
			Version int
			Digests asn1.RawValue
			Content asn1.RawValue
			Certs   asn1.RawValue `asn1:"optional,tag:0"`
			Signers asn1.RawValue
		} `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &p); err != nil {
		return nil, nil, false
	}
	var info struct {
		Version   int
		Sid       asn1.RawValue
		Digest    asn1.RawValue
		Signed    asn1.RawValue `asn1:"optional,tag:0"`
		Algorithm asn1.RawValue
		Signature []byte
		Unsigned  asn1.RawValue `asn1:"optional,tag:1"`
	}
	if _, err := asn1.Unmarshal(p.Body.Signers.Bytes, &info); err != nil {
		return nil, nil, false
	}
	if len(info.Unsigned.FullBytes) == 0 {
		return info.Signature, nil, true
	}
	return info.Signature, info.Unsigned.Bytes, true
}
