package activities

import (
	"context"
	"fmt"

	"github.com/rs/zerolog"

	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// Ledger writes recognitions, their revocation and their correction into the subjects'
// award ledger.
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

// WriteRevocation marks what an issued revoking decision takes back. Done twice, it
// changes nothing.
func (l *Ledger) WriteRevocation(ctx context.Context, in workflows.RevokedInput) error {
	n, err := l.Store.WriteRevocation(ctx, in.Revocation, in.Number, in.Date)
	if err != nil {
		return fmt.Errorf("activities: mark what is revoked: %w", err)
	}
	zerolog.Ctx(ctx).Info().Str("revocation", in.Revocation).Int("marked", n).Msg("recognitions are revoked")
	return nil
}

// WriteCorrection puts right in the ledger what an issued correction says, beside what
// stood there. Done twice, it changes nothing.
func (l *Ledger) WriteCorrection(ctx context.Context, in workflows.CorrectedInput) error {
	n, err := l.Store.WriteCorrection(ctx, in.Decision, in.Number, in.Date, in.Lines)
	if err != nil {
		return fmt.Errorf("activities: correct the ledger: %w", err)
	}
	zerolog.Ctx(ctx).Info().Str("decision", in.Decision).Int("corrected", n).Msg("recognitions are corrected")
	return nil
}
