package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// OwnText is a text that the installation words by itself; an empty body stands for
// the built-in one.
type OwnText struct {
	Name    string    `db:"name" json:"name"` // notice/returned, reason/…
	Locale  string    `db:"locale" json:"locale"`
	Version int       `db:"version" json:"version"`
	Subject string    `db:"subject" json:"subject,omitempty"`
	Body    string    `db:"body" json:"body"`
	Author  string    `db:"actor_name" json:"author"`
	At      time.Time `db:"at" json:"at"`
}

const textSelect = `
	select t.name, t.locale, t.version, t.subject, t.body, coalesce(u.full_name, '') as actor_name, t.at
	from text_versions t left join users u on u.id::text = t.actor `

// OwnTexts lists the newest version of every text that was ever worded here.
func (s *Store) OwnTexts(ctx context.Context) ([]OwnText, error) {
	return list[OwnText](ctx, s.pool, textSelect+`
		where t.version = (select max(version) from text_versions x where x.name = t.name and x.locale = t.locale) order by t.name, t.locale`)
}

// OwnTextVersions lists what a text said, newest first.
func (s *Store) OwnTextVersions(ctx context.Context, name string) ([]OwnText, error) {
	return list[OwnText](ctx, s.pool, textSelect+`where t.name = $1 order by t.at desc, t.version desc limit 100`, name)
}

// OwnTextOf is the newest wording of one text; ErrNotFound where the built-in one
// holds.
func (s *Store) OwnTextOf(ctx context.Context, name, locale string) (OwnText, error) {
	t, err := one[OwnText](ctx, s.pool, textSelect+`
		where t.name = $1 and t.locale = $2 order by t.version desc limit 1`, name, locale)
	if err == nil && t.Body == "" {
		err = ErrNotFound
	}
	return t, err
}

// PutText writes the next version of a text; an empty body restores the built-in one.
func (s *Store) PutText(ctx context.Context, d Doing, t OwnText) (bool, error) {
	return s.administer(ctx, d, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into text_versions (name, locale, version, subject, body, actor)
			select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5 from text_versions where name = $1 and locale = $2`,
			t.Name, t.Locale, t.Subject, t.Body, d.Actor)
		if err != nil {
			return err
		}
		return noted(ctx, tx, d, nil, map[string]string{"locale": t.Locale, "subject": t.Subject, "body": t.Body})
	})
}
