// Package smtptest is a mail server in the process, for the demo and for
// tests. It speaks real SMTP on a TCP port, keeps what it receives, and can be
// told to refuse or to drop connections.
package smtptest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Point is a moment of an SMTP session.
type Point string

// The moments at which a server can misbehave.
const (
	AtConnect Point = "connect" // the greeting
	AtMail    Point = "mail"    // MAIL FROM
	AtRcpt    Point = "rcpt"    // RCPT TO
	AtData    Point = "data"    // after the content was read; it is not kept
	AfterData Point = "after"   // the content is kept, then the answer goes wrong
)

// Fault makes the server misbehave. Code is the reply, 4xx or 5xx; 0 drops the
// connection. Times limits how often, 0 is always.
type Fault struct {
	At    Point
	Code  int
	Times int
}

// Options of a server. The zero value listens without TLS and login on a free
// port of 127.0.0.1.
type Options struct {
	Addr               string      // host:port; "" is 127.0.0.1:0
	TLS                *tls.Config // offers STARTTLS
	Username, Password string      // asks for a login
}

const maxMessage = 32 << 20

// Server is a running mail server. Close it.
type Server struct {
	opts Options
	smtp *smtp.Server
	ln   net.Listener
	done chan struct{}

	mu       sync.Mutex
	fault    Fault
	hits     int
	received []Received
	arrived  chan struct{} // closed and replaced at each arrival
}

// Start listens and serves until Close.
func Start(opts Options) (*Server, error) {
	if opts.Addr == "" {
		opts.Addr = "127.0.0.1:0"
	}
	ln, err := net.Listen("tcp", opts.Addr)
	if err != nil {
		return nil, fmt.Errorf("mail server in the process: %w", err)
	}
	s := &Server{opts: opts, ln: ln, done: make(chan struct{}), arrived: make(chan struct{})}
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.smtp.Domain = "smtptest.example"
	s.smtp.TLSConfig = opts.TLS
	s.smtp.AllowInsecureAuth = opts.TLS == nil
	s.smtp.MaxMessageBytes = maxMessage
	s.smtp.ReadTimeout, s.smtp.WriteTimeout = time.Minute, time.Minute
	s.smtp.ErrorLog = log.New(io.Discard, "", 0) // dropped connections are on purpose
	go func() {
		defer close(s.done)
		_ = s.smtp.Serve(ln) // ends when Close closes the listener
	}()
	return s, nil
}

// Close stops the server and waits for it.
func (s *Server) Close() error {
	err := s.smtp.Close()
	_ = s.ln.Close() // not yet known to s.smtp if Serve has not begun
	<-s.done
	if errors.Is(err, smtp.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Addr is host:port.
func (s *Server) Addr() string { return s.ln.Addr().String() }

// Host is the address without the port.
func (s *Server) Host() string { return s.ln.Addr().(*net.TCPAddr).IP.String() }

// Port is the port it listens on.
func (s *Server) Port() int { return s.ln.Addr().(*net.TCPAddr).Port }

// Break makes the server misbehave from now on.
func (s *Server) Break(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.hits = f, 0
}

// Heal ends any misbehaviour.
func (s *Server) Heal() { s.Break(Fault{}) }

// Messages are those received so far, in order.
func (s *Server) Messages() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Received(nil), s.received...)
}

// Wait returns once n messages have come in, or the context's error.
func (s *Server) Wait(ctx context.Context, n int) ([]Received, error) {
	for {
		s.mu.Lock()
		have, arrived := len(s.received), s.arrived
		s.mu.Unlock()
		if have >= n {
			return s.Messages(), nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return s.Messages(), fmt.Errorf("%d of %d mails have come: %w", have, n, ctx.Err())
		}
	}
}

func (s *Server) keep(r Received) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.received = append(s.received, r)
	close(s.arrived)
	s.arrived = make(chan struct{})
}

// strike tells whether the fault applies at this point, and counts it.
func (s *Server) strike(at Point) (code int, hit bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault.At != at || (s.fault.Times > 0 && s.hits >= s.fault.Times) {
		return 0, false
	}
	s.hits++
	return s.fault.Code, true
}
