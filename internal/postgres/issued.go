package postgres

import (
	"context"
	"time"
)

// IssuedDocument is an issued decision, and what cancelled it.
type IssuedDocument struct {
	Decision
	CancelledBy *string    `db:"cancelled_by"` // number and symbol of the cancelling decision
	CancelledOn *time.Time `db:"cancelled_on"`
}

// IssuedDocument finds an issued decision by the code printed on it, or by the
// SHA-256 of its file.
func (s *Store) IssuedDocument(ctx context.Context, code, sum string) (IssuedDocument, error) {
	return one[IssuedDocument](ctx, s.pool, `
		select d.id::text, d.ref, d.case_id, d.authority, u.name as authority_name, d.standing, d.award, d.draft, d.content,
			d.phase, d.transition, d.mode, d.signer::text, d.number_text, d.number_date, d.document, d.signed, d.scan,
			0 as items, d.created_at, c.by_number as cancelled_by, c.on_date as cancelled_on
		from decisions d join units u on u.id = d.authority left join decision_cancellations c on c.decision = d.id
		where d.phase = 'numbered' and d.document <> ''
			and (($1 <> '' and d.draft ->> 'Code' = $1) or ($2 <> '' and d.document = $2))`, code, sum)
}
