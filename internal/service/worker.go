package service

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/rs/zerolog"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"

	"vinhdanh/activities"
	"vinhdanh/internal/act"
	"vinhdanh/internal/config"
	"vinhdanh/internal/decision"
	"vinhdanh/internal/decision/keystore"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/notify"
	"vinhdanh/workflows"
)

// Work runs the worker until the context ends. It holds no key that signs what
// people do.
func Work(ctx context.Context, cfg config.Config) error {
	err := cfg.Need("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_TOKEN", "VINHDANH_KEYS", "VINHDANH_ROOT",
		"VINHDANH_BLOBS", "VINHDANH_SEAL", "VINHDANH_PUBLIC_URL")
	if err != nil {
		return err
	}
	c, err := newCore(ctx, cfg)
	if err != nil {
		return err
	}
	defer c.close()
	ops, err := dial(ctx, cfg, workflows.NamespaceOps, c.caseKs)
	if err != nil {
		return fmt.Errorf("service: worker: %w", err)
	}
	defer ops.Close()
	hands, err := newHands(ctx, c)
	if err != nil {
		return err
	}
	cases := worker.New(c.cases, workflows.QueueCases, worker.Options{
		BackgroundActivityContext: ctx, WorkflowPanicPolicy: worker.BlockWorkflow,
	})
	registerCases(cases, c, hands)
	sweeps := worker.New(ops, workflows.QueueOps, worker.Options{BackgroundActivityContext: ctx})
	registerOps(sweeps, c, hands)
	g, ctx := errgroup.WithContext(ctx)
	for _, w := range []worker.Worker{cases, sweeps} {
		g.Go(func() error { return untilDone(ctx, w) })
	}
	g.Go(func() error { return wake(ctx, c, hands.dispatcher) })
	g.Go(func() error { return c.laws.Watch(ctx) })
	g.Go(func() error { return c.store.KeepDuplicates(ctx) })
	g.Go(func() error { return c.rings.watch(ctx) })
	g.Go(func() error { return beat(ctx, c, "worker", workerFacts(hands, hands.dispatcher.Sender)) })
	return g.Wait()
}

// untilDone starts a worker, again while Temporal is away, and stops it with the
// context.
func untilDone(ctx context.Context, w worker.Worker) error {
	for {
		err := w.Start()
		if err == nil {
			break
		}
		zerolog.Ctx(ctx).Warn().Err(err).Msg("worker cannot start yet")
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
	<-ctx.Done()
	w.Stop()
	return nil
}

// hands are the activities with what they need.
type hands struct {
	validator  *activities.Validator
	signals    *activities.Signals
	sealer     *activities.Sealer
	deliverer  *activities.Deliverer
	documents  *activities.Documents
	ledger     *activities.Ledger
	dispatcher *activities.Dispatcher
	deadlines  *activities.Deadlines
	archiver   *activities.Archiver
}

func newHands(ctx context.Context, c *core) (*hands, error) {
	desk := &act.Desk{Store: c.store, Temporal: c.cases, Install: c.rings.ring().Installation, Queue: workflows.QueueCases}
	session, err := c.keys.Signer(envelope.PurposeSession)
	if err != nil {
		return nil, err
	}
	issuance, err := c.keys.Signer(envelope.PurposeIssuance)
	if err != nil {
		return nil, err
	}
	seal, err := keystore.Open(c.cfg.SealFile, c.cfg.SealPIN)
	if err == nil && len(seal.Chain) == 0 {
		err = errors.New("the key has no certificate")
	}
	if err != nil {
		return nil, fmt.Errorf("service: VINHDANH_SEAL: %w", err)
	}
	sender, err := newSender(ctx, c.cfg.SMTP)
	if err != nil {
		return nil, err
	}
	return &hands{
		validator: &activities.Validator{Store: c.store, Pinned: c.pinned},
		signals:   &activities.Signals{Store: c.store, Desk: desk, Rings: c.rings.ring},
		sealer: &activities.Sealer{Store: c.store, Install: c.rings.ring().Installation, Signers: map[envelope.Purpose]*envelope.Signer{
			envelope.PurposeSession: session, envelope.PurposeIssuance: issuance,
		}},
		deliverer: &activities.Deliverer{Store: c.store, Desk: desk},
		documents: &activities.Documents{Store: c.store, Blobs: c.blobs, Zone: saigon, Stamp: stamper(c.cfg), Org: activities.OrgSigner{
			Key: seal.Signer, Chain: seal.Chain, Name: seal.Chain[0].Subject.CommonName, Image: seal.Image,
		}},
		ledger:     &activities.Ledger{Store: c.store},
		dispatcher: &activities.Dispatcher{Store: c.store, Sender: sender, PublicURL: c.cfg.PublicURL},
		deadlines:  &activities.Deadlines{Store: c.store, Calendar: c.law.Calendar(), Today: today(c.cfg.Today), Ahead: 2},
		archiver:   newArchiver(c),
	}, nil
}

// stamper is the time-stamp authority that is configured; nil: none.
func stamper(c config.Config) decision.Stamper {
	if c.TSA == "" {
		return nil
	}
	return decision.Authority(context.Background(), &http.Client{Timeout: stampWithin}, c.TSA)
}

// stampWithin is how long a time-stamp authority may take.
const stampWithin = 15 * time.Second

// saigon is Viet Nam's time, which has no daylight saving.
var saigon = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// errNoMail keeps mail in the outbox while no server is configured.
var errNoMail = &notify.SendError{Code: "notify_config", Temporary: true, Detail: "no mail server is configured (SMTP_HOST)", Err: errors.New("no mail server")}

type noMail struct{}

func (noMail) Send(context.Context, notify.Message) error { return errNoMail }

func newSender(ctx context.Context, s config.SMTP) (notify.Sender, error) {
	if s.Host == "" {
		zerolog.Ctx(ctx).Warn().Msg("SMTP_HOST is not set: mail waits in the outbox")
		return noMail{}, nil
	}
	return notify.NewSMTPSender(notify.SMTPConfig{
		Host: s.Host, Port: s.Port, TLS: notify.TLSMode(s.TLS), Username: s.Username, Password: s.Password, From: s.From,
	})
}

func registerCases(w worker.Registry, c *core, h *hands) {
	rings := c.rings.ring
	named := func(n string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: n} }
	w.RegisterWorkflowWithOptions((&workflows.Commendation{Rings: rings}).Run, named(workflows.TypeCommendation))
	w.RegisterWorkflowWithOptions((&workflows.Council{Rings: rings}).Run, named(workflows.TypeCouncil))
	w.RegisterWorkflowWithOptions((&workflows.Issuance{Rings: rings}).Run, named(workflows.TypeIssuance))
	w.RegisterWorkflowWithOptions((&workflows.Revocation{Rings: rings}).Run, named(workflows.TypeRevocation))
	for name, f := range map[string]any{
		workflows.ActivityValidate:        h.validator.Validate,
		workflows.ActivityRecordSignals:   h.signals.Record,
		workflows.ActivitySealCouncil:     h.sealer.SealCouncil,
		workflows.ActivitySealIssued:      h.sealer.SealIssued,
		workflows.ActivityDeliver:         h.deliverer.Deliver,
		workflows.ActivityFinishDecision:  h.documents.FinishDecision,
		workflows.ActivityWriteLedger:     h.ledger.WriteLedger,
		workflows.ActivityWriteRevocation: h.ledger.WriteRevocation,
		workflows.ActivityWriteCorrection: h.ledger.WriteCorrection,
	} {
		w.RegisterActivityWithOptions(f, activity.RegisterOptions{Name: name})
	}
}

func registerOps(w worker.Registry, c *core, h *hands) {
	named := func(n string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: n} }
	w.RegisterWorkflowWithOptions(workflows.Dispatch, named(workflows.TypeDispatch))
	w.RegisterWorkflowWithOptions(workflows.Deadlines, named(workflows.TypeDeadlines))
	w.RegisterWorkflowWithOptions(workflows.Archive, named(workflows.TypeArchive))
	for name, f := range map[string]any{
		workflows.ActivityDispatch:       h.dispatcher.Dispatch,
		workflows.ActivitySweepDeadlines: sweepDeadlines(c, h.deadlines),
		workflows.ActivityArchive:        h.archiver.ArchiveClosed,
	} {
		w.RegisterActivityWithOptions(f, activity.RegisterOptions{Name: name})
	}
}

// sweepDeadlines counts by the calendar in force when it runs.
func sweepDeadlines(c *core, d *activities.Deadlines) func(context.Context) error {
	return func(ctx context.Context) error {
		now := *d
		now.Calendar = c.laws.Law().Calendar()
		return now.Sweep(ctx)
	}
}

// wake drains the outbox whenever PostgreSQL says that something was added.
func wake(ctx context.Context, c *core, d *activities.Dispatcher) error {
	for ctx.Err() == nil {
		err := c.store.Listen(ctx, "outbox", func() {
			if err := d.Dispatch(ctx); err != nil && ctx.Err() == nil {
				zerolog.Ctx(ctx).Warn().Err(err).Msg("outbox: will be drained by the schedule")
			}
		})
		if err != nil && ctx.Err() == nil {
			zerolog.Ctx(ctx).Debug().Err(err).Msg("outbox: listening again")
			time.Sleep(time.Second)
		}
	}
	return nil
}

func newArchiver(c *core) *activities.Archiver {
	return &activities.Archiver{Store: c.store, Blobs: c.blobs, Temporal: c.cases, Keys: c.caseKs, Ring: c.rings.signed}
}
