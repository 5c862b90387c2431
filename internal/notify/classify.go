package notify

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail"
)

const (
	// configWait is for faults that wait for an administrator.
	configWait = time.Hour
	// greylistWait is how long greylisting servers usually want us to stay
	// away; SMTP has no field to say it (RFC 6647 section 5.3).
	greylistWait = 5 * time.Minute
)

// dialError is for what fails before a message is offered: no connection, bad
// greeting, TLS, login. None of that is the message's fault, so that it stays
// in the outbox even when the server answers 5xx: a wrong password must not
// lose a day's mail.
func dialError(err error) *SendError {
	e := &SendError{Code: CodeServer, Temporary: true, Detail: "cannot connect", Err: err}
	if t, ok := errors.AsType[*textproto.Error](err); ok {
		e.SMTP = t.Code
		e.Detail = "the server turned us away before the message"
		if t.Code >= 530 && t.Code <= 539 { // login required, refused or too weak
			e.Code, e.RetryAfter, e.Detail = CodeConfig, configWait, "login refused"
		}
		return e
	}
	if isTLS(err) {
		e.Code, e.RetryAfter, e.Detail = CodeConfig, configWait, "no trusted TLS connection"
	}
	return e
}

func isTLS(err error) bool {
	_, cert := errors.AsType[*tls.CertificateVerificationError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	return cert || host || record
}

// deliveryError is for what fails once the message is offered. 5xx is final
// for recipient and content; 4xx and a lost connection are not. A refused
// sender address concerns every message alike, hence the settings.
func deliveryError(err error) *SendError {
	s := asSendError(err)
	if s == nil || s.ErrorCode() == 0 {
		if s != nil && (s.Reason == mail.ErrGetSender || s.Reason == mail.ErrGetRcpts) {
			return &SendError{Code: CodeText, Detail: s.Reason.String(), Err: err}
		}
		return &SendError{Code: CodeServer, Temporary: true, Detail: "the connection was lost", Err: err}
	}
	e := &SendError{Code: CodeRefused, SMTP: s.ErrorCode(), Detail: s.Reason.String(), Err: err}
	switch {
	case e.SMTP < 500:
		e.Code, e.Temporary = CodeServer, true
		if e.SMTP == 450 || e.SMTP == 451 {
			e.RetryAfter = greylistWait
		}
	case s.Reason == mail.ErrSMTPMailFrom:
		e.Code, e.Temporary, e.RetryAfter = CodeConfig, true, configWait
	}
	return e
}
