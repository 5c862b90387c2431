package dossier

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/law"
	"vinhdanh/internal/law/eval"
	"vinhdanh/internal/postgres"
)

// refreshEvery is how often a process asks which law data are in force: an activation
// in one process reaches the others within it.
const refreshEvery = 3 * time.Second

// InForce is the law data in force on the business date: what an administrator has
// activated, or what the process was started with. Reading it costs nothing; Watch
// keeps it up to date. Cases that were sent keep theirs (Pinned).
type InForce struct {
	store  *postgres.Store
	pinned *Pinned
	today  func() law.Date
	boot   *pinnedLaw
	now    atomic.Pointer[pinnedLaw]
}

// NewInForce starts with the data that the process was started with.
func NewInForce(store *postgres.Store, pinned *Pinned, boot *law.Law, rules *eval.Evaluator, today func() law.Date) *InForce {
	f := &InForce{store: store, pinned: pinned, today: today, boot: &pinnedLaw{law: boot, rules: rules}}
	f.now.Store(f.boot)
	return f
}

// Law is the data in force.
func (f *InForce) Law() *law.Law { return f.now.Load().law }

// Rules is its evaluator.
func (f *InForce) Rules() *eval.Evaluator { return f.now.Load().rules }

// Boot is the data that the process was started with.
func (f *InForce) Boot() *law.Law { return f.boot.law }

// Steady is the data in force now, and stays so: for one act that reads it more than
// once.
func (f *InForce) Steady() *InForce {
	out := &InForce{store: f.store, pinned: f.pinned, today: f.today, boot: f.boot}
	out.now.Store(f.now.Load())
	return out
}

// Refresh asks which data are in force today and loads them if they are others. On
// an error what was in force stays.
func (f *InForce) Refresh(ctx context.Context) error {
	hash, err := f.store.LawInForce(ctx, f.today().String())
	switch {
	case errors.Is(err, postgres.ErrNotFound):
		f.now.Store(f.boot)
		return nil
	case err != nil:
		return fmt.Errorf("dossier: law data in force: %w", err)
	case hash == f.Law().Hash():
		return nil
	case hash == f.boot.law.Hash():
		f.now.Store(f.boot)
		return nil
	}
	l, err := f.pinned.get(ctx, hash)
	if err != nil {
		return err
	}
	f.now.Store(l)
	zerolog.Ctx(ctx).Info().Str("law", hash).Msg("law data in force changed")
	return nil
}

// Watch refreshes until the context ends.
func (f *InForce) Watch(ctx context.Context) error {
	tick := time.NewTicker(refreshEvery)
	defer tick.Stop()
	for {
		if err := f.Refresh(ctx); err != nil && ctx.Err() == nil {
			zerolog.Ctx(ctx).Warn().Err(err).Msg("law data in force stay as they are")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
