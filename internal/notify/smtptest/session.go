package smtptest

import (
	"bytes"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Received is a message as it came in.
type Received struct {
	From      string
	To        []string
	At        time.Time
	Header    mail.Header
	MessageID string // without brackets
	Subject   string // decoded
	Body      string // decoded, lines ended by "\n"
	Raw       []byte
	Encrypted bool   // came over TLS
	Login     string // user name of the login, "" if none
}

type session struct {
	server *Server
	conn   *smtp.Conn
	login  string
	from   string
	to     []string
}

var _ smtp.AuthSession = (*session)(nil)

func (s *Server) newSession(c *smtp.Conn) (smtp.Session, error) {
	ss := &session{server: s, conn: c}
	return ss, ss.fault(AtConnect)
}

// fault answers with the server's present misbehaviour at this point, if any.
func (s *session) fault(at Point) error {
	code, hit := s.server.strike(at)
	if !hit {
		return nil
	}
	if code == 0 {
		_ = s.conn.Conn().Close()
		return io.ErrClosedPipe
	}
	return &smtp.SMTPError{
		Code:         code,
		EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0},
		Message:      "refused on purpose",
	}
}

func (s *session) needLogin() bool { return s.server.opts.Username != "" && s.login == "" }

// AuthMechanisms implements smtp.AuthSession.
func (s *session) AuthMechanisms() []string {
	if s.server.opts.Username == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth implements smtp.AuthSession.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.opts.Username || password != s.server.opts.Password {
			return smtp.ErrAuthFailed
		}
		s.login = user
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.needLogin() {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.from = from
	return s.fault(AtMail)
}

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.fault(AtRcpt); err != nil {
		return err
	}
	s.to = append(s.to, to)
	return nil
}

// Data implements smtp.Session.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.fault(AtData); err != nil {
		return err
	}
	got, err := read(raw)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "not a message"}
	}
	got.From, got.To, got.At, got.Login = s.from, s.to, time.Now(), s.login
	_, got.Encrypted = s.conn.TLSConnectionState()
	s.server.keep(got)
	return s.fault(AfterData)
}

// Reset implements smtp.Session.
func (s *session) Reset() { s.from, s.to = "", nil }

// Logout implements smtp.Session.
func (s *session) Logout() error { return nil }

// read decodes what the product sends: one part, quoted-printable or plain.
func read(raw []byte) (Received, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Received{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return Received{}, err
	}
	body := m.Body
	if strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return Received{}, err
	}
	return Received{
		Header: m.Header, Raw: raw, Subject: subject,
		MessageID: strings.Trim(m.Header.Get("Message-Id"), "<>"),
		Body:      strings.ReplaceAll(string(text), "\r\n", "\n"),
	}, nil
}
