package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// SeedUnit is a unit to be loaded.
type SeedUnit struct {
	Unit
	ValidFrom, ValidTo string // ISO civil dates, or empty
	Successors         []string
}

// SeedUser is a person to be loaded, with roles and, for a sample instance, the
// hash of a token.
type SeedUser struct {
	User
	Sample      bool
	Memberships []Membership
	TokenID     string
	TokenHash   []byte
}

// Seed loads units, people and campaigns; what exists is brought up to date, so
// that loading twice changes nothing.
func (s *Store) Seed(ctx context.Context, units []SeedUnit, users []SeedUser, campaigns map[string]json.RawMessage) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		for _, u := range units {
			if err := seedUnit(ctx, tx, u); err != nil {
				return err
			}
		}
		if err := seedSuccessors(ctx, tx, units); err != nil {
			return err
		}
		for id, data := range campaigns {
			_, err := tx.Exec(ctx, `
				insert into campaigns (id, data) values ($1, $2) on conflict (id) do update set data = $2`, id, data)
			if err != nil {
				return err
			}
		}
		for _, u := range users {
			if err := seedUser(ctx, tx, u); err != nil {
				return err
			}
		}
		return nil
	})
}

func seedUnit(ctx context.Context, tx pgx.Tx, u SeedUnit) error {
	_, err := tx.Exec(ctx, `
		insert into units (id, name, short_name, kind, level, parent, place, symbol, authority, standing_body, council,
			protocol_order, valid_from, valid_to)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif($13, '')::date, nullif($14, '')::date)
		on conflict (id) do update set name = $2, short_name = $3, kind = $4, level = $5, parent = $6, place = $7,
			symbol = $8, authority = $9, standing_body = $10, council = $11, protocol_order = $12,
			valid_from = nullif($13, '')::date, valid_to = nullif($14, '')::date`,
		u.ID, u.Name, u.ShortName, u.Kind, u.Level, u.Parent, u.Place, u.Symbol, u.Authority, u.StandingBody, u.Council,
		u.Order, u.ValidFrom, u.ValidTo)
	return err
}

// seedSuccessors keeps the successors that are loaded, in this or an earlier file.
func seedSuccessors(ctx context.Context, tx pgx.Tx, units []SeedUnit) error {
	for _, u := range units {
		for _, next := range u.Successors {
			_, err := tx.Exec(ctx, `
				insert into unit_successors (unit, successor)
				select $1, id from units where id = $2 on conflict do nothing`, u.ID, next)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func seedUser(ctx context.Context, tx pgx.Tx, u SeedUser) error {
	var id string
	err := tx.QueryRow(ctx, `
		insert into users (id, login, full_name, email, locale, sample) values ($1::uuid, $2, $3, $4, $5, $6)
		on conflict (login) do update set full_name = $3, email = $4 returning id::text`,
		u.ID, u.Login, u.FullName, u.Email, u.Locale, u.Sample).Scan(&id)
	if err != nil {
		return err
	}
	for _, m := range u.Memberships {
		_, err := tx.Exec(ctx, `
			insert into memberships (user_id, unit, role, title) values ($1::uuid, $2, $3, $4)
			on conflict (user_id, unit, role) do update set title = $4`, id, m.Unit, m.Role, m.Title)
		if err != nil {
			return err
		}
	}
	if u.TokenHash == nil {
		return nil
	}
	_, err = tx.Exec(ctx, `
		insert into tokens (id, user_id, hash, name, expires_at, scopes) values ($1::uuid, $2::uuid, $3, 'sample', $4, '{all}')
		on conflict do nothing`, u.TokenID, id, u.TokenHash, time.Now().AddDate(1, 0, 0))
	return err
}

// Campaign reads a campaign's data.
func (s *Store) Campaign(ctx context.Context, id string) (json.RawMessage, error) {
	var data json.RawMessage
	err := s.pool.QueryRow(ctx, `select data from campaigns where id = $1`, id).Scan(&data)
	return data, notFound(err)
}

// CampaignLevel is the level of the unit that launched a campaign.
func (s *Store) CampaignLevel(ctx context.Context, id string) (string, error) {
	var level string
	err := s.pool.QueryRow(ctx, `
		select u.level from campaigns c join units u on u.id = c.data -> 'launcher' ->> 'unit' where c.id = $1`, id).Scan(&level)
	return level, notFound(err)
}
