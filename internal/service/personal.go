package service

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/rs/zerolog"

	"vinhdanh/internal/personal"
)

// resealAtOnce is how many numbers are closed anew before the next are read.
const resealAtOnce = 500

// personal opens the vault of personal numbers, and closes under the newest key what
// is still closed under an older one. Without its key file none are taken.
func (c *core) personal(ctx context.Context) (*personal.Vault, error) {
	ks, err := c.keys.Personal()
	if errors.Is(err, os.ErrNotExist) {
		zerolog.Ctx(ctx).Warn().Msg("there is no key for personal numbers; run `vinhdanh keys create`")
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v, err := personal.NewVault(ks)
	if err != nil {
		return nil, fmt.Errorf("service: %w", err)
	}
	if len(ks) > 1 {
		go c.reseal(ctx, v)
	}
	return v, nil
}

func (c *core) reseal(ctx context.Context, v *personal.Vault) {
	for {
		n, err := c.store.Reseal(ctx, v, resealAtOnce)
		if err != nil {
			zerolog.Ctx(ctx).Error().Err(err).Msg("personal numbers could not be closed under the newest key; the next start tries again")
		}
		if err != nil || n == 0 {
			return
		}
		zerolog.Ctx(ctx).Info().Int("numbers", n).Str("key", v.Current()).Msg("personal numbers are closed under the newest key")
	}
}
