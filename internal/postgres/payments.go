package postgres

import (
	"context"
	"time"
)

// Payment is the money of one issued decision, and how much of it was paid out.
type Payment struct {
	Decision   string     `db:"decision" json:"decision"`
	Ref        string     `db:"ref" json:"ref"`
	NumberText string     `db:"number_text" json:"number"`
	NumberDate *time.Time `db:"number_date" json:"date"`
	Award      string     `db:"award" json:"award"`
	Payer      string     `db:"payer" json:"payer"` // the authority's id
	PayerName  string     `db:"payer_name" json:"payer_name"`
	Fund       string     `db:"fund" json:"fund"`
	Items      int        `db:"items" json:"items"` // with money
	Paid       int        `db:"paid" json:"paid"`   // of them
	Total      int64      `db:"total" json:"total"` // đồng
	PaidSum    int64      `db:"paid_sum" json:"paid_sum"`
	Owed       int64      `db:"owed" json:"owed"` // đồng that were paid and are to come back, for the award was revoked
	Back       int64      `db:"back" json:"back"` // of them, those that came back
}

// PaymentFilter narrows the payments; zero values do not.
type PaymentFilter struct {
	Authorities []string // as whose money
	Standing    []string // or whose standing body
	All         bool
	Year        int
	Limit       int
	Offset      int
}

// Payments lists the money of issued decisions by payer and fund, the latest first.
// Paid is what the latest mark about money says was given or received.
func (s *Store) Payments(ctx context.Context, f PaymentFilter) ([]Payment, error) {
	return list[Payment](ctx, s.pool, `
		select d.id::text as decision, d.ref, d.number_text, d.number_date, d.award, d.authority as payer, u.name as payer_name,
			coalesce(d.draft ->> 'Fund', '') as fund, count(*)::int as items,
			count(*) filter (where h.state in ('given', 'received'))::int as paid, sum(x.amount)::bigint as total,
			coalesce(sum(x.amount) filter (where h.state in ('given', 'received')), 0)::bigint as paid_sum,
			coalesce(sum(x.amount) filter (where h.state in ('given', 'received') and w.recognition is not null), 0)::bigint as owed,
			coalesce(sum(x.amount) filter (where h.state in ('given', 'received') and w.recognition is not null and m.state = 'back'), 0)::bigint as back
		from decisions d join units u on u.id = d.authority join decision_items x on x.decision = d.id
		left join lateral (select h.state from handovers h where h.decision = d.id and h.item = x.item and h.thing <> 'object'
			order by h.id desc limit 1) h on true
		left join recognitions g on g.item = x.item and g.decision = d.id left join recognition_revocations w on w.recognition = g.id
		left join lateral (select z.state from award_returns z where z.recognition = g.id and z.thing = 'money' order by z.id desc limit 1) m on true
		where d.phase = 'numbered' and x.amount > 0 and ($3 or d.authority = any($1) or d.standing = any($2))
			and ($4 = 0 or extract(year from d.number_date) = $4)
		group by d.id, u.name order by u.name, fund, d.number_date desc, d.number_text limit $5 offset $6`,
		f.Authorities, f.Standing, f.All, f.Year, f.Limit, f.Offset)
}
