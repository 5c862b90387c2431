package law

import (
	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

// CouncilRule is a vote rule with the source of each of its numbers. What is a
// pointer is an option: absent, the rule says nothing of it.
type CouncilRule struct {
	Entry          `yaml:"-" json:"-"`
	Cite           `yaml:",inline"`
	Code           string             `yaml:"code" json:"code"`
	Names          Text               `yaml:"names" json:"names"`
	Regimes        []string           `yaml:"regimes" json:"regimes"`
	Levels         []proposal.Level   `yaml:"levels" json:"levels,omitempty"`
	Mode           council.Mode       `yaml:"mode" json:"mode"`
	Base           council.Base       `yaml:"base" json:"base"`
	Ballot         council.BallotKind `yaml:"ballot" json:"ballot"`
	Absent         council.AbsentMode `yaml:"absent" json:"absent"`
	Threshold      Share              `yaml:"threshold" json:"threshold"`
	MoreThan       bool               `yaml:"more_than" json:"more_than,omitempty"`
	Quorum         Share              `yaml:"quorum" json:"quorum"`
	ChairMustAgree bool               `yaml:"chair_must_agree" json:"chair_must_agree,omitempty"`
	Consultation   *Consultation      `yaml:"consultation" json:"consultation,omitempty"` // absent: the Council has to meet
	Standing       *Standing          `yaml:"standing" json:"standing,omitempty"`         // absent: the standing members do not deal with it alone, unless mode says so
	SecondRound    *Share             `yaml:"second_round" json:"second_round,omitempty"` // least share in favour that brings what did not pass to a second ballot
	Tie            *TieRule           `yaml:"tie" json:"tie,omitempty"`                   // absent: a tie is not more than half
	Recusal        *Recusal           `yaml:"recusal" json:"recusal,omitempty"`           // absent: who is barred stays in the base
}

// Consultation lets the Council be asked in writing instead of meeting.
type Consultation struct {
	Cite    `yaml:",inline"`
	Silence council.Silence `yaml:"silence" json:"silence,omitempty"` // of who does not answer: empty, or agrees
}

// Recusal says what a member barred from an item does to its base.
type Recusal struct {
	Cite `yaml:",inline"`
	Base council.RecusalBase `yaml:"base" json:"base"` // leaves, or empty: stays
}

// Standing lets the standing members (Thường trực Hội đồng) deal with it alone.
type Standing struct {
	Cite `yaml:",inline"`
}

// TieRule says what decides where the votes are tied.
type TieRule struct {
	Cite `yaml:",inline"`
	By   council.Tie `yaml:"by" json:"by"` // chair: the side of the chair's vote
}

// assumeOptions says of each option, too, which regime's text stands in.
func (c *CouncilRule) assumeOptions(from string) {
	c.Consultation = assumeOption(c.Consultation, from)
	c.Standing = assumeOption(c.Standing, from)
	c.SecondRound = assumeOption(c.SecondRound, from)
	c.Tie = assumeOption(c.Tie, from)
	c.Recusal = assumeOption(c.Recusal, from)
}

// cited is an entry of the data, or a part of one, with a source of its own.
type cited[T any] interface {
	*T
	cite() *Cite
}

// cite makes everything that embeds a Cite cited.
func (c *Cite) cite() *Cite { return c }

// assumeOption is a copy of an option whose cite says which regime's text stands in; the
// entry itself is shared by all who read the data.
func assumeOption[T any, P cited[T]](option P, from string) P {
	if option == nil {
		return nil
	}
	out := *option
	own := P(&out)
	*own.cite() = own.cite().assumed(from)
	return own
}

// Rule is the rule as it travels in a case.
func (c CouncilRule) Rule() council.Rule {
	r := council.Rule{
		Mode: c.Mode, Base: c.Base, Threshold: c.Threshold.Fraction, MoreThan: c.MoreThan,
		Ballot: c.Ballot, Absent: c.Absent, Quorum: c.Quorum.Fraction, ChairMustAgree: c.ChairMustAgree,
	}
	if c.Consultation != nil {
		r.Consult, r.Silence = true, c.Consultation.Silence
	}
	r.Standing = c.Standing != nil
	if c.SecondRound != nil {
		r.Second = c.SecondRound.Fraction
	}
	if c.Tie != nil {
		r.Tie = c.Tie.By
	}
	if c.Recusal != nil {
		r.Recusal = c.Recusal.Base
	}
	return r
}
