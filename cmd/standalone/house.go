package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/config"
	"vinhdanh/internal/embedded"
	"vinhdanh/internal/embedded/pg"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/identity"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/law"
	"vinhdanh/internal/service"
)

// options are the flags.
type options struct {
	dataDir     string
	listen      string
	today       string
	logLevel    string
	ui          bool
	development bool // pages for developers are shown
	smtp        config.SMTP
	every       time.Duration // of the schedules; zero: as in production
}

// house is a running instance. DATABASE_URL and OWNER_DATABASE_URL replace the
// child PostgreSQL, TEMPORAL_ADDRESS (with the TEMPORAL_TOKEN_*) the embedded server.
type house struct {
	o        options
	lock     *pg.Lock
	postgres *pg.Server
	temporal *embedded.Temporal
	tokens   gate.Tokens
	urls     pg.URLs
	address  string // of Temporal
	users    service.Tokens
	password string // of the sample people
	listener net.Listener
	closers  []func()
}

// open starts the servers, migrates, and loads the sample. On an error what was
// started is stopped.
func open(ctx context.Context, o options) (*house, error) {
	h := &house{o: o}
	steps := []func(context.Context) error{
		h.lockDir, h.startPostgres, h.startTemporal, h.prepare, h.listen,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			h.close()
			return nil, err
		}
	}
	return h, nil
}

func (h *house) lockDir(context.Context) error {
	dir, err := filepath.Abs(h.o.dataDir)
	if err != nil {
		return err
	}
	h.o.dataDir = dir
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	if h.lock, err = pg.LockDir(dir); err != nil {
		return err
	}
	h.onClose(func() { h.lock.Release() })
	return nil
}

func (h *house) startPostgres(ctx context.Context) error {
	h.urls = pg.URLs{Owner: os.Getenv("OWNER_DATABASE_URL"), App: os.Getenv("DATABASE_URL"), Gate: os.Getenv("REFUSALS_DATABASE_URL")}
	if h.urls.App != "" {
		return nil
	}
	var err error
	if h.postgres, err = pg.Start(ctx, pg.Options{DataDir: h.o.dataDir}); err != nil {
		return err
	}
	h.onClose(func() { h.postgres.Close() })
	h.urls = h.postgres.URLs()
	return nil
}

func (h *house) startTemporal(ctx context.Context) error {
	if h.urls.Owner != "" {
		if err := service.Migrate(ctx, config.Config{OwnerDatabaseURL: h.urls.Owner}); err != nil {
			return err
		}
	}
	var err error
	if h.address = os.Getenv("TEMPORAL_ADDRESS"); h.address != "" {
		h.tokens, err = gate.TokensFromEnv(os.Getenv)
		return err
	}
	if h.tokens, err = gate.LoadOrCreateTokens(h.path("temporal-tokens.json")); err != nil {
		return err
	}
	to := embedded.NewTemporalOptions(h.tokens)
	to.LogLevel = zerolog.ErrorLevel
	to.SQLitePath = h.path("temporal.db")
	if h.urls.Gate != "" {
		record, done, err := embedded.RefusalWriter(h.urls.Gate)
		if err != nil {
			return err
		}
		h.onClose(done)
		to.Recorder = record
	}
	if h.temporal, err = embedded.StartTemporal(ctx, to); err != nil {
		return err
	}
	h.onClose(func() { h.temporal.Close() })
	h.address = h.temporal.Address()
	return nil
}

// prepare makes keys, seal and sample, once.
func (h *house) prepare(ctx context.Context) error {
	folder := keys.Folder(h.path("keys"))
	if err := folder.Create(time.Now()); err != nil {
		return err
	}
	from := time.Now()
	if h.o.today != "" {
		d, err := law.ParseDate(h.o.today)
		if err != nil {
			return fmt.Errorf("--today must be a date like 2023-11-15: %w", err)
		}
		from = time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	}
	if err := service.CreateSeal(h.path("seal.pem"), "Ủy ban nhân dân tỉnh (bản thử nghiệm)", from.AddDate(0, -1, 0)); err != nil {
		return err
	}
	if err := service.SampleToFile(ctx, h.urls.App, h.path("tokens.json")); err != nil {
		return err
	}
	var err error
	if h.users, err = service.ReadTokens(h.path("tokens.json")); err != nil {
		return err
	}
	h.password, err = service.ReadSamplePassword(h.path("tokens.json"))
	return err
}

func (h *house) listen(context.Context) error {
	var err error
	if h.listener, err = net.Listen("tcp", h.o.listen); err != nil {
		return fmt.Errorf("the web tier cannot listen on %s: %w", h.o.listen, err)
	}
	return nil
}

// config is what a part of the house runs with.
func (h *house) config(sender gate.Sender) (config.Config, error) {
	fp, err := keys.Folder(h.path("keys")).Fingerprint()
	if err != nil {
		return config.Config{}, err
	}
	c := config.Config{
		DatabaseURL: h.urls.App, OwnerDatabaseURL: h.urls.Owner, TemporalAddress: h.address, TemporalToken: h.tokens[sender],
		KeysDir: h.path("keys"), RootFingerprint: fp, BlobDir: h.path("blobs"), SealFile: h.path("seal.pem"),
		Listen: h.o.listen, PublicURL: h.url(), SMTP: h.o.smtp, Demo: true, Development: h.o.development, LogLevel: h.o.logLevel,
		Identity: identity.Settings{SampleWaived: true},
	}
	if h.postgres != nil {
		c.Backups, c.TrialURL, c.ClientBin = h.path("backups"), h.postgres.URL("postgres"), h.postgres.Bin()
	}
	if h.o.today != "" {
		c.Today, err = law.ParseDate(h.o.today)
	}
	return c, err
}

// run runs serve and worker until the context ends.
func (h *house) run(ctx context.Context) error {
	serve, err := h.config(gate.App)
	if err != nil {
		return err
	}
	work, err := h.config(gate.Worker)
	if err != nil {
		return err
	}
	operator, err := h.config(gate.Operator)
	if err != nil {
		return err
	}
	if err := service.Schedules(ctx, operator, h.o.every); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return service.ServeOn(ctx, serve, h.listener) })
	g.Go(func() error { return service.Work(ctx, work) })
	if h.postgres != nil {
		g.Go(func() error {
			select {
			case <-ctx.Done():
				return nil
			case <-h.postgres.Exited():
				return fmt.Errorf("PostgreSQL ended by itself; see postgres.log in the data directory")
			}
		})
	}
	return g.Wait()
}

func (h *house) url() string             { return "http://" + h.listener.Addr().String() }
func (h *house) path(name string) string { return filepath.Join(h.o.dataDir, name) }
func (h *house) onClose(f func())        { h.closers = append(h.closers, f) }

// close stops everything in the reverse order of its start.
func (h *house) close() {
	for i := len(h.closers) - 1; i >= 0; i-- {
		h.closers[i]()
	}
	h.closers = nil
}
