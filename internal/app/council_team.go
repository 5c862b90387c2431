package app

import (
	"context"
	"slices"
	"time"

	"vinhdanh/internal/council"
	"vinhdanh/internal/postgres"
	"vinhdanh/internal/proposal"
)

// TeamInput names the counting team (tổ kiểm phiếu) of a session's paper ballots.
type TeamInput struct {
	Head    string   `json:"head" validate:"required,uuid"`
	Members []string `json:"members" validate:"required,min=1,max=20,unique,dive,uuid"` // the others
	Reason  string   `json:"reason,omitempty" validate:"max=4000"`                      // why another team, once counting has begun
	Nonce   string   `json:"nonce,omitempty" validate:"omitempty,max=120"`
}

// TeamView is a session's counting team.
type TeamView struct {
	People []TeamPerson `json:"people"` // the head first
	Signed bool         `json:"signed"` // the head has signed for the count of the ballot that is going on, or was last
}

// TeamPerson is one of a counting team.
type TeamPerson struct {
	postgres.RosterSeat
	Head bool `json:"head,omitempty"`
}

// NameTeam names the counting team: members of the session or the council's secretaries.
// From then on only its people enter the counts, and its head signs for them. Once
// counting has begun a team is only replaced, with the reason; what was entered stays.
func (a *App) NameTeam(ctx context.Context, s Session, id string, in TeamInput) (Done, error) {
	if err := a.check(in); err != nil {
		return Done{}, err
	}
	row, actor, err := a.seated(ctx, s, council.ActionTeam, id)
	if err != nil {
		return Done{}, err
	}
	may, err := a.teamChoices(ctx, row)
	if err != nil {
		return Done{}, err
	}
	d := council.TeamData{Head: in.Head, Members: in.Members}
	for i, p := range d.People() {
		if !seats(may, p) || slices.Contains(d.People()[:i], p) {
			e := readable(CodeInvalid, "Tổ kiểm phiếu gồm Tổ trưởng và ít nhất một người khác, mỗi người một lần, chọn trong thành viên dự họp và Thư ký Hội đồng.",
				"a counting team is a head and at least one other, each once, of the session's members and the council's secretaries")
			e.Fields = []FieldError{{Field: "members", Rule: "exists"}}
			return Done{}, e
		}
	}
	if d.Reason, err = a.teamReason(ctx, s, row, in.Reason); err != nil {
		return Done{}, err
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionTeam, in.Nonce, d)
}

// teamReason asks why a team is replaced once counting has begun, and keeps it.
func (a *App) teamReason(ctx context.Context, s Session, row postgres.CouncilSession, reason string) (string, error) {
	entries, err := a.countEntries(ctx, row.CaseID, row.Round)
	if err != nil {
		return "", err
	}
	if len(entries) > 0 && reason == "" {
		e := readable(CodeInvalid, "Đã bắt đầu kiểm phiếu: thay Tổ kiểm phiếu phải nêu lý do. Kết quả đã nhập được giữ nguyên.",
			"counting has begun: say why the team is replaced. What was entered stays")
		e.Fields = []FieldError{{Field: "reason", Rule: "required"}}
		return "", e
	}
	return a.reason(ctx, s, row.CaseID, reason, "counting-team", "")
}

// SignCount is the head's signature for the count that two people entered alike.
func (a *App) SignCount(ctx context.Context, s Session, id, nonce string) (Done, error) {
	row, actor, err := a.seated(ctx, s, council.ActionSignCount, id)
	if err != nil {
		return Done{}, err
	}
	entries, err := a.countEntries(ctx, row.CaseID, row.Round)
	if err != nil {
		return Done{}, err
	}
	d := council.SignCountData{}
	if row.Round > 1 {
		d.Round = row.Round
	}
	if len(entries) > 0 {
		var last council.PaperData
		if err := signedData(entries[len(entries)-1], &last); err != nil {
			return Done{}, err
		}
		if d.Digest, err = council.CountDigest(last); err != nil {
			return Done{}, internal("digest the count", err)
		}
	}
	if done, err := countedTwice(entries); err != nil {
		return Done{}, err
	} else if !done {
		return Done{}, a.refuse(ctx, s, council.ActionSignCount, row.CaseID, readable(CodeNotReady,
			"Chưa đủ hai lần nhập kết quả kiểm phiếu giống nhau.", "the counts are not entered twice alike yet"))
	}
	return a.sessionAct(ctx, s, row, actor, council.ActionSignCount, nonce, d)
}

// teamChoices are the people of whom a counting team may be named.
func (a *App) teamChoices(ctx context.Context, row postgres.CouncilSession) ([]postgres.RosterSeat, error) {
	people, err := a.rosterOf(ctx, row)
	if err != nil {
		return nil, err
	}
	secretaries, err := a.Store.Officers(ctx, row.Unit, proposal.RoleSecretary, row.HeldOn.Format(time.DateOnly))
	if err != nil {
		return nil, internal("read the secretaries", err)
	}
	for _, p := range secretaries {
		if !seats(people, p.User) {
			people = append(people, p)
		}
	}
	return people, nil
}

// TeamChoices lists of whom a session's counting team may be named.
func (a *App) TeamChoices(ctx context.Context, s Session, id string) ([]postgres.RosterSeat, error) {
	row, _, err := a.seated(ctx, s, council.ActionTeam, id)
	if err != nil {
		return nil, err
	}
	return a.teamChoices(ctx, row)
}

// counting reads how far the counting on paper is, and who does it.
func (a *App) counting(ctx context.Context, row postgres.CouncilSession, v *SessionView) error {
	counts, err := a.countEntries(ctx, row.CaseID, row.Round)
	if err != nil {
		return err
	}
	v.Counts = len(counts)
	if v.Counted, err = countedTwice(counts); err != nil {
		return err
	}
	v.Team, err = a.teamOf(ctx, row)
	return err
}

// teamOf reads a session's counting team as it was last named; nil where none is.
func (a *App) teamOf(ctx context.Context, row postgres.CouncilSession) (*TeamView, error) {
	named, err := a.Store.AcceptedAttempts(ctx, row.CaseID, council.ActionTeam)
	if err != nil || len(named) == 0 {
		return nil, err
	}
	return a.teamNamed(ctx, row, named[len(named)-1])
}

// teamAt is the team as it was named before a moment; nil where none was.
func (a *App) teamAt(ctx context.Context, row postgres.CouncilSession, at time.Time) (*TeamView, error) {
	named, err := a.Store.AcceptedAttempts(ctx, row.CaseID, council.ActionTeam)
	if err != nil {
		return nil, internal("read the counting team", err)
	}
	for _, n := range slices.Backward(named) {
		if n.At.Before(at) {
			return a.teamNamed(ctx, row, n)
		}
	}
	return nil, nil
}

func (a *App) teamNamed(ctx context.Context, row postgres.CouncilSession, named postgres.Attempt) (*TeamView, error) {
	var d council.TeamData
	if err := signedData(named, &d); err != nil {
		return nil, err
	}
	choices, err := a.teamChoices(ctx, row)
	if err != nil {
		return nil, err
	}
	users, err := a.Store.UsersByID(ctx, d.People())
	if err != nil {
		return nil, internal("read the counting team", err)
	}
	out := &TeamView{}
	for _, id := range d.People() {
		p := TeamPerson{RosterSeat: postgres.RosterSeat{User: id}, Head: id == d.Head}
		for _, u := range users {
			if u.ID == id {
				p.Name = u.FullName
			}
		}
		if at := slices.IndexFunc(choices, func(x postgres.RosterSeat) bool { return x.User == id }); at >= 0 {
			p.Title = choices[at].Title
		}
		out.People = append(out.People, p)
	}
	at, err := a.signedCount(ctx, row.CaseID, row.Round)
	out.Signed = !at.IsZero()
	return out, err
}

// signedCount is when the head signed for a round's count; zero where that is not so.
func (a *App) signedCount(ctx context.Context, caseID string, round int) (time.Time, error) {
	signed, err := a.Store.AcceptedAttempts(ctx, caseID, council.ActionSignCount)
	if err != nil {
		return time.Time{}, internal("read the head's signature", err)
	}
	for _, at := range signed {
		var d council.SignCountData
		if err := signedData(at, &d); err != nil {
			return time.Time{}, err
		}
		if max(d.Round, 1) == round {
			return at.At, nil
		}
	}
	return time.Time{}, nil
}

// Head is the team's head.
func (t TeamView) Head() TeamPerson {
	if len(t.People) == 0 {
		return TeamPerson{}
	}
	return t.People[0]
}

// Counts tells whether somebody is of the team.
func (t TeamView) Counts(user string) bool {
	return slices.ContainsFunc(t.People, func(p TeamPerson) bool { return p.User == user })
}

// ofTeam says in words that a team is named and somebody else would count, or close
// before the head has signed.
func (a *App) ofTeam(ctx context.Context, s Session, row postgres.CouncilSession, action string) error {
	team, err := a.teamOf(ctx, row)
	if err != nil || team == nil {
		return err
	}
	switch {
	case action == council.ActionCountPaper && !team.Counts(s.User):
		return a.refuse(ctx, s, action, row.CaseID, readable(CodeForbidden, "Phiên họp đã có Tổ kiểm phiếu; chỉ người trong Tổ nhập kết quả kiểm phiếu.",
			"the session has a counting team: only its people enter the counts"))
	case action == council.ActionClose && !team.Signed:
		entries, err := a.countEntries(ctx, row.CaseID, row.Round)
		if err != nil {
			return err
		}
		if done, err := countedTwice(entries); err != nil || !done {
			return err // the session itself says that the papers are not counted
		}
		return a.refuse(ctx, s, action, row.CaseID, readable(CodeNotReady,
			"Tổ trưởng Tổ kiểm phiếu chưa xác nhận kết quả kiểm phiếu; Tổ trưởng xác nhận rồi mới kết thúc được.",
			"the head of the counting team has not signed for the count: the head signs before the chair can close"))
	}
	return nil
}

// replacedTeams are the reasons for which the team was replaced while papers were counted.
func (a *App) replacedTeams(ctx context.Context, v SessionView, from, until time.Time) (out []string, err error) {
	named, err := a.Store.AcceptedAttempts(ctx, v.CaseID, council.ActionTeam)
	if err != nil {
		return nil, internal("read the counting team", err)
	}
	for _, n := range named {
		var d council.TeamData
		if err := signedData(n, &d); err != nil {
			return nil, err
		}
		if d.Reason != "" && n.At.After(from) && n.At.Before(until) {
			out = append(out, v.reasonOf(d.Reason))
		}
	}
	return out, nil
}
