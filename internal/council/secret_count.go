package council

import (
	"slices"
	"strings"

	"vinhdanh/internal/envelope"
)

// freeze ends the taking of sealed ballots: their set is committed to. Counting is a
// later act of its own, so that a refused count never differs from the accepted one
// by somebody's ballot.
func (s *Session) freeze(a envelope.Act) (change, error) {
	if err := s.ownChair(a); err != nil {
		return nil, err
	}
	var d FreezeData // of no use before there were two boxes: old acts may have none
	if len(a.Data) > 0 {
		if err := decode(a.Data, &d); err != nil {
			return nil, err
		}
	}
	if err := s.boxIs(d.Round); err != nil {
		return nil, err
	}
	if s.frozen != "" {
		return nil, envelope.Refuse(envelope.CodeReplayed, "the ballot box is already closed")
	}
	if s.in.BoxRound() == 2 { // the first is held to it at the opening
		if err := s.bothKeys(); err != nil {
			return nil, err
		}
	}
	return func(t *Transition) {
		s.frozen = Root(s.in.Box(), s.digests())
		t.Root, t.Boxed = s.frozen, len(s.sealed)
	}, nil
}

// ownChair: what the session's own chair does with its sealed ballots.
func (s *Session) ownChair(a envelope.Act) error {
	if err := s.electronic(); err != nil {
		return err
	}
	if err := needRole(a, "chair"); err != nil {
		return err
	}
	if seat, _ := s.seat(a.Actor); !seat.Chair {
		return envelope.Refuse(envelope.CodeRole, "the session's own chair does this")
	}
	return nil
}

func (s *Session) countSealed(a envelope.Act) (change, error) {
	if err := s.ownChair(a); err != nil {
		return nil, err
	}
	var d SealedCount
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if err := s.boxIs(d.Round); err != nil {
		return nil, err
	}
	switch {
	case s.frozen == "":
		return nil, envelope.Refuse(envelope.CodeStage, "the ballot box is still open")
	case s.opened != nil:
		return nil, envelope.Refuse(envelope.CodeReplayed, "the sealed ballots are already counted")
	case d.Root != s.frozen:
		return nil, envelope.Refuse(envelope.CodeData, "other ballots were opened than those that were cast")
	}
	if err := s.checkRows(d.Rows); err != nil {
		return nil, err
	}
	return func(t *Transition) {
		s.opened = d.Rows
		t.Root, t.Boxed, t.Rows = s.frozen, len(s.sealed), RowsDigest(d.Rows)
	}, nil
}

// checkRows: every item with a secret ballot once, with one choice of each ballot
// that has a vote on it.
func (s *Session) checkRows(rows []SealedRow) error {
	places := s.in.Boxed()
	if len(rows) != len(places) {
		return envelope.Refuse(envelope.CodeData, "the count names each item with a secret ballot once")
	}
	for i, at := range places {
		it := s.in.Agenda[at]
		if rows[i].Item != it.ID {
			return envelope.Refuse(envelope.CodeItem, "the count follows the order of the agenda; expected "+it.ID)
		}
		if n, _ := s.boxed(it); len(rows[i].Votes) != n {
			return envelope.Refuse(envelope.CodeData, "item "+it.ID+" has more or fewer votes than ballots")
		}
		if strings.Trim(rows[i].Votes, string([]byte{ChoiceYes, ChoiceNo, ChoiceAbstain, ChoiceInvalid})) != "" {
			return envelope.Refuse(envelope.CodeData, "a published choice is y, n, a or x")
		}
	}
	return nil
}

// boxed counts the sealed ballots that have a vote on an item, and those of absent
// members among them.
func (s *Session) boxed(it AgendaItem) (all, written int) {
	for _, seat := range s.in.Roster {
		b, ok := s.sealed[seat.Person]
		if !ok || !s.in.SealedAsks(it, seat.Person, b.written) {
			continue
		}
		if all++; b.written {
			written++
		}
	}
	return all, written
}

// attest is the second holder's word that both shares opened what is published.
func (s *Session) attest(a envelope.Act) (change, error) {
	if err := s.electronic(); err != nil {
		return nil, err
	}
	var d AttestData
	if err := decode(a.Data, &d); err != nil {
		return nil, err
	}
	if err := s.boxIs(d.Round); err != nil {
		return nil, err
	}
	switch {
	case a.Role != "secretary" || s.keys["secretary"].person != a.Actor:
		return nil, envelope.Refuse(envelope.CodeRole, "who holds the other share attests the count")
	case s.opened == nil:
		return nil, envelope.Refuse(envelope.CodeStage, "the sealed ballots are not counted yet")
	case s.attested:
		return nil, envelope.Refuse(envelope.CodeReplayed, "the count is already attested")
	case d.Root != s.frozen || d.Rows != RowsDigest(s.opened):
		return nil, envelope.Refuse(envelope.CodeData, "the count that was published is another one")
	}
	return func(t *Transition) { s.attested, t.Root, t.Rows = true, s.frozen, d.Rows }, nil
}

// secretsCounted refuses to close before the secret ballots are counted.
func (s *Session) secretsCounted() error {
	switch {
	case !slices.ContainsFunc(s.in.Secrets(), func(i int) bool { return s.in.Voting(s.in.Agenda[i]) }):
		return nil
	case s.in.Electronic && (s.opened == nil || !s.attested):
		return envelope.Refuse(envelope.CodeStage, "the sealed ballots are not counted and attested yet")
	case !s.in.Electronic && s.counted == nil:
		return envelope.Refuse(envelope.CodeStage, "the paper ballots are not counted twice yet")
	case s.team != nil && !s.signed:
		return envelope.Refuse(envelope.CodeStage, "the head of the counting team has not signed for the count")
	}
	return nil
}

// tallySealed adds an item's published choices.
func (s *Session) tallySealed(it AgendaItem, sum *Sum) {
	i := slices.IndexFunc(s.opened, func(r SealedRow) bool { return r.Item == it.ID })
	if i < 0 {
		return
	}
	sum.add(s.opened[i].Votes)
	_, sum.Written = s.boxed(it)
}

// add adds choices to a sum.
func (sum *Sum) add(votes string) {
	sum.Yes += strings.Count(votes, string(rune(ChoiceYes)))
	sum.No += strings.Count(votes, string(rune(ChoiceNo)))
	sum.Abstain += strings.Count(votes, string(rune(ChoiceAbstain)))
	sum.Invalid += strings.Count(votes, string(rune(ChoiceInvalid)))
}
