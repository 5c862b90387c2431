package keystore

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"vinhdanh/internal/decision"
)

// Token says where a key in a token is.
type Token struct {
	Module string `yaml:"module"` // the token's PKCS #11 library: /usr/lib/softhsm/libsofthsm2.so
	Label  string `yaml:"label"`  // of the token
	Key    string `yaml:"key"`    // label of key and certificate in it
	// Chain is a PEM of certificates, own one first, where the token holds only the
	// key, or not its issuers; from the description's directory.
	Chain string `yaml:"chain,omitempty"`
}

// fromToken opens the token that a description names.
func fromToken(data []byte, dir, pin string) (Key, error) {
	var t Token
	if err := yaml.UnmarshalWithOptions(data, &t, yaml.Strict()); err != nil || t.Module == "" || t.Label == "" || t.Key == "" {
		return Key{}, refuse("the description of a token needs module, label and key (%v)", "mô tả token phải có module, label và key (%v)", err)
	}
	if pin == "" {
		return Key{}, WrongPIN()
	}
	k, err := t.open(pin)
	if err != nil {
		return k, err
	}
	if t.Chain == "" {
		return k, nil
	}
	pem, err := os.ReadFile(filepath.Join(dir, t.Chain))
	if err == nil {
		var chain []*x509.Certificate
		if chain, err = decision.LoadCertificates(pem); err == nil {
			k.Chain = chain
			return k, nil
		}
	}
	return Key{}, refuse("the certificates of the token's key cannot be read: %v", "không đọc được chứng thư của khóa trong token: %v", errors.Join(err, k.Close()))
}
