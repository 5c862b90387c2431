package app

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"vinhdanh/internal/council"
	"vinhdanh/internal/envelope"
	"vinhdanh/internal/law"
	"vinhdanh/internal/postgres"
)

// SessionView is a session as those who belong to it see it. Before it is closed
// it says who has voted, never how.
type SessionView struct {
	postgres.CouncilSession
	Roster []SeatView     `json:"roster"`
	Rules  []council.Rule `json:"rules,omitempty"`
	Agenda []AgendaItem   `json:"agenda"`
	// Quotas are the shares that the law or the province sets, counted over the agenda;
	// not for a member who has not declared yet.
	Quotas []law.QuotaCount `json:"quotas,omitempty"`
	// Conflicts are those of all members for who runs or inspects the session; a
	// member gets only the own ones.
	Conflicts []SeatConflict `json:"conflicts,omitempty"`
	// Withheld: the reader is a member who has not declared yet, so the agenda says
	// how many items of which award and unit it has, and names nobody.
	Withheld bool         `json:"withheld,omitempty"`
	May      []string     `json:"may"`               // what the reader may do now; see the Act constants
	Content  string       `json:"content,omitempty"` // commitment to roster, rules and agenda
	Counts   int          `json:"counts,omitempty"`  // entries of the paper counts so far
	Counted  bool         `json:"counted,omitempty"` // two entries were alike
	Team     *TeamView    `json:"team,omitempty"`    // who counts on paper, where a team is named
	Secret   *SecretState `json:"secret,omitempty"`  // of sealed ballots, where the session holds them
	// Late are the proposals that the secretary asks the chair to let join; for who asks
	// and who consents.
	Late []postgres.LateRow `json:"late,omitempty"`
	// Unreachable are the items that cannot get their majority any more, by who is
	// present or marked so; for who runs the session, until it is closed.
	Unreachable []Hopeless             `json:"unreachable,omitempty"`
	Delivery    []postgres.DeliveryRow `json:"delivery,omitempty"`
	// Cuts are the quotas that decide in this session. Priority is what the Council settles
	// under one of them before the chair can close.
	Cuts     []council.Cut `json:"cuts,omitempty"`
	Priority *PriorityView `json:"priority,omitempty"`

	first   map[string]council.Sum // of the items that went to a second ballot
	Reasons []postgres.Reason      `json:"reasons,omitempty"`
}

// SeatView is one place of the roster.
type SeatView struct {
	postgres.RosterSeat
	Present  bool   `json:"present"`
	Voted    bool   `json:"voted"`
	Written  bool   `json:"written,omitempty"`  // gave a written opinion
	Sealed   bool   `json:"sealed,omitempty"`   // has cast a sealed ballot
	Declared bool   `json:"declared,omitempty"` // has said in what an own interest lies, or that it lies in nothing
	Mark     string `json:"mark,omitempty"`     // as the secretary marks it: present, absent or written
	Note     string `json:"note,omitempty"`     // why absent
}

// SessionView shows a session to its council, its standing body and auditors.
func (a *App) SessionView(ctx context.Context, s Session, id string) (SessionView, error) {
	row, err := a.councilSession(ctx, s, id)
	if err != nil {
		return SessionView{}, err
	}
	v := SessionView{CouncilSession: row}
	items, err := a.Store.AgendaOf(ctx, row.ID)
	if err != nil {
		return v, internal("read the agenda", err)
	}
	if v.Agenda, err = a.agendaItems(ctx, items); err != nil {
		return v, err
	}
	if err := a.seats(ctx, row, &v); err != nil {
		return v, err
	}
	if err := a.interests(ctx, s, items, &v); err != nil {
		return v, err
	}
	v.again()
	if !v.Withheld {
		if v.Quotas, err = a.quotasOfAgenda(ctx, items); err != nil {
			return v, err
		}
		if err := a.agendaDoubles(ctx, v.Agenda); err != nil {
			return v, err
		}
	}
	if err := a.secretState(ctx, s, row, &v); err != nil {
		return v, err
	}
	if err := a.amendments(ctx, s, &v); err != nil {
		return v, err
	}
	if v.Reasons, err = a.Store.ReasonsOf(ctx, row.CaseID); err != nil {
		return v, internal("read reasons", err)
	}
	if err := a.counting(ctx, row, &v); err != nil {
		return v, err
	}
	if err := a.results(ctx, row, &v); err != nil {
		return v, err
	}
	if err := a.priority(ctx, row, &v); err != nil {
		return v, err
	}
	v.May = mayDo(s, v)
	return v, nil
}

// seats fills the roster: the frozen one, or for a draft that of its day.
func (a *App) seats(ctx context.Context, row postgres.CouncilSession, v *SessionView) error {
	people, err := a.rosterOf(ctx, row)
	if err != nil {
		return err
	}
	if row.Number > 0 {
		in, err := inputOf(row)
		if err != nil {
			return err
		}
		v.Rules, v.Content = in.Rules, in.Content
	}
	if v.first, err = firstSums(row); err != nil {
		return err
	}
	marks, err := a.Store.PresenceOf(ctx, row.ID)
	if err != nil {
		return internal("read who has come", err)
	}
	present, err := a.presentIn(ctx, row)
	if err != nil {
		return err
	}
	ballots, err := a.Store.BallotsOf(ctx, row.ID)
	if err != nil {
		return internal("read who has voted", err)
	}
	v.Roster = []SeatView{}
	for _, p := range people {
		seat := SeatView{RosterSeat: p, Present: present[p.User]}
		for _, m := range marks {
			if m.Member == p.User {
				seat.Mark, seat.Note = m.State, m.Note
			}
		}
		for _, b := range ballots {
			if b.Member == p.User {
				seat.Voted, seat.Written = true, b.Written
			}
		}
		v.Roster = append(v.Roster, seat)
	}
	return nil
}

// frozenSeats names the people of the frozen roster; one who left the council
// since keeps the seat.
func (a *App) frozenSeats(ctx context.Context, in council.Input, today []postgres.RosterSeat) ([]postgres.RosterSeat, error) {
	titles, standing := map[string]string{}, map[string]bool{}
	for _, p := range today {
		titles[p.User], standing[p.User] = p.Title, p.Standing
	}
	ids := make([]string, len(in.Roster))
	for i, seat := range in.Roster {
		ids[i] = seat.Person
	}
	users, err := a.Store.UsersByID(ctx, ids)
	if err != nil {
		return nil, internal("read the roster", err)
	}
	names, selves := map[string]string{}, map[string]string{}
	for _, u := range users {
		names[u.ID], selves[u.ID] = u.FullName, u.Self
	}
	out := make([]postgres.RosterSeat, len(in.Roster))
	for i, seat := range in.Roster {
		out[i] = postgres.RosterSeat{User: seat.Person, Name: names[seat.Person], Title: titles[seat.Person], Chair: seat.Chair, Self: selves[seat.Person], Standing: standing[seat.Person]}
	}
	return out, nil
}

// presentIn reads who was present from the act that opened the session: the
// transition itself carries their number only.
func (a *App) presentIn(ctx context.Context, row postgres.CouncilSession) (map[string]bool, error) {
	present := map[string]bool{}
	opened, err := a.Store.AcceptedAttempts(ctx, row.CaseID, council.ActionOpen)
	if err != nil {
		return nil, internal("read who is present", err)
	}
	for _, at := range opened {
		var d council.OpenData
		if err := signedData(at, &d); err != nil {
			return nil, err
		}
		for _, p := range d.Present {
			present[p] = true
		}
	}
	return present, nil
}

// results shows the counts, the named votes of open ballots and what became of
// the delivery. Only for a closed session.
func (a *App) results(ctx context.Context, row postgres.CouncilSession, v *SessionView) error {
	if row.Phase != string(council.PhaseClosed) {
		return nil
	}
	ballots, err := a.Store.AcceptedAttempts(ctx, row.CaseID, council.ActionCast)
	if err != nil {
		return internal("read the ballots", err)
	}
	for i := range v.Agenda {
		raw := v.Agenda[i].CouncilItem.Result
		if len(raw) == 0 {
			continue
		}
		v.Agenda[i].Result = new(council.ResultRow)
		if err := json.Unmarshal(raw, v.Agenda[i].Result); err != nil {
			return internal("read a result", err)
		}
	}
	gone, err := takenOut(row)
	if err != nil {
		return err
	}
	for _, at := range ballots {
		var d council.CastData
		if err := signedData(at, &d); err != nil {
			return err
		}
		nameVotes(v.Agenda, d, gone)
	}
	if v.Delivery, err = a.Store.DeliveryOf(ctx, row.CaseID); err != nil {
		return internal("read the delivery", err)
	}
	return nil
}

// signedData reads the data of an act of ours that took effect. Its signature was
// checked when it did.
func signedData(at postgres.Attempt, into any) error {
	act, err := signedAct(at)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(act.Data, into); err != nil {
		return internal("read a stored act", err)
	}
	return nil
}

// signedAct reads an act of ours that took effect.
func signedAct(at postgres.Attempt) (act envelope.Act, err error) {
	var msg envelope.Message
	if err := json.Unmarshal(at.Message, &msg); err != nil {
		return act, internal("read a stored act", err)
	}
	parts := strings.Split(msg.JWS, ".")
	if len(parts) != 3 {
		return act, internal("read a stored act", fmt.Errorf("%s is no compact JWS", at.Nonce))
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return act, internal("read a stored act", err)
	}
	if err := json.Unmarshal(payload, &act); err != nil {
		return act, internal("read a stored act", err)
	}
	return act, nil
}
