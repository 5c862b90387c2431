package app

import (
	"context"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/minutes"
)

// CountRecord writes the minutes of counting the secret ballots of a closed session:
// the papers given out and taken in, and each item's count as two people entered it.
func (a *App) CountRecord(ctx context.Context, s Session, id string) (MinutesDocument, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return MinutesDocument{}, err
	}
	if v.Electronic {
		return a.sealedCountRecord(ctx, v)
	}
	first, err := a.paperRound(ctx, v, 1)
	if err != nil {
		return MinutesDocument{}, err
	}
	if v.Phase != string(council.PhaseClosed) || first == nil {
		return MinutesDocument{}, readable(CodeNotReady, "Biên bản kiểm phiếu có khi phiên họp có phiếu kín và Chủ trì đã kết thúc biểu quyết.",
			"the minutes of counting are there once a session with secret ballots is closed")
	}
	if first.Second, err = a.paperRound(ctx, v, 2); err != nil {
		return MinutesDocument{}, err
	}
	return minutes.BuildCount(*first), nil
}

// paperRound is the count of one ballot on paper, by its two equal entries; nil where
// there was none.
func (a *App) paperRound(ctx context.Context, v SessionView, round int) (*minutes.Count, error) {
	entries, err := a.countEntries(ctx, v.CaseID, round)
	if err != nil || len(entries) < 2 {
		return nil, err
	}
	equal := entries[len(entries)-2:] // a ballot closes on two equal entries only
	var d council.PaperData
	if err := signedData(equal[1], &d); err != nil {
		return nil, err
	}
	in := a.countBasics(v)
	in.Groups = roundRows(in.Groups, round)
	in.Issued, in.Collected, in.Written = d.Issued, d.Collected, d.Written
	if in.Entered, err = a.team(ctx, v, equal[0].Actor, equal[1].Actor); err != nil {
		return nil, err
	}
	in.Team = in.Entered
	signed, err := a.signedCount(ctx, v.CaseID, round)
	if err != nil {
		return nil, err
	}
	until := equal[0].At
	if !signed.IsZero() { // the team that signed, whoever was of it when counting began
		until = signed
	}
	team, err := a.teamAt(ctx, v.CouncilSession, until)
	if err != nil {
		return nil, err
	}
	if team != nil {
		in.Team = nil
		for _, p := range team.People {
			in.Team = append(in.Team, minutes.Person{Name: p.Name, Title: p.Title})
		}
		in.Head, in.Signed = in.Team[0].Name, signed
		in.Replaced, err = a.replacedTeams(ctx, v, equal[0].At, until)
	}
	return &in, err
}

// roundRows are the rows of one ballot: all as they were counted first, or those that
// went to the second.
func roundRows(groups []minutes.Group, round int) []minutes.Group {
	var out []minutes.Group
	for _, g := range groups {
		var rows []minutes.Row
		for _, r := range g.Rows {
			switch {
			case round == 1 && r.First != nil:
				rows = append(rows, *r.First)
			case round == 1 || r.First != nil:
				rows = append(rows, r)
			}
		}
		if g.Rows = rows; len(rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// countBasics are what both kinds of minutes of counting begin with.
func (a *App) countBasics(v SessionView) minutes.Count {
	in := minutes.Count{
		Council: v.UnitName, Ref: v.Ref, Title: v.Title, Place: v.Place, HeldOn: v.HeldOn, Members: len(v.Roster), Standing: ofStanding(v.CouncilSession), Groups: a.countedRows(v),
	}
	for _, seat := range v.Roster {
		if seat.Chair {
			in.Chair = minutes.Person{Name: seat.Name, Title: seat.Title}
		}
	}
	return in
}

// sealedCountRecord is the minutes of opening sealed ballots.
func (a *App) sealedCountRecord(ctx context.Context, v SessionView) (MinutesDocument, error) {
	first, err := a.sealedRound(ctx, v, 1)
	if err != nil {
		return MinutesDocument{}, err
	}
	if v.Phase != string(council.PhaseClosed) || first == nil {
		return MinutesDocument{}, readable(CodeNotReady, "Biên bản kiểm phiếu có khi phiên họp có phiếu kín và Chủ trì đã kết thúc biểu quyết.",
			"the minutes of counting are there once a session with secret ballots is closed")
	}
	if first.Second, err = a.sealedRound(ctx, v, 2); err != nil {
		return MinutesDocument{}, err
	}
	return minutes.BuildCount(*first), nil
}

// sealedRound is the count of one ballot's box; nil where there was none.
func (a *App) sealedRound(ctx context.Context, v SessionView, round int) (*minutes.Count, error) {
	d, _, err := a.publishedCount(ctx, v.CouncilSession, round)
	if err != nil || d == nil {
		return nil, err
	}
	votes, err := a.Store.SecretVotesOf(ctx, v.ID)
	if err != nil {
		return nil, internal("read the sealed ballots", err)
	}
	cast := 0
	for _, b := range votes {
		if b.Round == round {
			cast++
		}
	}
	in := a.countBasics(v)
	in.Groups = roundRows(in.Groups, round)
	in.Issued = len(v.Roster)
	in.Sealed = &minutes.Sealed{Ballots: cast, Root: d.Root, Rows: council.RowsDigest(d.Rows)}
	for _, r := range d.Rows {
		if council.GivesAway(r.Votes) != "" {
			in.Sealed.Tells++
		}
	}
	keys, err := a.ballotKeys(ctx, v.CaseID, round)
	if err != nil {
		return nil, err
	}
	var holders []string
	for _, k := range keys {
		holders = append(holders, k.Person)
	}
	in.Team, err = a.team(ctx, v, holders...)
	return &in, err
}

// CountRecordFile is the minutes of counting as a file: pdf or docx.
func (a *App) CountRecordFile(ctx context.Context, s Session, id, format string) (SheetFile, error) {
	d, err := a.CountRecord(ctx, s, id)
	if err != nil {
		return SheetFile{}, err
	}
	return fileOf(d, format)
}

// countedRows are the sums of the items with a secret ballot, by award.
func (a *App) countedRows(v SessionView) []minutes.Group {
	secret := slices.DeleteFunc(slices.Clone(v.Agenda), func(it AgendaItem) bool {
		return it.Result == nil || it.Rule == nil || it.Rule.Ballot != council.BallotSecret
	})
	v.Agenda = secret
	var in minutes.Input
	a.minutesRows(v, &in)
	return in.Groups
}

// team are the people who entered the counts, with their office in the Council where
// they have a seat.
func (a *App) team(ctx context.Context, v SessionView, ids ...string) ([]minutes.Person, error) {
	users, err := a.Store.UsersByID(ctx, ids)
	if err != nil {
		return nil, internal("read who counted", err)
	}
	var out []minutes.Person
	for _, id := range ids {
		for _, u := range users {
			if u.ID != id {
				continue
			}
			p := minutes.Person{Name: u.FullName}
			if at := slices.IndexFunc(v.Roster, func(x SeatView) bool { return x.User == id }); at >= 0 {
				p.Title = v.Roster[at].Title
			}
			out = append(out, p)
		}
	}
	return out, nil
}
