package service

import (
	"crypto/x509"
	"fmt"
	"os"
	"time"

	"vinhdanh/internal/decision"
)

// CreateSeal makes a test certificate for a trial instance, unless the file is
// there. A real instance configures the organisation's own.
func CreateSeal(path, organisation string, from time.Time) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	key, cert, err := decision.SelfSigned("Con dấu thử nghiệm", organisation, from)
	if err != nil {
		return fmt.Errorf("service: seal: %w", err)
	}
	pem, err := decision.EncodePEM(key, []*x509.Certificate{cert})
	if err != nil {
		return fmt.Errorf("service: seal: %w", err)
	}
	return os.WriteFile(path, pem, 0o600)
}
