package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/council"
)

// SecretVote says that a member has cast a sealed ballot, and which.
type SecretVote struct {
	Member  string `db:"member"`
	Written bool   `db:"written"`
	Digest  string `db:"digest"`
	Round   int    `db:"round"` // 1, or 2: into the box of the second ballot
}

// SecretVotesOf lists the accepted sealed ballots of a session, of both its boxes where it
// has two, by their digests, an order that says nothing.
func (s *Store) SecretVotesOf(ctx context.Context, session string) ([]SecretVote, error) {
	return list[SecretVote](ctx, s.pool, `
		select member, written, digest, round from secret_votes where session = $1::uuid order by digest`, session)
}

// SealedBallot is an accepted ballot that is not counted yet.
type SealedBallot struct {
	SecretVote
	Sealed []byte `db:"sealed"`
}

// SealedBallotsOf reads the sealed ballots that were accepted into the box in use.
func (s *Store) SealedBallotsOf(ctx context.Context, session string) ([]SealedBallot, error) {
	return list[SealedBallot](ctx, s.pool, `
		select v.member, v.written, v.digest, v.round, b.sealed
		from secret_votes v join sealed_ballots b using (session, member, digest) join sessions z on z.id = v.session and z.box_round = v.round
		where v.session = $1::uuid order by v.digest`, session)
}

// SaveSealed keeps a sealed ballot before its act is sent, while the box is open and
// the member has none in it; false where that is not so. One that is not accepted is
// deleted with the others.
func (s *Store) SaveSealed(ctx context.Context, session, member, digest string, sealed []byte) (bool, error) {
	tag, err := s.pool.Exec(ctx, `
		insert into sealed_ballots (session, member, digest, sealed)
		select z.id, $2, $3, $4 from sessions z
		where z.id = $1::uuid and z.phase = 'open' and z.box = ''
		  and not exists (select 1 from secret_votes v where v.session = z.id and v.member = $2 and v.round = z.box_round)
		on conflict (session, member, digest) do update set digest = excluded.digest`, session, member, digest, sealed)
	return tag.RowsAffected() == 1, err
}

// projectSecret lets a session's sealed ballots follow a transition. Once they are
// counted, or the session is over, none is left.
func projectSecret(ctx context.Context, tx pgx.Tx, caseID string, t council.Transition) error {
	var err error
	exec := func(sql string, args ...any) {
		if err == nil {
			_, err = tx.Exec(ctx, sql, append([]any{caseID}, args...)...)
		}
	}
	switch {
	case t.NewBox:
		exec(`update sessions set box = '', box_round = 2 where case_id = $1`)
	case t.Action == council.ActionCastSealed:
		exec(`insert into secret_votes (session, member, written, number, digest, round)
			select id, $2, $3, $4, $5, box_round from sessions where case_id = $1`, t.Voter, t.Written, t.Number, t.Sealed)
		exec(`delete from sealed_ballots where session = (select id from sessions where case_id = $1)
			and member = $2 and digest <> $3`, t.Voter, t.Sealed)
	case t.Action == council.ActionFreeze:
		exec(`update sessions set box = $2 where case_id = $1`, t.Root)
	case t.Action == council.ActionCountSealed, t.Phase == council.PhaseClosed, t.Phase == council.PhaseCancelled:
		exec(`delete from sealed_ballots where session = (select id from sessions where case_id = $1)`)
	}
	if err != nil {
		return fmt.Errorf("postgres: sealed ballots of %s: %w", caseID, err)
	}
	return nil
}
