package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Attempt is an act as it was stored before it was sent.
type Attempt struct {
	Nonce    string          `db:"nonce"`
	CaseID   string          `db:"case_id"`
	Action   string          `db:"action"`
	Workflow string          `db:"workflow"`
	Start    json.RawMessage `db:"start"` // the workflow's input, when the act starts one
	Message  json.RawMessage `db:"message"`
	Actor    string          `db:"actor"`
	At       time.Time       `db:"at"`
}

// Outcome is what became of an attempt.
type Outcome struct {
	Nonce  string    `db:"nonce" json:"nonce"`
	Status string    `db:"status" json:"status"` // accepted or refused
	Number *int      `db:"number" json:"number,omitempty"`
	Code   string    `db:"code" json:"code,omitempty"`
	Detail string    `db:"detail" json:"detail,omitempty"`
	At     time.Time `db:"at" json:"at"`
}

const attemptColumns = `nonce, case_id, action, workflow, start, message, actor, at`

// ErrUnsure is returned when the database went away after it was asked to store
// something and before it answered.
var ErrUnsure = errors.New("postgres: it is not known whether it was stored")

// SaveAttempt stores the attempt. A nonce that is stored already is returned as
// it stands, so that a double click becomes one act.
func (s *Store) SaveAttempt(ctx context.Context, a Attempt) (Attempt, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return Attempt{}, err
	}
	defer conn.Release()
	_, err = conn.Exec(ctx, `
		insert into attempts (nonce, case_id, action, workflow, start, message, actor)
		values ($1, $2, $3, $4, $5, $6, $7) on conflict (nonce) do nothing`,
		a.Nonce, a.CaseID, a.Action, a.Workflow, a.Start, a.Message, a.Actor)
	if err != nil {
		return Attempt{}, unsure(err)
	}
	stored, err := one[Attempt](ctx, conn, `select `+attemptColumns+` from attempts where nonce = $1`, a.Nonce)
	return stored, unsure(err)
}

// unsure marks an error after which the statement may or may not have been done:
// not one that the database itself reported, nor one before anything was sent.
func unsure(err error) error {
	var answered *pgconn.PgError
	if err == nil || errors.As(err, &answered) || errors.Is(err, ErrNotFound) || pgconn.SafeToRetry(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnsure, err)
}

// Attempt reads one attempt.
func (s *Store) Attempt(ctx context.Context, nonce string) (Attempt, error) {
	return one[Attempt](ctx, s.pool, `select `+attemptColumns+` from attempts where nonce = $1`, nonce)
}

// OutcomeOf reads an attempt's outcome; ErrNotFound while there is none.
func (s *Store) OutcomeOf(ctx context.Context, nonce string) (Outcome, error) {
	return one[Outcome](ctx, s.pool, `
		select nonce, status, number, code, detail, at from attempt_outcomes where nonce = $1`, nonce)
}

// RefuseAttempt records a refusal. The first outcome stands.
func (s *Store) RefuseAttempt(ctx context.Context, nonce, code, detail string) error {
	_, err := s.pool.Exec(ctx, `
		insert into attempt_outcomes (nonce, status, code, detail) values ($1, 'refused', $2, $3)
		on conflict (nonce) do nothing`, nonce, code, detail)
	return err
}

// OpenAttempts lists attempts without an outcome that are older than the given age.
func (s *Store) OpenAttempts(ctx context.Context, age time.Duration, limit int) ([]Attempt, error) {
	return list[Attempt](ctx, s.pool, `
		select `+attemptColumns+` from attempts a
		where at < now() - $1::interval
		  and not exists (select 1 from attempt_outcomes o where o.nonce = a.nonce)
		order by at limit $2`, age, limit)
}

// Refusal is one refused attempt, wherever it was refused.
type Refusal struct {
	At     time.Time `db:"at" json:"at"`
	Where  string    `db:"refused_at" json:"where"` // workflow, application or gate
	Actor  string    `db:"actor" json:"actor"`
	Action string    `db:"action" json:"action"`
	Case   string    `db:"case_id" json:"case"`
	Code   string    `db:"code" json:"code"`
	Detail string    `db:"detail" json:"detail"`
}

// refused is every refused attempt, wherever it was refused.
const refused = `
	select o.at, 'workflow' as refused_at, a.actor, a.action, a.case_id, o.code, o.detail
	from attempt_outcomes o join attempts a using (nonce) where o.status = 'refused'
	union all
	select at, 'application', actor, action, target, code, detail from app_refusals
	union all
	select at, 'gate', sender, coalesce(nullif(name, ''), api), workflow_id, code, reason
	from gate_refusals g
	where not exists (select 1 from attempts a where a.nonce = g.update_id)`

// Refusals lists refused attempts, newest first; an empty case means all.
func (s *Store) Refusals(ctx context.Context, caseID string, limit int) ([]Refusal, error) {
	return list[Refusal](ctx, s.pool, `
		select * from (`+refused+`) r
		where $1 = '' or case_id = $1
		order by at desc limit $2`, caseID, limit)
}

// RefuseInApp records what the application refused before anything was signed.
func (s *Store) RefuseInApp(ctx context.Context, actor, action, target, code, detail string) error {
	_, err := s.pool.Exec(ctx, `
		insert into app_refusals (actor, action, target, code, detail) values ($1, $2, $3, $4, $5)`,
		actor, action, target, code, detail)
	return err
}

// RefuseAtGate records what came to a workflow past the application: a Signal
// that is no act of ours.
func (s *Store) RefuseAtGate(ctx context.Context, sender, api, workflowID, name, code, reason string) error {
	_, err := s.pool.Exec(ctx, `
		insert into gate_refusals (sender, api, workflow_id, name, code, reason) values ($1, $2, $3, $4, $5, $6)`,
		sender, api, workflowID, name, code, reason)
	return err
}
