package identity

import (
	"crypto/subtle"
	"fmt"
	"image/png"
	"io"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// One-time codes (RFC 6238): six digits, a new one every 30 seconds; the step
// before and the one after count too, for clocks that are off (ASVS 6.5.5, 6.5.8).
const (
	codeStep   = 30
	codeDigits = otp.DigitsSix
)

// NewCodeKey makes the secret of an authenticator app, base32.
func NewCodeKey(issuer, account string) (string, error) {
	k, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, Period: codeStep, Digits: codeDigits})
	if err != nil {
		return "", fmt.Errorf("identity: one-time codes: %w", err)
	}
	return k.Secret(), nil
}

// CodePNG draws the QR code that an authenticator app scans, size pixels wide.
func CodePNG(w io.Writer, issuer, account, secret string, size int) error {
	key, err := otp.NewKeyFromURL(fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s&period=%d&digits=%d",
		escape(issuer), escape(account), secret, escape(issuer), codeStep, codeDigits))
	if err != nil {
		return fmt.Errorf("identity: one-time codes: %w", err)
	}
	img, err := key.Image(size, size)
	if err != nil {
		return fmt.Errorf("identity: one-time codes: %w", err)
	}
	return png.Encode(w, img)
}

// CheckCode finds the time step that a code belongs to, among the present one and
// its neighbours. The caller takes each step once (ASVS 6.5.1).
func CheckCode(code, secret string, now time.Time) (step int64, ok bool) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	at := now.Unix() / codeStep
	for _, s := range []int64{at, at - 1, at + 1} {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: codeDigits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && !ok {
			step, ok = s, true
		}
	}
	return step, ok
}

// CodeAt is the code of an instant: for tests and for tools that hold the secret.
func CodeAt(secret string, at time.Time) (string, error) {
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		return "", fmt.Errorf("identity: one-time codes: %w", err)
	}
	return code, nil
}
