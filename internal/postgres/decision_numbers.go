package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/proposal"
)

// ErrNumberTaken says which decision has the number.
type ErrNumberTaken struct{ Ref string }

func (e ErrNumberTaken) Error() string { return "postgres: the number is in use by " + e.Ref }

// ErrNumberBusy says which decision is being numbered at the moment.
type ErrNumberBusy struct{ Ref string }

func (e ErrNumberBusy) Error() string { return "postgres: " + e.Ref + " is being numbered" }

// reservation is a row of decision_numbers with its decision's reference.
type reservation struct {
	Decision string `db:"decision"`
	Ref      string `db:"ref"`
	Number   int    `db:"number"`
	Final    bool   `db:"final"`
}

const reservationSelect = `
	select n.decision::text, d.ref, n.number, n.final from decision_numbers n join decisions d on d.id = n.decision `

// ReserveNumber reserves a number that was given elsewhere, before the
// registrar's act is sent. Registers are told apart by their key. Errors:
// ErrNumberTaken; ErrNumberBusy when this decision's earlier act may still take
// effect with another number.
func (s *Store) ReserveNumber(ctx context.Context, decision, caseID, register string, year, number int) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockRegister(ctx, tx, register, year); err != nil {
			return err
		}
		if err := dropOwnReservation(ctx, tx, decision, caseID); err != nil {
			return err
		}
		taken, err := list[reservation](ctx, tx, reservationSelect+`
			where n.symbol = $1 and n.year = $2 and n.number = $3`, register, year, number)
		if err != nil {
			return err
		}
		if len(taken) > 0 {
			return ErrNumberTaken{Ref: taken[0].Ref}
		}
		return putReservation(ctx, tx, decision, register, year, number)
	})
}

// ReserveNext reserves the next number of a register of our own. The register is
// locked for the moment, and a number that is reserved but not final keeps the
// next one waiting (ErrNumberBusy), so that no gap can arise. notBefore is the
// date of the register's last number, zero when there is none.
func (s *Store) ReserveNext(ctx context.Context, decision, caseID, register string, date time.Time) (number int, notBefore time.Time, err error) {
	year := date.Year()
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockRegister(ctx, tx, register, year); err != nil {
			return err
		}
		if err := dropOwnReservation(ctx, tx, decision, caseID); err != nil {
			return err
		}
		pending, err := list[reservation](ctx, tx, reservationSelect+`
			where n.symbol = $1 and n.year = $2 and not n.final`, register, year)
		if err != nil {
			return err
		}
		if len(pending) > 0 {
			return ErrNumberBusy{Ref: pending[0].Ref}
		}
		var last *time.Time
		err = tx.QueryRow(ctx, `
			select coalesce(max(n.number), 0) + 1, max(d.number_date)
			from decision_numbers n join decisions d on d.id = n.decision where n.symbol = $1 and n.year = $2`,
			register, year).Scan(&number, &last)
		if err != nil {
			return err
		}
		if last != nil {
			notBefore = *last
			if date.Before(notBefore) {
				return nil // the caller refuses; nothing is reserved
			}
		}
		return putReservation(ctx, tx, decision, register, year, number)
	})
	return number, notBefore, err
}

func lockRegister(ctx context.Context, tx pgx.Tx, register string, year int) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, fmt.Sprintf("register %s %d", register, year))
	return err
}

// dropOwnReservation forgets an earlier reservation of the same decision, unless
// the act it was made for may still take effect.
func dropOwnReservation(ctx context.Context, tx pgx.Tx, decision, caseID string) error {
	own, err := one[reservation](ctx, tx, reservationSelect+`where n.decision = $1::uuid for update of n`, decision)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	dropped, err := dropReservation(ctx, tx, decision, caseID)
	if err == nil && !dropped {
		return ErrNumberBusy{Ref: own.Ref}
	}
	return err
}

func dropReservation(ctx context.Context, q querier, decision, caseID string) (bool, error) {
	tag, err := q.Exec(ctx, `
		delete from decision_numbers where decision = $1::uuid and not final and not exists (
			select 1 from attempts a left join attempt_outcomes o using (nonce)
			where a.case_id = $2 and a.action = $3 and o.status is distinct from 'refused')`,
		decision, caseID, proposal.ActionNumber)
	return tag.RowsAffected() == 1, err
}

func putReservation(ctx context.Context, tx pgx.Tx, decision, register string, year, number int) error {
	_, err := tx.Exec(ctx, `
		insert into decision_numbers (symbol, year, number, decision) values ($1, $2, $3, $4::uuid)`,
		register, year, number, decision)
	return err
}

// ReleaseNumber gives a reservation back after its act was refused; it stays
// while another act on the decision may still take effect with it.
func (s *Store) ReleaseNumber(ctx context.Context, decision, caseID string) error {
	_, err := dropReservation(ctx, s.pool, decision, caseID)
	return err
}

// WriteLedger adds one recognition per item of a decision that its case has
// recognised; rows that are there already stand. It returns how many rows the
// decision has then, and how many items it names.
func (s *Store) WriteLedger(ctx context.Context, decision string) (rows, items int, err error) {
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
			insert[i] = []any{uuid.New(), n.Item, decision}
		}
		err = insertRows(ctx, tx, `
			insert into recognitions (id, subject, award, source, item, decision, decision_number, decision_date,
				period_kind, period, amount)
			select $1, i.subject, d.award, 'decision', i.id, d.id, d.number_text, d.number_date,
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

// ActedOn lists who acted in which role in the cases of a decision.
func (s *Store) ActedOn(ctx context.Context, decision string) ([]Acted, error) {
	return list[Acted](ctx, s.pool, `
		select distinct b.case_id, person, b.body ->> 'role' as role
		from (select t.case_id, convert_from(t.body, 'UTF8')::jsonb as body from trail t
			where t.case_id in (select p.case_id from decision_items x join proposals p on p.id = x.proposal
				where x.decision = $1::uuid)) b
		cross join lateral unnest(array[b.body ->> 'actor', b.body ->> 'on_behalf_of']) person
		where person is not null order by 1, 2, 3`, decision)
}
