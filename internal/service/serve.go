package service

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/act"
	"vinhdanh/internal/api"
	"vinhdanh/internal/app"
	"vinhdanh/internal/config"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/decision/keystore"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/filecheck"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/ops"
	"vinhdanh/internal/web"
	"vinhdanh/workflows"
)

// sweepEvery is how often attempts without an outcome are looked for, sweepAge
// how old they must be: older than any request that is still waiting for one.
const (
	sweepEvery = 5 * time.Second
	sweepAge   = 20 * time.Second
)

// Serve runs the web tier until the context ends. It holds the key that signs
// what people do, and settles attempts that were left without an outcome.
func Serve(ctx context.Context, cfg config.Config) error {
	err := cfg.Need("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_TOKEN", "VINHDANH_KEYS", "VINHDANH_ROOT",
		"VINHDANH_BLOBS", "VINHDANH_LISTEN", "VINHDANH_PUBLIC_URL")
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("service: VINHDANH_LISTEN: %w", err)
	}
	return ServeOn(ctx, cfg, listener)
}

// ServeOn is Serve on a listener that is open already.
func ServeOn(ctx context.Context, cfg config.Config, listener net.Listener) error {
	c, err := newCore(ctx, cfg)
	if err != nil {
		return err
	}
	defer c.close()
	a, err := newApp(ctx, c)
	if err != nil {
		return err
	}
	pages, err := web.New(a, web.Options{PublicURL: cfg.PublicURL, Support: cfg.Support, Proxies: cfg.Proxies, Development: cfg.Development})
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: web.Beside(api.New(a, api.Options{Proxies: cfg.Proxies}), pages), BaseContext: func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error { return sweep(ctx, a.Desk) })
	g.Go(func() error { return c.laws.Watch(ctx) })
	g.Go(func() error { return a.FollowLawFolder(ctx) })
	g.Go(func() error { return c.rings.watch(ctx) })
	g.Go(func() error { return beat(ctx, c, "serve", nil) })
	g.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		return server.Shutdown(stop)
	})
	return g.Wait()
}

// lawFolder is the directory of law data that is followed; nil for the built-in data.
func lawFolder(cfg config.Config) *app.LawFolder {
	if cfg.LawDir == "" {
		return nil
	}
	return &app.LawFolder{Dir: cfg.LawDir, Drafts: cfg.DraftLaw}
}

func newApp(ctx context.Context, c *core) (*app.App, error) {
	signer, err := c.keys.Signer(envelope.PurposeApp)
	if err != nil {
		return nil, err
	}
	master, err := c.keys.Master()
	if err != nil {
		return nil, err
	}
	box, err := identity.NewBox(master)
	if err != nil {
		return nil, err
	}
	_, rootPublic, err := c.rings.signed()
	if err != nil {
		return nil, err
	}
	settings, err := config.Settings(os.Getenv)
	if err != nil {
		return nil, err
	}
	if c.ops, err = dial(ctx, c.cfg, workflows.NamespaceOps, c.caseKs); err != nil {
		return nil, err
	}
	scanner, designs, err := chosen(c.cfg)
	if err != nil {
		return nil, err
	}
	vault, err := c.personal(ctx)
	if err != nil {
		return nil, err
	}
	a := app.New(app.App{
		Scanner: scanner, Personal: vault, Designs: designs,
		Store: c.store, Blobs: c.blobs, Temporal: c.cases, Law: c.law, Rules: c.rules, Keys: c.caseKs, Pinned: c.pinned, Laws: c.laws, Folder: lawFolder(c.cfg),
		Desk: &act.Desk{
			Store: c.store, Temporal: c.cases, Signer: signer, Install: c.rings.ring().Installation, Queue: workflows.QueueCases,
		},
		Today: today(c.cfg.Today), OwnRegister: c.cfg.OwnRegister, SmallCounts: c.cfg.SmallCounts,
		Signing: app.Signing{Mode: c.cfg.Signing, Keys: keystore.Dir(c.cfg.SignersDir), Stamp: stamper(c.cfg), Zone: saigon},
		Backups: backups(c.cfg), Place: app.Place{PublicURL: c.cfg.PublicURL},
		Ring: c.rings.ring(), Root: c.cfg.RootFingerprint, RootPublic: rootPublic, Rings: c.rings.ring, RefreshRing: c.rings.refresh,
		Ops: ops.Temporal{Cases: c.cases, Ops: c.ops}, Settings: settings, Identity: c.cfg.Identity, Box: box,
	})
	if err := a.CheckIdentity(); err != nil {
		return nil, fmt.Errorf("service: VINHDANH_BREACHED: %w", err)
	}
	return a, nil
}

// sweep settles attempts without an outcome until the context ends.
func sweep(ctx context.Context, d *act.Desk) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if n, err := d.Sweep(ctx, sweepAge); err != nil && ctx.Err() == nil {
			zerolog.Ctx(ctx).Warn().Err(err).Msg("sweep of attempts")
		} else if n > 0 {
			zerolog.Ctx(ctx).Info().Int("settled", n).Msg("sweep of attempts")
		}
	}
}

// OpenApp is the application layer without a web tier: for programs that run in
// the same process, such as the demo. close releases what it holds.
func OpenApp(ctx context.Context, cfg config.Config) (a *app.App, closeApp func(), err error) {
	c, err := newCore(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	if a, err = newApp(ctx, c); err != nil {
		c.close()
		return nil, nil, err
	}
	return a, c.close, nil
}

// chosen opens what a setting may put in place of the built-in: the scanner of papers
// and the designs of certificates, nil where the built-in ones hold.
func chosen(cfg config.Config) (filecheck.Scanner, *decision.Designs, error) {
	scanner, err := filecheck.NewScanner(cfg.Scanner)
	if err != nil {
		return nil, nil, fmt.Errorf("service: VINHDANH_SCAN: %w", err)
	}
	if cfg.DesignsFile == "" {
		return scanner, nil, nil
	}
	designs, err := decision.LoadDesigns(cfg.DesignsFile)
	if err != nil {
		return nil, nil, fmt.Errorf("service: VINHDANH_DESIGNS: %w", err)
	}
	return scanner, designs, nil
}
