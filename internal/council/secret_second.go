package council

import (
	"slices"

	"vinhdanh/internal/envelope"
)

// A second ballot on items with sealed ballots has a box of its own: other shares, made
// once the first count is published and its shares are spent, and a name of its own (Box)
// that every seal and commitment is bound to. Nothing that was made for the first box
// opens, fits into, or counts for the second.

// BoxRound is the ballot that the box of sealed ballots is of: 2 in a second ballot that
// has items with a sealed one, else 1.
func (in Input) BoxRound() int {
	if in.sealedAgain {
		return 2
	}
	return 1
}

// Box names the box of sealed ballots that is in use: what a ballot is sealed for
// (ballotbox.Info) and what a set of ballots is of (Root).
func (in Input) Box() string { return BoxOf(in.Case, in.BoxRound()) }

// BoxOf names the box of one of a session's ballots.
func BoxOf(caseID string, round int) string {
	if round < 2 {
		return caseID
	}
	return caseID + "/2"
}

// Boxed lists the items that the box in use holds ballots on, by their places on the
// agenda.
func (in Input) Boxed() []int {
	return slices.DeleteFunc(in.Secrets(), func(at int) bool { return !in.inBox(in.Agenda[at]) })
}

// inBox tells whether the box in use holds ballots on an item with a secret vote.
func (in Input) inBox(it AgendaItem) bool {
	if !in.sealedAgain {
		return true
	}
	_, on := slices.BinarySearch(in.Second, it.ID)
	return on
}

// secretSecond tells whether a second ballot has sealed ballots.
func (in Input) secretSecond() bool {
	return in.Electronic && slices.ContainsFunc(in.Agenda, func(it AgendaItem) bool {
		_, on := slices.BinarySearch(in.Second, it.ID)
		return on && in.Rules[it.Rule].Ballot == BallotSecret
	})
}

// newBox empties what belongs to the first box: a closing needs it counted and attested.
func (s *Session) newBox() {
	s.keys, s.sealed, s.frozen, s.opened, s.attested = map[string]holder{}, map[string]sealed{}, "", nil, false
}

// boxIs refuses what was made for another box than the one in use: a page of the first
// ballot that stood open.
func (s *Session) boxIs(round int) error {
	if max(round, 1) != s.in.BoxRound() {
		return envelope.Refuse(envelope.CodeStage, "this is for the sealed ballots of another round of voting")
	}
	return nil
}

// mayKey says when a share may be made. The first box's: until the session opens. The
// second's: until both are there, since nothing tells a voter's page that a key has changed.
func (s *Session) mayKey(round int) error {
	if err := s.boxIs(round); err != nil {
		return err
	}
	switch {
	case s.in.BoxRound() == 1 && s.phase != PhaseConvened:
		return envelope.Refuse(envelope.CodeStage, "the session is "+string(s.phase))
	case s.in.Settling():
		return envelope.Refuse(envelope.CodeStage, "the votes are counted; the order of priority is being settled")
	case s.in.BoxRound() == 2 && len(s.keys) == 2:
		return envelope.Refuse(envelope.CodeStage, "both shares of the second ballot are made, and members vote")
	}
	return nil
}

// bothKeys: nobody casts into a box whose shares are not both made.
func (s *Session) bothKeys() error {
	if len(s.keys) < 2 {
		return envelope.Refuse(envelope.CodeStage, "chair and secretary have not both made their share of the ballots' key")
	}
	return nil
}
