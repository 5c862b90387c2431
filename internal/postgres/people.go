package postgres

import (
	"context"
	"time"
)

// User is a person who signs in.
type User struct {
	ID       string `db:"id" json:"id"`
	Login    string `db:"login" json:"login"`
	FullName string `db:"full_name" json:"full_name"`
	Email    string `db:"email" json:"email"`
	Locale   string `db:"locale" json:"locale"`
	Self     string `db:"self" json:"-"`
}

// Membership is one role of a user in a unit, held in person or, by a dated
// delegation, for somebody else.
type Membership struct {
	Unit     string `db:"unit" json:"unit"`
	UnitName string `db:"unit_name" json:"unit_name"`
	Role     string `db:"role" json:"role"`
	Title    string `db:"title" json:"title"` // the holder's; of a delegated role the delegator's
	// OnBehalfOf is whose role it is (xử lý thay); empty: the user's own.
	OnBehalfOf   string     `db:"on_behalf_of" json:"on_behalf_of,omitempty"`
	OnBehalfName string     `db:"on_behalf_name" json:"on_behalf_name,omitempty"`
	OnBehalfSelf string     `db:"on_behalf_self" json:"-"` // the delegator's own subject reference
	Delegation   string     `db:"delegation" json:"delegation,omitempty"`
	Until        *time.Time `db:"until" json:"until,omitempty"` // last day of the delegation
}

// Unit is an organisation in the tree.
type Unit struct {
	ID           string  `db:"id" json:"id"`
	Name         string  `db:"name" json:"name"`
	ShortName    string  `db:"short_name" json:"short_name"`
	Kind         string  `db:"kind" json:"kind"`
	Level        string  `db:"level" json:"level"`
	Parent       *string `db:"parent" json:"parent,omitempty"`
	Place        string  `db:"place" json:"place,omitempty"`
	Symbol       string  `db:"symbol" json:"symbol,omitempty"`
	Authority    *string `db:"authority" json:"authority,omitempty"`
	StandingBody *string `db:"standing_body" json:"standing_body,omitempty"`
	Council      *string `db:"council" json:"council,omitempty"`
	Order        int     `db:"protocol_order" json:"-"`
}

const userColumns = `id::text, login, full_name, email, locale, self`
const unitColumns = `id, name, short_name, kind, level, parent, place, symbol, authority, standing_body, council, protocol_order`

// UserByID reads one user.
func (s *Store) UserByID(ctx context.Context, id string) (User, error) {
	return one[User](ctx, s.pool, `select `+userColumns+` from users where id = $1::uuid`, id)
}

// UserByLogin reads one user.
func (s *Store) UserByLogin(ctx context.Context, login string) (User, error) {
	return one[User](ctx, s.pool, `select `+userColumns+` from users where login = $1`, login)
}

// UsersByID reads users by their opaque ids.
func (s *Store) UsersByID(ctx context.Context, ids []string) ([]User, error) {
	return list[User](ctx, s.pool, `select `+userColumns+` from users where id = any(as_uuids($1))`, ids)
}

// Memberships lists the roles a user holds on an ISO civil date: those held in
// person first, then those held for others.
func (s *Store) Memberships(ctx context.Context, user, on string) ([]Membership, error) {
	return list[Membership](ctx, s.pool, `
		select unit, unit_name, role, title, on_behalf_of, on_behalf_name, on_behalf_self, delegation, until from (
			select m.unit, u.name as unit_name, m.role, m.title, '' as on_behalf_of, '' as on_behalf_name,
				'' as on_behalf_self, '' as delegation, null::date as until, u.protocol_order
			from memberships m join units u on u.id = m.unit
			where m.user_id = $1::uuid
			  and coalesce(m.valid_from, '-infinity') <= $2::date and coalesce(m.valid_to, 'infinity') >= $2::date
			union all
			select d.unit, u.name, d.role, d.title, d.delegator::text, p.full_name, p.self, d.delegation::text, d.valid_to,
				u.protocol_order
			from delegated_roles d join units u on u.id = d.unit join users p on p.id = d.delegator
			where d.delegate = $1::uuid and $2::date between d.valid_from and d.valid_to) held
		order by (on_behalf_of <> ''), protocol_order, unit, role, on_behalf_name, delegation`, user, on)
}

// Seat is a member of a unit by role, for rosters.
type Seat struct {
	User  string `db:"user_id" json:"user"`
	Name  string `db:"full_name" json:"name"`
	Role  string `db:"role" json:"role"`
	Title string `db:"title" json:"title"`
}

// Seats lists the people holding one of the roles in a unit today.
func (s *Store) Seats(ctx context.Context, unit string, roles []string) ([]Seat, error) {
	return list[Seat](ctx, s.pool, `
		select u.id::text as user_id, u.full_name, m.role, m.title
		from memberships m join users u on u.id = m.user_id
		where m.unit = $1 and m.role = any($2) and u.active
		  and coalesce(m.valid_from, '-infinity') <= $3::date and coalesce(m.valid_to, 'infinity') >= $3::date
		order by m.role, u.login`, unit, roles, s.today())
}

// UnitByID reads one unit.
func (s *Store) UnitByID(ctx context.Context, id string) (Unit, error) {
	return one[Unit](ctx, s.pool, `select `+unitColumns+` from units where id = $1`, id)
}

// UnitPath lists a unit and its parents, the unit first.
func (s *Store) UnitPath(ctx context.Context, id string) ([]Unit, error) {
	return list[Unit](ctx, s.pool, `
		with recursive up as (
			select u.*, 0 as depth from units u where id = $1
			union all
			select p.*, up.depth + 1 from units p join up on p.id = up.parent where up.depth < 20)
		select `+unitColumns+` from up order by depth`, id)
}

// EndMembership ends a role on an ISO civil date; the row stays, for the record.
func (s *Store) EndMembership(ctx context.Context, user, unit, role, on string) error {
	_, err := s.pool.Exec(ctx, `
		update memberships set valid_to = $4::date where user_id = $1::uuid and unit = $2 and role = $3`, user, unit, role, on)
	return err
}
