package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/rs/zerolog"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/temporal"

	"vinhdanh/internal/embedded/authz"
	"vinhdanh/internal/freeport"
	"vinhdanh/internal/gate"
)

// Retention of closed histories when the options name none.
const (
	DefaultCasesRetention = 10 * 365 * 24 * time.Hour
	DefaultOpsRetention   = 7 * 24 * time.Hour
)

// TemporalOptions says where Temporal keeps its data, where it listens and whom it lets in.
type TemporalOptions struct {
	SQLitePath string         // file in the data directory; "" with no Postgres: in memory, gone at Close
	Postgres   *PostgresStore // instead of SQLite
	Host       string         // IP address to listen on; default 127.0.0.1
	Port       int            // 0: a free one
	Tokens     gate.Tokens    // who may call; required

	CasesRetention time.Duration // of closed cases; default DefaultCasesRetention
	OpsRetention   time.Duration // of the schedules' runs; default DefaultOpsRetention

	Recorder gate.Recorder // where refusals go; nil: to the log
	Limits   authz.Limits
	LogLevel zerolog.Level // of Temporal's own log lines; the zero value is debug, NewTemporalOptions sets warn
}

// NewTemporalOptions returns options with the defaults spelled out.
func NewTemporalOptions(tokens gate.Tokens) TemporalOptions {
	return TemporalOptions{
		Host: "127.0.0.1", Tokens: tokens, LogLevel: zerolog.WarnLevel,
		CasesRetention: DefaultCasesRetention, OpsRetention: DefaultOpsRetention, Limits: authz.DefaultLimits,
	}
}

// Temporal is a running server.
type Temporal struct {
	server   temporal.Server
	recorder *authz.Recorder
	address  string
	inner    []int // ports of the services behind the frontend
	log      logger
}

// Address is host:port of the frontend.
func (t *Temporal) Address() string { return t.address }

// Close stops the server and writes what refusals are still queued.
func (t *Temporal) Close() error {
	t.log.stopping.Store(true)
	err := t.server.Stop()
	t.recorder.Close()
	return err
}

// StartTemporal starts the server behind the gate, with the namespaces cases and ops, and returns when its
// frontend answers. It logs through the zerolog logger of ctx; ctx does not end the server, Close does.
func StartTemporal(ctx context.Context, o TemporalOptions) (*Temporal, error) {
	o = o.withDefaults()
	keyring, err := gate.NewKeyring(o.Tokens)
	if err != nil {
		return nil, err
	}
	if net.ParseIP(o.Host) == nil {
		return nil, fmt.Errorf("temporal.host: %q is no IP address; use 127.0.0.1 or 0.0.0.0", o.Host)
	}
	ports, err := freeport.Take(len(services))
	if err != nil {
		return nil, fmt.Errorf("temporal.ports: %w", err)
	}
	if o.Port == 0 {
		o.Port = ports[0]
	}
	ports[0] = o.Port
	store, err := o.prepareStore(ctx)
	if err != nil {
		return nil, err
	}
	if err := createNamespaces(store, o); err != nil {
		return nil, err
	}
	t := &Temporal{address: net.JoinHostPort(dialHost(o.Host), strconv.Itoa(o.Port)), inner: ports[1:]}
	t.recorder = authz.NewRecorder(*zerolog.Ctx(ctx), o.recorder(ctx))
	if err := t.start(ctx, o, serverConfig(o, store, ports), authz.New(keyring, o.Limits, t.recorder.Record)); err != nil {
		t.recorder.Close()
		return nil, err
	}
	err = awaitHealthy(ctx, t.address)
	if err == nil {
		err = keepRetention(ctx, t.address, o)
	}
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *Temporal) start(ctx context.Context, o TemporalOptions, cfg *config.Config, g *authz.Gate) error {
	certificates, err := newInternodeTLS()
	if err != nil {
		return err
	}
	t.log = newLogger(*zerolog.Ctx(ctx), o.LogLevel)
	t.server, err = temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(services),
		temporal.WithStaticHosts(staticHosts(cfg)),
		temporal.WithLogger(t.log),
		temporal.WithTLSConfigFactory(certificates),
		temporal.WithAuthorizer(g),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper { return g }),
		temporal.WithChainedFrontendGrpcInterceptors(g.Intercept),
		temporal.WithDynamicConfigClient(dynamicConfig),
	)
	if err != nil {
		return fmt.Errorf("temporal.configuration: %w", err)
	}
	if err := t.server.Start(); err != nil {
		t.log.stopping.Store(true)
		return errors.Join(fmt.Errorf("temporal.start: %w", err), t.server.Stop())
	}
	return nil
}

func (o TemporalOptions) withDefaults() TemporalOptions {
	if o.Host == "" {
		o.Host = "127.0.0.1"
	}
	if o.CasesRetention <= 0 {
		o.CasesRetention = DefaultCasesRetention
	}
	if o.OpsRetention <= 0 {
		o.OpsRetention = DefaultOpsRetention
	}
	return o
}

// recorder writes refusals to the log when nobody asked for a better place.
func (o TemporalOptions) recorder(ctx context.Context) gate.Recorder {
	if o.Recorder != nil {
		return o.Recorder
	}
	log := zerolog.Ctx(ctx)
	return func(_ context.Context, r gate.Refusal) error {
		log.Warn().Str("sender", string(r.Sender)).Str("api", r.API).Str("namespace", r.Namespace).
			Str("workflow", r.WorkflowID).Str("name", r.Name).Str("code", r.Code).Msg("gate")
		return nil
	}
}

// dialHost is where a client on this machine reaches what listens on host.
func dialHost(host string) string {
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		return "127.0.0.1"
	}
	return host
}
