package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// DeclarationRow is one declaration of a council's member on one session.
type DeclarationRow struct {
	Member    string          `db:"member" json:"member"`
	Conflicts json.RawMessage `db:"conflicts" json:"conflicts"`
	At        time.Time       `db:"at" json:"at"`
}

// AddDeclaration stores a declaration; the same nonce is the same declaration.
func (s *Store) AddDeclaration(ctx context.Context, session, member string, conflicts any, nonce string) error {
	_, err := s.pool.Exec(ctx, `
		insert into session_declarations (id, session, member, conflicts, nonce)
		values ($1::uuid, $2::uuid, $3::uuid, $4, $5) on conflict (session, member, nonce) do nothing`,
		uuid.NewString(), session, member, conflicts, nonce)
	return err
}

// DeclarationsOf lists a session's declarations, oldest first.
func (s *Store) DeclarationsOf(ctx context.Context, session string) ([]DeclarationRow, error) {
	return list[DeclarationRow](ctx, s.pool, `
		select member::text, conflicts, at from session_declarations where session = $1::uuid order by at, id`, session)
}

// PresenceRow is one member's presence as the secretary marks it.
type PresenceRow struct {
	Member string    `db:"member" json:"member"`
	State  string    `db:"state" json:"state"` // present, absent or written
	Note   string    `db:"note" json:"note,omitempty"`
	At     time.Time `db:"at" json:"at"`
}

// MarkPresence replaces what is marked of a session's members.
func (s *Store) MarkPresence(ctx context.Context, session string, rows []PresenceRow) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from session_presence where session = $1::uuid`, session); err != nil {
			return err
		}
		args := make([][]any, len(rows))
		for i, r := range rows {
			args[i] = []any{session, r.Member, r.State, r.Note}
		}
		return insertRows(ctx, tx, `
			insert into session_presence (session, member, state, note) values ($1::uuid, $2::uuid, $3, $4)`, args)
	})
}

// PresenceOf lists what is marked of a session's members.
func (s *Store) PresenceOf(ctx context.Context, session string) ([]PresenceRow, error) {
	return list[PresenceRow](ctx, s.pool, `
		select member::text, state, note, at from session_presence where session = $1::uuid order by member`, session)
}

// SetScreen says which award of the agenda the projector shows.
func (s *Store) SetScreen(ctx context.Context, session, award string) error {
	_, err := s.pool.Exec(ctx, `update sessions set on_screen = $2 where id = $1::uuid`, session, award)
	return err
}

// OrderAgenda takes the awards of a draft's agenda in another order; order sorts
// the items as for PutOnAgenda. Error: ErrFrozen.
func (s *Store) OrderAgenda(ctx context.Context, session string, awards []string, order func([]CouncilItem)) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDraft(ctx, tx, session); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update sessions set award_order = $2 where id = $1::uuid`, session, awards); err != nil {
			return err
		}
		return rewriteAgenda(ctx, tx, session, nil, order)
	})
}

// BallotDraft is a ballot that is being filled in, sealed for its voter.
type BallotDraft struct {
	Sealed  []byte    `db:"sealed"`
	Version int       `db:"version"`
	At      time.Time `db:"at"`
}

// BallotDraftOf reads a voter's own draft; nil when there is none.
func (s *Store) BallotDraftOf(ctx context.Context, session, member string) (*BallotDraft, error) {
	d, err := one[BallotDraft](ctx, s.pool, `
		select sealed, version, at from ballot_drafts where session = $1::uuid and member = $2::uuid`, session, member)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return &d, err
}

// ChangeBallotDraft changes a voter's draft under a lock, so that what two tabs
// save is merged: change is given the sealed draft (nil: none) and gives the next.
func (s *Store) ChangeBallotDraft(ctx context.Context, session, member string, change func([]byte) ([]byte, error)) (BallotDraft, error) {
	var out BallotDraft
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		// A first draft has no row to lock yet.
		_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))`, session, member)
		if err != nil {
			return err
		}
		var before []byte
		err = tx.QueryRow(ctx, `
			select sealed from ballot_drafts where session = $1::uuid and member = $2::uuid`, session, member).Scan(&before)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		after, err := change(before)
		if err != nil {
			return err
		}
		out, err = one[BallotDraft](ctx, tx, `
			insert into ballot_drafts (session, member, sealed) values ($1::uuid, $2::uuid, $3)
			on conflict (session, member) do update set sealed = $3, version = ballot_drafts.version + 1, at = now()
			returning sealed, version, at`, session, member, after)
		return err
	})
	return out, err
}

// DropBallotDrafts deletes a voter's draft, or with an empty member all of a session.
func (s *Store) DropBallotDrafts(ctx context.Context, session, member string) error {
	_, err := s.pool.Exec(ctx, `
		delete from ballot_drafts where session = $1::uuid and ($2 = '' or member = as_uuid($2))`, session, member)
	return err
}

// EditSession changes what a draft says of itself. Error: ErrFrozen.
func (s *Store) EditSession(ctx context.Context, session string, plan SessionPlan) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDraft(ctx, tx, session); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			update sessions set title = $2, place = $3, held_on = $4, mode = $5, until = $6, electronic = $7 where id = $1::uuid`,
			session, plan.Title, plan.Place, plan.HeldOn, plan.Mode, plan.Until, plan.Electronic)
		return err
	})
}
