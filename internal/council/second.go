package council

import "slices"

// Tie says what decides where a vote is tied: exactly the half that the rule asks to be
// exceeded is in favour (law data asks for such a rule where it says something of ties).
type Tie string

const (
	TieFails Tie = ""      // it is not exceeded: not passed
	TieChair Tie = "chair" // the side of the chair's own open vote
)

// SecondRound tells whether a rule holds a second ballot on what falls short by little.
func (r Rule) SecondRound() bool { return r.Second.Den > 0 }

// Voting tells whether an item is on the ballot that is going on: every item, or in a
// second ballot those that go to it; none once all is counted.
func (in Input) Voting(it AgendaItem) bool {
	if in.Settling() {
		return false
	}
	if len(in.Second) == 0 {
		return true
	}
	_, on := slices.BinarySearch(in.Second, it.ID)
	return on
}

// Round is the ballot that is going on: 1, or 2.
func (in Input) Round() int {
	if len(in.Second) == 0 {
		return 1
	}
	return 2
}

// due are the items of a first count that go to a second ballot: not passed, and in
// favour at least the share that their rule asks. A written consultation has none: its
// time to answer is over.
func (s *Session) due(rows []ResultRow) []ResultRow {
	if s.in.Round() > 1 || s.in.Consultation() {
		return nil
	}
	var out []ResultRow
	for i, row := range rows {
		r := s.in.Rules[s.in.Agenda[i].Rule]
		if r.SecondRound() && !row.Passed && r.Second.Reached(row.Sum.Yes, row.Sum.Base) {
			out = append(out, row)
		}
	}
	return out
}

// secondBallot keeps the first count and begins anew for the items that are due.
func (s *Session) secondBallot(rows, due []ResultRow, t *Transition) {
	s.kept, s.earlier = rows, s.earlier+len(s.ballots)
	s.ballots, s.first, s.counted, s.signed = map[string]ballot{}, nil, nil, false
	t.Change = &Change{Second: due}
	s.in = s.in.With(*t.Change)
	if t.NewBox = s.in.BoxRound() == 2; t.NewBox {
		s.newBox()
	}
}

// final is the result of item i: of the second ballot with the first beside it, or as
// the first ballot left it.
func (s *Session) final(i int) ResultRow {
	if s.in.Round() == 1 {
		return s.result(i)
	}
	if !s.in.Voting(s.in.Agenda[i]) {
		return s.kept[i]
	}
	row := s.result(i)
	row.First = &s.kept[i].Sum
	return row
}

// breakTie decides a tied vote as the rule says. A chair who is barred, abstained or did
// not vote took no side.
func (s *Session) breakTie(i int, r Rule, sum *Sum) {
	if sum.Met || r.Tie != TieChair || !r.MoreThan || sum.Base == 0 || sum.Yes*r.Threshold.Den != r.Threshold.Num*sum.Base {
		return
	}
	side, taken := s.chairSide(i)
	sum.Tie, sum.Untaken = taken, !taken
	sum.Met = taken && side == ChoiceYes
}

// Voted counts the open ballots taken in so far, of both ballots.
func (s *Session) Voted() int { return s.earlier + len(s.ballots) }
