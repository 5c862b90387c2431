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

// roundOf is how a session's acts name the ballot that is going on.
func roundOf(in council.Input) int { return roundName(in.Round()) }

// roundName is how an act names a ballot: nothing for the first, as always.
func roundName(round int) int {
	if round > 1 {
		return round
	}
	return 0
}

// thisBox refuses what was meant for another ballot's box of sealed ballots than the one
// in use.
func (a *App) thisBox(ctx context.Context, s Session, row postgres.CouncilSession, action string, round int) error {
	if over(row) || row.Number == 0 || max(round, 1) == row.BoxRound {
		return nil
	}
	return a.refuse(ctx, s, action, row.CaseID, readable(CodeConflict,
		"Phiên họp đã chuyển sang lần bỏ phiếu kín khác; hãy tải lại trang rồi làm lại.",
		"the session has gone on to another sealed ballot than this one: read it again and begin anew"))
}

// thisRound refuses what was filled in for another ballot than the one that goes on: a
// page that stood open while the chair closed the first.
func (a *App) thisRound(ctx context.Context, s Session, row postgres.CouncilSession, in council.Input, action string, round int) error {
	if over(row) || max(round, 1) == in.Round() {
		return nil
	}
	return a.refuse(ctx, s, action, row.CaseID, readable(CodeConflict,
		"Phiên họp đã chuyển sang lần biểu quyết khác với phiếu này; hãy tải lại trang rồi ghi phiếu mới.",
		"the session has gone on to another ballot than this one: read it again and fill in the new one"))
}

// countedTwice tells whether the papers of a ballot are counted: the last two entries are a
// pair, and equal. A pair that differs is thrown out.
func countedTwice(entries []postgres.Attempt) (bool, error) {
	if len(entries) == 0 || len(entries)%2 == 1 {
		return false, nil
	}
	var digests [2]string
	for i, at := range entries[len(entries)-2:] {
		var d council.PaperData
		if err := signedData(at, &d); err != nil {
			return false, err
		}
		var err error
		if digests[i], err = council.CountDigest(d); err != nil {
			return false, internal("digest the count", err)
		}
	}
	return digests[0] == digests[1], nil
}
