package council

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

// checkAct compares the act's target, key, time and role with the session.
func (s *Session) checkAct(o envelope.Opened, now time.Time) error {
	a := o.Act
	switch {
	case o.Key.Purpose != envelope.PurposeApp:
		return envelope.Refuse(envelope.CodePurpose, "key purpose "+string(o.Key.Purpose)+" may not sign this")
	case a.Case != s.in.Case:
		return envelope.Refuse(envelope.CodeCase, "the act is for "+a.Case)
	case s.spent[a.Nonce]:
		return envelope.Refuse(envelope.CodeReplayed, "this act was already done")
	case s.Done():
		return envelope.Refuse(envelope.CodeClosed, "the session is closed")
	case a.Unit != s.in.Unit:
		return envelope.Refuse(envelope.CodeUnit, "the act is by another unit")
	}
	return a.Fresh(now)
}

// ownBallot: members vote, and recuse themselves, at once; each act concerns the
// member's own ballot only and carries no expected number.
func ownBallot(action string) bool {
	return action == ActionCast || action == ActionCastSealed || action == ActionRecuse
}

// anyPhase: what is done before a session opens as well as while it is open.
func anyPhase(action string) bool {
	return action == ActionCancel || action == ActionRecuse || action == ActionTeam || action == ActionBallotKey
}

// Check tells whether the act may be done now; nil means yes.
func (s *Session) Check(o envelope.Opened, now time.Time) error {
	if err := s.checkAct(o, now); err != nil {
		return err
	}
	a := o.Act
	if !ownBallot(a.Action) && a.Number != s.number+1 {
		return envelope.Refuse(envelope.CodeNumber, "somebody acted in between")
	}
	want := PhaseOpen
	if a.Action == ActionOpen || a.Action == ActionAdmitLate {
		want = PhaseConvened
	}
	if !anyPhase(a.Action) && s.phase != want {
		return envelope.Refuse(envelope.CodeStage, "the session is "+string(s.phase))
	}
	if err := s.inTime(a.Action, now); err != nil {
		return err
	}
	_, err := s.dryRun(a)
	return err
}

// change is what an act does once nothing can refuse it any more.
type change func(*Transition)

// dryRun decodes and checks the act's data and returns its effect.
func (s *Session) dryRun(a envelope.Act) (change, error) {
	switch a.Action {
	case ActionOpen:
		return s.open(a)
	case ActionCast:
		return s.cast(a)
	case ActionCountPaper:
		return s.countPaper(a)
	case ActionClose:
		return s.close(a)
	case ActionCancel:
		return s.cancel(a)
	case ActionAdmitLate:
		return s.admitLate(a)
	case ActionRecuse:
		return s.recuse(a)
	}
	if a.Action == ActionTeam {
		return s.nameTeam(a)
	}
	if a.Action == ActionSignCount {
		return s.signCount(a)
	}
	if a.Action == ActionPriority {
		return s.setPriority(a)
	}
	return s.dryRunSecret(a)
}

// dryRunSecret is dryRun for the acts on sealed ballots.
func (s *Session) dryRunSecret(a envelope.Act) (change, error) {
	switch a.Action {
	case ActionBallotKey:
		return s.ballotKey(a)
	case ActionCastSealed:
		return s.castSealed(a)
	case ActionFreeze:
		return s.freeze(a)
	case ActionCountSealed:
		return s.countSealed(a)
	case ActionAttest:
		return s.attest(a)
	}
	return nil, envelope.Refuse(envelope.CodeStage, "no action "+a.Action)
}

// Apply does the act and returns its transition.
func (s *Session) Apply(o envelope.Opened, at time.Time) (Transition, error) {
	if err := s.Check(o, at); err != nil {
		return Transition{}, err
	}
	do, err := s.dryRun(o.Act)
	if err != nil {
		return Transition{}, err
	}
	t := Transition{Step: envelope.NewStep(o, s.number+1, at)}
	do(&t)
	s.finish(&t)
	return s.history[len(s.history)-1], nil
}

func (s *Session) open(a envelope.Act) (change, error) {
	if err := needRole(a, "chair", "secretary"); err != nil {
		return nil, err
	}
	var d OpenData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	for i, p := range d.Present {
		if _, ok := s.seat(p); !ok || slices.Contains(d.Present[:i], p) {
			return nil, envelope.Refuse(envelope.CodeData, "a person present is not on the roster, or named twice")
		}
	}
	if s.in.Consultation() && len(d.Present) > 0 {
		return nil, envelope.Refuse(envelope.CodeData, "nobody is present at a written consultation")
	}
	if !s.in.Consultation() && !s.quorate(len(d.Present)) {
		return nil, envelope.Refuse(envelope.CodeStage, "there is no quorum")
	}
	if err := s.keyed(); err != nil {
		return nil, err
	}
	return func(t *Transition) {
		for _, p := range d.Present {
			s.present[p] = true
		}
		s.phase, t.Present = PhaseOpen, len(d.Present)
	}, nil
}

func (s *Session) cast(a envelope.Act) (change, error) {
	var d CastData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if _, ok := s.seat(d.Member); !ok {
		return nil, envelope.Refuse(envelope.CodeRole, "not a member of this session")
	}
	if err := s.settled(); err != nil {
		return nil, err
	}
	if err := s.mayCast(a, d); err != nil {
		return nil, err
	}
	if max(d.Round, 1) != s.in.Round() {
		return nil, envelope.Refuse(envelope.CodeStage, "the ballot is for another round of voting")
	}
	if _, twice := s.ballots[d.Member]; twice {
		return nil, envelope.Refuse(envelope.CodeReplayed, "this member's ballot was already cast")
	}
	if err := s.checkChoices(d); err != nil {
		return nil, err
	}
	return func(t *Transition) {
		s.ballots[d.Member] = ballot{choices: d.Choices, written: d.Written}
		t.Member, t.Written = d.Member, d.Written
	}, nil
}

// mayCast: members present cast their own ballot; an absent member's written
// opinion comes from the member, or is entered by the secretary with its scan.
func (s *Session) mayCast(a envelope.Act, d CastData) error {
	switch {
	case d.Written && s.present[d.Member]:
		return envelope.Refuse(envelope.CodeData, "a written opinion is for members who are absent")
	case !d.Written && !s.present[d.Member]:
		return envelope.Refuse(envelope.CodeRole, "the member is not present")
	case a.Role == "secretary" && d.Written:
		if d.Paper == "" {
			return envelope.Refuse(envelope.CodeData, "a written opinion entered by the secretary needs its scan")
		}
		return nil
	case a.Role != "member" && a.Role != "chair":
		return envelope.Refuse(envelope.CodeRole, "members cast ballots")
	case a.Actor != d.Member:
		return envelope.Refuse(envelope.CodeRole, "nobody casts another member's ballot")
	}
	return nil
}

func (s *Session) checkChoices(d CastData) error {
	if len(d.Choices) != len(s.in.Agenda) {
		return envelope.Refuse(envelope.CodeData, "a ballot has one choice per agenda item")
	}
	for i, it := range s.in.Agenda {
		asked := s.asks(it, d.Member, d.Written)
		switch d.Choices[i] {
		case ChoiceNone:
			if asked {
				return envelope.Refuse(envelope.CodeData, "the ballot leaves item "+it.ID+" open")
			}
		case ChoiceYes, ChoiceNo, ChoiceAbstain:
			if !asked {
				return envelope.Refuse(envelope.CodeOwnCase, "this member has no vote on item "+it.ID)
			}
		default:
			return envelope.Refuse(envelope.CodeData, "a choice is y, n, a or -")
		}
	}
	return nil
}

// asks tells whether this open ballot must say something on the item.
func (s *Session) asks(it AgendaItem, member string, written bool) bool {
	r := s.in.Rules[it.Rule]
	if r.Ballot == BallotSecret || !s.in.Voting(it) || slices.Contains(it.Recused, member) {
		return false
	}
	return !written || s.in.TakesWriting(r)
}

// quorate tells whether n members are as many as every rule of the session asks.
func (s *Session) quorate(n int) bool {
	for _, r := range s.in.Rules {
		if r.Quorum.Den > 0 && !r.Quorum.Reached(n, len(s.in.Roster)) {
			return false
		}
	}
	return true
}

func (s *Session) cancel(a envelope.Act) (change, error) {
	if err := needRole(a, "chair", "secretary"); err != nil {
		return nil, err
	}
	var d struct {
		Reason string `json:"reason"`
	}
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if d.Reason == "" {
		return nil, envelope.Refuse(envelope.CodeData, "a cancelled session needs its reason")
	}
	return func(t *Transition) { s.phase, t.LastNote = PhaseCancelled, d.Reason }, nil
}

func needRole(a envelope.Act, roles ...string) error {
	if !slices.Contains(roles, a.Role) {
		return envelope.Refuse(envelope.CodeRole, "role "+a.Role+" does not do this in a session")
	}
	return nil
}

func decode(raw json.RawMessage, into any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return envelope.Refuse(envelope.CodeData, "the act's data does not decode")
	}
	return nil
}

// Rehearse tells whether Apply would succeed, without changing the session.
func (s *Session) Rehearse(o envelope.Opened, now time.Time) error { return s.Check(o, now) }
