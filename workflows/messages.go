package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"vinhdanh/internal/envelope"
)

// Rings gives the keyring in force. It may grow while a worker runs; because it
// only grows, a replay sees every key that the first run saw.
type Rings func() *envelope.Ring

// FixedRing is a keyring that does not change: for tests and the verifier.
func FixedRing(r *envelope.Ring) Rings { return func() *envelope.Ring { return r } }

// machine is a pure state machine driven by opened acts.
type machine[T any] interface {
	Rehearse(o envelope.Opened, now time.Time) error
	Apply(o envelope.Opened, at time.Time) (T, error)
}

// handleAct registers Update name on the machine: a validator that refuses
// without a trace, and a handler that checks everything but revocation again.
func handleAct[T any](ctx workflow.Context, rings Rings, name string, m machine[T]) error {
	handler := func(ctx workflow.Context, msg envelope.Message) (T, error) {
		var none T
		o, err := openFor(ctx, rings, name, msg)
		if err != nil {
			return none, refused(err)
		}
		t, err := m.Apply(o, workflow.Now(ctx))
		if err != nil {
			return none, refused(err)
		}
		return t, nil
	}
	validator := func(ctx workflow.Context, msg envelope.Message) error {
		o, err := openFor(ctx, rings, name, msg)
		if err != nil {
			return refused(err)
		}
		if err := rings().Usable(o.Key); err != nil {
			return refused(err)
		}
		return refused(m.Rehearse(o, workflow.Now(ctx)))
	}
	return workflow.SetUpdateHandlerWithOptions(ctx, name, handler, workflow.UpdateHandlerOptions{
		Validator: validator, Description: "a signed act: " + name,
	})
}

// openFor opens the message and holds it against the name and id it came under.
func openFor(ctx workflow.Context, rings Rings, name string, msg envelope.Message) (envelope.Opened, error) {
	o, err := rings().Open(msg)
	if err != nil {
		return o, err
	}
	if o.Act.Action != name {
		return o, envelope.Refuse(envelope.CodeMalformed, "the act is "+o.Act.Action+", the message is "+name)
	}
	if workflow.GetCurrentUpdateInfo(ctx).ID != o.Act.Nonce {
		return o, envelope.Refuse(envelope.CodeReplayed, "the Update's id is not the act's nonce")
	}
	return o, nil
}

// refused turns a refusal into an error that keeps its code across Temporal.
func refused(err error) error {
	if err == nil {
		return nil
	}
	var r *envelope.Refusal
	if errors.As(err, &r) {
		return temporal.NewApplicationErrorWithOptions(r.Detail, r.Code, temporal.ApplicationErrorOptions{
			NonRetryable: true, Category: temporal.ApplicationErrorCategoryBenign,
		})
	}
	return err
}
