package reconcile

import (
	"bytes"
	"encoding/json"
	"strings"

	"vinhdanh/internal/envelope"
	"vinhdanh/internal/postgres"
)

// one compares one case.
func (r *run) one(id string) error {
	desc, err := r.Workflows.Describe(r.ctx, id)
	if err != nil {
		return err
	}
	if !desc.Found {
		return r.gone(id)
	}
	if !r.described(id, desc) {
		return nil // no transitions to be had, and the finding says why
	}
	all, err := r.Workflows.Transitions(r.ctx, id)
	if err != nil {
		r.found(id, CodeSilent)
		return r.ctx.Err()
	}
	r.report.Transitions += len(all)
	if err := r.trail(id, all); err != nil {
		return err
	}
	if err := r.attempts(id, all); err != nil {
		return err
	}
	switch kind, _, _ := strings.Cut(id, "/"); kind {
	case "commendation":
		return r.commendation(id, desc)
	case "council":
		return r.session(id, all)
	case "revocation":
		return r.revocation(id, all)
	default:
		return r.issuance(id, all)
	}
}

// gone: a history may be gone once its bundle is archived. An attempt to start
// that Temporal never took is the sweep's, not ours.
func (r *run) gone(id string) error {
	archived, err := r.Store.Archived(r.ctx, id)
	if err != nil || archived {
		return err
	}
	rows, err := r.Store.Trail(r.ctx, id)
	if len(rows) > 0 {
		r.found(id, CodeGone)
	}
	return err
}

// described reports what the description shows; false ends the comparison.
func (r *run) described(id string, d Run) bool {
	if d.Reset {
		r.found(id, CodeReset)
	}
	for _, status := range d.Others {
		if status != statusFailed {
			r.found(id, CodeRuns, status)
		}
	}
	switch {
	case d.Open || d.Status == statusCompleted:
		return true
	case d.Status == statusFailed && r.neverStarted(id):
		return false // a start that the workflow refused; it is on record as refused
	}
	r.found(id, CodeEnded, d.Status)
	return d.Status != statusFailed
}

// neverStarted tells whether nothing of the case was ever recorded.
func (r *run) neverStarted(id string) bool {
	rows, err := r.Store.Trail(r.ctx, id)
	return err == nil && len(rows) == 0
}

// trail records what is missing, then compares row by row.
func (r *run) trail(id string, all []json.RawMessage) error {
	rows, err := r.Store.Trail(r.ctx, id)
	if err != nil {
		return err
	}
	if len(rows) < len(all) {
		if rows, err = r.rebuild(id, rows, all); err != nil {
			return err
		}
	}
	prev := id
	for i, row := range rows {
		if row.Number != i+1 || row.PrevHash != prev || row.Hash != postgres.ChainHash(prev, row.Body) {
			r.found(id, CodeChain, i+1)
		}
		prev = row.Hash
		switch {
		case i >= len(all):
			r.found(id, CodeExtraRow, row.Number)
		case !bytes.Equal(row.Body, all[i]):
			r.found(id, CodeRow, row.Number)
		}
	}
	return nil
}

// rebuild records the transitions after the last row.
func (r *run) rebuild(id string, rows []postgres.TrailRow, all []json.RawMessage) ([]postgres.TrailRow, error) {
	for i, body := range all[len(rows):] {
		if r.Record == nil {
			r.found(id, CodeNotRebuilt, len(rows)+i+1)
			continue
		}
		if err := r.Record(r.ctx, id, body); err != nil {
			r.found(id, CodeNotRebuilt, len(rows)+i+1)
			break
		}
	}
	now, err := r.Store.Trail(r.ctx, id)
	r.report.Rebuilt += len(now) - len(rows)
	return now, err
}

// attempts compares the outcomes of attempts with the transitions.
func (r *run) attempts(id string, all []json.RawMessage) error {
	numbers := map[string]int{}
	for _, body := range all {
		var s envelope.Step
		if err := json.Unmarshal(body, &s); err != nil {
			return err
		}
		numbers[s.Nonce] = s.Number
	}
	as, err := r.Store.AttemptsOf(r.ctx, id)
	if err != nil {
		return err
	}
	stored := map[string]bool{}
	for _, a := range as {
		stored[a.Nonce] = true
		number := numbers[a.Nonce]
		switch {
		case a.Status == nil: // the sweep will settle it
		case *a.Status == "accepted" && (a.Number == nil || *a.Number != number):
			r.found(id, CodeAttempt, a.Nonce)
		case *a.Status == "refused" && number != 0:
			r.found(id, CodeRefused, number)
		}
	}
	for _, body := range all {
		var s envelope.Step
		if err := json.Unmarshal(body, &s); err != nil {
			return err
		}
		if !stored[s.Nonce] {
			r.found(id, CodeNoAttempt, s.Number)
		}
	}
	return nil
}
