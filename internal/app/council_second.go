package app

import (
	"context"
	"encoding/json"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
)

// firstSums are the first counts of the items that went to a second ballot, by item.
func firstSums(row postgres.CouncilSession) (map[string]council.Sum, error) {
	out := map[string]council.Sum{}
	if row.Round < 2 {
		return out, nil
	}
	var changes []council.Change
	if err := json.Unmarshal(row.Changes, &changes); err != nil {
		return nil, internal("read what changed in the session", err)
	}
	for _, c := range changes {
		for _, r := range c.Second {
			out[r.Item] = r.Sum
		}
	}
	return out, nil
}

// again marks what is on a session's second ballot, with how its first was counted.
func (v *SessionView) again() {
	for i := range v.Agenda {
		if sum, is := v.first[v.Agenda[i].Item]; is {
			v.Agenda[i].Second, v.Agenda[i].First = true, &sum
		}
	}
}

// onBallot tells whether an item is on the ballot that is going on.
func onBallot(row postgres.CouncilSession, it AgendaItem) bool { return row.Round < 2 || it.Second }

// countEntries are the accepted entries of paper counts of one round, oldest first.
func (a *App) countEntries(ctx context.Context, caseID string, round int) ([]postgres.Attempt, error) {
	all, err := a.Store.AcceptedAttempts(ctx, caseID, council.ActionCountPaper)
	if err != nil {
		return nil, internal("read the counts", err)
	}
	var out []postgres.Attempt
	for _, at := range all {
		var d council.PaperData
		if err := signedData(at, &d); err != nil {
			return nil, err
		}
		if max(d.Round, 1) == round {
			out = append(out, at)
		}
	}
	return out, nil
}

// roundOf is how a session's acts name the ballot that is going on: nothing for the
// first, as always.
func roundOf(in council.Input) int {
	if in.Round() > 1 {
		return in.Round()
	}
	return 0
}
