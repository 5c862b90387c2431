package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// States of what is to come back after a revocation.
const (
	ReturnBack   = "back"   // it came back
	ReturnLost   = "lost"   // it cannot come back; the note says why
	ReturnUndone = "undone" // the mark before was made by mistake
)

// AwardReturn says of a revoked recognition how its object, or its money, came back.
type AwardReturn struct {
	Recognition string    `db:"recognition" json:"recognition"`
	Item        string    `db:"item" json:"item"`
	Thing       string    `db:"thing" json:"thing"` // object (certificate, medal, gift) or money
	State       string    `db:"state" json:"state"` // back, lost or undone
	OnDate      time.Time `db:"on_date" json:"on_date"`
	Note        string    `db:"note" json:"note,omitempty"`
	By          string    `db:"by_user" json:"by"`
	ByName      string    `db:"by_name" json:"by_name"`
	At          time.Time `db:"at" json:"at"`
}

const returnSelect = `
	select z.recognition::text, r.item::text as item, z.thing, z.state, z.on_date, z.note, z.by_user::text, u.full_name as by_name, z.at
	from award_returns z join recognitions r on r.id = z.recognition join users u on u.id = z.by_user `

// ReturnsOf lists every mark made on a revocation, the oldest first.
func (s *Store) ReturnsOf(ctx context.Context, revocation string) ([]AwardReturn, error) {
	return list[AwardReturn](ctx, s.pool, returnSelect+`where z.revocation = $1::uuid order by z.id`, revocation)
}

// ReturnsOfDecision lists every mark made on what was revoked of a decision, the oldest first.
func (s *Store) ReturnsOfDecision(ctx context.Context, decision string) ([]AwardReturn, error) {
	return list[AwardReturn](ctx, s.pool, returnSelect+`where r.decision = $1::uuid order by z.id`, decision)
}

// RevokedItem is an item of a decision whose award was revoked, and by which number.
type RevokedItem struct {
	Item   string    `db:"item" json:"-"`
	Number string    `db:"number" json:"number"`
	Date   time.Time `db:"on_date" json:"date"`
}

// RevokedOf lists what of a decision was revoked.
func (s *Store) RevokedOf(ctx context.Context, decision string) ([]RevokedItem, error) {
	return list[RevokedItem](ctx, s.pool, `
		select r.item::text as item, v.by_number as number, v.on_date from recognition_revocations v join recognitions r on r.id = v.recognition
		where r.decision = $1::uuid order by 1`, decision)
}

// NewReturn is one mark on some things of some recognitions of a revocation.
type NewReturn struct {
	Revocation string
	Things     map[string][]string // by thing: the recognitions
	State      string
	OnDate     time.Time
	Note       string
	Nonce      string
	User       string
}

// MarkReturns adds the marks, once per nonce.
func (s *Store) MarkReturns(ctx context.Context, n NewReturn) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		for _, thing := range []string{"object", "money"} {
			_, err := tx.Exec(ctx, `
				insert into award_returns (revocation, recognition, thing, state, on_date, note, nonce, by_user)
				select i.revocation, i.recognition, $3, $4, $5, $6, $7, $8::uuid
				from revocation_items i where i.revocation = $1::uuid and i.recognition = any(as_uuids($2)) order by i.position
				on conflict (nonce, recognition, thing) do nothing`,
				n.Revocation, n.Things[thing], thing, n.State, n.OnDate, n.Note, n.Nonce, n.User)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
