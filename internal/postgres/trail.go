package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"vinhdanh/internal/envelope"
)

// TrailRow is one link of a case's chain.
type TrailRow struct {
	CaseID   string    `db:"case_id" json:"case"`
	Number   int       `db:"number" json:"number"`
	Body     []byte    `db:"body" json:"body"` // canonical JSON of the transition
	PrevHash string    `db:"prev_hash" json:"prev_hash"`
	Hash     string    `db:"hash" json:"hash"`
	At       time.Time `db:"at" json:"at"`
	Actor    string    `db:"actor" json:"actor"`
	Action   string    `db:"action" json:"action"`
	Nonce    string    `db:"nonce" json:"nonce"`
}

// ChainHash is the hash of a link: SHA-256 of the previous hash, a line break,
// and the body. The first link's previous hash is the case's id.
func ChainHash(prev string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(prev + "\n"))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// Trail reads a case's chain, oldest first.
func (s *Store) Trail(ctx context.Context, caseID string) ([]TrailRow, error) {
	return list[TrailRow](ctx, s.pool, `
		select case_id, number, body, prev_hash, hash, at, actor, action, nonce
		from trail where case_id = $1 order by number`, caseID)
}

// Trails reads the chains of cases, each oldest first.
func (s *Store) Trails(ctx context.Context, caseIDs []string) ([]TrailRow, error) {
	return list[TrailRow](ctx, s.pool, `
		select case_id, number, body, prev_hash, hash, at, actor, action, nonce
		from trail where case_id = any($1) order by case_id, number`, caseIDs)
}

// Recorded is the number of the last recorded transition of a case.
func (s *Store) Recorded(ctx context.Context, caseID string) (int, error) {
	table, err := projectionOf(caseID)
	if err != nil {
		return 0, err
	}
	var n int
	err = s.pool.QueryRow(ctx, `select `+table.number+` from `+table.name+` where case_id = $1`, caseID).Scan(&n)
	return n, notFound(err)
}

// ErrGap says that earlier transitions must be recorded first.
type ErrGap struct{ Have, Got int }

func (e ErrGap) Error() string {
	return fmt.Sprintf("postgres: transition %d cannot follow %d", e.Got, e.Have)
}

// projection names the table that follows a kind of case.
type projection struct {
	name    string
	number  string
	project func(*Store, context.Context, pgx.Tx, string, []byte) error
}

func projectionOf(caseID string) (projection, error) {
	kind, _, _ := strings.Cut(caseID, "/")
	switch kind {
	case "commendation":
		return projection{"proposals", "number", (*Store).projectCommendation}, nil
	case "council":
		return projection{"sessions", "number", (*Store).projectCouncil}, nil
	case "issuance":
		return projection{"decisions", "transition", (*Store).projectIssuance}, nil
	case "revocation":
		return projection{"revocations", "number", (*Store).projectRevocation}, nil
	}
	return projection{}, fmt.Errorf("postgres: no kind of case is called %q", kind)
}

// Record writes one transition in one transaction: trail row, projection, outbox
// and the attempt's outcome. A transition that is recorded already is left as it
// is; one that would leave a gap is refused with ErrGap. body must be the bytes
// that the workflow made, so that everybody records the same row.
func (s *Store) Record(ctx context.Context, caseID string, body []byte) error {
	var step envelope.Step
	if err := json.Unmarshal(body, &step); err != nil {
		return fmt.Errorf("postgres: transition: %w", err)
	}
	p, err := projectionOf(caseID)
	if err != nil {
		return err
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		var have int
		q := `select ` + p.number + ` from ` + p.name + ` where case_id = $1 for update`
		if err := tx.QueryRow(ctx, q, caseID).Scan(&have); err != nil {
			return notFound(err)
		}
		if step.Number > have+1 {
			return ErrGap{Have: have, Got: step.Number}
		}
		if step.Number == have+1 {
			if err := link(ctx, tx, caseID, step, body); err != nil {
				return err
			}
			if err := p.project(s, ctx, tx, caseID, body); err != nil {
				return err
			}
		}
		return settleAttempt(ctx, tx, step)
	})
}

// link appends the trail row.
func link(ctx context.Context, tx pgx.Tx, caseID string, step envelope.Step, body []byte) error {
	prev := caseID
	if step.Number > 1 {
		q := `select hash from trail where case_id = $1 and number = $2`
		if err := tx.QueryRow(ctx, q, caseID, step.Number-1).Scan(&prev); err != nil {
			return fmt.Errorf("postgres: trail of %s is broken before %d: %w", caseID, step.Number, err)
		}
	}
	_, err := tx.Exec(ctx, `
		insert into trail (case_id, number, body, prev_hash, hash, at, actor, action, nonce)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		caseID, step.Number, body, prev, ChainHash(prev, body), step.At, step.Actor, step.Action, step.Nonce)
	return err
}

func settleAttempt(ctx context.Context, tx pgx.Tx, step envelope.Step) error {
	_, err := tx.Exec(ctx, `
		insert into attempt_outcomes (nonce, status, number)
		select nonce, 'accepted', $2 from attempts where nonce = $1
		on conflict (nonce) do nothing`, step.Nonce, step.Number)
	return err
}
