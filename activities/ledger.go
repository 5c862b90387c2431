package activities

import (
	"context"
	"fmt"

	"github.com/rs/zerolog"

	"vinhdanh/internal/postgres"
)

// Ledger writes recognitions into the subjects' award ledger.
type Ledger struct {
	Store *postgres.Store
}

// WriteLedger adds one recognition per item that its case has recognised by the
// decision. Done twice, it changes nothing. An item whose case refused the
// decision gets none; the delivery says why.
func (l *Ledger) WriteLedger(ctx context.Context, decision string) error {
	rows, items, err := l.Store.WriteLedger(ctx, decision)
	if err != nil {
		return fmt.Errorf("activities: write ledger: %w", err)
	}
	if rows != items {
		zerolog.Ctx(ctx).Warn().Str("decision", decision).Int("recognised", rows).Int("named", items).
			Msg("the decision names items that no case recognised")
	}
	return nil
}
