package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"github.com/wneessen/go-mail"
)

// TLSMode says how the connection to the mail server is protected.
type TLSMode string

// The modes. There is no opportunistic one: it protects against nobody who
// can touch the connection.
const (
	TLSStart    TLSMode = "starttls" // begin in clear, then STARTTLS or fail
	TLSImplicit TLSMode = "tls"      // TLS from the first byte
	TLSNone     TLSMode = "none"     // only for a server on the same machine
)

// SMTPConfig is what a mail server needs.
type SMTPConfig struct {
	Host      string
	Port      int
	TLS       TLSMode
	TLSConfig *tls.Config // nil: the system's roots and Host
	Username  string      // "": no login
	Password  string
	From      string        // address of the sender
	FromName  string        // shown beside it
	Timeout   time.Duration // for one message; 0: 30 s
}

const defaultTimeout = 30 * time.Second

// SMTPSender sends by SMTP, one connection a message: mails are few and a
// connection kept open for days is one that is dead when it is needed.
type SMTPSender struct {
	cfg    SMTPConfig
	domain string
}

var _ Sender = (*SMTPSender)(nil)

// NewSMTPSender checks the settings; it does not connect. It fails with CodeConfig.
func NewSMTPSender(cfg SMTPConfig) (*SMTPSender, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = defaultTimeout
	}
	s := &SMTPSender{cfg: cfg}
	if _, err := s.client(cfg.Timeout); err != nil {
		return nil, configError("mail server settings", err)
	}
	m := mail.NewMsg()
	if err := m.FromFormat(cfg.FromName, cfg.From); err != nil {
		return nil, configError("sender address", err)
	}
	_, s.domain, _ = strings.Cut(m.GetFrom()[0].Address, "@")
	return s, nil
}

func (s *SMTPSender) client(timeout time.Duration) (*mail.Client, error) {
	opts := []mail.Option{mail.WithTimeout(timeout), mail.WithPort(s.cfg.Port)}
	switch s.cfg.TLS {
	case TLSStart:
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	case TLSImplicit:
		opts = append(opts, mail.WithSSL())
	case TLSNone:
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("TLS mode %q is not one of starttls, tls, none", s.cfg.TLS)
	}
	if s.cfg.TLSConfig != nil {
		opts = append(opts, mail.WithTLSConfig(s.cfg.TLSConfig))
	}
	if s.cfg.Username != "" {
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(s.cfg.Username), mail.WithPassword(s.cfg.Password))
	}
	return mail.NewClient(s.cfg.Host, opts...)
}

// Send implements Sender. Delivered means the server has taken the message;
// what goes wrong after that (its farewell) is not a failure, or it would be
// sent twice.
func (s *SMTPSender) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	timeout := s.cfg.Timeout
	if end, ok := ctx.Deadline(); ok {
		timeout = min(timeout, time.Until(end))
	}
	if timeout <= 0 || ctx.Err() != nil {
		return &SendError{Code: CodeServer, Temporary: true, Detail: "given up before connecting", Err: context.Cause(ctx)}
	}
	c, err := s.client(timeout)
	if err != nil {
		return configError("mail server settings", err)
	}
	conn, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return dialError(err)
	}
	defer func() {
		if err := c.CloseWithSMTPClient(conn); err != nil {
			zerolog.Ctx(ctx).Debug().Str("outbox", m.ID).Msg("mail server did not say goodbye")
			_ = conn.Close()
		}
	}()
	if err := c.SendWithSMTPClient(conn, msg); err != nil && !msg.IsDelivered() {
		return deliveryError(err)
	}
	return nil
}

// Check connects, authenticates and says goodbye: for the health page.
func (s *SMTPSender) Check(ctx context.Context) error {
	c, err := s.client(checkTimeout)
	if err != nil {
		return configError("mail server settings", err)
	}
	conn, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return dialError(err)
	}
	_ = c.CloseWithSMTPClient(conn) // it took the connection, which was the question
	return nil
}

const checkTimeout = 5 * time.Second

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// MessageID is the Message-ID header's value, without brackets, of the outbox
// row id: the same on every try, so that mail programs drop a second copy.
func (s *SMTPSender) MessageID(id string) string { return "vinhdanh." + id + "@" + s.domain }

func (s *SMTPSender) compose(m Message) (*mail.Msg, error) {
	if !idForm.MatchString(m.ID) {
		return nil, textError("message id is empty or has other characters than letters, digits, '-' and '_'")
	}
	text, err := m.text()
	if err != nil {
		return nil, err
	}
	msg := mail.NewMsg()
	if err := msg.FromFormat(s.cfg.FromName, s.cfg.From); err != nil {
		return nil, configError("sender address", err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, &SendError{Code: CodeRefused, Detail: "recipient's address is not well formed", Err: err}
	}
	if m.CreatedAt.IsZero() {
		m.CreatedAt = time.Now()
	}
	msg.SetDateWithValue(m.CreatedAt)
	msg.SetMessageIDWithValue(s.MessageID(m.ID))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetGenHeader("Content-Language", string(m.Locale))
	msg.Subject(text.Subject)
	msg.SetBodyString(mail.TypeTextPlain, text.Body)
	return msg, nil
}

func configError(what string, err error) *SendError {
	return &SendError{Code: CodeConfig, Temporary: true, RetryAfter: configWait, Detail: what, Err: err}
}

// asSendError is errors.As for go-mail's error type.
func asSendError(err error) *mail.SendError {
	e, _ := errors.AsType[*mail.SendError](err)
	return e
}
