package law

import (
	"fmt"
	"slices"

	"vinhdanh/internal/council"
	"vinhdanh/internal/proposal"
)

var (
	knownRoles = []proposal.Role{proposal.RoleClerk, proposal.RoleUnitHead, proposal.RoleReviewer, proposal.RoleAppraiser,
		proposal.RoleStandingHead, proposal.RoleSecretary, proposal.RoleMember, proposal.RoleChair, proposal.RoleSigner, proposal.RoleRegistrar}
	stageOrder = []proposal.StageKind{proposal.StageNomination, proposal.StageReview, proposal.StageReception,
		proposal.StageAppraisal, proposal.StageCouncil, proposal.StageIssuance}
	knownBodies = []Body{BodyProposer, BodyStanding, BodyCouncil, BodyAuthority}
	knownPlaces = []Place{AtProposer, AtNearest, AtAuthority}
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

// route checks that stages stand in their order, once each, and that no path
// leads from the nomination to the issuance without reception and appraisal.
func (k *checker) route(r *RouteTemplate) {
	what := "route " + r.Code
	k.scoped(r.Pos, what, r.Regimes)
	k.cite(r.Pos, what, r.Cite)
	k.text(r.Pos, what, r.Names)
	last, present := -1, map[proposal.StageKind]bool{}
	for i, s := range r.Stages {
		p := r.At(fmt.Sprintf("stages[%d]", i))
		n := slices.Index(stageOrder, s.Kind)
		if n <= last {
			k.add(p, "%s: stage %q is unknown, stands twice or out of order", what, s.Kind)
		}
		last, present[s.Kind] = max(n, last), true
		k.stage(p, what, r, s)
	}
	k.exclusive(r, what)
	for _, must := range []proposal.StageKind{proposal.StageNomination, proposal.StageReception, proposal.StageAppraisal, proposal.StageIssuance} {
		if !present[must] {
			k.add(r.Pos, "%s: has no stage %q", what, must)
		}
	}
}

// exclusive checks the pairs of roles, and that none who sends, appraises or
// submits may also sign: no single person carries a case from draft to signature.
func (k *checker) exclusive(r *RouteTemplate, what string) {
	p := r.At("exclusive")
	var apart []proposal.Role
	for _, pair := range r.Exclusive {
		if len(pair) != 2 || pair[0] == pair[1] || !slices.Contains(knownRoles, pair[0]) || !slices.Contains(knownRoles, pair[1]) {
			k.add(p, "%s: exclusive takes pairs of two different known roles", what)
			continue
		}
		if i := slices.Index(pair, proposal.RoleSigner); i >= 0 {
			apart = append(apart, pair[1-i])
		}
	}
	for _, role := range []proposal.Role{proposal.RoleUnitHead, proposal.RoleAppraiser, proposal.RoleStandingHead} {
		if !slices.Contains(apart, role) {
			k.add(p, "%s: the signer must be another person than the %s", what, role)
		}
	}
}

func (k *checker) stage(p Pos, what string, r *RouteTemplate, s StageTemplate) {
	if !slices.Contains(knownPlaces, s.At) || !slices.Contains(knownBodies, s.Body) || len(s.Roles) == 0 {
		k.add(p, "%s: stage %s needs at, body and roles with known values", what, s.Kind)
	}
	if (s.At == AtNearest) != (len(s.Levels) > 0) || s.At == AtNearest && s.Kind != proposal.StageReview {
		k.add(p, "%s: levels belong to a review at the nearest level, and only there", what)
	}
	if (s.Kind == proposal.StageNomination) != (s.At == AtProposer) {
		k.add(p, "%s: the nomination, and nothing else, is at the proposer", what)
	}
	for _, role := range s.Roles {
		if !slices.Contains(knownRoles, role) {
			k.add(p, "%s: there is no role %q that acts in a case", what, role)
		}
	}
	for _, level := range s.Levels {
		k.level(p, what, level)
	}
	if s.Deadline == "" {
		return
	}
	for _, regime := range r.Regimes {
		at := s.Levels
		if s.At != AtNearest {
			at = k.decidingLevels(r.Code, regime)
		}
		for _, level := range at {
			if _, err := k.l.Deadline(s.Deadline, regime, level); err != nil {
				k.add(p, "%s: there is no deadline %q at level %s in %s", what, s.Deadline, level, regime)
			}
		}
	}
}

// decidingLevels are the levels that decide awards of a route in a regime.
func (k *checker) decidingLevels(route, regime string) []proposal.Level {
	var found []proposal.Level
	for _, a := range k.l.document.Awards {
		rule, err := k.l.AwardRule(a.Code, regime)
		if err != nil || rule.Route != route {
			continue
		}
		for _, o := range k.offices(rule.Authority, regime) {
			found = append(found, o.Level)
		}
	}
	return found
}

func (k *checker) offices(code, regime string) []Office {
	a, _, ok := pick(k.l, k.l.Authorities, regime, func(a *Authority) ([]string, bool) { return a.Regimes, a.Code == code })
	if !ok {
		return nil
	}
	return a.Offices
}
