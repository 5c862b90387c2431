package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// DuplicatePair is two entries, items or records, in the order of their ids: a pair is
// the same whichever side it is looked at from.
type DuplicatePair struct {
	Low  string `db:"low" json:"low"`
	High string `db:"high" json:"high"`
}

// PairOf orders two ids. The text of UUIDs in lower case has the order of the UUIDs.
func PairOf(a, b string) DuplicatePair {
	if a > b {
		a, b = b, a
	}
	return DuplicatePair{a, b}
}

// DuplicateWord is what a person said of a pair. Word is same, other_achievement,
// different or undone.
type DuplicateWord struct {
	ID       string          `db:"id" json:"id"`
	Low      string          `db:"low" json:"-"`
	High     string          `db:"high" json:"-"`
	Word     string          `db:"word" json:"word"`
	Reason   string          `db:"reason" json:"reason"`
	Seen     json.RawMessage `db:"seen" json:"seen"` // the match that was on the screen
	By       string          `db:"said_by" json:"by"`
	ByName   string          `db:"by_name" json:"by_name"`
	Behalf   *string         `db:"on_behalf_of" json:"on_behalf_of,omitempty"`
	BehalfOf *string         `db:"behalf_name" json:"on_behalf_name,omitempty"`
	Role     string          `db:"role" json:"role"`
	Unit     string          `db:"unit" json:"unit"`
	UnitName string          `db:"unit_name" json:"unit_name"`
	At       time.Time       `db:"at" json:"at"`
}

const wordSelect = `
	select w.id::text, w.low::text, w.high::text, w.word, w.reason, w.seen, w.said_by::text, b.full_name as by_name,
		w.on_behalf_of::text, o.full_name as behalf_name, w.role, w.unit, coalesce(u.name, w.unit) as unit_name, w.at
	from duplicate_words w join users b on b.id = w.said_by left join users o on o.id = w.on_behalf_of left join units u on u.id = w.unit `

// LastWords reads what was said last of pairs; of which nothing was said are not there.
func (s *Store) LastWords(ctx context.Context, pairs []DuplicatePair) (map[DuplicatePair]DuplicateWord, error) {
	low, high := make([]string, len(pairs)), make([]string, len(pairs))
	for i, p := range pairs {
		low[i], high[i] = p.Low, p.High
	}
	rows, err := list[DuplicateWord](ctx, s.pool, wordSelect+`
		join unnest($1::uuid[], $2::uuid[]) q(low, high) on q.low = w.low and q.high = w.high
		where not exists (select 1 from duplicate_words n where n.after = w.id)`, low, high)
	out := make(map[DuplicatePair]DuplicateWord, len(rows))
	for _, w := range rows {
		out[DuplicatePair{w.Low, w.High}] = w
	}
	return out, err
}

// DuplicateWords is all that was said of a pair, newest first.
func (s *Store) DuplicateWords(ctx context.Context, p DuplicatePair) ([]DuplicateWord, error) {
	return list[DuplicateWord](ctx, s.pool, wordSelect+`where w.low = $1::uuid and w.high = $2::uuid order by w.at desc, w.id`, p.Low, p.High)
}

// NewWord is a word to be put on record. After is the id of the word that its speaker
// saw as the last one, empty for none.
type NewWord struct {
	Pair                       DuplicatePair
	Word, Reason, After, Nonce string
	Seen                       any
	By, Behalf, Role, Unit     string
}

// ErrSaidMeanwhile says that somebody else said something of the pair in between.
var ErrSaidMeanwhile = errors.New("postgres: something else was said of the pair in between")

// SayDuplicate puts a word on record; the same nonce says it once. Errors:
// ErrSaidMeanwhile.
func (s *Store) SayDuplicate(ctx context.Context, w NewWord) error {
	seen, err := json.Marshal(w.Seen)
	if err != nil {
		return err
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var said bool
		if err := tx.QueryRow(ctx, `select exists (select 1 from duplicate_words where nonce = $1)`, w.Nonce).Scan(&said); err != nil || said {
			return err
		}
		_, err := tx.Exec(ctx, `
			insert into duplicate_words (id, low, high, word, reason, seen, said_by, on_behalf_of, role, unit, after, nonce)
			values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::uuid, nullif($8, '')::uuid, $9, $10, nullif($11, '')::uuid, $12)`,
			uuid.NewString(), w.Pair.Low, w.Pair.High, w.Word, w.Reason, json.RawMessage(seen), w.By, w.Behalf, w.Role, w.Unit, w.After, w.Nonce)
		if IsUnique(err) {
			return ErrSaidMeanwhile
		}
		return err
	})
}

// KeepHits puts pairs on the list of what people have to look at.
func (s *Store) KeepHits(ctx context.Context, pairs []DuplicatePair) error {
	if len(pairs) == 0 {
		return nil
	}
	low, high := make([]string, len(pairs)), make([]string, len(pairs))
	for i, p := range pairs {
		low[i], high[i] = p.Low, p.High
	}
	_, err := s.pool.Exec(ctx, `
		insert into duplicate_hits (low, high) select distinct * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing`, low, high)
	return err
}
