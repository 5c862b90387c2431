package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Handover says how far an item of an issued decision has been handed over.
type Handover struct {
	Item     string    `db:"item" json:"item"`
	Thing    string    `db:"thing" json:"thing"` // all, object (certificate, medal, gift) or money
	State    string    `db:"state" json:"state"` // given, received or undone
	OnDate   time.Time `db:"on_date" json:"on_date"`
	Receiver string    `db:"receiver" json:"receiver,omitempty"`
	Relation string    `db:"relation" json:"relation,omitempty"` // of the receiver to somebody who has died
	Note     string    `db:"note" json:"note,omitempty"`
	By       string    `db:"by_user" json:"by"`
	ByName   string    `db:"by_name" json:"by_name"`
	At       time.Time `db:"at" json:"at"`
}

const handoverSelect = `
	select h.item::text, h.thing, h.state, h.on_date, h.receiver, h.relation, h.note, h.by_user::text, u.full_name as by_name, h.at
	from handovers h join users u on u.id = h.by_user `

// HandoverMarks lists every mark made on a decision, oldest first.
func (s *Store) HandoverMarks(ctx context.Context, decision string) ([]Handover, error) {
	return list[Handover](ctx, s.pool, handoverSelect+`where h.decision = $1::uuid order by h.id`, decision)
}

// HandoverMark is one mark on many items.
type HandoverMark struct {
	Decision string
	Items    []string
	Thing    string // all, object or money
	State    string
	OnDate   time.Time
	Receiver string
	Relation string
	Note     string
	Nonce    string
	User     string
}

// MarkHandover adds a mark to each of the items, once per nonce, and returns how
// many were added. Items that the decision does not name are left out.
func (s *Store) MarkHandover(ctx context.Context, m HandoverMark) (int, error) {
	added := 0
	return added, s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			insert into handovers (decision, item, state, on_date, receiver, note, nonce, by_user, thing, relation)
			select x.decision, x.item, $3, $4, $5, $6, $7, $8::uuid, $9, $10
			from decision_items x where x.decision = $1::uuid and x.item = any(as_uuids($2))
			order by x.position
			on conflict (nonce, item) do nothing`,
			m.Decision, m.Items, m.State, m.OnDate, m.Receiver, m.Note, m.Nonce, m.User, m.Thing, m.Relation)
		added = int(tag.RowsAffected())
		return err
	})
}

// RegisterRow is a line of the register of decisions (sổ đăng ký văn bản đi).
type RegisterRow struct {
	Decision
	Year       int    `db:"year" json:"year"`
	Symbol     string `db:"symbol" json:"symbol"`
	Running    int    `db:"number" json:"running"`
	SignerName string `db:"signer_name" json:"signer_name"`
	Given      int    `db:"given" json:"given"` // items handed over
}

// RegisterFilter narrows the register; zero values do not.
type RegisterFilter struct {
	Authorities []string // whose register
	All         bool     // auditors: everybody's
	Year        int
	Symbol      string
	Limit       int
	Offset      int
}

// RegisterRows lists numbered decisions in order of year and number, the latest
// first.
func (s *Store) RegisterRows(ctx context.Context, f RegisterFilter) ([]RegisterRow, error) {
	return list[RegisterRow](ctx, s.pool, `
		select d.*, x.year, split_part(x.symbol, '@', 1) as symbol, x.number, coalesce(su.full_name, '') as signer_name,
			(select count(*) from handovers h where h.decision = x.id and h.state <> 'undone' and h.id = (
				select max(y.id) from handovers y where y.decision = h.decision and y.item = h.item and y.thing <> 'money'))::int as given
		from (`+decisionSelect+`) d join decisions x on x.id::text = d.id left join users su on su.id = x.signer
		where x.number is not null and ($2 or x.authority = any($1)) and ($3 = 0 or x.year = $3) and ($4 = '' or split_part(x.symbol, '@', 1) = $4)
		order by x.year desc, x.authority, x.symbol, x.number desc limit $5 offset $6`,
		f.Authorities, f.All, f.Year, f.Symbol, f.Limit, f.Offset)
}

// RegisterYear is a year and symbol of a register, with how many numbers it has
// and how many are missing between the first and the last.
type RegisterYear struct {
	Authority     string `db:"authority" json:"authority"`
	AuthorityName string `db:"authority_name" json:"authority_name"`
	Year          int    `db:"year" json:"year"`
	Symbol        string `db:"symbol" json:"symbol"`
	Count         int    `db:"count" json:"count"`
	First         int    `db:"first" json:"first"`
	Last          int    `db:"last" json:"last"`
}

// RegisterYears lists the years and symbols of registers, the latest first.
func (s *Store) RegisterYears(ctx context.Context, authorities []string, all bool) ([]RegisterYear, error) {
	return list[RegisterYear](ctx, s.pool, `
		select d.authority, u.name as authority_name, d.year, split_part(d.symbol, '@', 1) as symbol, count(*)::int as count, min(d.number) as first, max(d.number) as last
		from decisions d join units u on u.id = d.authority
		where d.number is not null and ($2 or d.authority = any($1))
		group by 1, 2, 3, 4 order by 3 desc, 1, 4`, authorities, all)
}
