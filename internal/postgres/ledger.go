package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// WriteLedger adds one recognition per item of a decision that its case has
// recognised; rows that are there already stand. Number and date are those that
// the workflow issued: the decision's row may not have them yet, and a ledger row
// is never changed. It returns how many rows the decision has then, and how many
// items it names.
func (s *Store) WriteLedger(ctx context.Context, issued proposal.IssuedData) (rows, items int, err error) {
	decision := issued.Decision
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		named, err := list[struct {
			Item string `db:"item"`
		}](ctx, tx, `
			select x.item::text from decision_items x join items i on i.id = x.item
			where x.decision = $1::uuid and i.outcome = 'recognised' order by x.position`, decision)
		if err != nil {
			return err
		}
		insert := make([][]any, len(named))
		for i, n := range named {
			insert[i] = []any{uuid.New(), n.Item, decision, issued.Number, issued.Date}
		}
		err = insertRows(ctx, tx, `
			insert into recognitions (id, subject, award, source, item, decision, decision_number, decision_date,
				period_kind, period, amount)
			select $1, i.subject, d.award, 'decision', i.id, d.id, $4, $5::date,
				coalesce(nullif(c.content ->> 'period_kind', ''), 'calendar'), coalesce(c.content ->> 'period', ''), x.amount
			from decision_items x
			join items i on i.id = x.item
			join proposals p on p.id = x.proposal
			join decisions d on d.id = x.decision
			join lateral (select content from item_contents c
				where c.item = i.id and c.revision <= p.revision order by c.revision desc limit 1) c on true
			where x.decision = $3::uuid and x.item = $2::uuid
			on conflict (item) do nothing`, insert)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			select (select count(*) from recognitions where decision = $1::uuid),
				(select count(*) from decision_items where decision = $1::uuid)`, decision).Scan(&rows, &items)
	})
	return rows, items, err
}

// Acted says that a person acted in a case in a role, themselves or for somebody.
type Acted struct {
	CaseID string `db:"case_id"`
	Person string `db:"person"`
	Role   string `db:"role"`
}

// ActedOn lists who acted in which role in the cases of a decision: of a correction or a
// revocation, in those of the items that it puts right or takes back.
func (s *Store) ActedOn(ctx context.Context, decision string) ([]Acted, error) {
	return list[Acted](ctx, s.pool, `
		select distinct b.case_id, person, b.body ->> 'role' as role
		from (select t.case_id, convert_from(t.body, 'UTF8')::jsonb as body from trail t
			where t.case_id in (select p.case_id from decision_named x join proposals p on p.id = x.proposal
				where x.decision = $1::uuid)) b
		cross join lateral unnest(array[b.body ->> 'actor', b.body ->> 'on_behalf_of']) person
		where person is not null order by 1, 2, 3`, decision)
}
