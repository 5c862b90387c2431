package app

import (
	"context"

	"vinhdanh/internal/council"
	"vinhdanh/internal/council/ballotbox"
	"vinhdanh/internal/postgres"
)

// publishedCount reads what was published of one ballot's box and by whom; nil before that.
func (a *App) publishedCount(ctx context.Context, row postgres.CouncilSession, round int) (*council.SealedCount, string, error) {
	acts, err := a.Store.AcceptedAttempts(ctx, row.CaseID, council.ActionCountSealed)
	if err != nil {
		return nil, "", internal("read the count of sealed ballots", err)
	}
	for _, at := range acts {
		var d council.SealedCount
		if err := signedData(at, &d); err != nil {
			return nil, "", err
		}
		if max(d.Round, 1) == round {
			return &d, at.Actor, nil
		}
	}
	return nil, "", nil
}

// SecretRecord is what is published of a session's sealed ballots, from the closing of
// their box on. round is the ballot: 1, 2, or 0 for the one whose box is in use.
func (a *App) SecretRecord(ctx context.Context, s Session, id string, round int) (council.Record, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return council.Record{}, err
	}
	if round == 0 {
		round = v.BoxRound
	}
	if v.Secret == nil || round > v.BoxRound || round == v.BoxRound && v.Secret.Root == "" {
		return council.Record{}, readable(CodeNotReady, "Danh sách phiếu kín điện tử công bố khi hòm phiếu đã khóa.",
			"sealed ballots are listed once their box is closed")
	}
	r := council.Record{Case: council.BoxOf(v.CaseID, round), Round: roundName(round), Root: v.Secret.Root, Ballots: []string{}}
	if r.Keys, err = a.ballotKeys(ctx, v.CaseID, round); err != nil {
		return r, err
	}
	votes, err := a.Store.SecretVotesOf(ctx, v.ID)
	if err != nil {
		return r, internal("read the sealed ballots", err)
	}
	for _, b := range votes {
		if b.Round == round {
			r.Ballots = append(r.Ballots, b.Digest)
		}
	}
	d, by, err := a.publishedCount(ctx, v.CouncilSession, round)
	if err != nil || d == nil {
		return r, err
	}
	r.Root, r.Counted, r.Rows = d.Root, by, council.RowsDigest(d.Rows)
	if v.Secret.Attested || round < v.BoxRound { // no second ballot before the first is attested
		for _, k := range r.Keys {
			if k.Holder == ballotbox.Secretary {
				r.Attested = k.Person
			}
		}
	}
	for _, it := range d.Rows {
		r.Items = append(r.Items, recordItem(v, it, round))
	}
	return r, nil
}

// recordItem is one item's published choices with what was computed from them: of a first
// ballot that a second followed, its own count.
func recordItem(v SessionView, row council.SealedRow, round int) council.RecordItem {
	out := council.RecordItem{SealedRow: row, Tells: council.GivesAway(row.Votes)}
	for _, it := range v.Agenda {
		if it.Item != row.Item {
			continue
		}
		if out.Line = it.Line; it.Rule != nil {
			out.Rule = *it.Rule
		}
		switch {
		case round == 1 && it.First != nil:
			out.Sum = it.First
		case it.Result != nil:
			out.Sum, out.Passed, out.Place = &it.Result.Sum, it.Result.Passed, it.Result.Place
		}
	}
	return out
}
