package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"golang.org/x/sync/errgroup"

	"vinhdanh/internal/act"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// deliverAtOnce is how many cases are told at the same time.
const deliverAtOnce = 4

// heldRetry is how long a delivery waits before it looks at held cases again.
const heldRetry = time.Minute

// errHeld says that a case waits for its release; errUnknown that the outcome of
// a message is not known, or not recorded, yet.
var (
	errHeld    = errors.New("activities: a case is on hold")
	errUnknown = errors.New("activities: an outcome is not known yet")
)

// passing are the refusals of a case that may take the same result sealed anew,
// at the step where it stands now.
var passing = []string{
	envelope.CodeNumber, envelope.CodeRevision, envelope.CodeOnHold, envelope.CodeStage,
	envelope.CodeValidating, envelope.CodeExpired,
}

// Courier is the part of act.Desk that a delivery needs.
type Courier interface {
	Deliver(ctx context.Context, caseID, action, nonce, actor string, msg envelope.Message) (act.Result, error)
	Transitions(ctx context.Context, caseID string, after int) ([]json.RawMessage, error)
	Record(ctx context.Context, caseID string, body json.RawMessage) error
}

// Deliverer tells each case of a sealed batch its result, exactly once.
type Deliverer struct {
	Desk  Courier
	Store *postgres.Store
}

// Deliver goes through the leaves that were not told yet. What is told stays told,
// so that the activity goes on after any interruption. Cases on hold are left for
// the next try; the activity ends only when every leaf has its word.
func (d *Deliverer) Deliver(ctx context.Context, sealed workflows.Sealed) (workflows.Delivery, error) {
	leaves, err := d.Store.OpenLeaves(ctx, sealed.Batch)
	if err != nil {
		return workflows.Delivery{}, fmt.Errorf("activities: read batch: %w", err)
	}
	var done, held, unknown atomic.Int64
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(deliverAtOnce)
	for _, l := range leaves {
		group.Go(func() error {
			err := d.tell(gctx, l)
			heartbeat(ctx, done.Add(1))
			switch {
			case errors.Is(err, errHeld):
				held.Add(1)
			case err != nil:
				unknown.Add(1)
				zerolog.Ctx(ctx).Warn().Err(err).Str("case", l.CaseID).Str("batch", l.Batch).Msg("delivery is tried again")
			}
			return gctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return workflows.Delivery{}, err
	}
	return d.report(ctx, sealed.Batch, held.Load(), unknown.Load())
}

// report counts the batch, or asks to be called again while something is open.
func (d *Deliverer) report(ctx context.Context, batch string, held, unknown int64) (workflows.Delivery, error) {
	n, err := d.Store.CountLeaves(ctx, batch)
	if err != nil {
		return workflows.Delivery{}, fmt.Errorf("activities: count batch: %w", err)
	}
	switch {
	case n.Open == 0:
		out := workflows.Delivery{Delivered: n.Delivered, Refused: n.Refused, Moved: n.Moved}
		if n.Moved == 0 {
			return out, nil
		}
		if out.Cases, err = d.Store.MovedCases(ctx, batch); err != nil {
			return workflows.Delivery{}, fmt.Errorf("activities: read batch: %w", err)
		}
		return out, nil
	case unknown == 0 && held > 0:
		return workflows.Delivery{}, temporal.NewApplicationErrorWithOptions(
			fmt.Sprintf("%d cases are on hold and wait for their release", n.Open), envelope.CodeOnHold,
			temporal.ApplicationErrorOptions{NextRetryDelay: heldRetry, Category: temporal.ApplicationErrorCategoryBenign})
	}
	return workflows.Delivery{}, fmt.Errorf("%w: %d of the batch are open", errUnknown, n.Open)
}

// tell delivers one leaf and notes what became of it.
func (d *Deliverer) tell(ctx context.Context, l postgres.Leaf) error {
	place, err := d.Store.PlaceOf(ctx, l.CaseID)
	if err != nil {
		return err
	}
	if !place.Closed && (place.OnHold || (place.Held && l.Action == string(proposal.ActionIssued))) {
		return errHeld
	}
	var msg envelope.Message
	if err := json.Unmarshal(l.Message, &msg); err != nil {
		return d.Store.SettleLeaf(ctx, l, postgres.LeafRefused, "the stored message does not decode")
	}
	res, err := d.Desk.Deliver(ctx, l.CaseID, l.Action, envelope.BatchNonce(batchNonce(l.Batch), l.CaseID), batchActor(l.Batch), msg)
	switch {
	case err != nil:
		return err
	case res.Status == act.Accepted && res.Recorded:
		return d.Store.SettleLeaf(ctx, l, postgres.LeafDelivered, "")
	case res.Status == act.Refused:
		return d.refused(ctx, l, res)
	}
	return errUnknown
}

// refused tells a case that moved on from one that will never take the result.
func (d *Deliverer) refused(ctx context.Context, l postgres.Leaf, res act.Result) error {
	detail := res.Code + ": " + res.Detail
	if !slices.Contains(passing, res.Code) {
		return d.Store.SettleLeaf(ctx, l, postgres.LeafRefused, detail)
	}
	if err := d.catchUp(ctx, l.CaseID); err != nil {
		return err
	}
	place, err := d.Store.PlaceOf(ctx, l.CaseID)
	if err != nil {
		return err
	}
	if place.Closed || place.Stage != stageFor(l.Action) {
		return d.Store.SettleLeaf(ctx, l, postgres.LeafRefused, detail)
	}
	return d.Store.SettleLeaf(ctx, l, postgres.LeafMoved, detail)
}

// catchUp records what the case did and the projection does not know yet, so that
// the next round is sealed for where the case really stands.
func (d *Deliverer) catchUp(ctx context.Context, caseID string) error {
	have, err := d.Store.Recorded(ctx, caseID)
	if err != nil {
		return err
	}
	missing, err := d.Desk.Transitions(ctx, caseID, have)
	if err != nil {
		return err
	}
	for _, m := range missing {
		if err := d.Desk.Record(ctx, caseID, m); err != nil {
			return err
		}
	}
	return nil
}

func stageFor(action string) string {
	if action == string(proposal.ActionIssued) {
		return string(proposal.StageIssuance)
	}
	return string(proposal.StageCouncil)
}

// batchActor is who acts in a batch, as its act says: "session:<id>" or
// "issuance:<id>". A batch's id is "<workflow id>#<round>".
func batchActor(batch string) string {
	caseID, _, _ := strings.Cut(batch, "#")
	kind, id, _ := strings.Cut(caseID, "/")
	if kind == workflows.TypeCouncil {
		kind = roleSession
	}
	return kind + ":" + id
}

// heartbeat reports how many leaves were gone through, where there is a server to
// hear it.
func heartbeat(ctx context.Context, done int64) {
	if activity.IsActivity(ctx) {
		activity.RecordHeartbeat(ctx, done)
	}
}
