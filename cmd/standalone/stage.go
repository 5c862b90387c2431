package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"vinhdanh/internal/app"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/notify/smtptest"
	"vinhdanh/internal/service"
)

// stage is a running house with people on it, for the demo and for tests: each
// acts through the application layer with the own token.
type stage struct {
	*house
	app    *app.App
	smtp   *smtptest.Server
	out    io.Writer
	outDir string
	step   int
	failed []string
	ended  chan error
	stop   context.CancelFunc
}

// openStage starts a house, a mail server beside it, and serve and worker in it.
func openStage(ctx context.Context, o options, out io.Writer, outDir string) (*stage, error) {
	mail, err := smtptest.Start(smtptest.Options{})
	if err != nil {
		return nil, err
	}
	o.smtp.Host, o.smtp.Port, o.smtp.TLS, o.smtp.From = mail.Host(), mail.Port(), "none", "vinhdanh@haugiang.example"
	o.listen = "127.0.0.1:0"
	if o.every == 0 {
		o.every = 2 * time.Second
	}
	h, err := open(ctx, o)
	if err != nil {
		mail.Close()
		return nil, err
	}
	s := &stage{house: h, smtp: mail, out: out, outDir: outDir, ended: make(chan error, 1)}
	s.onClose(func() { mail.Close() })
	cfg, err := h.config(gate.App)
	if err != nil {
		h.close()
		return nil, err
	}
	a, closeApp, err := service.OpenApp(ctx, cfg)
	if err != nil {
		h.close()
		return nil, err
	}
	s.app = a
	s.onClose(closeApp)
	running, stop := context.WithCancel(ctx)
	s.stop = stop
	go func() { s.ended <- h.run(running) }()
	return s, nil
}

// leave stops serve and worker, then the servers.
func (s *stage) leave() error {
	s.stop()
	err := <-s.ended
	s.close()
	return err
}

// as opens a session for a sample user.
func (s *stage) as(ctx context.Context, login string) (app.Session, error) {
	token := s.users[login]
	if token == "" {
		return app.Session{}, fmt.Errorf("no sample user %s", login)
	}
	return s.app.SignInByToken(ctx, token)
}

// head announces a step.
func (s *stage) head(vi, en string) {
	s.step++
	fmt.Fprintf(s.out, "\n%2d. %s\n    %s\n", s.step, vi, en)
}

// say prints a line below the step.
func (s *stage) say(format string, args ...any) {
	for _, line := range strings.Split(fmt.Sprintf(format, args...), "\n") {
		fmt.Fprintf(s.out, "    · %s\n", line)
	}
}

// hold checks that something is as it must be; the demo ends with 0 only if each
// check held.
func (s *stage) hold(ok bool, what string, args ...any) {
	text := fmt.Sprintf(what, args...)
	mark := "✓"
	if !ok {
		mark = "✗"
		s.failed = append(s.failed, fmt.Sprintf("step %d: %s", s.step, text))
	}
	fmt.Fprintf(s.out, "    %s %s\n", mark, text)
}

// eventually waits for something that happens by itself: a delivery, an archive.
func (s *stage) eventually(ctx context.Context, what string, ready func() (bool, error)) error {
	deadline := time.Now().Add(60 * time.Second)
	for {
		ok, err := ready()
		if err == nil && ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("waited in vain for: %s (last error: %v)", what, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-s.ended:
			s.ended <- err
			return fmt.Errorf("the instance ended while waiting for %s: %w", what, err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
