package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
	"vinhdanh/workflows"
)

// sealedFor is how long a sealed act may travel: long, because a round may cover
// thousands of cases and outlive an outage; each case takes it only at the very
// step it was sealed for.
const sealedFor = 24 * time.Hour

// Roles that batch acts carry; no person holds them.
const (
	roleSession  = "session"
	roleIssuance = "issuance"
)

// Sealer makes one signed act over many cases: a council's result, or an issued
// decision. It is the only holder of those two keys.
type Sealer struct {
	Store   *postgres.Store
	Signers map[envelope.Purpose]*envelope.Signer // session and issuance
	Install string                                // installation id
}

// SealCouncil seals a closed session's result for the cases that still lack it.
// The result in the workflow is frozen; where each case stands is read anew.
func (s *Sealer) SealCouncil(ctx context.Context, in workflows.SealCouncilInput) (workflows.Sealed, error) {
	results := make(map[string]council.ResultRow, len(in.Results))
	for _, r := range in.Results {
		results[r.Item] = r
	}
	return s.seal(ctx, in.SealInput, batchKind{
		role: roleSession, action: proposal.ActionCouncilResult, stage: proposal.StageCouncil,
		unit: func() (string, error) {
			row, err := s.Store.SessionByID(ctx, in.ID)
			return row.Unit, err
		},
		read: func() ([]postgres.SealCase, []postgres.SealItem, error) {
			return s.Store.SealOfSession(ctx, in.ID, in.Case)
		},
		outcome: func(items []postgres.SealItem) (any, error) {
			told, err := resultsOf(items, results, in.Cuts)
			return proposal.CouncilData{Session: in.ID, Items: told}, err
		},
	})
}

// SealIssued seals an issued decision for the cases that were not told of it yet.
func (s *Sealer) SealIssued(ctx context.Context, in workflows.SealIssuedInput) (workflows.Sealed, error) {
	return s.seal(ctx, in.SealInput, batchKind{
		role: roleIssuance, action: proposal.ActionIssued, stage: proposal.StageIssuance,
		unit: func() (string, error) {
			row, err := s.Store.DecisionByID(ctx, in.ID)
			return row.Authority, err
		},
		read: func() ([]postgres.SealCase, []postgres.SealItem, error) {
			return s.Store.SealOfDecision(ctx, in.ID, in.Case)
		},
		outcome: func(items []postgres.SealItem) (any, error) {
			d := in.Issued
			d.Items = nil
			for _, it := range items {
				if it.Named {
					d.Items = append(d.Items, it.Item)
				}
			}
			return d, nil
		},
	})
}

// batchKind is what tells the two kinds of batches apart.
type batchKind struct {
	role    string
	action  proposal.Action
	stage   proposal.StageKind
	unit    func() (string, error) // whose result it is
	read    func() ([]postgres.SealCase, []postgres.SealItem, error)
	outcome func(items []postgres.SealItem) (any, error) // what a case with these items is told
}

// resultsOf is what one case is told: each of its items in play once. An item
// that was not on the agenda, or is held, is deferred; one that was on it and has
// no result is a fault of ours, never a deferral.
func resultsOf(items []postgres.SealItem, results map[string]council.ResultRow, cuts []string) ([]proposal.ItemResult, error) {
	var out []proposal.ItemResult
	for _, it := range items {
		if it.Outcome != string(proposal.OutcomeNone) && it.Outcome != string(proposal.OutcomePassed) {
			continue
		}
		r := proposal.ItemResult{Item: it.Item, Outcome: proposal.OutcomeDeferred}
		row, voted := results[it.Item]
		if it.Named && !voted {
			return nil, fmt.Errorf("activities: item %s of %s stands on the agenda and has no result", it.Item, it.CaseID)
		}
		if voted {
			r.Sum, r.Outcome = &row.Sum, proposal.OutcomeNotPassed
			if row.Passed {
				r.Outcome = proposal.OutcomePassed
			}
			cutBy(&r, row.Place, cuts)
		}
		if it.Held {
			r.Outcome = proposal.OutcomeDeferred
		}
		out = append(out, r)
	}
	return out, nil
}

// cutBy tells what a quota made of an item that got its majority.
func cutBy(r *proposal.ItemResult, p *council.Place, cuts []string) {
	if p == nil || !p.Beyond {
		return
	}
	if p.Defer {
		r.Outcome = proposal.OutcomeDeferred
	}
	if p.Cut < len(cuts) {
		r.Beyond = cuts[p.Cut]
	}
}

// seal makes and stores the batch of one round. A round that is stored already
// is returned as it is, so that a retry changes nothing.
func (s *Sealer) seal(ctx context.Context, in workflows.SealInput, k batchKind) (workflows.Sealed, error) {
	id := fmt.Sprintf("%s#%d", in.Case, in.Round)
	n, err := s.Store.BatchSize(ctx, id)
	if err == nil {
		return workflows.Sealed{Batch: id, Count: n}, nil
	}
	if !errors.Is(err, postgres.ErrNotFound) {
		return workflows.Sealed{}, fmt.Errorf("activities: read batch: %w", err)
	}
	cases, items, err := k.read()
	if err != nil {
		return workflows.Sealed{}, fmt.Errorf("activities: read what to seal: %w", err)
	}
	if len(cases) == 0 {
		return workflows.Sealed{}, nil
	}
	leaves, err := leavesOf(cases, items, k)
	if err != nil {
		return workflows.Sealed{}, err
	}
	if err := s.sign(ctx, id, in, k, leaves); err != nil {
		return workflows.Sealed{}, err
	}
	n, err = s.Store.BatchSize(ctx, id)
	return workflows.Sealed{Batch: id, Count: n}, err
}

func leavesOf(cases []postgres.SealCase, items []postgres.SealItem, k batchKind) ([]envelope.Leaf, error) {
	of := map[string][]postgres.SealItem{}
	for _, it := range items {
		of[it.CaseID] = append(of[it.CaseID], it)
	}
	out := make([]envelope.Leaf, len(cases))
	for i, c := range cases {
		outcome, err := k.outcome(of[c.CaseID])
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(outcome)
		if err != nil {
			return nil, fmt.Errorf("activities: encode leaf: %w", err)
		}
		out[i] = envelope.Leaf{Case: c.CaseID, Revision: c.Revision, Stage: string(k.stage), Number: c.Number + 1, Outcome: data}
	}
	return out, nil
}

// sign signs the root over the leaves and stores the batch with each case's path.
func (s *Sealer) sign(ctx context.Context, id string, in workflows.SealInput, k batchKind, leaves []envelope.Leaf) error {
	signer := s.Signers[envelope.Purpose(k.role)]
	if signer == nil {
		return temporal.NewNonRetryableApplicationError("this worker has no key for the purpose "+k.role, "no-key", nil)
	}
	unit, err := k.unit()
	if err != nil {
		return fmt.Errorf("activities: read whose result it is: %w", err)
	}
	tree, err := envelope.NewTree(leaves)
	if err != nil {
		return err
	}
	now := time.Now()
	jws, err := signer.Sign(envelope.Act{
		Installation: s.Install, Nonce: batchNonce(id), Actor: k.role + ":" + in.ID, Role: k.role, Unit: unit,
		SignedIn: "service", Action: string(k.action), Batch: tree.Batch(),
		IssuedAt: now.Unix(), Expires: now.Add(sealedFor).Unix(),
	})
	if err != nil {
		return err
	}
	rows, err := messagesOf(tree, jws, leaves, k.action)
	if err != nil {
		return err
	}
	if err := s.Store.PutBatch(ctx, id, in.Case, jws, rows); err != nil {
		return fmt.Errorf("activities: store batch: %w", err)
	}
	return nil
}

func messagesOf(tree *envelope.Tree, jws string, leaves []envelope.Leaf, action proposal.Action) ([]postgres.Leaf, error) {
	rows := make([]postgres.Leaf, len(leaves))
	for i, l := range leaves {
		msg, err := tree.Message(jws, i)
		if err != nil {
			return nil, err
		}
		raw, err := json.Marshal(msg)
		if err != nil {
			return nil, fmt.Errorf("activities: encode message: %w", err)
		}
		rows[i] = postgres.Leaf{Position: i, CaseID: l.Case, Action: string(action), Message: raw}
	}
	return rows, nil
}

// batchNonce is a batch's nonce: always the same for one id.
func batchNonce(batch string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("vinhdanh:"+batch)).String()
}
