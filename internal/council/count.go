package council

import (
	"reflect"
	"slices"

	"vinhdanh/internal/envelope"
)

// countPaper takes one entry of the counting team. The first is kept; a second
// by another person is compared with it. If they differ both are thrown out, on
// record, and counting starts again.
func (s *Session) countPaper(a envelope.Act) (change, error) {
	if err := needRole(a, "member", "secretary", "chair"); err != nil {
		return nil, err
	}
	var d PaperData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if s.in.Electronic {
		return nil, envelope.Refuse(envelope.CodeStage, "the secret ballots of this session are electronic")
	}
	if err := s.ofTeam(a); err != nil {
		return nil, err
	}
	if s.counted != nil {
		return nil, envelope.Refuse(envelope.CodeReplayed, "the paper ballots are already counted")
	}
	if max(d.Round, 1) != s.in.Round() {
		return nil, envelope.Refuse(envelope.CodeStage, "the count is of another round of voting")
	}
	if err := s.checkPaper(d); err != nil {
		return nil, err
	}
	if s.first == nil {
		return func(t *Transition) {
			s.first, t.Entry = &paper{by: a.Persons(), data: d}, 1
		}, nil
	}
	for _, p := range a.Persons() {
		if slices.Contains(s.first.by, p) {
			return nil, envelope.Refuse(envelope.CodeSeparation, "the second count is entered by another person")
		}
	}
	return func(t *Transition) {
		t.Agrees = reflect.DeepEqual(s.first.data, d)
		if t.Agrees {
			s.counted, t.Entry = &d, 2
			return
		}
		s.first = nil
	}, nil
}

// checkPaper: each secret item once, and its papers add up to those taken in.
func (s *Session) checkPaper(d PaperData) error {
	if d.Collected > d.Issued || d.Written > d.Collected || d.Written < 0 || d.Issued > len(s.in.Roster) {
		return envelope.Refuse(envelope.CodeData, "more ballot papers than were given out or than there are members")
	}
	if d.Collected-d.Written > len(s.present) || d.Written > len(s.in.Roster)-len(s.present) {
		return envelope.Refuse(envelope.CodeData, "more ballot papers than members present, or written ones than members absent")
	}
	var want []AgendaItem
	for _, it := range s.in.Agenda {
		if s.secret(it) && s.in.Voting(it) {
			want = append(want, it)
		}
	}
	if len(want) == 0 || len(d.Items) != len(want) {
		return envelope.Refuse(envelope.CodeData, "the count names each item with a secret ballot once")
	}
	for i, it := range want {
		if err := s.checkPaperItem(d, d.Items[i], it); err != nil {
			return err
		}
	}
	return nil
}

// checkPaperItem: the item's papers add up to those taken in, and its valid votes
// are never more than the members entitled to one on it.
func (s *Session) checkPaperItem(d PaperData, p PaperItem, it AgendaItem) error {
	if p.Item != it.ID {
		return envelope.Refuse(envelope.CodeItem, "the count follows the order of the agenda; expected "+it.ID)
	}
	for _, n := range []int{p.Yes, p.No, p.Abstain, p.Invalid} {
		if n < 0 || n > d.Collected { // also keeps the addition below from overflowing
			return envelope.Refuse(envelope.CodeData, "item "+p.Item+" has more papers than were taken in")
		}
	}
	if p.Yes+p.No+p.Abstain+p.Invalid != d.Collected {
		return envelope.Refuse(envelope.CodeData, "the papers of item "+p.Item+" do not add up to those taken in")
	}
	if p.Yes+p.No+p.Abstain > s.mayVote(it, d.Written) {
		return envelope.Refuse(envelope.CodeData, "item "+p.Item+" has more valid votes than members entitled to one")
	}
	return nil
}

// entitled counts the members who have a vote on the item: those present, those
// absent where its rule takes written opinions, and nobody barred from it.
func (s *Session) entitled(it AgendaItem) int {
	n := 0
	for _, seat := range s.in.Roster {
		if !slices.Contains(it.Recused, seat.Person) &&
			(s.present[seat.Person] || s.in.TakesWriting(s.in.Rules[it.Rule])) {
			n++
		}
	}
	return n
}

// mayVote is entitled where only so many absent members wrote. A rule that takes who is
// barred out of the base needs it to be exact: votes would be more than their base.
// Other rules keep to the wider count that sessions before were held to.
func (s *Session) mayVote(it AgendaItem, written int) int {
	all := s.entitled(it)
	if s.in.Rules[it.Rule].Recusal != RecusalLeaves {
		return all
	}
	here := 0
	for _, seat := range s.in.Roster {
		if s.present[seat.Person] && !slices.Contains(it.Recused, seat.Person) {
			here++
		}
	}
	return min(all, here+written)
}

func (s *Session) secret(it AgendaItem) bool { return s.in.Rules[it.Rule].Ballot == BallotSecret }

// close counts. Only the chair closes; a secret item must have been counted. Where
// items fell short by so little that their rule holds a second ballot, or where equal
// votes straddle a quota that cuts, the session stays open for that, and the next
// closing ends it.
func (s *Session) close(a envelope.Act) (change, error) {
	if err := needRole(a, "chair"); err != nil {
		return nil, err
	}
	if seat, _ := s.seat(a.Actor); !seat.Chair {
		return nil, envelope.Refuse(envelope.CodeRole, "the session is closed by its own chair")
	}
	if err := s.secretsCounted(); err != nil {
		return nil, err
	}
	if err := s.answered(); err != nil {
		return nil, err
	}
	if s.in.Settling() && s.in.OrderOf(s.in.Tied.Cut) == nil {
		return nil, envelope.Refuse(envelope.CodeStage, "the order of priority is not settled yet")
	}
	return s.count, nil
}

// count is the effect of a closing.
func (s *Session) count(t *Transition) {
	rows := s.kept
	if !s.in.Settling() {
		rows = nil
		for i := range s.in.Agenda {
			rows = append(rows, s.final(i))
		}
		if due := s.due(rows); len(due) > 0 {
			s.secondBallot(rows, due, t)
			return
		}
	}
	cut, tied := s.applyCuts(rows)
	if tied != nil {
		s.kept, t.Change = rows, &Change{Tied: tied}
		s.in = s.in.With(*t.Change)
		return
	}
	s.results = cut
	s.phase, t.Results = PhaseClosed, s.results
}

// result counts agenda item i by its rule and keeps the sum it did.
func (s *Session) result(i int) ResultRow {
	it := s.in.Agenda[i]
	r := s.in.Rules[it.Rule]
	sum := s.tally(i)
	sum.Left = s.leaves(it)
	sum.Base = len(s.in.Roster)
	if r.Base == BasePresent { // who votes in writing takes part: never more votes than the base
		sum.Base = len(s.present) + sum.Written + sum.Silent
	}
	sum.Base -= sum.Left
	sum.Needed = r.Required(sum.Base)
	sum.Met = sum.Base > 0 && sum.Yes >= sum.Needed && (!r.ChairMustAgree || s.chairAgrees(i))
	s.breakTie(i, r, &sum)
	return ResultRow{Item: it.ID, Case: it.Case, Passed: sum.Met, Sum: sum}
}

func (s *Session) tally(i int) Sum {
	it := s.in.Agenda[i]
	sum := Sum{}
	for _, seat := range s.in.Roster {
		if slices.Contains(it.Recused, seat.Person) {
			sum.Recused++
		}
	}
	if s.secret(it) && s.in.Electronic {
		s.tallySealed(it, &sum)
		return sum
	}
	if s.secret(it) {
		for _, p := range s.counted.Items {
			if p.Item == it.ID {
				sum.Yes, sum.No, sum.Abstain, sum.Invalid = p.Yes, p.No, p.Abstain, p.Invalid
			}
		}
		if s.in.TakesWriting(s.in.Rules[it.Rule]) {
			sum.Written = s.counted.Written
		}
		return sum
	}
	for _, seat := range s.in.Roster { // the roster, not the map: a fixed order
		b, ok := s.ballots[seat.Person]
		if !ok {
			s.silent(it, seat.Person, &sum)
			continue
		}
		switch b.choices[i] {
		case ChoiceYes:
			sum.Yes++
		case ChoiceNo:
			sum.No++
		case ChoiceAbstain:
			sum.Abstain++
		}
		if b.written && b.choices[i] != ChoiceNone {
			sum.Written++
		}
	}
	return sum
}

// chairAgrees reads the chair's own open ballot; a secret one cannot be read,
// and law data that asks both is refused at loading.
func (s *Session) chairAgrees(i int) bool {
	side, _ := s.chairSide(i)
	return side == ChoiceYes // a chair who must agree says so; silence is no answer
}

// chairSide is the side of the chair's own open vote, for or against; false where the
// chair took none.
func (s *Session) chairSide(i int) (byte, bool) {
	for _, seat := range s.in.Roster {
		if b, ok := s.ballots[seat.Person]; seat.Chair && ok {
			return b.choices[i], b.choices[i] == ChoiceYes || b.choices[i] == ChoiceNo
		}
	}
	return ChoiceNone, false
}
