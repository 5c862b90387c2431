package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// recogniseAbove adds one recognition per item that was awarded above the province,
// marked as coming from a decision that is not ours. It runs with the transition that
// entered the outcome, so that ledger and record cannot part; rows that are there
// already stand. The money is not ours to pay; the scan of the decision is with the case.
func recogniseAbove(ctx context.Context, tx pgx.Tx, proposalID string, d proposal.AboveData) error {
	var rows [][]any
	for _, x := range d.Items {
		if x.Outcome == proposal.OutcomeRecognised {
			rows = append(rows, []any{uuid.New(), x.Item, proposalID, d.Number, d.Date, d.Issuer})
		}
	}
	return insertRows(ctx, tx, `
		insert into recognitions (id, subject, award, source, item, decision_number, decision_date, authority, period_kind, period)
		select $1, i.subject, p.award, 'above', i.id, $4, $5::date, $6,
			coalesce(nullif(c.content ->> 'period_kind', ''), 'calendar'), coalesce(c.content ->> 'period', '')
		from items i join proposals p on p.id = i.proposal
		join lateral (select content from item_contents c
			where c.item = i.id and c.revision <= p.revision order by c.revision desc limit 1) c on true
		where i.id = $2::uuid and p.id = $3::uuid
		on conflict (item) do nothing`, rows)
}
