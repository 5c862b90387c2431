package law

import (
	"slices"

	"vinhdanh/internal/council"
)

func (k *checker) councilRule(c *CouncilRule) {
	what := "council_rule " + c.Code
	k.perLevel(c.Pos, what, c.Levels, c.Regimes)
	k.cite(c.Pos, what, c.Cite)
	k.cite(c.At("threshold"), what+" threshold", c.Threshold.Cite)
	k.cite(c.At("quorum"), what+" quorum", c.Quorum.Cite)
	k.text(c.Pos, what, c.Names)
	for _, f := range []council.Fraction{c.Threshold.Fraction, c.Quorum.Fraction} {
		if f.Den <= 0 || f.Num < 0 || f.Num > f.Den {
			k.add(c.Pos, "%s: %d/%d is no share", what, f.Num, f.Den)
		}
	}
	ok := slices.Contains([]council.Mode{council.ModeStanding, council.ModeWritten, council.ModeMeeting}, c.Mode) &&
		slices.Contains([]council.Base{council.BaseAll, council.BasePresent}, c.Base) &&
		slices.Contains([]council.BallotKind{council.BallotOpen, council.BallotSecret}, c.Ballot) &&
		slices.Contains([]council.AbsentMode{council.AbsentWritten, council.AbsentNone}, c.Absent)
	if !ok {
		k.add(c.Pos, "%s: mode, base, ballot or absent has no known value", what)
	}
	if c.ChairMustAgree && c.Ballot == council.BallotSecret {
		k.add(c.At("chair_must_agree"), "%s: nobody can see in a secret ballot whether the chair agrees", what)
	}
	k.councilOptions(c, what)
}

// councilOptions checks what a vote rule may say beside.
func (k *checker) councilOptions(c *CouncilRule, what string) {
	if w := c.Consultation; w != nil {
		k.cite(c.At("consultation"), what+" consultation", w.Cite)
		if w.Silence != council.SilenceNothing && w.Silence != council.SilenceAgrees {
			k.add(c.At("consultation"), "%s: silence is empty or agrees, not %s", what, w.Silence)
		}
	}
	if w := c.Standing; w != nil {
		k.cite(c.At("standing"), what+" standing", w.Cite)
	}
	k.rounds(c, what)
	if r := c.Recusal; r != nil {
		k.cite(c.At("recusal"), what+" recusal", r.Cite)
		if r.Base != council.RecusalStays && r.Base != council.RecusalLeaves {
			k.add(c.At("recusal"), "%s: recusal's base is empty or leaves, not %s", what, r.Base)
		}
	}
}

// rounds checks second ballots and ties.
func (k *checker) rounds(c *CouncilRule, what string) {
	if r := c.SecondRound; r != nil {
		k.cite(c.At("second_round"), what+" second_round", r.Cite)
		if r.Den <= 0 || r.Num < 0 || r.Num*c.Threshold.Den > c.Threshold.Num*r.Den {
			k.add(c.At("second_round"), "%s: a second ballot is for a share below the threshold, not %d/%d", what, r.Num, r.Den)
		}
	}
	t := c.Tie
	if t == nil {
		return
	}
	k.cite(c.At("tie"), what+" tie", t.Cite)
	half := c.MoreThan && c.Threshold.Den > 0 && 2*c.Threshold.Num == c.Threshold.Den
	switch {
	case t.By != council.TieChair:
		k.add(c.At("tie"), "%s: a tie is decided by chair, or tie is left out; not %s", what, t.By)
	case !half:
		k.add(c.At("tie"), "%s: votes are tied only where more than half is asked for", what)
	case c.Ballot == council.BallotSecret:
		k.add(c.At("tie"), "%s: nobody can see in a secret ballot on which side the chair is", what)
	}
}
