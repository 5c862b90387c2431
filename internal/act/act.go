// Package act carries one act of a person or a session from attempt to recorded
// transition (design.md section 4):
//
//  1. sign: the act becomes one JWS;
//  2. attempt: it is stored, append-only, before anything is sent;
//  3. send: as an Update whose id is the act's nonce, or as a workflow's start;
//  4. record: the transition that comes back, or the refusal, in one transaction.
//
// A crash between any two steps ends in the same place: Sweep takes attempts that
// have no outcome and sends them again under the same id, and Temporal answers
// with the first result. With the database down before step 2 nothing is sent;
// down after it, the answer is "accepted, being recorded".
package act

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"
	"go.temporal.io/sdk/client"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// Actor is who acts, as the application has established it.
type Actor struct {
	User       string // opaque user id
	OnBehalfOf string
	Role       string
	Unit       string
	SignedIn   string // password, token, service
	Self       string // the actor's own subject reference, if known
}

// Request is an act to be done.
type Request struct {
	Workflow string // type of the workflow
	Case     string // its id
	Action   string
	Stage    string
	Revision int
	Number   int // the transition number it expects to become
	Data     any
	Actor    Actor
	Nonce    string // optional: from a form or an idempotency key; a repeat is the same act
	// Start builds the workflow's input around the signed message, for an act
	// that starts one; nil sends an Update.
	Start func(envelope.Message) any
}

// Statuses of a Result.
const (
	Accepted = "accepted"
	Refused  = "refused"
	Pending  = "pending" // stored and sent; the outcome is not known yet
)

// Result is what became of an act.
type Result struct {
	Status   string          `json:"status"`
	Recorded bool            `json:"recorded"` // false: accepted or pending, being recorded
	Nonce    string          `json:"nonce"`
	Number   int             `json:"number,omitempty"`
	Code     string          `json:"code,omitempty"`
	Detail   string          `json:"detail,omitempty"`
	Body     json.RawMessage `json:"-"` // the transition
}

// Desk does acts. Signer may be nil in a worker, which only delivers messages
// that are signed already.
type Desk struct {
	Store    *postgres.Store
	Temporal client.Client
	Signer   *envelope.Signer
	Install  string        // installation id
	Queue    string        // task queue of the cases
	TTL      time.Duration // how long a signed act may travel; default 10 minutes
	Wait     time.Duration // how long Do waits for an outcome; default 15 seconds
}

// Do signs, stores, sends and records one act. An error means that nothing was
// sent; everything else, refusals included, is in the Result.
func (d *Desk) Do(ctx context.Context, r Request) (Result, error) {
	msg, nonce, err := d.sign(r)
	if err != nil {
		return Result{}, err
	}
	a := postgres.Attempt{
		Nonce: nonce, CaseID: r.Case, Action: r.Action, Workflow: r.Workflow, Actor: r.Actor.User,
	}
	if a.Message, err = json.Marshal(msg); err != nil {
		return Result{}, fmt.Errorf("act: encode message: %w", err)
	}
	if r.Start != nil {
		if a.Start, err = json.Marshal(r.Start(msg)); err != nil {
			return Result{}, fmt.Errorf("act: encode input: %w", err)
		}
	}
	return d.submit(ctx, a)
}

// Deliver stores, sends and records a message that is signed already: one leaf
// of an act on many cases.
func (d *Desk) Deliver(ctx context.Context, caseID, action, nonce, actor string, msg envelope.Message) (Result, error) {
	raw, err := json.Marshal(msg)
	if err != nil {
		return Result{}, fmt.Errorf("act: encode message: %w", err)
	}
	return d.submit(ctx, postgres.Attempt{
		Nonce: nonce, CaseID: caseID, Action: action, Workflow: "commendation", Message: raw, Actor: actor,
	})
}

func (d *Desk) submit(ctx context.Context, a postgres.Attempt) (Result, error) {
	wait, cancel := context.WithTimeout(ctx, d.wait())
	defer cancel()
	stored, err := d.Store.SaveAttempt(wait, a)
	if errors.Is(err, postgres.ErrUnsure) {
		// The database went away before it answered. If the attempt is there, the
		// sweep sends it; to say that nothing was sent could be wrong.
		zerolog.Ctx(ctx).Warn().Err(err).Str("case", a.CaseID).Str("nonce", a.Nonce).Msg("unknown whether the attempt is stored")
		return Result{Status: Pending, Nonce: a.Nonce}, nil
	}
	if err != nil {
		return Result{}, fmt.Errorf("act: the attempt could not be stored, nothing was sent: %w", err)
	}
	if stored.CaseID != a.CaseID || stored.Action != a.Action || stored.Actor != a.Actor {
		return Result{}, envelope.Refuse(envelope.CodeReplayed, "this form was already used for another act")
	}
	return d.Settle(wait, stored), nil
}

func (d *Desk) sign(r Request) (envelope.Message, string, error) {
	a, err := d.Act(r)
	if err != nil {
		return envelope.Message{}, "", err
	}
	jws, err := d.Signer.Sign(a)
	return envelope.Message{JWS: jws}, a.Nonce, err
}

// Act is the act that Do signs for a request, as it would be signed now. By
// itself it does nothing; a rehearsal asks the rules about it.
func (d *Desk) Act(r Request) (envelope.Act, error) {
	data, err := json.Marshal(r.Data)
	if err != nil {
		return envelope.Act{}, fmt.Errorf("act: encode data: %w", err)
	}
	if r.Data == nil {
		data = json.RawMessage("{}")
	}
	nonce := r.Nonce
	if nonce == "" {
		nonce = uuid.NewString()
	}
	now := time.Now()
	return envelope.Act{
		Installation: d.Install, Nonce: nonce, Actor: r.Actor.User, OnBehalfOf: r.Actor.OnBehalfOf,
		Self: r.Actor.Self, Role: r.Actor.Role, Unit: r.Actor.Unit, SignedIn: r.Actor.SignedIn,
		Case: r.Case, Revision: r.Revision, Stage: r.Stage, Number: r.Number, Action: r.Action,
		Data: data, IssuedAt: now.Unix(), Expires: now.Add(d.ttl()).Unix(),
	}, nil
}

func (d *Desk) ttl() time.Duration {
	if d.TTL == 0 {
		return 10 * time.Minute
	}
	return d.TTL
}

func (d *Desk) wait() time.Duration {
	if d.Wait == 0 {
		return 15 * time.Second
	}
	return d.Wait
}
