//go:build cgo

package keystore

import (
	"crypto/x509"
	"errors"

	"github.com/ThalesGroup/crypto11"
	"github.com/miekg/pkcs11"
)

// open signs in to the token and finds key and certificate in it.
func (t Token) open(pin string) (Key, error) {
	session, err := crypto11.Configure(&crypto11.Config{Path: t.Module, TokenLabel: t.Label, Pin: pin, MaxSessions: 3})
	if err != nil {
		var code pkcs11.Error
		if errors.As(err, &code) {
			switch code {
			case pkcs11.CKR_PIN_INCORRECT, pkcs11.CKR_PIN_INVALID, pkcs11.CKR_PIN_LEN_RANGE:
				return Key{}, WrongPIN()
			case pkcs11.CKR_PIN_LOCKED:
				return Key{}, refuse("the token is locked after too many wrong PINs; ask who issued it%s", "token đã bị khóa do nhập sai PIN nhiều lần; hãy liên hệ nơi cấp%s", "")
			}
		}
		return Key{}, refuse("the token does not open: %v", "không mở được token: %v", err)
	}
	key, err := session.FindKeyPair(nil, []byte(t.Key))
	if err == nil && key == nil {
		err = errors.New("no key of that label")
	}
	var cert *x509.Certificate
	if err == nil {
		cert, err = session.FindCertificate(nil, []byte(t.Key), nil)
	}
	if err != nil {
		return Key{}, refuse("the token has no such key: %v", "token không có khóa này: %v", errors.Join(err, session.Close()))
	}
	k := Key{Signer: key, close: session.Close}
	if cert != nil {
		k.Chain = []*x509.Certificate{cert}
	}
	return k, nil
}
