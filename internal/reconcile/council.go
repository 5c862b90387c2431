package reconcile

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// sitting is what a session's transitions say of its rows.
type sitting struct {
	state   postgres.SessionState
	results []council.ResultRow
	changes []council.Change
	votes   map[string]postgres.SecretVote // sealed ballots, by digest
	box     string                         // commitment to them
	boxes   int                            // of which ballot the box is
	emptied bool                           // no sealed ballot is kept any more
}

func fold(all []json.RawMessage) (sitting, error) {
	s := sitting{state: postgres.SessionState{Round: 1}, boxes: 1, votes: map[string]postgres.SecretVote{}}
	for _, body := range all {
		var t council.Transition
		if err := json.Unmarshal(body, &t); err != nil {
			return s, err
		}
		s.state.Number, s.state.Phase = t.Number, string(t.Phase)
		if t.Member != "" {
			s.state.Ballots++
		}
		if t.Change != nil {
			s.changes = append(s.changes, *t.Change)
			if len(t.Change.Second) > 0 {
				s.state.Ballots, s.state.Round = 0, 2
			}
		}
		if t.Voter != "" {
			s.votes[t.Sealed] = postgres.SecretVote{Member: t.Voter, Written: t.Written, Digest: t.Sealed, Round: s.boxes}
		}
		if t.Action == council.ActionFreeze {
			s.box = t.Root
		}
		if t.NewBox {
			s.box, s.boxes, s.emptied = "", 2, false
			continue
		}
		s.emptied = s.emptied || t.Action == council.ActionCountSealed || t.Phase == council.PhaseClosed || t.Phase == council.PhaseCancelled
		s.results = append(s.results, t.Results...)
	}
	s.state.Rows = s.state.Ballots
	return s, nil
}

// session folds a session's transitions and compares the projection.
func (r *run) session(id string, all []json.RawMessage) error {
	want, err := fold(all)
	if err != nil {
		return err
	}
	have, err := r.Store.SessionStateOf(r.ctx, id)
	if errors.Is(err, postgres.ErrNotFound) {
		r.found(id, CodeSession, "there is no row")
		return nil
	}
	if err != nil {
		return err
	}
	if have != want.state {
		r.found(id, CodeSession, fmt.Sprintf("is %+v, the history says %+v", have, want.state))
	}
	if err := r.results(id, want.results); err != nil {
		return err
	}
	return r.sealed(id, want)
}

func (r *run) results(id string, want []council.ResultRow) error {
	rows, err := r.Store.SessionResultsOf(r.ctx, id)
	if err != nil {
		return err
	}
	have := map[string]*council.ResultRow{}
	for _, row := range rows {
		have[row.Item] = row.Result
	}
	for _, w := range want {
		if h := have[w.Item]; h == nil || !reflect.DeepEqual(*h, w) {
			r.found(id, CodeSession, "result of "+w.Item)
		}
	}
	return nil
}

// sealed compares what changed since the convening, and the sealed ballots: who has
// cast which, the commitment to their box, and that none is kept once they are counted.
func (r *run) sealed(id string, want sitting) error {
	row, err := r.Store.SessionByID(r.ctx, id)
	if err != nil {
		return err
	}
	var changes []council.Change
	if err := json.Unmarshal(row.Changes, &changes); err != nil {
		return err
	}
	if len(changes) != len(want.changes) || len(changes) > 0 && !reflect.DeepEqual(changes, want.changes) {
		r.found(id, CodeSession, fmt.Sprintf("%d changes since it was convened, the history has %d, or others", len(changes), len(want.changes)))
	}
	if row.Box != want.box || row.BoxRound != want.boxes {
		r.found(id, CodeSession, "the commitment to the sealed ballots")
	}
	votes, err := r.Store.SecretVotesOf(r.ctx, row.ID)
	if err != nil {
		return err
	}
	for _, v := range votes {
		if want.votes[v.Digest] != v {
			r.found(id, CodeSession, "the sealed ballot "+v.Digest)
		}
	}
	if len(votes) != len(want.votes) {
		r.found(id, CodeSession, fmt.Sprintf("%d sealed ballots, the history has %d", len(votes), len(want.votes)))
	}
	kept, err := r.Store.SealedBallotsOf(r.ctx, row.ID)
	if err == nil && want.emptied && len(kept) > 0 {
		r.found(id, CodeSession, fmt.Sprintf("%d sealed ballots are still kept", len(kept)))
	}
	return err
}
