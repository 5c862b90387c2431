package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Delegation is a dated delegation as people see it.
type Delegation struct {
	ID            string     `db:"id" json:"id"`
	Delegator     string     `db:"delegator" json:"delegator"`
	DelegatorName string     `db:"delegator_name" json:"delegator_name"`
	Delegate      string     `db:"delegate" json:"delegate"`
	DelegateName  string     `db:"delegate_name" json:"delegate_name"`
	Unit          string     `db:"unit" json:"unit"`
	UnitName      string     `db:"unit_name" json:"unit_name"`
	Roles         []string   `db:"roles" json:"roles"`
	ValidFrom     time.Time  `db:"valid_from" json:"valid_from"`
	ValidTo       time.Time  `db:"valid_to" json:"valid_to"` // last day
	Basis         string     `db:"basis" json:"basis,omitempty"`
	SetBy         string     `db:"set_by" json:"set_by"`
	SetByName     string     `db:"set_by_name" json:"set_by_name"`
	At            time.Time  `db:"at" json:"at"`
	EndedAt       *time.Time `db:"ended_at" json:"ended_at,omitempty"`
	EndedByName   string     `db:"ended_by_name" json:"ended_by_name,omitempty"`
	EndReason     string     `db:"end_reason" json:"end_reason,omitempty"`
}

const delegationSelect = `
	select d.id::text, d.delegator::text, p.full_name as delegator_name, d.delegate::text, q.full_name as delegate_name,
		d.unit, u.name as unit_name, d.roles, d.valid_from, d.valid_to, d.basis, d.set_by::text, b.full_name as set_by_name,
		d.at, e.at as ended_at, coalesce(x.full_name, '') as ended_by_name, coalesce(e.reason, '') as end_reason
	from delegations d
	join users p on p.id = d.delegator join users q on q.id = d.delegate join users b on b.id = d.set_by
	join units u on u.id = d.unit
	left join delegation_ends e on e.delegation = d.id left join users x on x.id = e.ended_by `

// NewDelegation is a delegation to be added. Dates are ISO civil dates.
type NewDelegation struct {
	Delegator, Delegate, Unit string
	Roles                     []string
	From, To                  string
	Basis, SetBy, Nonce       string
}

// AddDelegation adds a delegation, or finds the one that the same nonce added.
// busy tells that the same delegate already holds one of the roles for the same
// person on one of those days; then nothing is added.
func (s *Store) AddDelegation(ctx context.Context, n NewDelegation) (d Delegation, busy bool, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))`, n.Delegator, n.Unit); err != nil {
			return err
		}
		if d, err = one[Delegation](ctx, tx, delegationSelect+`where d.nonce = $1`, n.Nonce); err == nil {
			return nil
		}
		err := tx.QueryRow(ctx, `
			select exists (select 1 from delegations d where d.delegator = $1::uuid and d.delegate = $2::uuid and d.unit = $3
				and d.roles && $4::text[] and d.valid_from <= $6::date and d.valid_to >= $5::date
				and not exists (select 1 from delegation_ends e where e.delegation = d.id))`,
			n.Delegator, n.Delegate, n.Unit, n.Roles, n.From, n.To).Scan(&busy)
		if err != nil || busy {
			return err
		}
		id := uuid.NewString()
		_, err = tx.Exec(ctx, `
			insert into delegations (id, delegator, delegate, unit, roles, valid_from, valid_to, basis, set_by, nonce)
			values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::date, $7::date, $8, $9::uuid, $10)`,
			id, n.Delegator, n.Delegate, n.Unit, n.Roles, n.From, n.To, n.Basis, n.SetBy, n.Nonce)
		if err != nil {
			return err
		}
		d, err = one[Delegation](ctx, tx, delegationSelect+`where d.id = $1::uuid`, id)
		return err
	})
	return d, busy, err
}

// EndDelegation ends a delegation now; one that was ended stays as it was ended.
func (s *Store) EndDelegation(ctx context.Context, id, by, reason string) error {
	_, err := s.pool.Exec(ctx, `
		insert into delegation_ends (delegation, ended_by, reason) values ($1::uuid, $2::uuid, $3)
		on conflict (delegation) do nothing`, id, by, reason)
	return err
}

// DelegationByID reads one delegation.
func (s *Store) DelegationByID(ctx context.Context, id string) (Delegation, error) {
	return one[Delegation](ctx, s.pool, delegationSelect+`where d.id = as_uuid($1)`, id)
}

// DelegationScope is whose delegations a reader may see: the reader's own, those
// of units, and those of units below others (an administrator's), or all.
type DelegationScope struct {
	User  string
	Units []string
	Above []string
	All   bool
}

// DelegationsIn lists delegations within a scope, those that end last first.
func (s *Store) DelegationsIn(ctx context.Context, sc DelegationScope, limit, offset int) ([]Delegation, error) {
	return list[Delegation](ctx, s.pool, `
		with recursive below(id) as (
			select unnest($3::text[])
			union select c.id from units c join below b on c.parent = b.id)`+delegationSelect+`
		where $4 or d.delegator = as_uuid($1) or d.delegate = as_uuid($1) or d.unit = any($2) or d.unit in (select id from below)
		order by d.valid_to desc, d.at desc, d.id limit $5 offset $6`, sc.User, sc.Units, sc.Above, sc.All, limit, offset)
}

// DelegationsOver lists the delegations that covered one of the capacities
// (parallel units and roles) between two ISO civil dates, oldest first.
func (s *Store) DelegationsOver(ctx context.Context, units, roles []string, from, to string) ([]Delegation, error) {
	return list[Delegation](ctx, s.pool, delegationSelect+`
		where exists (select 1 from unnest($1::text[], $2::text[]) as m(unit, role) where m.unit = d.unit and m.role = any(d.roles))
		  and d.valid_from <= $4::date and d.valid_to >= $3::date and (e.at is null or e.at::date >= $3::date)
		order by d.valid_from, d.at, d.id`, units, roles, from, to)
}

// Holder is somebody who holds a role in a unit.
type Holder struct {
	User     string `db:"user_id" json:"user"`
	Login    string `db:"login" json:"login"`
	Name     string `db:"full_name" json:"name"`
	Unit     string `db:"unit" json:"unit"`
	UnitName string `db:"unit_name" json:"unit_name"`
	Role     string `db:"role" json:"role"`
	Title    string `db:"title" json:"title"`
}

const holderSelect = `
	select u.id::text as user_id, u.login, u.full_name, m.unit, n.name as unit_name, m.role, m.title
	from memberships m join users u on u.id = m.user_id join units n on n.id = m.unit
	where u.active and coalesce(m.valid_from, '-infinity') <= $2::date and coalesce(m.valid_to, 'infinity') >= $2::date `

// HoldersIn lists who holds which role in units on an ISO civil date.
func (s *Store) HoldersIn(ctx context.Context, units []string, on string) ([]Holder, error) {
	return list[Holder](ctx, s.pool, holderSelect+`and m.unit = any($1) order by n.protocol_order, m.unit, u.full_name, m.role`, units, on)
}

// HoldersBelow lists who holds which role in units and in all units below them.
func (s *Store) HoldersBelow(ctx context.Context, units []string, on string) ([]Holder, error) {
	return list[Holder](ctx, s.pool, `
		with recursive below(id) as (
			select unnest($1::text[])
			union select c.id from units c join below b on c.parent = b.id)`+holderSelect+`
		and m.unit in (select id from below) order by n.protocol_order, m.unit, u.full_name, m.role`, units, on)
}

// HoldersAround lists who holds a role in a unit, in the one above it or in those
// right below it: among them a delegate is chosen.
func (s *Store) HoldersAround(ctx context.Context, unit, on string) ([]Holder, error) {
	return list[Holder](ctx, s.pool, holderSelect+`
		and (m.unit = $1 or n.parent = $1 or m.unit = (select parent from units where id = $1))
		order by (m.unit <> $1), n.protocol_order, m.unit, u.full_name, m.role`, unit, on)
}

// DelegatedOfficers lists who holds a role of a unit for somebody else on an ISO
// civil date, with the delegate's own title.
func (s *Store) DelegatedOfficers(ctx context.Context, unit, role, on string) ([]RosterSeat, error) {
	return list[RosterSeat](ctx, s.pool, `
		select u.id::text as user_id, u.full_name, false as chair, false as standing, u.self,
			coalesce((select m.title from memberships m where m.user_id = u.id order by (m.unit <> $1), m.title limit 1), '') as title
		from delegated_roles r join users u on u.id = r.delegate
		where r.unit = $1 and r.role = $2 and u.active and $3::date between r.valid_from and r.valid_to
		order by u.login`, unit, role, on)
}
