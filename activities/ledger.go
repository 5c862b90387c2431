package activities

import (
	"context"
	"fmt"

	"github.com/rs/zerolog"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// Ledger writes recognitions into the subjects' award ledger.
type Ledger struct {
	Store *postgres.Store
}

// WriteLedger adds one recognition per item that its case has recognised by the
// decision, under the number and date that were issued. Done twice, it changes nothing. An item whose case refused the
// decision gets none; the delivery says why.
func (l *Ledger) WriteLedger(ctx context.Context, issued proposal.IssuedData) error {
	rows, items, err := l.Store.WriteLedger(ctx, issued)
	if err != nil {
		return fmt.Errorf("activities: write ledger: %w", err)
	}
	if rows != items {
		zerolog.Ctx(ctx).Warn().Str("decision", issued.Decision).Int("recognised", rows).Int("named", items).
			Msg("the decision names items that no case recognised")
	}
	return nil
}
