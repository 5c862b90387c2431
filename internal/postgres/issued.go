package postgres

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// IssuedDocument is an issued decision, and what cancelled it.
type IssuedDocument struct {
	Decision
	CancelledBy *string     `db:"cancelled_by"` // number and symbol of the cancelling decision
	CancelledOn *time.Time  `db:"cancelled_on"`
	Parts       []Cancelled `db:"parts"`       // what cancelled a part of it
	Corrections []Cancelled `db:"corrections"` // what corrected something of it
}

// Cancelled is a decision that took a part of another one back, or corrected it.
type Cancelled struct {
	Number    string `json:"number"`
	Date      string `json:"date"`      // ISO
	Positions []int  `json:"positions"` // in the printed order of the decision
}

// List is the positions in words: "2, 5".
func (c Cancelled) List() string {
	parts := make([]string, len(c.Positions))
	for i, n := range c.Positions {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ", ")
}

// IssuedDocument finds an issued decision by the code printed on it, or by the
// SHA-256 of its file.
func (s *Store) IssuedDocument(ctx context.Context, code, sum string) (IssuedDocument, error) {
	return one[IssuedDocument](ctx, s.pool, `
		select d.id::text, d.ref, d.case_id, d.authority, u.name as authority_name, d.standing, d.award, d.draft, d.content,
			d.phase, d.transition, d.mode, d.signer::text, d.number_text, d.number_date, d.document, d.signed, d.scan, d.corrects::text,
			0 as items, d.created_at, c.by_number as cancelled_by, c.on_date as cancelled_on,
			(select jsonb_agg(jsonb_build_object('number', k.by_number, 'date', to_char(k.on_date, 'YYYY-MM-DD'), 'positions',
				(select jsonb_agg(x.position order by x.position) from revocation_items z join decision_items x on x.item = z.item and x.decision = d.id
					where z.revocation = k.revocation)) order by k.on_date, k.by_number)
				from decision_cancellations k where k.decision = d.id and not k.whole) as parts,
			(select jsonb_agg(jsonb_build_object('number', k.by_number, 'date', to_char(k.on_date, 'YYYY-MM-DD'), 'positions', k.positions) order by k.seq)
				from (select y.by_number, y.on_date, min(y.seq) as seq, jsonb_agg(distinct x.position) as positions
					from recognition_corrections y join recognitions r on r.id = y.recognition
					join decision_items x on x.decision = r.decision and x.item = r.item
					where r.decision = d.id group by y.decision, y.by_number, y.on_date) k) as corrections
		from decisions d join units u on u.id = d.authority left join lateral (
			select by_number, on_date from decision_cancellations k where k.decision = d.id and k.whole order by k.on_date limit 1) c on true
		where d.phase = 'numbered' and d.document <> ''
			and (($1 <> '' and d.draft ->> 'Code' = $1) or ($2 <> '' and d.document = $2))`, code, sum)
}
