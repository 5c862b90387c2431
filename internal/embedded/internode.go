package embedded

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"

	"go.temporal.io/server/common/rpc/encryption"
)

// internodeName is the only name the certificate carries.
const internodeName = "internode.vinhdanh"

// internodeTLS lets Temporal's services talk among themselves by mutual TLS with one certificate that lives in
// this process's memory. Without it any local program could call history, matching or the internal frontend
// directly, past the gate. The public frontend stays as it is: its callers show a bearer credential.
type internodeTLS struct {
	server, client *tls.Config
}

var _ encryption.TLSConfigProvider = (*internodeTLS)(nil)

func newInternodeTLS() (*internodeTLS, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("temporal.internode: %w", err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: internodeName}, DNSNames: []string{internodeName},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(10, 0, 0), // longer than any process runs
		IsCA: true, BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("temporal.internode: %w", err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("temporal.internode: %w", err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	own := []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key, Leaf: parsed}}
	return &internodeTLS{
		server: &tls.Config{
			Certificates: own, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS13,
		},
		client: &tls.Config{Certificates: own, RootCAs: pool, ServerName: internodeName, MinVersion: tls.VersionTLS13},
	}, nil
}

func (t *internodeTLS) GetInternodeServerConfig() (*tls.Config, error) { return t.server.Clone(), nil }
func (t *internodeTLS) GetInternodeClientConfig() (*tls.Config, error) { return t.client.Clone(), nil }
func (t *internodeTLS) GetFrontendServerConfig() (*tls.Config, error)  { return nil, nil }
func (t *internodeTLS) GetFrontendClientConfig() (*tls.Config, error)  { return nil, nil }

// GetRemoteClusterClientConfig yields nothing: there is one cluster.
func (t *internodeTLS) GetRemoteClusterClientConfig(string) (*tls.Config, error) { return nil, nil }

// GetExpiringCerts yields nothing: a certificate is made anew at each start.
func (t *internodeTLS) GetExpiringCerts(time.Duration) (expiring, expired encryption.CertExpirationMap, err error) {
	return nil, nil, nil
}
