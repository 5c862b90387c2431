// Package service puts the parts together: serve (web tier and sweep), worker
// (workflows and activities), and the set-up of an instance. The product's
// commands and the standalone run the same functions.
package service

import (
	"context"
	"crypto/tls"
	"fmt"
	"os"
	"time"

	"github.com/rs/zerolog"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"vinhdanh/internal/blob"
	"vinhdanh/internal/config"
	"vinhdanh/internal/dossier"
	"vinhdanh/internal/gate"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/payload"
	"vinhdanh/internal/postgres"
	"vinhdanh/workflows"
)

// core is what serve and worker share.
type core struct {
	cfg    config.Config
	store  *postgres.Store
	blobs  *blob.Folder
	law    *law.Law
	rules  *eval.Evaluator
	pinned *dossier.Pinned
	laws   *dossier.InForce
	keys   keys.Folder
	rings  *rings
	caseKs *payload.Wrapped
	cases  client.Client
	ops    client.Client // of namespace ops; nil until asked for
}

func newCore(ctx context.Context, cfg config.Config) (*core, error) {
	c := &core{cfg: cfg, keys: keys.Folder(cfg.KeysDir)}
	var err error
	if c.law, c.rules, err = loadLaw(cfg.LawDir, cfg.DraftLaw); err != nil {
		return nil, err
	}
	zerolog.Ctx(ctx).Info().Str("law", c.law.Hash()).Msg("law data loaded")
	master, err := c.keys.Master()
	if err != nil {
		return nil, err
	}
	if c.blobs, err = blob.OpenFolder(cfg.BlobDir); err != nil {
		return nil, fmt.Errorf("service: VINHDANH_BLOBS: %w", err)
	}
	if c.store, err = postgres.Open(ctx, cfg.DatabaseURL); err != nil {
		return nil, err
	}
	c.store.Today = func() string { return today(cfg.Today)().String() }
	if c.rings, err = newRings(c.store, c.keys, cfg.RootFingerprint); err != nil {
		return nil, err
	}
	c.pinned = dossier.NewPinned(c.store, c.law, c.rules)
	c.laws = dossier.NewInForce(c.store, c.pinned, c.law, c.rules, today(cfg.Today))
	c.store.DueOn = dueOn(c.laws, cfg.Today)
	if cfg.Today.IsZero() { // under a fixed business date no time passes
		c.store.Extend = extend(c.laws.Law)
	}
	if c.caseKs, err = payload.NewWrapped(c.store, master); err != nil {
		return nil, err
	}
	c.cases, err = dial(ctx, cfg, workflows.NamespaceCases, c.caseKs)
	return c, err
}

func (c *core) close() {
	if c.ops != nil {
		c.ops.Close()
	}
	c.cases.Close()
	c.store.Close()
}

// loadLaw reads the law data of the start: the built-in ones, or a directory, whose own
// test cases are run too; with the drafts of the regimes that the setting names.
func loadLaw(dir string, drafts []string) (*law.Law, *eval.Evaluator, error) {
	l, err := law.Default(), error(nil)
	if dir != "" {
		l, err = law.LoadDir(dir)
		if err == nil {
			err = eval.Check(l)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("service: law data: %w", err)
		}
	}
	if l, err = l.WithDrafts(drafts...); err != nil {
		return nil, nil, fmt.Errorf("service: VINHDANH_DRAFT_LAW: %w", err)
	}
	rules, err := eval.New(l)
	if err != nil {
		return nil, nil, fmt.Errorf("service: law data: %w", err)
	}
	return l, rules, nil
}

// dial connects to Temporal lazily: the server may be away when a process starts.
func dial(ctx context.Context, cfg config.Config, namespace string, ks payload.Keys) (client.Client, error) {
	dc := payload.Converter(ks)
	host, _ := os.Hostname()
	return client.NewLazyClient(client.Options{
		HostPort: cfg.TemporalAddress, Namespace: namespace, Identity: fmt.Sprintf("%s-%d", host, os.Getpid()),
		HeadersProvider: gate.HeadersProvider(cfg.TemporalToken), DataConverter: dc,
		FailureConverter:  payload.FailureConverter(dc),
		Logger:            temporalLog{zerolog.Ctx(ctx)},
		ConnectionOptions: client.ConnectionOptions{TLSDisabled: true, TLS: (*tls.Config)(nil)},
	})
}

// today is the business date.
func today(fixed law.Date) func() law.Date {
	return func() law.Date {
		if !fixed.IsZero() {
			return fixed
		}
		return law.FromTime(time.Now())
	}
}

// dueOn counts working days from the business date of an instant.
func dueOn(laws *dossier.InForce, fixed law.Date) func(time.Time, int) *time.Time {
	return func(at time.Time, days int) *time.Time {
		if days == 0 {
			return nil
		}
		from := law.FromTime(at)
		if !fixed.IsZero() {
			from = fixed
		}
		due, err := laws.Law().Calendar().AddWorkingDays(from, days)
		if err != nil { // a year without calendar data has no due day, which the case shows
			return nil
		}
		t := time.Date(due.Year, time.Month(due.Month), due.Day, 0, 0, 0, 0, time.UTC)
		return &t
	}
}

// extend moves a due day by the working days of a pause: those after the day on which it
// began, up to and including the day on which it ended. Days are civil days in Việt Nam.
func extend(l func() *law.Law) func(due, from, to time.Time) *time.Time {
	return func(due, from, to time.Time) *time.Time {
		calendar := l().Calendar()
		days, err := calendar.WorkingDaysBetween(law.FromTime(from), law.FromTime(to))
		if err != nil { // a year without calendar data
			return nil
		}
		later, err := calendar.AddWorkingDays(law.Date{Year: due.Year(), Month: int(due.Month()), Day: due.Day()}, max(days, 0))
		if err != nil {
			return nil
		}
		t := time.Date(later.Year, time.Month(later.Month), later.Day, 0, 0, 0, 0, time.UTC)
		return &t
	}
}

// temporalLog passes the SDK's log lines on; it never logs payloads.
type temporalLog struct{ z *zerolog.Logger }

var _ log.Logger = temporalLog{}

func (l temporalLog) Debug(msg string, kv ...any) { l.z.Trace().Fields(kv).Msg(msg) }
func (l temporalLog) Info(msg string, kv ...any)  { l.z.Debug().Fields(kv).Msg(msg) }
func (l temporalLog) Warn(msg string, kv ...any)  { l.z.Warn().Fields(kv).Msg(msg) }
func (l temporalLog) Error(msg string, kv ...any) { l.z.Error().Fields(kv).Msg(msg) }
