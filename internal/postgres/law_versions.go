package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// LawVersion says from which day on which law data hold for proposals that are sent.
type LawVersion struct {
	ID        int64     `db:"id" json:"id"`
	Hash      string    `db:"hash" json:"hash"`
	ValidFrom time.Time `db:"valid_from" json:"valid_from"`
	Note      string    `db:"note" json:"note,omitempty"`
	Actor     string    `db:"actor" json:"actor"`
	Name      string    `db:"actor_name" json:"actor_name"`
	At        time.Time `db:"at" json:"at"`
}

// LawInForce is the hash of the data that hold on an ISO civil date; of two from the
// same day the later word. ErrNotFound: nobody has activated any.
func (s *Store) LawInForce(ctx context.Context, on string) (string, error) {
	var hash string
	err := s.pool.QueryRow(ctx, `
		select hash from law_versions where valid_from <= $1::date order by valid_from desc, id desc limit 1`, on).Scan(&hash)
	return hash, notFound(err)
}

// LawVersions lists what was activated, newest first.
func (s *Store) LawVersions(ctx context.Context) ([]LawVersion, error) {
	return list[LawVersion](ctx, s.pool, `
		select v.id, v.hash, v.valid_from, v.note, v.actor, coalesce(u.full_name, '') as actor_name, v.at
		from law_versions v left join users u on u.id::text = v.actor order by v.id desc limit 200`)
}

// LawDraft is law data that was uploaded and found valid.
type LawDraft struct {
	Hash  string    `db:"hash" json:"hash"`
	Note  string    `db:"note" json:"note,omitempty"`
	Actor string    `db:"actor" json:"actor"`
	Name  string    `db:"actor_name" json:"actor_name"`
	At    time.Time `db:"at" json:"at"`
}

// LawDrafts lists uploaded data, newest first.
func (s *Store) LawDrafts(ctx context.Context) ([]LawDraft, error) {
	return list[LawDraft](ctx, s.pool, `
		select d.hash, d.note, d.actor, coalesce(u.full_name, '') as actor_name, d.at
		from law_drafts d left join users u on u.id::text = d.actor order by d.at desc limit 200`)
}

// PutLawDraft keeps uploaded law data that was checked.
func (s *Store) PutLawDraft(ctx context.Context, d Doing, files map[string]string, note string) error {
	if err := s.KeepLaw(ctx, d.Target, files); err != nil {
		return err
	}
	_, err := s.administer(ctx, d, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `insert into law_drafts (hash, note, actor) values ($1, $2, $3) on conflict (hash) do nothing`, d.Target, note, d.Actor)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return noted(ctx, tx, d, nil, map[string]string{"hash": d.Target, "note": note})
	})
	return err
}

// ActivateLaw lets law data hold from an ISO civil date on.
func (s *Store) ActivateLaw(ctx context.Context, d Doing, from, was string) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into law_versions (hash, valid_from, note, actor) values ($1, $2::date, $3, $4)`, d.Target, from, d.Reason, d.Actor)
		if err != nil {
			return err
		}
		return noted(ctx, tx, d, map[string]string{"hash": was}, map[string]string{"hash": d.Target, "valid_from": from})
	})
}

// LawUse counts open cases by the law data that they pin.
type LawUse struct {
	Hash  string `db:"hash" json:"hash"`
	Cases int    `db:"cases" json:"cases"`
}

// LawUses counts the open cases of each law data.
func (s *Store) LawUses(ctx context.Context) ([]LawUse, error) {
	return list[LawUse](ctx, s.pool, `
		select law_hash as hash, count(*)::int as cases from proposals
		where number > 0 and not closed group by law_hash order by 2 desc, 1`)
}

// PastFinding is what was found of a case's latest revision, with facts and results
// item by item.
type PastFinding struct {
	Proposal string
	Ref      string
	Award    string
	Revision int
	Facts    json.RawMessage
	Result   json.RawMessage
}

// EachFinding calls f with the findings of the latest revisions of cases sent since an
// ISO civil date, newest first and at most limit, one at a time.
func (s *Store) EachFinding(ctx context.Context, since string, limit int, f func(PastFinding) error) error {
	rows, err := s.pool.Query(ctx, `
		select p.id::text, p.ref, p.award, v.revision, v.facts, v.result
		from proposals p join validations v on v.proposal = p.id and v.revision = p.revision and v.law_hash = p.law_hash and v.regime = p.regime
		where $1 = '' or p.sent_on >= nullif($1, '')::date
		order by p.created_at desc, p.id limit $2`, since, limit)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p PastFinding
		if err := rows.Scan(&p.Proposal, &p.Ref, &p.Award, &p.Revision, &p.Facts, &p.Result); err != nil {
			return err
		}
		if err := f(p); err != nil {
			return err
		}
	}
	return rows.Err()
}
