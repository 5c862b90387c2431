package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Voided is a number of our own register that no decision bears, and why.
type Voided struct {
	Authority     string    `db:"authority" json:"authority"`
	AuthorityName string    `db:"authority_name" json:"authority_name"`
	Symbol        string    `db:"symbol" json:"symbol"`
	Year          int       `db:"year" json:"year"`
	Number        int       `db:"number" json:"number"`
	Reason        string    `db:"reason" json:"reason"`
	OnDate        time.Time `db:"on_date" json:"on_date"`
	ByName        string    `db:"by_name" json:"by_name"`
	At            time.Time `db:"at" json:"at"`
}

// lastNumber is the greatest number of a register in a year, given or voided, and the
// date of the latest; 0 and nil where there is none.
const lastNumber = `
	select coalesce(max(number), 0), max(on_date) from (
		select n.number, d.number_date as on_date from decision_numbers n join decisions d on d.id = n.decision where n.symbol = $1 and n.year = $2
		union all select number, on_date from voided_numbers where symbol = $1 and year = $2) x`

// VoidNext takes the next number of a register out of use, with a reason, and returns
// it. Like ReserveNext it takes its turn under the register's lock and waits for a
// number that is being given (ErrNumberBusy), so no gap can arise beside it. The same
// nonce voids once. notBefore: see ReserveNext.
func (s *Store) VoidNext(ctx context.Context, authority, symbol, reason, user, nonce string, date time.Time) (number int, notBefore time.Time, err error) {
	register := Register(authority, symbol)
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockRegister(ctx, tx, register, date.Year()); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `select number from voided_numbers where nonce = $1`, nonce).Scan(&number)
		if err == nil || notFound(err) != ErrNotFound {
			return err
		}
		pending, err := list[reserved](ctx, tx, reservedSelect+`where n.symbol = $1 and n.year = $2 and not n.final`, register, date.Year())
		if err != nil {
			return err
		}
		if len(pending) > 0 {
			return ErrNumberBusy{Ref: pending[0].Ref}
		}
		var last *time.Time
		if err := tx.QueryRow(ctx, lastNumber, register, date.Year()).Scan(&number, &last); err != nil {
			return err
		}
		number++
		if last != nil {
			if notBefore = *last; date.Before(notBefore) {
				return nil // the caller refuses; nothing is voided
			}
		}
		_, err = tx.Exec(ctx, `insert into voided_numbers (symbol, year, number, authority, reason, on_date, nonce, by_user)
			values ($1, $2, $3, $4, $5, $6, $7, $8::uuid)`, register, date.Year(), number, authority, reason, date, nonce, user)
		return err
	})
	return number, notBefore, err
}

// VoidedNumbers lists what was voided in registers, the latest first.
func (s *Store) VoidedNumbers(ctx context.Context, authorities []string, all bool, year int, symbol string) ([]Voided, error) {
	return list[Voided](ctx, s.pool, `
		select v.authority, u.name as authority_name, split_part(v.symbol, '@', 1) as symbol, v.year, v.number, v.reason, v.on_date,
			w.full_name as by_name, v.at
		from voided_numbers v join units u on u.id = v.authority join users w on w.id = v.by_user
		where ($2 or v.authority = any($1)) and ($3 = 0 or v.year = $3) and ($4 = '' or split_part(v.symbol, '@', 1) = $4)
		order by v.year desc, v.authority, v.symbol, v.number desc`, authorities, all, year, symbol)
}
