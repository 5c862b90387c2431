package notify_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"vinhdanh/internal/notify"
	"vinhdanh/internal/notify/smtptest"
)

func start(t *testing.T, o smtptest.Options) *smtptest.Server {
	t.Helper()
	s, err := smtptest.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func sender(t *testing.T, s *smtptest.Server, change func(*notify.SMTPConfig)) *notify.SMTPSender {
	t.Helper()
	cfg := notify.SMTPConfig{
		Host: s.Host(), Port: s.Port(), TLS: notify.TLSNone, From: "vinhdanh@haugiang.example",
		FromName: "Thi đua - Khen thưởng Hậu Giang", Timeout: 10 * time.Second,
	}
	if change != nil {
		change(&cfg)
	}
	out, err := notify.NewSMTPSender(cfg)
	require.NoError(t, err)
	return out
}

func message(id string) notify.Message {
	return notify.Message{
		ID: id, To: "vidu@haugiang.example", Locale: notify.Vietnamese, Kind: notify.Withdrawn,
		CreatedAt: time.Date(2023, 11, 20, 1, 2, 3, 0, time.UTC),
		Data: map[string]any{
			notify.FactCase: "HS-45", notify.FactUnit: "Phòng Giáo dục và Đào tạo huyện Phụng Hiệp",
			notify.FactLink: "https://vinhdanh.example/c/45", notify.FactStage: "review",
		},
	}
}

func asError(t *testing.T, err error) *notify.SendError {
	t.Helper()
	e, ok := errors.AsType[*notify.SendError](err)
	require.True(t, ok, "%v", err)
	return e
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	srv := start(t, smtptest.Options{})
	s := sender(t, srv, nil)
	require.NoError(t, s.Send(context.Background(), message("42")))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	got, err := srv.Wait(ctx, 1)
	require.NoError(t, err)
	m := got[0]
	require.Equal(t, "Hồ sơ HS-45: đơn vị xin rút hồ sơ", m.Subject)
	require.Contains(t, m.Body, "Phòng Giáo dục và Đào tạo huyện Phụng Hiệp đã xin rút hồ sơ HS-45.")
	require.Contains(t, m.Body, "xét ở cấp trên trực tiếp")
	require.Equal(t, "vinhdanh.42@haugiang.example", m.MessageID)
	require.Equal(t, s.MessageID("42"), m.MessageID)
	require.Equal(t, []string{"vidu@haugiang.example"}, m.To)
	require.Equal(t, "vinhdanh@haugiang.example", m.From)
	require.Equal(t, "auto-generated", m.Header.Get("Auto-Submitted"))
	date, err := m.Header.Date()
	require.NoError(t, err)
	require.True(t, date.Equal(message("").CreatedAt))
	raw := string(m.Raw)
	for _, r := range raw {
		require.Less(t, r, rune(128), "the mail must be 7-bit on the wire")
	}
	require.Contains(t, strings.ToLower(m.Header.Get("Content-Type")), "utf-8")
}

func TestFaults(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name      string
		fault     smtptest.Fault
		temporary bool
		code      notify.Code
		smtp      int
	}{
		{"turned away for now", smtptest.Fault{At: smtptest.AtConnect, Code: 421}, true, notify.CodeServer, 421},
		{"no service here", smtptest.Fault{At: smtptest.AtConnect, Code: 554}, true, notify.CodeServer, 554},
		{"dropped at once", smtptest.Fault{At: smtptest.AtConnect}, true, notify.CodeServer, 0},
		{"sender refused", smtptest.Fault{At: smtptest.AtMail, Code: 550}, true, notify.CodeConfig, 550},
		{"greylisted", smtptest.Fault{At: smtptest.AtRcpt, Code: 451}, true, notify.CodeServer, 451},
		{"no such mailbox", smtptest.Fault{At: smtptest.AtRcpt, Code: 550}, false, notify.CodeRefused, 550},
		{"dropped at recipient", smtptest.Fault{At: smtptest.AtRcpt}, true, notify.CodeServer, 0},
		{"disk full", smtptest.Fault{At: smtptest.AtData, Code: 452}, true, notify.CodeServer, 452},
		{"content refused", smtptest.Fault{At: smtptest.AtData, Code: 554}, false, notify.CodeRefused, 554},
		{"dropped in content", smtptest.Fault{At: smtptest.AtData}, true, notify.CodeServer, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			srv := start(t, smtptest.Options{})
			s := sender(t, srv, nil)
			srv.Break(c.fault)
			err := s.Send(context.Background(), message("7"))
			e := asError(t, err)
			require.Equal(t, c.temporary, e.Temporary)
			require.Equal(t, c.temporary, notify.Temporary(err))
			require.Equal(t, c.code, e.Code)
			require.Equal(t, c.smtp, e.SMTP)
			require.NotContains(t, e.Error(), "haugiang.example", "errors are logged")
			require.NotEmpty(t, e.Text(notify.Vietnamese))
			require.NotEmpty(t, e.Text(notify.English))
			require.Empty(t, srv.Messages())
			srv.Heal()
			require.NoError(t, s.Send(context.Background(), message("7")))
			require.Len(t, srv.Messages(), 1)
		})
	}
}

func TestGreylistingAsksForPatience(t *testing.T) {
	t.Parallel()
	srv := start(t, smtptest.Options{})
	srv.Break(smtptest.Fault{At: smtptest.AtRcpt, Code: 451, Times: 1})
	s := sender(t, srv, nil)
	e := asError(t, s.Send(context.Background(), message("7")))
	require.Equal(t, 5*time.Minute, e.RetryAfter)
	require.NoError(t, s.Send(context.Background(), message("7")), "the fault was for once only")
}

func TestLostAnswerIsRetriedAsTheSameMail(t *testing.T) {
	t.Parallel()
	srv := start(t, smtptest.Options{})
	srv.Break(smtptest.Fault{At: smtptest.AfterData, Times: 1})
	s := sender(t, srv, nil)
	require.True(t, asError(t, s.Send(context.Background(), message("9"))).Temporary)
	require.NoError(t, s.Send(context.Background(), message("9")))
	got := srv.Messages()
	require.Len(t, got, 2)
	require.Equal(t, got[0].MessageID, got[1].MessageID)
	require.Equal(t, got[0].Header.Get("Date"), got[1].Header.Get("Date"))
	require.Equal(t, string(got[0].Raw), string(got[1].Raw))
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	srv, err := smtptest.Start(smtptest.Options{})
	require.NoError(t, err)
	s := sender(t, srv, nil)
	require.NoError(t, srv.Close())
	e := asError(t, s.Send(context.Background(), message("7")))
	require.True(t, e.Temporary)
	require.Equal(t, notify.CodeServer, e.Code)
}

func TestGivenUp(t *testing.T) {
	t.Parallel()
	srv := start(t, smtptest.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e := asError(t, sender(t, srv, nil).Send(ctx, message("7")))
	require.True(t, e.Temporary)
	require.ErrorIs(t, e, context.Canceled)
	require.Empty(t, srv.Messages())
}

func TestMessageFaults(t *testing.T) {
	t.Parallel()
	srv := start(t, smtptest.Options{})
	s := sender(t, srv, nil)
	cases := map[string]func(*notify.Message){
		"no id":            func(m *notify.Message) { m.ID = "" },
		"id with a header": func(m *notify.Message) { m.ID = "1>\r\nX: y" },
		"address":          func(m *notify.Message) { m.To = "không phải địa chỉ" },
		"two addresses":    func(m *notify.Message) { m.To = "a@b.example, c@d.example" },
		"facts":            func(m *notify.Message) { m.Data = nil },
	}
	for name, change := range cases {
		m := message("7")
		change(&m)
		require.False(t, asError(t, s.Send(context.Background(), m)).Temporary, name)
	}
	require.Empty(t, srv.Messages())
}

func TestSettings(t *testing.T) {
	t.Parallel()
	good := notify.SMTPConfig{Host: "mail.example", Port: 587, TLS: notify.TLSStart, From: "a@b.example"}
	_, err := notify.NewSMTPSender(good)
	require.NoError(t, err)
	for name, change := range map[string]func(*notify.SMTPConfig){
		"host": func(c *notify.SMTPConfig) { c.Host = "" },
		"port": func(c *notify.SMTPConfig) { c.Port = 70000 },
		"tls":  func(c *notify.SMTPConfig) { c.TLS = "perhaps" },
		"from": func(c *notify.SMTPConfig) { c.From = "nobody" },
	} {
		cfg := good
		change(&cfg)
		_, err := notify.NewSMTPSender(cfg)
		require.Equal(t, notify.CodeConfig, asError(t, err).Code, name)
	}
}

func TestTLSAndLogin(t *testing.T) {
	t.Parallel()
	cert, roots := selfSigned(t)
	srv := start(t, smtptest.Options{
		TLS: &tls.Config{Certificates: []tls.Certificate{cert}}, Username: "vinhdanh", Password: "bí mật",
	})
	login := func(password string, roots *x509.CertPool) *notify.SMTPSender {
		return sender(t, srv, func(c *notify.SMTPConfig) {
			c.TLS, c.Username, c.Password = notify.TLSStart, "vinhdanh", password
			c.TLSConfig = &tls.Config{RootCAs: roots, ServerName: c.Host}
		})
	}
	require.NoError(t, login("bí mật", roots).Send(context.Background(), message("1")))
	require.True(t, srv.Messages()[0].Encrypted)
	require.Equal(t, "vinhdanh", srv.Messages()[0].Login)

	wrong := asError(t, login("sai", roots).Send(context.Background(), message("2")))
	require.Equal(t, notify.CodeConfig, wrong.Code)
	require.True(t, wrong.Temporary, "a wrong password must not lose mails")

	untrusted := asError(t, login("bí mật", x509.NewCertPool()).Send(context.Background(), message("3")))
	require.Equal(t, notify.CodeConfig, untrusted.Code)

	plain := asError(t, sender(t, srv, nil).Send(context.Background(), message("4")))
	require.Equal(t, notify.CodeConfig, plain.Code, "the server asks for a login")
	require.True(t, plain.Temporary)

	noTLS := start(t, smtptest.Options{})
	bare := sender(t, noTLS, func(c *notify.SMTPConfig) { c.TLS = notify.TLSStart })
	require.True(t, asError(t, bare.Send(context.Background(), message("5"))).Temporary)
	require.Empty(t, noTLS.Messages(), "nothing goes out in clear when TLS is asked for")
	require.Len(t, srv.Messages(), 1)
}

func TestWaitGivesUp(t *testing.T) {
	t.Parallel()
	srv := start(t, smtptest.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := srv.Wait(ctx, 1)
	require.ErrorIs(t, err, context.Canceled)
}

func selfSigned(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	tpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, &key.PublicKey, key)
	require.NoError(t, err)
	leaf, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
