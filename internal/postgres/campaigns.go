package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// CampaignRow is a campaign as it stands.
type CampaignRow struct {
	ID      string          `db:"id" json:"id"`
	Status  string          `db:"status" json:"status"` // draft, open or closed
	Version int             `db:"version" json:"version"`
	Data    json.RawMessage `db:"data" json:"data"`
	Cases   int             `db:"cases" json:"cases"` // proposals sent for it
}

const campaignSelect = `
	select c.id, c.status, c.version, c.data,
		(select count(*)::int from proposals p where p.campaign = c.id and p.number > 0) as cases
	from campaigns c `

// Campaigns lists all campaigns, those that are open first.
func (s *Store) Campaigns(ctx context.Context) ([]CampaignRow, error) {
	return list[CampaignRow](ctx, s.pool, campaignSelect+`order by c.status <> 'open', c.id desc`)
}

// CampaignByID reads one campaign as it stands.
func (s *Store) CampaignByID(ctx context.Context, id string) (CampaignRow, error) {
	return one[CampaignRow](ctx, s.pool, campaignSelect+`where c.id = $1`, id)
}

// CampaignVersion is a campaign as it stood.
type CampaignVersion struct {
	Version int             `db:"version" json:"version"`
	Status  string          `db:"status" json:"status"`
	Data    json.RawMessage `db:"data" json:"data"`
	Name    string          `db:"actor_name" json:"actor_name"`
	At      time.Time       `db:"at" json:"at"`
}

// CampaignVersions lists what a campaign said before, newest first.
func (s *Store) CampaignVersions(ctx context.Context, id string) ([]CampaignVersion, error) {
	return list[CampaignVersion](ctx, s.pool, `
		select v.version, v.status, v.data, coalesce(u.full_name, '') as actor_name, v.at
		from campaign_versions v left join users u on u.id::text = v.actor where v.campaign = $1 order by v.version desc`, id)
}

// ErrMoved is returned when somebody changed a row since it was read.
var ErrMoved = errors.New("postgres: changed in between")

// PutCampaign writes a campaign: version 0 makes it, otherwise it must be the one that
// stands. What stood before is kept.
func (s *Store) PutCampaign(ctx context.Context, d Doing, c CampaignRow) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		was, err := one[CampaignRow](ctx, tx, campaignSelect+`where c.id = $1`, c.ID)
		known := err == nil
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if known != (c.Version > 0) || known && was.Version != c.Version {
			return ErrMoved
		}
		if known { // one that was loaded at set-up has no version kept yet
			_, err := tx.Exec(ctx, `
				insert into campaign_versions (campaign, version, status, data, actor) values ($1, $2, $3, $4, 'set-up')
				on conflict do nothing`, was.ID, was.Version, was.Status, was.Data)
			if err != nil {
				return err
			}
		}
		c.Version++
		_, err = tx.Exec(ctx, `
			insert into campaigns (id, status, version, data) values ($1, $2, $3, $4)
			on conflict (id) do update set status = $2, version = $3, data = $4`, c.ID, c.Status, c.Version, c.Data)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			insert into campaign_versions (campaign, version, status, data, actor) values ($1, $2, $3, $4, $5)`,
			c.ID, c.Version, c.Status, c.Data, d.Actor)
		if err != nil {
			return err
		}
		if !known {
			return noted(ctx, tx, d, nil, c)
		}
		return noted(ctx, tx, d, was, c)
	})
}

// CampaignItems is how much a unit has sent for a campaign of one award and kind.
type CampaignItems struct {
	Award string `db:"award"`
	Kind  string `db:"kind"`
	Unit  string `db:"unit"`
	Count int64  `db:"count"`
	Given int64  `db:"given"` // of those, passed by the Council or recognised
}

// CampaignItems counts what is sent for a campaign and goes on or was decided for,
// without some items.
func (s *Store) CampaignItems(ctx context.Context, campaign string, without []string) ([]CampaignItems, error) {
	if without == nil {
		without = []string{}
	}
	return list[CampaignItems](ctx, s.pool, `
		select p.award, s.kind, p.unit, count(*) as count, count(*) filter (where i.outcome <> '') as given
		from proposals p join items i on i.proposal = p.id join subjects s on s.ref = i.subject
		where p.campaign = $1 and p.number > 0 and i.outcome in ('', 'passed', 'recognised') and not i.id::text = any($2)
		group by 1, 2, 3 order by 1, 2, 3`, campaign, without)
}
