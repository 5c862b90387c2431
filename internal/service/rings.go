package service

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/keys"
	"vinhdanh/internal/postgres"
)

// ringEvery is how often a process looks for a newer keyring.
const ringEvery = 5 * time.Second

// rings is the newest keyring that the root signed: that of the keys folder, or one
// that an administrator has uploaded since. A ring is taken up only where it extends
// the one before it.
type rings struct {
	store       *postgres.Store
	folder      keys.Folder
	fingerprint string
	now         atomic.Pointer[signedRing]
}

type signedRing struct {
	ring   *envelope.Ring
	signed string
}

func newRings(store *postgres.Store, folder keys.Folder, fingerprint string) (*rings, error) {
	ring, err := folder.Ring(fingerprint)
	if err != nil {
		return nil, err
	}
	signed, _, err := folder.SignedRing()
	if err != nil {
		return nil, err
	}
	r := &rings{store: store, folder: folder, fingerprint: fingerprint}
	r.now.Store(&signedRing{ring: ring, signed: signed})
	return r, nil
}

// ring is the one in force.
func (r *rings) ring() *envelope.Ring { return r.now.Load().ring }

// signed is the ring in force as the root signed it, with the root's public key.
func (r *rings) signed() (signed, rootPublic string, err error) {
	_, rootPublic, err = r.folder.SignedRing()
	return r.now.Load().signed, rootPublic, err
}

// refresh takes a newer ring up.
func (r *rings) refresh(ctx context.Context) error {
	signed, err := r.store.NewestRing(ctx)
	if errors.Is(err, postgres.ErrNotFound) || err == nil && signed == r.now.Load().signed {
		return nil
	}
	if err != nil {
		return fmt.Errorf("service: newest keyring: %w", err)
	}
	_, public, err := r.folder.SignedRing()
	if err != nil {
		return err
	}
	next, err := envelope.ParseRing(signed, public, r.fingerprint)
	if err != nil {
		return err
	}
	was := r.ring()
	if next.Version <= was.Version {
		return nil
	}
	if !next.Extends(was) {
		return fmt.Errorf("service: keyring %d does not extend keyring %d", next.Version, was.Version)
	}
	r.now.Store(&signedRing{ring: next, signed: signed})
	zerolog.Ctx(ctx).Info().Int("version", next.Version).Msg("keyring taken up")
	return nil
}

// watch refreshes until the context ends.
func (r *rings) watch(ctx context.Context) error {
	tick := time.NewTicker(ringEvery)
	defer tick.Stop()
	for {
		if err := r.refresh(ctx); err != nil && ctx.Err() == nil {
			zerolog.Ctx(ctx).Warn().Err(err).Msg("keyring stays as it is")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
