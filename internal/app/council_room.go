package app

import (
	"context"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// PresenceInput is who has come so far, who is away, and who writes instead.
type PresenceInput struct {
	Members []Attendance `json:"members" validate:"required,max=500,unique=Member,dive"`
}

// Attendance is one member's presence.
type Attendance struct {
	Member string `json:"member" validate:"required,uuid"`
	State  string `json:"state" validate:"oneof=present absent written"`
	Note   string `json:"note,omitempty" validate:"max=300"` // why absent
}

// MarkPresence keeps who has come before the session opens. It decides nothing:
// the act that opens the session says who is present.
func (a *App) MarkPresence(ctx context.Context, s Session, id string, in PresenceInput) (Progress, error) {
	if err := a.check(in); err != nil {
		return Progress{}, err
	}
	row, _, err := a.seated(ctx, s, "mark-presence", id)
	if err != nil {
		return Progress{}, err
	}
	if row.Phase == string(council.PhaseOpen) || over(row) {
		return Progress{}, readable(CodeConflict, "Phiên họp đã khai mạc; danh sách có mặt không sửa được nữa.",
			"the session is open; who is present is fixed")
	}
	people, err := a.rosterOf(ctx, row)
	if err != nil {
		return Progress{}, err
	}
	rows := make([]postgres.PresenceRow, len(in.Members))
	for i, m := range in.Members {
		if !seats(people, m.Member) {
			return Progress{}, readable(CodeInvalid, "Có người không thuộc danh sách thành viên dự họp.",
				"somebody has no seat in this session")
		}
		rows[i] = postgres.PresenceRow{Member: m.Member, State: m.State, Note: m.Note}
	}
	if err := a.Store.MarkPresence(ctx, row.ID, rows); err != nil {
		return Progress{}, internal("mark who has come", err)
	}
	return a.Progress(ctx, s, row.ID)
}

// Progress is a session in numbers. It says how many have voted, never who or how.
type Progress struct {
	Phase      string `json:"phase"`
	Round      int    `json:"round"` // the ballot that is going on, or was last: 1 or 2
	Members    int    `json:"members"`
	Present    int    `json:"present"`    // once open, as the opening says; before, as marked
	Quorum     int    `json:"quorum"`     // members who must be present; 0: no rule asks, or nothing is on the agenda
	Quorate    bool   `json:"quorate"`    // the quorum is reached
	Ballots    int    `json:"ballots"`    // open ballots cast
	Written    int    `json:"written"`    // of those, written opinions
	Expected   int    `json:"expected"`   // ballots that may come: members present, and written opinions
	Open       int    `json:"open"`       // items voted on openly
	Secret     int    `json:"secret"`     // items voted on by secret ballot
	Electronic bool   `json:"electronic"` // secret ballots are sealed, not on paper
	Sealed     int    `json:"sealed"`     // sealed ballots cast
	Boxed      bool   `json:"boxed"`      // the box of sealed ballots is closed
	Counts     int    `json:"counts"`     // entries of the paper counts so far
	Items      int    `json:"items"`
	Mode       string `json:"mode"`            // meeting or written
	Until      string `json:"until,omitempty"` // civil date to answer by, of a written consultation
	At         string `json:"at"`              // civil date of the session
}

// Progress tells how far a session is.
func (a *App) Progress(ctx context.Context, s Session, id string) (Progress, error) {
	row, err := a.councilSession(ctx, s, id)
	if err != nil {
		return Progress{}, err
	}
	v := SessionView{CouncilSession: row}
	if err := a.seats(ctx, row, &v); err != nil {
		return Progress{}, err
	}
	if err := a.secretState(ctx, s, row, &v); err != nil {
		return Progress{}, err
	}
	counts, err := a.countEntries(ctx, row.CaseID, row.Round)
	if err != nil {
		return Progress{}, err
	}
	items, err := a.Store.AgendaOf(ctx, row.ID)
	if err != nil {
		return Progress{}, internal("read the agenda", err)
	}
	return progressOf(v, items, len(counts)), nil
}

func progressOf(v SessionView, items []postgres.CouncilItem, counts int) Progress {
	p := Progress{
		Phase: v.Phase, Round: v.Round, Members: len(v.Roster), Ballots: v.Ballots, Counts: counts, Items: len(items),
		At: v.HeldOn.Format("2006-01-02"),
	}
	in := council.Input{Rules: v.Rules, Roster: make([]council.Seat, len(v.Roster))}
	for _, it := range items {
		rule := ruleOf(it)
		if rule == nil {
			continue
		}
		if !slices.Contains(in.Rules, *rule) {
			in.Rules = append(in.Rules, *rule)
		}
		if _, again := v.first[it.Item]; v.Round > 1 && !again {
			continue // not on the ballot that is going on
		}
		if rule.Ballot == council.BallotSecret {
			p.Secret++
		} else {
			p.Open++
		}
	}
	opened := v.Phase == string(council.PhaseOpen) || v.Phase == string(council.PhaseClosed)
	for _, seat := range v.Roster {
		p.seat(seat, opened)
	}
	if v.Secret != nil {
		p.Electronic, p.Sealed, p.Boxed = true, v.Secret.Ballots, v.Secret.Root != ""
	}
	p.Expected += p.Present
	p.Quorum = in.Quorum()
	p.Quorate = p.Present > 0 && p.Present >= p.Quorum
	if p.Mode = v.Mode; v.Until != nil {
		p.Until = v.Until.Format("2006-01-02")
	}
	if inWriting(v.CouncilSession) { // who answers takes part
		p.Expected = p.Members
		p.Quorate = p.Ballots > 0 && p.Ballots >= p.Quorum
	}
	return p
}

// seat adds a member to the numbers of who is there and who writes.
func (p *Progress) seat(seat SeatView, opened bool) {
	if seat.Present || !opened && seat.Mark == "present" {
		p.Present++
	}
	if seat.Written || !seat.Present && seat.Mark == "written" {
		p.Expected++
	}
	if seat.Written {
		p.Written++
	}
}

// Projected is what a projector in the room may show: no vote of anybody, no
// member's name, and of the subjects only the names on the agenda.
type Projected struct {
	Ref      string           `json:"ref"`
	Title    string           `json:"title"`
	UnitName string           `json:"unit_name"`
	Place    string           `json:"place,omitempty"`
	Progress Progress         `json:"progress"`
	Groups   []ProjectedGroup `json:"groups"`
	Shown    *ProjectedGroup  `json:"shown,omitempty"` // the group that is spoken of now
	Lines    []ProjectedLine  `json:"lines"`           // of the group shown
}

// ProjectedGroup is one award of the agenda in numbers.
type ProjectedGroup struct {
	Award     string   `json:"award"`
	AwardName law.Text `json:"award_name"`
	Items     int      `json:"items"`
	Secret    bool     `json:"secret,omitempty"`
	Passed    int      `json:"passed"` // once the session is closed
	Needed    int      `json:"needed,omitempty"`
}

// ProjectedLine is one item of the group shown.
type ProjectedLine struct {
	Line     string       `json:"line"`
	UnitName string       `json:"unit_name"`
	Sum      *council.Sum `json:"sum,omitempty"` // once the session is closed
	Passed   bool         `json:"passed,omitempty"`
}

// Projector shows a session as the room may see it.
func (a *App) Projector(ctx context.Context, s Session, id string) (Projected, error) {
	v, err := a.SessionView(ctx, s, id)
	if err != nil {
		return Projected{}, err
	}
	items := make([]postgres.CouncilItem, len(v.Agenda))
	for i, it := range v.Agenda {
		items[i] = it.CouncilItem
	}
	out := Projected{
		Ref: v.Ref, Title: v.Title, UnitName: v.UnitName, Place: v.Place, Progress: progressOf(v, items, v.Counts),
		Groups: []ProjectedGroup{}, Lines: []ProjectedLine{},
	}
	for _, g := range a.GroupAgenda(v.Agenda) {
		out.Groups = append(out.Groups, projected(g, len(v.Roster)))
		if g.Award == v.Screen {
			shown := out.Groups[len(out.Groups)-1]
			out.Shown, out.Lines = &shown, projectedLines(g)
		}
	}
	return out, nil
}

func projected(g AwardGroup, members int) ProjectedGroup {
	p := ProjectedGroup{Award: g.Award, AwardName: g.AwardName, Items: g.Items}
	if g.Rule != nil {
		p.Secret = g.Rule.Ballot == council.BallotSecret
		if g.Rule.Base == council.BaseAll {
			p.Needed = g.Rule.Required(members)
		}
	}
	for _, u := range g.Units {
		for _, it := range u.Items {
			if it.Result != nil && it.Result.Passed {
				p.Passed++
			}
		}
	}
	return p
}

func projectedLines(g AwardGroup) []ProjectedLine {
	out := []ProjectedLine{}
	for _, u := range g.Units {
		for _, it := range u.Items {
			l := ProjectedLine{Line: it.Line, UnitName: it.UnitName}
			if it.Result != nil {
				sum := it.Result.Sum
				l.Sum, l.Passed = &sum, it.Result.Passed
			}
			out = append(out, l)
		}
	}
	return out
}

// ScreenInput chooses the award that the projector shows; empty: the overview.
type ScreenInput struct {
	Award string `json:"award" validate:"max=60"`
}

// ShowOnScreen chooses what the projector shows.
func (a *App) ShowOnScreen(ctx context.Context, s Session, id string, in ScreenInput) (Projected, error) {
	if err := a.check(in); err != nil {
		return Projected{}, err
	}
	row, _, err := a.seated(ctx, s, "show-on-screen", id)
	if err != nil {
		return Projected{}, err
	}
	if err := a.Store.SetScreen(ctx, row.ID, in.Award); err != nil {
		return Projected{}, internal("choose what is shown", err)
	}
	return a.Projector(ctx, s, row.ID)
}
