package law

import (
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

var (
	knownRoles = []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead, proposal.RoleReviewer, proposal.RoleAppraiser,
		proposal.RoleStandingHead, proposal.RoleSecretary, proposal.RoleMember, proposal.RoleChair, proposal.RoleSigner, proposal.RoleRegistrar}
	stageOrder  = proposal.Order()
	knownBodies = []Body{BodyProposer, BodyStanding, BodyCouncil, BodyAuthority}
	knownPlaces = []Place{AtProposer, AtNearest, AtAuthority, AtProvince}
	knownKinds  = []Kind{KindIndividual, KindCollective, KindHousehold}
	knownTypes  = []string{"CONG_TRANG", "DOT_XUAT", "PHONG_TRAO", "CONG_HIEN", "NIEN_HAN", "DOI_NGOAI"}
)

func (k *checker) process() {
	for _, d := range k.l.Deadlines {
		k.perLevel(d.Pos, "deadline "+d.Code, d.Levels, d.Regimes)
		k.cite(d.Pos, "deadline "+d.Code, d.Cite)
		k.text(d.Pos, "deadline "+d.Code, d.Names)
		if d.WorkingDays <= 0 {
			k.add(d.Pos, "deadline %s: working_days must be above zero", d.Code)
		}
	}
	for _, c := range k.l.CouncilRules {
		k.councilRule(c)
	}
	for _, r := range k.l.Routes {
		k.route(r)
	}
}

func (k *checker) councilRule(c *CouncilRule) {
	what := "council_rule " + c.Code
	k.perLevel(c.Pos, what, c.Levels, c.Regimes)
	k.cite(c.Pos, what, c.Cite)
	k.cite(c.At("threshold"), what+" threshold", c.Threshold.Cite)
	k.cite(c.At("quorum"), what+" quorum", c.Quorum.Cite)
	k.text(c.Pos, what, c.Names)
	if w := c.Consultation; w != nil {
		k.cite(c.At("consultation"), what+" consultation", w.Cite)
		if w.Silence != council.SilenceNothing && w.Silence != council.SilenceAgrees {
			k.add(c.At("consultation"), "%s: silence is empty or agrees, not %s", what, w.Silence)
		}
	}
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
}
