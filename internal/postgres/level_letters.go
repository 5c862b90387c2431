package postgres

import (
	"context"
	"time"
)

// LevelLetter is a tờ trình that a reviewing level draws up over items of many
// units. Days are ISO civil dates, "" is none.
type LevelLetter struct {
	ID            string    `db:"id" json:"id"`
	Unit          string    `db:"unit" json:"unit"`
	UnitName      string    `db:"unit_name" json:"unit_name"`
	Version       int       `db:"version" json:"version"`
	Addressee     string    `db:"addressee" json:"addressee"`
	Number        string    `db:"number" json:"number"`
	Date          string    `db:"date" json:"date"`
	Title         string    `db:"title" json:"title"`
	Body          string    `db:"body" json:"body"`
	Recipients    string    `db:"recipients" json:"recipients"` // one a line
	SignerTitle   string    `db:"signer_title" json:"signer_title"`
	Signer        string    `db:"signer" json:"signer"`
	From          string    `db:"sent_from" json:"from,omitempty"` // what its list takes
	To            string    `db:"sent_to" json:"to,omitempty"`
	Award         string    `db:"award" json:"award,omitempty"`
	Proposing     string    `db:"proposing" json:"proposing,omitempty"`
	ChangedByName string    `db:"changed_by_name" json:"changed_by_name,omitempty"`
	ChangedAt     time.Time `db:"changed_at" json:"changed_at"`
}

const levelLetter = `
	select l.id::text, l.unit, u.name as unit_name, l.version, l.addressee, l.number, coalesce(l.date::text, '') as date, l.title, l.body, l.recipients,
		l.signer_title, l.signer, coalesce(l.sent_from::text, '') as sent_from, coalesce(l.sent_to::text, '') as sent_to, l.award, l.proposing,
		b.full_name as changed_by_name, l.changed_at
	from level_letters l join units u on u.id = l.unit join users b on b.id = l.changed_by where l.unit = any($1) `

// LevelLetters lists the letters of units, the last changed first.
func (s *Store) LevelLetters(ctx context.Context, units []string, limit int) ([]LevelLetter, error) {
	return list[LevelLetter](ctx, s.pool, levelLetter+`order by l.changed_at desc, l.id limit $2`, units, limit)
}

// LevelLetterOf reads one letter of the units. Errors: ErrNotFound.
func (s *Store) LevelLetterOf(ctx context.Context, units []string, id string) (LevelLetter, error) {
	return one[LevelLetter](ctx, s.pool, levelLetter+`and l.id = as_uuid($2)`, units, id)
}

// AddLevelLetter stores a new letter; the same id is stored once.
func (s *Store) AddLevelLetter(ctx context.Context, l LevelLetter, by string) error {
	_, err := s.pool.Exec(ctx, `
		insert into level_letters (id, unit, addressee, number, date, title, body, recipients, signer_title, signer, sent_from, sent_to, award, proposing, changed_by)
		values ($1::uuid, $2, $3, $4, nullif($5, '')::date, $6, $7, $8, $9, $10, nullif($11, '')::date, nullif($12, '')::date, $13, $14, $15::uuid)
		on conflict (id) do nothing`,
		l.ID, l.Unit, l.Addressee, l.Number, l.Date, l.Title, l.Body, l.Recipients, l.SignerTitle, l.Signer, l.From, l.To, l.Award, l.Proposing, by)
	return err
}

// PutLevelLetter changes a letter; false means that somebody changed it in between.
func (s *Store) PutLevelLetter(ctx context.Context, l LevelLetter, by string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		update level_letters set version = version + 1, addressee = $4, number = $5, date = nullif($6, '')::date, title = $7, body = $8, recipients = $9,
			signer_title = $10, signer = $11, sent_from = nullif($12, '')::date, sent_to = nullif($13, '')::date, award = $14, proposing = $15,
			changed_by = $16::uuid, changed_at = now()
		where id = $1::uuid and unit = $2 and version = $3`,
		l.ID, l.Unit, l.Version, l.Addressee, l.Number, l.Date, l.Title, l.Body, l.Recipients, l.SignerTitle, l.Signer, l.From, l.To, l.Award, l.Proposing, by)
	return tag.RowsAffected() == 1, err
}

// DropLevelLetter forgets a letter of the units; false means that there is none.
func (s *Store) DropLevelLetter(ctx context.Context, units []string, id string) (bool, error) {
	tag, err := s.pool.Exec(ctx, `delete from level_letters where id = as_uuid($2) and unit = any($1)`, units, id)
	return tag.RowsAffected() == 1, err
}
