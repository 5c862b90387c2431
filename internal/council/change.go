package council

import (
	"slices"

	"vinhdanh/internal/envelope"
)

// What changes a session after it was convened: items that join late with the
// chair's consent (ActionAdmitLate, before it opens), and a member's recusal that
// was declared late (ActionRecuse, before the item's ballot closes).
const (
	ActionAdmitLate = "admit-late"
	ActionRecuse    = "recuse"
)

// RecusalBase says what a recusal does to what a majority is counted against.
type RecusalBase string

const (
	RecusalStays  RecusalBase = ""       // a member barred from an item stays in its base
	RecusalLeaves RecusalBase = "leaves" // and is taken out of it
)

// LateData is the data of ActionAdmitLate: the items that join, at the end of the
// agenda. Their Rule counts through the session's rules and then Rules.
type LateData struct {
	Items []AgendaItem `json:"items"`
	Rules []Rule       `json:"rules,omitempty"` // those that the session does not have yet
	Cuts  []Cut        `json:"cuts,omitempty"`  // its quotas, counted anew; none: as they were
}

// RecuseData is the data of ActionRecuse; why is on record elsewhere.
type RecuseData struct {
	Member string   `json:"member"`
	Items  []string `json:"items"`
}

// Change is what an act changed of a session's input. Applied in their order to the
// input that started it, changes give the input as it stands.
type Change struct {
	Late   *LateData   `json:"late,omitempty"`
	Recuse *RecuseData `json:"recuse,omitempty"`
	Second Rows        `json:"second,omitempty"` // items that go to a second ballot, as the first was counted

	Tied  *Tied         `json:"tied,omitempty"`  // items of which the Council settles the order
	Order *PriorityData `json:"order,omitempty"` // that order
}

// With is the input after a change; the one before is left as it is.
func (in Input) With(c Change) Input {
	in.Agenda, in.Rules = slices.Clone(in.Agenda), slices.Clone(in.Rules)
	if c.Late != nil {
		in.Agenda, in.Rules = append(in.Agenda, c.Late.Items...), append(in.Rules, c.Late.Rules...)
		if len(c.Late.Cuts) > 0 {
			in.Cuts = c.Late.Cuts
		}
	}
	if c.Tied != nil {
		in.Tied = c.Tied
	}
	if c.Order != nil {
		in.Orders = append(slices.Clone(in.Orders), *c.Order)
	}
	if c.Recuse != nil {
		for i, it := range in.Agenda {
			if slices.Contains(c.Recuse.Items, it.ID) && !slices.Contains(it.Recused, c.Recuse.Member) {
				in.Agenda[i].Recused = append(slices.Clone(it.Recused), c.Recuse.Member)
			}
		}
	}
	if len(c.Second) > 0 {
		in.Second = nil
		for _, row := range c.Second {
			in.Second = append(in.Second, row.Item)
		}
		slices.Sort(in.Second) // asked of every item of every ballot
		in.sealedAgain = in.secretSecond()
	}
	return in
}

// admitLate lets items join the agenda; the session's own chair consents.
func (s *Session) admitLate(a envelope.Act) (change, error) {
	if err := needRole(a, "chair"); err != nil {
		return nil, err
	}
	if seat, _ := s.seat(a.Actor); !seat.Chair {
		return nil, envelope.Refuse(envelope.CodeRole, "the session's own chair consents to late items")
	}
	var d LateData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if len(d.Items) == 0 {
		return nil, envelope.Refuse(envelope.CodeData, "no item is named")
	}
	for _, it := range d.Items {
		if it.Case == "" {
			return nil, envelope.Refuse(envelope.CodeItem, "a late item names its case: "+it.ID)
		}
		for _, person := range it.Recused {
			if _, ok := s.seat(person); !ok {
				return nil, envelope.Refuse(envelope.CodeData, "somebody barred from item "+it.ID+" has no seat")
			}
		}
	}
	after := s.in.With(Change{Late: &d})
	if err := after.check(); err != nil {
		return nil, err
	}
	return func(t *Transition) { s.in, t.Change = after, &Change{Late: &d} }, nil
}

// recuse bars a member from items, at the member's own word. An open ballot that is
// cast already says nothing on them any more; one that nobody can find again (sealed,
// or on paper that is being counted) can no longer be changed.
func (s *Session) recuse(a envelope.Act) (change, error) {
	if err := needRole(a, "member", "chair"); err != nil {
		return nil, err
	}
	var d RecuseData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if _, ok := s.seat(d.Member); !ok || a.Actor != d.Member {
		return nil, envelope.Refuse(envelope.CodeRole, "members recuse themselves, and nobody else")
	}
	if len(d.Items) == 0 {
		return nil, envelope.Refuse(envelope.CodeData, "no item is named")
	}
	for i, id := range d.Items {
		at := slices.IndexFunc(s.in.Agenda, func(it AgendaItem) bool { return it.ID == id })
		if at < 0 || slices.Contains(d.Items[:i], id) {
			return nil, envelope.Refuse(envelope.CodeItem, "an item is not on the agenda, or named twice: "+id)
		}
		if slices.Contains(s.in.Agenda[at].Recused, d.Member) {
			return nil, envelope.Refuse(envelope.CodeReplayed, "this member has no vote on item "+id+" already")
		}
		if err := s.stillBallots(at, d.Member); err != nil {
			return nil, err
		}
	}
	return func(t *Transition) {
		s.in = s.in.With(Change{Recuse: &d})
		s.unsay(d)
		t.Change = &Change{Recuse: &d}
	}, nil
}

// stillBallots refuses to recuse a member from an item whose ballot is closed.
func (s *Session) stillBallots(at int, member string) error {
	if !s.in.Voting(s.in.Agenda[at]) {
		return envelope.Refuse(envelope.CodeStage, "the ballot on item "+s.in.Agenda[at].ID+" is over")
	}
	if !s.secret(s.in.Agenda[at]) {
		return nil
	}
	_, cast := s.sealed[member]
	switch {
	case s.in.Electronic && (cast || s.frozen != ""):
		return envelope.Refuse(envelope.CodeStage, "the secret ballot on item "+s.in.Agenda[at].ID+" is cast and cannot be found again")
	case s.first != nil || s.counted != nil:
		return envelope.Refuse(envelope.CodeStage, "the papers of item "+s.in.Agenda[at].ID+" are being counted")
	}
	return nil
}

// unsay takes what an accepted open ballot says on items out of it.
func (s *Session) unsay(d RecuseData) {
	b, ok := s.ballots[d.Member]
	if !ok {
		return
	}
	choices := []byte(b.choices)
	for i, it := range s.in.Agenda {
		if slices.Contains(d.Items, it.ID) {
			choices[i] = ChoiceNone
		}
	}
	b.choices = string(choices)
	s.ballots[d.Member] = b
}

// leaves counts the members barred from an item whom its rule takes out of the base:
// of all members, or of those who take part.
func (s *Session) leaves(it AgendaItem) int {
	r, n := s.in.Rules[it.Rule], 0
	if r.Recusal != RecusalLeaves {
		return 0
	}
	for _, seat := range s.in.Roster {
		if slices.Contains(it.Recused, seat.Person) && (r.Base != BasePresent || s.present[seat.Person]) {
			n++
		}
	}
	return n
}
