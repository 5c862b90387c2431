package service

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/notify"
	"vinhdanh/internal/ops"
	"vinhdanh/internal/postgres"
)

// beatEvery is how often a process says that it runs; mailEvery how often a worker
// tries the mail server.
const (
	beatEvery = 20 * time.Second
	mailEvery = 5 * time.Minute
)

// beat says of a process that it runs, and how, until the context ends. more adds
// what only that kind of process knows.
func beat(ctx context.Context, c *core, kind string, more func(context.Context, *ops.Facts)) error {
	host, _ := os.Hostname()
	p := postgres.Process{ID: fmt.Sprintf("%s-%s-%d", kind, host, os.Getpid()), Kind: kind, StartedAt: time.Now()}
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for {
		f := ops.Facts{Host: host, Version: version(), Law: c.laws.Law().Hash(), Ring: c.rings.ring().Version, Clock: time.Now().UTC()}
		f.DiskFree, f.DiskTotal = diskOf(c.cfg.BlobDir)
		if more != nil {
			more(ctx, &f)
		}
		p.Facts, _ = json.Marshal(f) // plain values
		if err := c.store.Beat(ctx, p); err != nil && ctx.Err() == nil {
			zerolog.Ctx(ctx).Debug().Err(err).Msg("no sign of life could be given")
		}
		select {
		case <-ctx.Done():
			bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			_ = c.store.Leave(bye, p.ID) // it is forgotten after a day anyway
			return nil
		case <-tick.C:
		}
	}
}

// version is the program's, from its build.
func version() string {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range b.Settings {
		if s.Key == "vcs.revision" && len(s.Value) > 12 {
			return s.Value[:12]
		}
	}
	return b.Main.Version
}

// workerFacts are what only a worker knows: the seal and the mail server.
func workerFacts(h *hands, sender notify.Sender) func(context.Context, *ops.Facts) {
	mail, tried := "", time.Time{}
	return func(ctx context.Context, f *ops.Facts) {
		if chain := h.documents.Org.Chain; len(chain) > 0 {
			f.SealOf, f.SealExpires = chain[0].Subject.CommonName, &chain[0].NotAfter
		}
		if time.Since(tried) > mailEvery {
			mail, tried = mailState(ctx, sender), time.Now()
		}
		f.Mail = mail
	}
}

func mailState(ctx context.Context, sender notify.Sender) string {
	s, ok := sender.(*notify.SMTPSender)
	if !ok {
		return "off"
	}
	ctx, cancel := context.WithTimeout(ctx, 6*time.Second)
	defer cancel()
	if err := s.Check(ctx); err != nil {
		return "connect"
	}
	return "ok"
}
