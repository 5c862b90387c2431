package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Certificate is a line of the gold book (sổ vàng), with what replaced it.
type Certificate struct {
	ID            string          `db:"id" json:"id"`
	Authority     string          `db:"authority" json:"authority"`
	AuthorityName string          `db:"authority_name" json:"authority_name"`
	Book          string          `db:"book" json:"book"`
	Year          int             `db:"year" json:"year"`
	Number        int             `db:"number" json:"number"`
	Decision      string          `db:"decision" json:"decision"`
	DecisionText  string          `db:"decision_text" json:"decision_number"` // 328/QĐ-UBND
	DecisionDate  *time.Time      `db:"decision_date" json:"decision_date"`
	Award         string          `db:"award" json:"award"`
	Item          string          `db:"item" json:"item"`
	Unit          string          `db:"unit" json:"unit"` // the proposing unit
	UnitName      string          `db:"unit_name" json:"unit_name"`
	Content       json.RawMessage `db:"content" json:"-"` // decision.Certificate
	Replaces      *string         `db:"replaces" json:"replaces,omitempty"`
	ReplacedBy    *string         `db:"replaced_by" json:"replaced_by,omitempty"`
	Reason        string          `db:"reason" json:"reason,omitempty"`           // code of the law's data
	Reissue       string          `db:"reissue" json:"reissue,omitempty"`         // exchange or again; empty of a first one
	Why           string          `db:"why" json:"why,omitempty"`                 // as the reissue was asked for
	ReturnedOn    *time.Time      `db:"returned_on" json:"returned_on,omitempty"` // when the one replaced came back
	OldNumber     int             `db:"old_number" json:"old_number,omitempty"`   // gold-book number of the one replaced
	OldYear       int             `db:"old_year" json:"old_year,omitempty"`
	NewNumber     int             `db:"new_number" json:"new_number,omitempty"` // of the one that replaced this
	NewYear       int             `db:"new_year" json:"new_year,omitempty"`
	NewAt         *time.Time      `db:"new_at" json:"new_at,omitempty"`
	CancelledBy   *string         `db:"cancelled_by" json:"cancelled_by,omitempty"` // number of the decision that cancelled it
	ByName        string          `db:"by_name" json:"by_name"`
	At            time.Time       `db:"at" json:"at"`
}

const certificateSelect = `
	select c.id::text, c.authority, a.name as authority_name, c.book, c.year, c.number, c.decision::text, d.number_text as decision_text,
		d.number_date as decision_date, d.award, c.item::text, p.unit, u.name as unit_name, c.content, c.replaces::text,
		r.id::text as replaced_by, c.reason, coalesce(e.kind, '') as reissue, coalesce(e.why, '') as why, e.returned_on,
		coalesce(o.number, 0) as old_number, coalesce(o.year, 0) as old_year, coalesce(r.number, 0) as new_number, coalesce(r.year, 0) as new_year, r.at as new_at,
		coalesce(
			(select k.by_number from decision_cancellations k where k.decision = c.decision and k.whole order by k.on_date limit 1),
			(select v.by_number from recognition_revocations v join recognitions g on g.id = v.recognition where g.item = c.item and g.decision = c.decision limit 1)
		) as cancelled_by, w.full_name as by_name, c.at
	from certificates c join units a on a.id = c.authority join decisions d on d.id = c.decision
	join items i on i.id = c.item join proposals p on p.id = i.proposal join units u on u.id = p.unit
	join users w on w.id = c.by_user
	left join certificates r on r.replaces = c.id left join certificates o on o.id = c.replaces
	left join certificate_reissues e on e.certificate = c.id `

// CertificatesOf lists the certificates of a decision in the order of its list, the
// replaced ones among them.
func (s *Store) CertificatesOf(ctx context.Context, decision string) ([]Certificate, error) {
	return list[Certificate](ctx, s.pool, certificateSelect+`
		left join decision_items n on n.decision = c.decision and n.item = c.item
		where c.decision = $1::uuid order by n.position, c.year, c.number`, decision)
}

// NewCertificate is a certificate to be entered for an item.
type NewCertificate struct {
	Item    string
	Content any // decision.Certificate
}

// NewCertificates are those of one decision for one gold book.
type NewCertificates struct {
	Decision  string
	Authority string
	Book      string
	Year      int
	User      string
	List      []NewCertificate // in the order of the decision's list
}

// EnterCertificates gives gold-book numbers to the items of a decision that have none,
// in their order and in one transaction, and returns how many it gave. Those who enter
// at the same time take turns, so no number is given twice and none is left out.
func (s *Store) EnterCertificates(ctx context.Context, n NewCertificates) (int, error) {
	given := 0
	return given, s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockGoldBook(ctx, tx, n.Authority, n.Book, n.Year); err != nil {
			return err
		}
		has, err := list[struct {
			Item string `db:"item"`
		}](ctx, tx, `select item::text from certificates where decision = $1::uuid and replaces is null`, n.Decision)
		if err != nil {
			return err
		}
		done := map[string]bool{}
		for _, h := range has {
			done[h.Item] = true
		}
		last, err := lastGold(ctx, tx, n.Authority, n.Book, n.Year)
		if err != nil {
			return err
		}
		rows := [][]any{}
		for _, c := range n.List {
			if done[c.Item] {
				continue
			}
			last++
			rows = append(rows, []any{uuid.NewString(), n.Authority, n.Book, n.Year, last, n.Decision, c.Item, c.Content, n.User})
		}
		given = len(rows)
		return insertRows(ctx, tx, `insert into certificates (id, authority, book, year, number, decision, item, content, by_user)
			values ($1::uuid, $2, $3, $4, $5, $6::uuid, $7::uuid, $8, $9::uuid)`, rows)
	})
}

// GoldBookFilter narrows the gold books; zero values do not.
type GoldBookFilter struct {
	Authorities []string // whose books
	All         bool     // auditors: everybody's
	Book        string
	Year        int
	Search      string // part of a name, workplace or decision's number
	Reissued    bool   // only what was made anew
	Limit       int
	Offset      int
}

// GoldBook lists certificates by year, book and number, the latest first.
func (s *Store) GoldBook(ctx context.Context, f GoldBookFilter) ([]Certificate, error) {
	return list[Certificate](ctx, s.pool, certificateSelect+`
		where ($2 or c.authority = any($1)) and ($3 = '' or c.book = $3) and ($4 = 0 or c.year = $4)
		and ($5 = '' or position(search_fold($5) in search_fold(concat_ws(' ', c.content -> 'entry' ->> 'form', c.content -> 'entry' ->> 'name'))) > 0
			or position(search_fold($5) in search_fold(c.content -> 'entry' ->> 'workplace')) > 0 or position(search_fold($5) in search_fold(d.number_text)) > 0
			or c.number::text = $5
			or exists (select 1 from recognitions g join recognition_corrections z on z.recognition = g.id where g.item = c.item
				and position(search_fold($5) in search_fold(z.was || ' | ' || z.becomes)) > 0))
		and (not $8 or c.replaces is not null)
		order by c.year desc, c.authority, c.book, c.number desc limit $6 offset $7`,
		f.Authorities, f.All, f.Book, f.Year, f.Search, f.Limit, f.Offset, f.Reissued)
}

// GoldBookYear is one gold book of a year, with how many certificates it has.
type GoldBookYear struct {
	Authority     string `db:"authority" json:"authority"`
	AuthorityName string `db:"authority_name" json:"authority_name"`
	Book          string `db:"book" json:"book"`
	Year          int    `db:"year" json:"year"`
	Count         int    `db:"count" json:"count"`
	Last          int    `db:"last" json:"last"`
}

// GoldBookYears lists the gold books, the latest first.
func (s *Store) GoldBookYears(ctx context.Context, authorities []string, all bool) ([]GoldBookYear, error) {
	return list[GoldBookYear](ctx, s.pool, `
		select c.authority, u.name as authority_name, c.book, c.year, count(*)::int as count, max(c.number) as last
		from certificates c join units u on u.id = c.authority where $2 or c.authority = any($1)
		group by 1, 2, 3, 4 order by 4 desc, 1, 3`, authorities, all)
}

// PrintOffset is by how much a printer's prints of a design are moved, in tenths of a
// millimetre to the right and downwards.
type PrintOffset struct {
	Design  string    `db:"design" json:"design"`
	Printer string    `db:"printer" json:"printer"`
	X       int       `db:"x_tenths" json:"x_tenths"`
	Y       int       `db:"y_tenths" json:"y_tenths"`
	ByName  string    `db:"by_name" json:"by_name"`
	At      time.Time `db:"at" json:"at"`
}

// PrintOffsets lists what is set for an authority's printers.
func (s *Store) PrintOffsets(ctx context.Context, authority string) ([]PrintOffset, error) {
	return list[PrintOffset](ctx, s.pool, `
		select o.design, o.printer, o.x_tenths, o.y_tenths, u.full_name as by_name, o.at
		from print_offsets o join users u on u.id = o.by_user where o.authority = $1 order by o.design, o.printer`, authority)
}

// SetPrintOffset keeps an offset in place of the one before.
func (s *Store) SetPrintOffset(ctx context.Context, authority, user string, o PrintOffset) error {
	_, err := s.pool.Exec(ctx, `
		insert into print_offsets (authority, design, printer, x_tenths, y_tenths, by_user) values ($1, $2, $3, $4, $5, $6::uuid)
		on conflict (authority, design, printer) do update
		set x_tenths = excluded.x_tenths, y_tenths = excluded.y_tenths, by_user = excluded.by_user, at = now()`,
		authority, o.Design, o.Printer, o.X, o.Y, user)
	return err
}
