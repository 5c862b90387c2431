package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNumberTaken says which decision has the number; none where it was voided.
type ErrNumberTaken struct{ Ref string }

func (e ErrNumberTaken) Error() string { return "postgres: the number is in use by " + e.Ref }

// ErrNumberBusy says which decision is being numbered at the moment.
type ErrNumberBusy struct{ Ref string }

func (e ErrNumberBusy) Error() string { return "postgres: " + e.Ref + " is being numbered" }

// Reservation asks for a number for one act of a registrar.
type Reservation struct {
	Decision string
	Register string // see Register
	Date     time.Time
	Nonce    string // of the act that will carry the number
	// Kept is how long the reservation stands without its act being stored: longer
	// than the caller waits for that.
	Kept time.Duration
}

// Register names a register: each authority has its own sequence per symbol and
// year (Decree 30/2020 Điều 15), and many authorities share a symbol.
func Register(authority, symbol string) string { return symbol + "@" + authority }

// reserved is a row of decision_numbers with its decision's reference.
type reserved struct {
	Decision string `db:"decision"`
	Ref      string `db:"ref"`
	Register string `db:"symbol"`
	Year     int    `db:"year"`
	Number   int    `db:"number"`
	Nonce    string `db:"nonce"`
	Final    bool   `db:"final"`
}

const reservedSelect = `
	select n.decision::text, d.ref, n.symbol, n.year, n.number, n.nonce, n.final
	from decision_numbers n join decisions d on d.id = n.decision `

// unused is true for a reservation n of decision d whose act has no effect, ever:
// it was refused, or it was not stored in time and so was never sent. While an
// act has no outcome it may have taken effect, however old it is.
const unused = `not n.final and n.decision = d.id and (
	exists (select 1 from attempts a join attempt_outcomes o using (nonce)
		where a.nonce = n.nonce and a.case_id = d.case_id and o.status = 'refused')
	or (n.at <= now() - $2::interval and not exists (
		select 1 from attempts a where a.nonce = n.nonce and a.case_id = d.case_id)))`

// ReserveNumber reserves a number that was given elsewhere, before the
// registrar's act is sent. Errors: ErrNumberTaken; ErrNumberBusy when an earlier
// act on this decision may still take effect.
func (s *Store) ReserveNumber(ctx context.Context, r Reservation, number int) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		own, err := openRegister(ctx, tx, r)
		if err != nil {
			return err
		}
		if own != nil {
			if !own.of(r) || own.Number != number {
				return ErrNumberBusy{Ref: own.Ref}
			}
			return nil
		}
		taken, err := list[reserved](ctx, tx, reservedSelect+`
			where n.symbol = $1 and n.year = $2 and n.number = $3`, r.Register, r.Date.Year(), number)
		if err != nil {
			return err
		}
		if len(taken) > 0 {
			return ErrNumberTaken{Ref: taken[0].Ref}
		}
		var void bool
		err = tx.QueryRow(ctx, `select exists (select 1 from voided_numbers where symbol = $1 and year = $2 and number = $3)`,
			r.Register, r.Date.Year(), number).Scan(&void)
		if err != nil {
			return err
		}
		if void {
			return ErrNumberTaken{}
		}
		return putReservation(ctx, tx, r, number)
	})
}

// ReserveNext reserves the next number of a register of our own. The register is
// locked for the moment, and a number that is reserved but not final keeps the
// next one waiting (ErrNumberBusy), so that no gap can arise. notBefore is the
// date of the register's last number, zero when there is none; with an earlier
// date nothing is reserved.
func (s *Store) ReserveNext(ctx context.Context, r Reservation) (number int, notBefore time.Time, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		own, err := openRegister(ctx, tx, r)
		if err != nil {
			return err
		}
		if own != nil {
			if !own.of(r) {
				return ErrNumberBusy{Ref: own.Ref}
			}
			number = own.Number
			return nil
		}
		pending, err := list[reserved](ctx, tx, reservedSelect+`
			where n.symbol = $1 and n.year = $2 and not n.final`, r.Register, r.Date.Year())
		if err != nil {
			return err
		}
		if len(pending) > 0 {
			return ErrNumberBusy{Ref: pending[0].Ref}
		}
		var last *time.Time
		if err = tx.QueryRow(ctx, lastNumber, r.Register, r.Date.Year()).Scan(&number, &last); err != nil {
			return err
		}
		number++
		if last != nil {
			notBefore = *last
			if r.Date.Before(notBefore) {
				return nil // the caller refuses; nothing is reserved
			}
		}
		return putReservation(ctx, tx, r, number)
	})
	return number, notBefore, err
}

// of tells whether the row was reserved for this very act.
func (n reserved) of(r Reservation) bool {
	return !n.Final && n.Nonce == r.Nonce && n.Register == r.Register && n.Year == r.Date.Year()
}

// openRegister locks the register of a year, drops its reservations that nobody
// will use, and reads the decision's own one that stands; nil when there is none.
func openRegister(ctx context.Context, tx pgx.Tx, r Reservation) (*reserved, error) {
	if err := lockRegister(ctx, tx, r.Register, r.Date.Year()); err != nil {
		return nil, err
	}
	_, err := tx.Exec(ctx, `
		delete from decision_numbers n using decisions d
		where (n.decision = $1::uuid or (n.symbol = $3 and n.year = $4)) and `+unused,
		r.Decision, r.Kept, r.Register, r.Date.Year())
	if err != nil {
		return nil, err
	}
	own, err := one[reserved](ctx, tx, reservedSelect+`where n.decision = $1::uuid`, r.Decision)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return &own, err
}

// lockRegister keeps everybody else out of a register's year until the transaction ends.
func lockRegister(ctx context.Context, tx pgx.Tx, register string, year int) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, fmt.Sprintf("register %s %d", register, year))
	return err
}

func putReservation(ctx context.Context, tx pgx.Tx, r Reservation, number int) error {
	_, err := tx.Exec(ctx, `
		insert into decision_numbers (symbol, year, number, decision, nonce) values ($1, $2, $3, $4::uuid, $5)`,
		r.Register, r.Date.Year(), number, r.Decision, r.Nonce)
	return err
}

// ReleaseNumber gives a number back after its act was refused. A reservation that
// another act made, or whose act may still take effect, stays.
func (s *Store) ReleaseNumber(ctx context.Context, r Reservation) error {
	_, err := s.pool.Exec(ctx, `
		delete from decision_numbers n using decisions d
		where n.decision = $1::uuid and n.nonce = $3 and `+unused, r.Decision, r.Kept, r.Nonce)
	return err
}
