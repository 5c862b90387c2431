package council

import (
	"slices"
	"time"

	"vinhdanh/internal/envelope"
)

// Silence says what it means that a member does not answer a written consultation.
type Silence string

const (
	SilenceNothing Silence = ""       // no vote; the member stays in the base
	SilenceAgrees  Silence = "agrees" // a vote in favour once the time to answer has passed
)

// Consultation tells whether the members are asked in writing (phiếu lấy ý kiến)
// instead of meeting: nobody is present, everybody answers in writing.
func (in Input) Consultation() bool { return in.Mode == ModeWritten }

// TakesWriting tells whether an absent member may answer in writing under a rule:
// always in a consultation, where writing is the only way.
func (in Input) TakesWriting(r Rule) bool { return in.Consultation() || r.Absent == AbsentWritten }

// Consults tells whether a written consultation may deal with what is under the rule.
func (r Rule) Consults() bool { return r.Mode == ModeWritten || r.Consult }

func (in Input) checkMode() error {
	switch {
	case in.Mode == ModeStanding && slices.ContainsFunc(in.Rules, func(r Rule) bool { return !r.StandsAlone() }):
		return envelope.Refuse(envelope.CodeData, "an item's rule asks for the whole council")
	case in.Mode == "" || in.Mode == ModeMeeting || in.Mode == ModeStanding:
		if !in.Until.IsZero() {
			return envelope.Refuse(envelope.CodeData, "a meeting has no day to answer by")
		}
		return nil
	case in.Mode != ModeWritten:
		return envelope.Refuse(envelope.CodeData, "a session is a meeting, of all or of the standing members, or a written consultation")
	case in.Until.IsZero():
		return envelope.Refuse(envelope.CodeData, "a written consultation has a time to answer by")
	}
	if slices.ContainsFunc(in.Rules, func(r Rule) bool { return !r.Consults() }) {
		return envelope.Refuse(envelope.CodeData, "an item's rule asks for a meeting")
	}
	return nil
}

// inTime holds a consultation to its time: answers are taken until then, and it is
// counted afterwards, or as soon as everybody has answered.
func (s *Session) inTime(action string, now time.Time) error {
	if !s.in.Consultation() {
		return nil
	}
	late := now.After(s.in.Until)
	switch {
	case (action == ActionCast || action == ActionCastSealed) && late:
		return envelope.Refuse(envelope.CodeStage, "the time to answer has passed")
	case (action == ActionClose || action == ActionFreeze) && !late && s.answers() < len(s.in.Roster):
		return envelope.Refuse(envelope.CodeStage, "the time to answer has not passed, and not everybody has answered")
	}
	return nil
}

// answers is how many members have answered: by an open ballot, or where every item
// is secret by the papers that were taken in or the sealed ballots that were cast.
func (s *Session) answers() int {
	if s.in.AllSecret() && s.in.Electronic {
		return len(s.sealed)
	}
	if s.in.AllSecret() && s.counted != nil {
		return s.counted.Collected
	}
	return len(s.ballots)
}

// AllSecret tells whether every item is voted on by secret ballot.
func (in Input) AllSecret() bool {
	return !slices.ContainsFunc(in.Agenda, func(it AgendaItem) bool { return in.Rules[it.Rule].Ballot != BallotSecret })
}

// answered: a consultation that fewer answered than make a quorum decides nothing.
// Where silence agrees, everybody has answered in the end.
func (s *Session) answered() error {
	agrees := func(r Rule) bool { return r.Silence == SilenceAgrees }
	if !s.in.Consultation() || !slices.ContainsFunc(s.in.Rules, func(r Rule) bool { return !agrees(r) }) || s.quorate(s.answers()) {
		return nil
	}
	return envelope.Refuse(envelope.CodeStage, "fewer members answered than make a quorum")
}

// silent counts a member who did not answer in favour where the rule says so.
func (s *Session) silent(it AgendaItem, person string, sum *Sum) {
	if !s.in.Consultation() || s.in.Rules[it.Rule].Silence != SilenceAgrees || slices.Contains(it.Recused, person) {
		return
	}
	sum.Yes++
	sum.Silent++
}
