// Package keystore opens the keys that sign documents: the organisation's and each
// signer's own.
//
// A key is a file whose ending says what it is:
//
//	.pem         key (PKCS #8) and certificates, without a PIN
//	.p12, .pfx   PKCS #12, opened by its password
//	.yaml        a key in a token (PKCS #11): Token's fields, opened by the token's PIN
//
// PIN and password are called PIN here. They are given for one act, held no longer,
// and never logged. A signer's key lies in a directory under his login name, beside
// it his signature as a picture (.png).
//
// Tokens need cgo; a program built without it says so when one is to be opened.
package keystore

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"software.sslmate.com/src/go-pkcs12"

	"vinhdanh/internal/decision"
)

// Key is an open key. Close it after the act.
type Key struct {
	Signer crypto.Signer
	Chain  []*x509.Certificate // the own certificate first
	Image  []byte              // PNG of the signature or seal; empty: none
	close  func() error
}

// Close ends the session with a token.
func (k Key) Close() error {
	if k.close == nil {
		return nil
	}
	return k.close()
}

// NeedsPIN tells whether opening the file takes a PIN.
func NeedsPIN(path string) bool { return filepath.Ext(path) != ".pem" }

// Open opens a key file. The error's code is decision.CodePIN where the PIN is
// missing or wrong, decision.CodeKey for all else.
func Open(path, pin string) (Key, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Key{}, refuse("the key file cannot be read: %v", "không đọc được tệp khóa: %v", err)
	}
	var k Key
	switch filepath.Ext(path) {
	case ".pem":
		k.Signer, k.Chain, err = decision.LoadPEM(data)
	case ".p12", ".pfx":
		k, err = fromPKCS12(data, pin)
	case ".yaml":
		k, err = fromToken(data, filepath.Dir(path), pin)
	default:
		err = refuse("a key is a .pem, .p12, .pfx or .yaml file, not %s", "tệp khóa phải là .pem, .p12, .pfx hoặc .yaml, không phải %s", filepath.Base(path))
	}
	if err != nil {
		return Key{}, err
	}
	image := strings.TrimSuffix(path, filepath.Ext(path)) + ".png"
	if k.Image, err = os.ReadFile(image); err != nil && !errors.Is(err, os.ErrNotExist) {
		return Key{}, refuse("the picture of the signature cannot be read: %v", "không đọc được ảnh chữ ký: %v", err)
	}
	return k, nil
}

func fromPKCS12(data []byte, pin string) (Key, error) {
	key, cert, between, err := pkcs12.DecodeChain(data, pin)
	if errors.Is(err, pkcs12.ErrIncorrectPassword) {
		return Key{}, WrongPIN()
	}
	if err != nil {
		return Key{}, refuse("the PKCS #12 file cannot be read: %v", "không đọc được tệp PKCS #12: %v", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return Key{}, refuse("the PKCS #12 file holds no key that signs%s", "tệp PKCS #12 không có khóa ký%s", "")
	}
	return Key{Signer: signer, Chain: append([]*x509.Certificate{cert}, between...)}, nil
}

// WrongPIN is the error of a PIN that is missing or wrong.
func WrongPIN() error {
	return &decision.Error{Code: decision.CodePIN, En: "the PIN of the signing key is missing or wrong; enter it again", Vi: "thiếu hoặc sai mã PIN của khóa ký; hãy nhập lại"}
}

func refuse(en, vi string, what any) error {
	return &decision.Error{Code: decision.CodeKey, En: fmt.Sprintf(en, what), Vi: fmt.Sprintf(vi, what)}
}

// loginForm keeps names of files out of a login.
var loginForm = regexp.MustCompile(`^[A-Za-z0-9@_][A-Za-z0-9@._-]*$`)

// Dir is a directory of signers' keys, by login name.
type Dir string

// Find gives the file of a signer's key; empty when there is none.
func (d Dir) Find(login string) string {
	if d == "" || !loginForm.MatchString(login) {
		return ""
	}
	for _, end := range []string{".yaml", ".p12", ".pfx", ".pem"} {
		path := filepath.Join(string(d), login+end)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}
