// Package ui serves Temporal's own web UI, reading only, to people at this machine.
//
// Two servers stand behind one address. The outer one accepts browsers that address it by a loopback name, drops
// whatever credential they bring and puts the auditor's in its place; the inner one is Temporal's UI with its write
// actions off, and holds no credential at all, so that reaching it directly gains nothing. What the UI could still
// be talked into is refused by the gate, for which it is an auditor.
package ui

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"time"

	"github.com/rs/zerolog"
	uiserver "github.com/temporalio/ui-server/v2/server"
	"github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"

	"vinhdanh/internal/freeport"
	"vinhdanh/internal/gate"
)

const (
	loopback     = "127.0.0.1"
	readyTimeout = 10 * time.Second
)

// Options of the web UI.
type Options struct {
	Temporal   string          // host:port of the frontend
	Credential gate.Credential // the auditor's
	Host       string          // IP address to listen on; default 127.0.0.1
	Port       int             // 0: a free one
}

// UI is a running web UI.
type UI struct {
	inner   *uiserver.Server
	outer   *http.Server
	address string
}

// URL is where a browser on this machine finds the UI.
func (u *UI) URL() string { return "http://" + u.address }

// Start serves the UI and returns when it answers. It logs through the zerolog logger of ctx.
func Start(ctx context.Context, o Options) (*UI, error) {
	if o.Host == "" {
		o.Host = loopback
	}
	if err := o.Credential.Check(); err != nil {
		return nil, fmt.Errorf("the UI reads as an auditor: %w", err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(o.Host, strconv.Itoa(o.Port)))
	if err != nil {
		return nil, fmt.Errorf("ui.listen: %w", err)
	}
	port, err := freeport.One()
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	u := &UI{inner: uiserver.NewServer(server_options.WithConfigProvider(settings(o, port)))}
	u.address = net.JoinHostPort(loopback, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	u.outer = &http.Server{
		Handler:           guard(proxy(net.JoinHostPort(loopback, strconv.Itoa(port)), o.Credential)),
		ReadHeaderTimeout: 10 * time.Second,
	}
	log := zerolog.Ctx(ctx)
	go func() {
		if err := u.inner.Start(); err != nil {
			log.Error().Err(err).Msg("Temporal's web UI ended")
		}
	}()
	go func() {
		if err := u.outer.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error().Err(err).Msg("Temporal's web UI ended")
		}
	}()
	if err := u.awaitReady(ctx); err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}

func settings(o Options, port int) *config.Config {
	return &config.Config{
		TemporalGRPCAddress: o.Temporal, Host: loopback, Port: port, EnableUI: true, HideLogs: true,
		DefaultNamespace: gate.NamespaceCases, DisableWriteActions: true,
		WorkflowTerminateDisabled: true, WorkflowCancelDisabled: true, WorkflowSignalDisabled: true,
		WorkflowUpdateDisabled: true, WorkflowResetDisabled: true, WorkflowPauseDisabled: true,
		BatchActionsDisabled: true, StartWorkflowDisabled: true, ActivityCommandsDisabled: true,
		DisableNewsFetch: true, // asks nobody outside for anything
		CORS:             config.CORS{CookieInsecure: true},
	}
}

// proxy passes requests on to the inner server with the auditor's credential in place of any the browser sent.
func proxy(inner string, credential gate.Credential) http.Handler {
	target := &url.URL{Scheme: "http", Host: inner}
	return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host // the UI's protection against forged requests compares it with the origin
		for _, name := range []string{"Authorization", "Authorization-Extras", "Grpc-Metadata-Authorization"} {
			r.Out.Header.Del(name)
		}
		r.Out.Header.Set("Authorization", "Bearer "+credential.Reveal())
	}}
}

// guard answers only requests addressed to a loopback name: a page elsewhere whose name resolves to this machine
// must not read through the browser.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(r.Host); err == nil {
			host = h
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "ui.host: open this page as http://127.0.0.1 on the machine itself, or through a tunnel", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (u *UI) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.URL()+"/healthz", nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(r)
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("ui.start: Temporal's web UI does not answer: %w", errors.Join(err, ctx.Err()))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Close stops both servers.
func (u *UI) Close() error {
	err := u.outer.Close()
	u.inner.Stop()
	return err
}
